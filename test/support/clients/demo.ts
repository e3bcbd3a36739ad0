import { parse } from 'yaml';
import type { Mingce } from '../../../src/index.ts';

/** A token of each platform's demo app, as a client keeps it. */
export interface Tokens {
  readonly feishu: string;
  readonly wecom: string;
  readonly hose: string;
}

/** One of the demo company, as its file has it. */
export interface Listed {
  readonly id: string;
  readonly name: string;
  readonly mobile: string;
  readonly jobNumber: string;
  readonly status: string;
  /** What the platforms call them. */
  readonly feishu: string;
  readonly wecom: string;
  readonly hose: string;
}

const CORPORATION = 'xgJ3wajigF25H0';

interface FileEmployee {
  readonly id: string;
  readonly name: string | { readonly value: string };
  readonly mobile?: string;
  readonly job_number?: string;
  readonly status?: string;
  readonly feishu?: { readonly employee_id?: string };
  readonly wecom?: { readonly userid?: string };
  readonly hose?: { readonly id?: string };
}

/** Everyone in the demo company's file. */
export function listedIn(file: string): readonly Listed[] {
  const { employees } = parse(file) as { readonly employees: readonly FileEmployee[] };
  return employees.map(({ id, name, mobile = '', job_number: jobNumber = '', status = 'active', ...own }) => ({
    id,
    name: typeof name === 'string' ? name : name.value,
    mobile,
    jobNumber,
    status,
    feishu: own.feishu?.employee_id ?? id,
    wecom: own.wecom?.userid ?? id,
    hose: own.hose?.id ?? `${CORPORATION}:${id}`,
  }));
}

/** A server that is asked: by its own `fetch`, without a socket, or by that of Node. */
export type Asked = Pick<Mingce, 'url' | 'fetch'>;

/** Asks one thing of a running server and answers its JSON. */
async function ask(
  server: Asked,
  path: string,
  method = 'GET',
  body?: object,
  token?: string,
  // oxlint-disable-next-line typescript/no-explicit-any -- three platforms' answers, looked into by tests
): Promise<any> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
  const asked = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  return await (await server.fetch(server.url + path, asked)).json();
}

/** Has each platform issue a token. */
export async function tokensAt(server: Asked): Promise<Tokens> {
  const [feishu, wecom, hose] = await Promise.all([
    ask(server, '/open-apis/auth/v3/tenant_access_token/internal', 'POST', {
      app_id: 'cli_mingce_demo',
      app_secret: 'mingce-demo-secret',
    }),
    ask(server, '/cgi-bin/gettoken?corpid=ww_mingce_demo&corpsecret=mingce-demo-secret'),
    ask(server, '/api/openapi/v1/auth/getAccessToken', 'POST', {
      appKey: 'mingce-demo-key',
      appSecurity: 'mingce-demo-security',
    }),
  ]);
  return { feishu: feishu.tenant_access_token, wecom: wecom.access_token, hose: hose.value.accessToken };
}

/** Gives one person another name over each wire; answers what the platforms said. */
export async function rename(
  server: Asked,
  tokens: Tokens,
  names: Readonly<Record<keyof Tokens, readonly [id: string, name: string]>>,
): Promise<readonly unknown[]> {
  const [forFeishu, feishuName] = names.feishu;
  const [forWecom, wecomName] = names.wecom;
  const [forHose, hoseName] = names.hose;
  const path = `/open-apis/directory/v1/employees/${forFeishu}?employee_id_type=employee_id`;
  const named = { employee: { name: { name: { default_value: feishuName } } } };
  const item = { userid: forWecom, update_items: [{ fieldid: 11001, value_string: wecomName }] };
  const staff = { staffList: [{ id: `${CORPORATION}:${forHose}`, name: hoseName }] };
  const feishu = await ask(server, path, 'PATCH', named, tokens.feishu);
  const wecom = await ask(server, `/cgi-bin/hr/update_staff_info?access_token=${tokens.wecom}`, 'POST', item);
  const batch = `/api/openapi/v1.1/staffs/batch/update?accessToken=${encodeURIComponent(tokens.hose)}`;
  const hose = await ask(server, batch, 'PUT', staff);
  return [feishu.code, wecom.errcode, wecom.update_results?.[0]?.result, hose.items?.length];
}

/** What each platform shows of these people, in their order, as it words it. */
export async function shownAt(
  server: Asked,
  tokens: Tokens,
  people: readonly Listed[],
  // oxlint-disable-next-line typescript/no-explicit-any -- three platforms' answers, looked into by tests
): Promise<Readonly<Record<keyof Tokens, readonly any[]>>> {
  const kinds = 'employee_id_type=employee_id&department_id_type=department_id';
  const { data } = await ask(
    server,
    `/open-apis/directory/v1/employees/mget?${kinds}`,
    'POST',
    {
      employee_ids: people.map(({ feishu }) => feishu),
      required_fields: ['base_info.*', 'work_info.*', 'work_info.job_level.*', 'work_info.job_title.*'],
    },
    tokens.feishu,
  );
  const wecom = people.map(async ({ wecom: userid }) => {
    const access = `access_token=${tokens.wecom}`;
    const staff = await ask(server, `/cgi-bin/hr/get_staff_info?${access}`, 'POST', { userid, get_all: true });
    const contact = await ask(server, `/cgi-bin/user/get?${access}&userid=${userid}`);
    return { staff, contact };
  });
  const { items } = await ask(
    server,
    `/api/openapi/v1/staffs/getStaffIds?accessToken=${encodeURIComponent(tokens.hose)}`,
    'POST',
    { type: 'STAFFID', conditionIds: people.map(({ hose }) => hose) },
  );
  return { feishu: data.employees, wecom: await Promise.all(wecom), hose: items };
}
