import { readFileSync } from 'node:fs';
import type { Answer, SendOptions, TestDirectory } from '../../support/test-directory.ts';

/** The two companies of the demo: `xgJ3wajigF25H0` and `TsI3tt8KjF4S7M`. */
export const demoFiles: readonly string[] = ['demo', 'demo-2'].map((key) =>
  readFileSync(new URL(`../../../companies/${key}.yaml`, import.meta.url), 'utf8'),
);

/** A client of one corporation that holds a fresh access token. */
export interface Client {
  readonly token: string;
  /** Sends with the token; the path may already have a query. */
  send(method: string, path: string, options?: SendOptions): Promise<Answer>;
  /** Updates one staff through `v1.1`; the query begins with `&`. */
  update(staff: string, body: object, query?: string): Promise<Answer>;
  batch(staffList: readonly object[]): Promise<Answer>;
  /** The one staff with this id, as a query shows him. */
  staff(id: string): Promise<Answer['json']>;
}

/** Gets a token with a key pair. */
export async function clientOf(world: TestDirectory, appKey: string, appSecurity: string): Promise<Client> {
  const answer = await world.send('POST', '/api/openapi/v1/auth/getAccessToken', { body: { appKey, appSecurity } });
  const token: string = answer.json.value.accessToken;
  const send: Client['send'] = (method, path, options) =>
    world.send(method, `${path}${path.includes('?') ? '&' : '?'}accessToken=${encodeURIComponent(token)}`, options);
  return {
    token,
    send,
    update: (staff, body, query = '') => send('PUT', `/api/openapi/v1.1/staffs/update/$${staff}?x=${query}`, { body }),
    batch: (staffList) => send('PUT', '/api/openapi/v1.1/staffs/batch/update', { body: { staffList } }),
    staff: async (id) => {
      const body = { type: 'STAFFID', conditionIds: [id] };
      return (await send('POST', '/api/openapi/v1/staffs/getStaffIds', { body })).json.items[0];
    },
  };
}

/** What the five-key body says. */
export function failure(status: number, errorMessage: string): object {
  return { errorCode: status, errorMessage, errorDetails: null, code: null, data: null };
}

/** Two small corporations beside each other; whatever a test needs of the first is added to it. */
export function corporationA(settings = '', more = ''): string {
  return `
mingce: 1
key: a
name: 甲公司
hose: { corporation_id: CorpA, apps: [{ app_key: key-a, app_security: s }, { app_key: key-off, app_security: s, enabled: false }]${settings} }
departments:
  - { id: root, name: 甲公司, code: "001" }
  - { id: rd, name: 研发, parent: root, code: "100" }
  - { id: qa, name: 测试, parent: root, code: "002" }
  - { id: ops, name: 运维, parent: root, code: "002" }
  - { id: shut, name: 旧部门, parent: root, code: "900", enabled: false }
  - { id: guests, name: 外部, parent: root, code: "ext", external: true, hose: { id: "CorpA:guests:external" } }
  - { id: plain, name: 无编码, parent: root }
job_levels:
  - { id: p5, name: P5, code: P5, hose: { id: ID_p5 } }
  - { id: p6, name: P6, code: P6, hose: { id: ID_p6 } }
  - { id: old, name: 旧, code: OLD, enabled: false, hose: { id: ID_old } }
  - { id: twin-1, name: 甲, code: TWIN }
  - { id: twin-2, name: 乙, code: TWIN }
job_titles:
  - { id: dev, name: 开发, code: DEV, hose: { id: ID_dev } }
dimensions:
  项目: [{ id: px, name: X, code: X, hose: { id: ID_px } }, { id: py, name: Y, code: Y, hose: { id: ID_py } }]
custom_fields:
  - { id: project, name: 项目, type: reference, catalog: "dimension:项目", hose: { name: u_项目 } }
  - { id: hobby, name: 爱好, type: text, hose: { name: u_爱好 } }
  - { id: size, name: 尺码, type: number, hose: { name: u_尺码 } }
  - { id: day, name: 纪念日, type: date, hose: { name: u_纪念日 } }
  - { id: budget, name: 预算, type: money, hose: { name: u_预算 } }
  - { id: gone, name: 停用, type: text, enabled: false, hose: { name: u_停用 } }
  - { id: elsewhere, name: 别处, type: text }
employees:
  - { id: li, name: 李雷, job_number: "00005", mobile: "+8613800000001", email: li@a.example, departments: [rd], account: { mobile: "+8613800000001" }, created_at: 2022-03-16T03:34:42Z }
  - { id: han, name: 韩梅梅, job_number: "00006", departments: [rd], job_level: p5, custom: { project: px }, account: { mobile: "+8613800000002", email: han@a.example } }
  - { id: none, name: 无名, job_number: "", departments: [root] }
  - { id: twin1, name: 双一, job_number: T }
  - { id: twin2, name: 双二, job_number: T }
  - { id: left, name: 走了, job_number: L, status: resigned, account: { mobile: "+8613800000009" } }
  - { id: left2, name: 又走, job_number: "00006", status: resigned }
  - { id: guest, name: 外人, external: true, departments: [guests], mobile: "+852 61234567" }
  - { id: odd, name: 怪名, hose: { id: "CorpA:a$b:c" } }
${more}`;
}

/** The second corporation, in use or dissolved. */
export function corporationB(state: 'in_use' | 'dissolved' = 'in_use'): string {
  return `
mingce: 1
key: b
name: 乙公司
state: ${state}
hose: { corporation_id: CorpB, apps: [{ app_key: key-b, app_security: s }] }
departments: [{ id: root, name: 乙公司 }]
employees:
  - { id: wang, name: 王五, account: { id: acc-wang, mobile: "+8613900000001", email: wang@b.example } }
  - { id: ex, name: 前员工, status: resigned, account: { id: acc-ex, mobile: "+8613900000002" } }
`;
}
