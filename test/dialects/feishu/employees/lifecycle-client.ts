import { load } from '../../../../src/directory/store.ts';
import { openTestDirectory, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, tokenOf, type Client } from '../feishu-client.ts';

/** A company whose people come and go, as it is called by one app. */
export interface LifecycleClient {
  readonly directory: TestDirectory;
  readonly client: Client;
  /** POST /employees with the kinds employee_id and department_id. */
  create(employee: object, options?: object): Promise<Answer>;
  /** DELETE /employees/:id */
  resign(id: string, body?: object | string): Promise<Answer>;
  resurrect(id: string, body?: object | string): Promise<Answer>;
  toBeResigned(id: string, employee?: object): Promise<Answer>;
  regular(id: string): Promise<Answer>;
  /** A call of any of these. */
  send(method: string, path: string, body?: object | string, query?: string): Promise<Answer>;
  /** staff_status, active_status, is_resigned. */
  standing(id: string): Promise<readonly [number, number, boolean]>;
  invitations(): Promise<readonly { channel: string; address: string; employee: string }[]>;
}

const EMPLOYEES = '/open-apis/directory/v1/employees';
const KINDS = 'employee_id_type=employee_id&department_id_type=department_id';

/** What is said of a resignation where a test does not care. */
export const LEAVING = { resign_date: '2026-02-01', resign_reason: '1', resign_type: '1' };

export interface Company {
  readonly settings?: string;
  readonly more?: string;
  readonly dialects?: string;
}

const DEFAULTS = ['mobile_required: false', 'certified_seat_limit: null', 'founder: boss'];

/** The company's file: `settings` are lines below `feishu`, `more` further employees. */
export function companyOf({ settings = '', more = '', dialects = '' }: Company = {}): string {
  return `
mingce: 1
key: inn
name: Inn
feishu:
${DEFAULTS.filter((line) => !settings.includes(line.split(':')[0] ?? ''))
  .map((line) => `  ${line}`)
  .join('\n')}
${settings
  .split('\n')
  .map((line) => `  ${line}`)
  .join('\n')}
  apps:
    - { app_id: cli_one, app_secret: one }
    - { app_id: cli_kitchen, app_secret: kitchen, contact_scope: { departments: [kitchen] } }
${dialects}
departments:
  - { id: top, name: Inn }
  - { id: kitchen, name: Kitchen, parent: top, leaders: [{ employee: ann }, { employee: bob, deputy: true }] }
  - { id: bar, name: Bar, parent: top }
  - { id: shut, name: Shut, parent: top, enabled: false }
employees:
  - { id: boss, name: Boss, mobile: "+8613100000000", departments: [top] }
  - { id: ann, name: Ann, mobile: "+8613100000001", email: ann@inn.example, departments: [kitchen, bar], leader: boss, join_date: 2020-01-01 }
  - { id: bob, name: Bob, mobile: "+8613100000002", email: bob@inn.example, departments: [kitchen], leader: ann, dotted_leaders: [boss, ann] }
  - { id: cas, name: Cas, mobile: "+8613100000003", departments: [bar], dotted_leaders: [ann] }
  - { id: old, name: Old, mobile: "+8613100000004", email: old@inn.example, departments: [], status: resigned, left_on: 2025-12-31, feishu: { departments_at_resignation: [kitchen] } }
${more
  .split('\n')
  .map((line) => `  ${line}`)
  .join('\n')}
`;
}

/** Opens it. */
export async function openLifecycleClient(
  company: Company = {},
  app: readonly [string, string] = ['cli_one', 'one'],
): Promise<LifecycleClient> {
  const directory = await openTestDirectory({ companies: [companyOf(company)] });
  return lifeIn(directory, app);
}

/** The company in the eyes of an app. */
export async function lifeIn(
  directory: TestDirectory,
  [app, secret]: readonly [string, string],
): Promise<LifecycleClient> {
  const client = await clientOf(directory, app, secret);
  const headers = {
    authorization: `Bearer ${await tokenOf(directory, app, secret)}`,
    'content-type': 'application/json',
  };
  const send: LifecycleClient['send'] = (method, path, body, query = KINDS) =>
    directory.send(method, `${EMPLOYEES}${path}?${query}`, { headers, ...(body === undefined ? {} : { body }) });
  const one = (id: string): string => `/${encodeURIComponent(id)}`;
  return {
    directory,
    client,
    send,
    create: (employee, options) => send('POST', '', options === undefined ? { employee } : { employee, options }),
    resign: (id, body = {}) => send('DELETE', one(id), body),
    resurrect: (id, body = {}) => send('POST', `${one(id)}/resurrect`, body),
    toBeResigned: (id, employee = LEAVING) => send('PATCH', `${one(id)}/to_be_resigned`, { employee }),
    regular: (id) => send('PATCH', `${one(id)}/regular`, {}),
    standing: async (id) => {
      const { base_info, work_info } = await client.read(id);
      return [work_info.staff_status, base_info.active_status, base_info.is_resigned];
    },
    invitations: async () => {
      const tenant = (await directory.store.tenantByKey('inn'))?.number ?? 0;
      return directory.store.read(() => invitationsOf(tenant));
    },
  };
}

function invitationsOf(tenant: number) {
  return load('invitations', { tenant, before: null, limit: 100 });
}

/** The name of somebody to be created. */
export function named(name: string): object {
  return { name: { name: { default_value: name } } };
}

/** The code of an answer with its sentence. */
export function said({ status, json }: Answer): readonly [number, number, string] {
  return [status, json.code, json.msg];
}
