import type { Caller, HttpAnswer } from './caller.ts';
import { companyFile, personOf, PEOPLE } from './company.ts';

/** A company that lives for a while, and its tokens. */
export interface Living {
  readonly key: string;
  readonly feishu: Record<string, string>;
  readonly wecom: string;
  readonly hose: string;
}

/** One piece of work: what is asked, and whether the answer is as it must be. */
type Work = (caller: Caller, living: Living, turn: number) => Promise<boolean>;

const KINDS = 'employee_id_type=employee_id&department_id_type=department_id';

const person = (turn: number): string => personOf(turn % PEOPLE);
const feishuIsWell = ({ status, json }: HttpAnswer): boolean => status === 200 && json.code === 0;
const wecomIsWell = ({ status, json }: HttpAnswer): boolean => status === 200 && json.errcode === 0;
const hoseIsWell = ({ status }: HttpAnswer): boolean => status >= 200 && status < 300;

/** Makes a company and has each platform issue a token for it. */
export async function open(caller: Caller, key: string): Promise<Living> {
  const made = await caller.admin('PUT', key, companyFile(key));
  if (made.status !== 200) throw new Error(`${key} was not made: ${JSON.stringify(made.json)}`);
  return await withTokens(caller, key);
}

/** Removes a company; its tokens must be worth nothing afterwards. */
export async function close(caller: Caller, { key, feishu, wecom, hose }: Living): Promise<boolean> {
  const removed = await caller.admin('DELETE', key);
  const answers = await Promise.all([
    caller.ask('POST', `/open-apis/directory/v1/employees/mget?${KINDS}`, {}, feishu),
    caller.ask('GET', `/cgi-bin/user/get?${wecom}&userid=p0`),
    caller.ask('GET', `/api/openapi/v1.1/staffs?start=0&count=10&${hose}`),
  ]);
  const [first, second, third] = answers;
  return removed.status === 204 && first.json.code !== 0 && second.json.errcode !== 0 && third.status >= 400;
}

async function withTokens(caller: Caller, key: string): Promise<Living> {
  const feishu = await caller.ask('POST', '/open-apis/auth/v3/tenant_access_token/internal', {
    app_id: `cli_${key}`,
    app_secret: `secret-${key}`,
  });
  const wecom = await caller.ask('GET', `/cgi-bin/gettoken?corpid=ww_${key}&corpsecret=secret-${key}`);
  const hose = await caller.ask('POST', '/api/openapi/v1/auth/getAccessToken', {
    appKey: `key-${key}`,
    appSecurity: `secret-${key}`,
  });
  return {
    key,
    feishu: { authorization: `Bearer ${String(feishu.json.tenant_access_token)}` },
    wecom: `access_token=${String(wecom.json.access_token)}`,
    hose: `accessToken=${encodeURIComponent(String(hose.json.value.accessToken))}`,
  };
}

const updates: readonly Work[] = [
  async (caller, { feishu }, turn) => {
    const employee = { name: { name: { default_value: `Name ${String(turn)}` } }, job_number: `f-${String(turn)}` };
    const path = `/open-apis/directory/v1/employees/${person(turn)}?${KINDS}`;
    return feishuIsWell(await caller.ask('PATCH', path, { employee }, feishu));
  },
  async (caller, { wecom }, turn) => {
    const update_items = [{ fieldid: 11001, value_string: `Name ${String(turn)}` }];
    const body = { userid: person(turn), update_items };
    return wecomIsWell(await caller.ask('POST', `/cgi-bin/hr/update_staff_info?${wecom}`, body));
  },
  async (caller, { key, hose }, turn) => {
    const staffList = [turn, turn + 1, turn + 2].map((one) => ({
      id: `corp-${key}:${person(one)}`,
      name: `Name ${String(one)}`,
    }));
    return hoseIsWell(await caller.ask('PUT', `/api/openapi/v1.1/staffs/batch/update?${hose}`, { staffList }));
  },
];

const reads: readonly Work[] = [
  async (caller, { feishu }, turn) => {
    const body = { employee_ids: [person(turn)], required_fields: ['base_info.*', 'work_info.*'] };
    return feishuIsWell(await caller.ask('POST', `/open-apis/directory/v1/employees/mget?${KINDS}`, body, feishu));
  },
  async (caller, { wecom }, turn) =>
    wecomIsWell(
      await caller.ask('POST', `/cgi-bin/hr/get_staff_info?${wecom}`, { userid: person(turn), get_all: true }),
    ),
  async (caller, { key, hose }, turn) => {
    const body = { type: 'STAFFID', conditionIds: [`corp-${key}:${person(turn)}`] };
    return hoseIsWell(await caller.ask('POST', `/api/openapi/v1/staffs/getStaffIds?${hose}`, body));
  },
];

const lists: readonly Work[] = [
  async (caller, { feishu }) => {
    const path = `/open-apis/contact/v3/departments/0/children?department_id_type=department_id&fetch_child=true`;
    return feishuIsWell(await caller.ask('GET', path, undefined, feishu));
  },
  async (caller, { wecom }) =>
    wecomIsWell(await caller.ask('GET', `/cgi-bin/user/simplelist?${wecom}&department_id=1&fetch_child=1`)),
  async (caller, { hose }, turn) =>
    hoseIsWell(await caller.ask('GET', `/api/openapi/v1.1/staffs?start=${String(turn % 10)}&count=10&${hose}`)),
];

const refusals: readonly Work[] = [
  async (caller, { feishu }, turn) => {
    const path = `/open-apis/directory/v1/employees/nobody-${String(turn)}?${KINDS}`;
    const { json } = await caller.ask('PATCH', path, { employee: { job_number: 'x' } }, feishu);
    return json.code !== 0;
  },
  async (caller, { wecom }) => {
    const { json } = await caller.ask('POST', `/cgi-bin/hr/update_staff_info?${wecom}`, '{"userid":');
    return json.errcode !== 0;
  },
  async (caller, _living, turn) => {
    const forged = `accessToken=${'x'.repeat(20)}${String(turn)}`;
    const { status } = await caller.ask('GET', `/api/openapi/v1.1/staffs?start=0&count=10&${forged}`);
    return status >= 400 && status < 500;
  },
  async (caller, _living, turn) => {
    const { status } = await caller.ask('GET', `/open-apis/no/such/path/${String(turn)}`);
    return status === 404;
  },
];

const tokens: readonly Work[] = [
  async (caller, { key }) => (await withTokens(caller, key)).wecom !== 'access_token=undefined',
];

/** Of a hundred pieces of work: updates, reads, lists, refusals and new tokens. */
const MIX: readonly (readonly [share: number, works: readonly Work[]])[] = [
  [40, updates],
  [30, reads],
  [12, lists],
  [13, refusals],
  [5, tokens],
];

/** Does the next piece of work in a company; answers what it was, where the answer was not as it must be. */
export async function workOn(caller: Caller, living: Living, turn: number): Promise<string | null> {
  // A multiple of a prime goes through all shares in no order that a platform could fall in step with.
  let share = (turn * 37) % 100;
  for (const [part, works] of MIX) {
    if (share >= part) {
      share -= part;
      continue;
    }
    const index = turn % works.length;
    const isWell = await works[index]?.(caller, living, turn);
    return isWell === true ? null : `${String(MIX.findIndex(([, one]) => one === works))}.${String(index)}`;
  }
  return null;
}
