// Calls that the server sends itself as an app of a company: real calls, with a token that nothing else knows.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLog, startMingce, type Mingce } from '../../src/index.ts';
import type { OwnCallBody, SentCall } from '../../src/sandbox/acting/contract.ts';
import type { WholeRequestView } from '../../src/sandbox/journal/contract.ts';
import type { OperationView } from '../../src/sandbox/operations/contract.ts';

const ADMIN = { authorization: 'Bearer calls-test-key', 'content-type': 'application/json' };
const READ = { authorization: 'Bearer calls-test-read-only-key' };

let mingce: Mingce;
beforeAll(async () => {
  mingce = await startMingce({
    demo: true,
    adminKey: 'calls-test-key',
    readKey: READ.authorization.slice(7),
    log: silentLog,
  });
});
afterAll(() => mingce.close());

const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
  mingce.fetch(`${mingce.url}/mingce/v1${path}`, { headers: ADMIN, ...init });
const send = (body: object, query = ''): Promise<Response> =>
  ask(`/companies/demo/calls${query}`, { method: 'POST', body: JSON.stringify(body) });
const sent = async (body: OwnCallBody): Promise<SentCall> => {
  const answer = await send(body);
  expect(answer.status).toBe(200);
  return (await answer.json()) as SentCall;
};
const entryOf = async (id: string): Promise<WholeRequestView> =>
  (await (await ask(`/requests/${id}`)).json()) as WholeRequestView;

const FEISHU = { platform: 'feishu', app: 'cli_mingce_demo', operation: 'employee.patch' };

/** A call for an employee as the console begins it. */
async function begun(platform: string, operation: string, employee: string): Promise<OperationView['start'] & object> {
  const answer = await ask(`/operations/${platform}/${operation}?company=demo&employee=${employee}`);
  const { start } = (await answer.json()) as OperationView;
  if (start === null) throw new Error('nothing serves it');
  return start;
}

test('an update is sent on each platform as an app, and the journal has it with its verdicts and no token', async () => {
  const members = {
    feishu: { employee: { name: { name: { default_value: '张三' }, another_name: '试一试' } } },
    wecom: { update_items: [{ fieldid: 11002, value_string: '试两试' }] },
    hose: { nickName: '试三试' },
  };
  const apps = { feishu: FEISHU.app, wecom: 'ww_mingce_demo/1000001', hose: 'mingce-demo-key' };
  const operations = { feishu: FEISHU.operation, wecom: 'hr.update_staff_info', hose: 'staffs.update' };
  for (const platform of ['feishu', 'wecom', 'hose'] as const) {
    const { params, query, body } = await begun(platform, operations[platform], 'zhangsan');
    const answer = await sent({
      platform,
      app: apps[platform],
      operation: operations[platform],
      params,
      query,
      body: { ...body, ...members[platform] },
    });
    expect([platform, answer.status, answer.headers['x-mingce-request']]).toEqual([platform, 200, answer.request]);
    const entry = await entryOf(answer.request);
    expect(entry).toMatchObject({ company: 'demo', app: apps[platform], employee: 'zhangsan', outcome: 'ok' });
    expect(entry.fields.filter(({ verdict }) => verdict === 'applied')).toHaveLength(1);
    expect(JSON.stringify([entry.path, entry.request.headers])).toContain('[secret ');
  }
  const { record } = (await (await ask('/companies/demo/employees/zhangsan')).json()) as { record: { alias: string } };
  expect(record.alias).toBe('试三试');
});

test('what the platform refuses is answered in its words, and nothing is written', async () => {
  const { params, query } = await begun('feishu', 'employee.patch', 'zhangsan');
  const answer = await sent({ ...FEISHU, params, query, body: { employee: { mobile: '+8613800010011' } } });
  expect([answer.status, answer.code]).toEqual([400, '2221103']);
  expect((answer.body as { code: number }).code).toBe(2_221_103);
});

test('a text is sent as it is, whatever it is', async () => {
  const { params, query } = await begun('feishu', 'employee.patch', 'zhangsan');
  const answer = await sent({ ...FEISHU, params, query, body: '{"employee": ' });
  expect(answer.status).toBe(400);
  expect((await entryOf(answer.request)).request.body).toBe('{"employee": ');
});

test('its token is good for no other call, and those that apps have stay good', async () => {
  const before = await mingce.company('demo').tokens.wecom();
  const answer = await sent({
    platform: 'wecom',
    app: 'ww_mingce_demo/1000001',
    operation: 'user.get',
    query: { userid: 'zhangsan' },
  });
  expect(answer).toMatchObject({ status: 200, body: { errcode: 0, userid: 'zhangsan' } });
  const check = await mingce.fetch(`${mingce.url}/cgi-bin/user/get?access_token=${before}&userid=zhangsan`);
  expect(await check.json()).toMatchObject({ errcode: 0 });
  expect(await mingce.company('demo').tokens.wecom()).toBe(before);
});

test('a fault of the company meets it as it meets the calls of clients', async () => {
  const fault = await ask('/companies/demo/faults', {
    method: 'POST',
    body: JSON.stringify({ match: { platform: 'feishu' }, effect: { http: { status: 429, body: 'busy' } } }),
  });
  expect(fault.status).toBe(201);
  const answer = await sent({ platform: 'feishu', app: FEISHU.app, operation: 'tenant.query' });
  await ask('/companies/demo/faults', { method: 'DELETE' });
  expect(answer.status).toBe(429);
  expect((await entryOf(answer.request)).outcome).toBe('injected');
});

test('the same call is written as curl and as a program, and nothing is sent', async () => {
  const { params, query } = await begun('feishu', 'employee.patch', 'zhangsan');
  const call = { ...FEISHU, params, query, body: { employee: { name: { another_name: '没有发送' } } } };
  const curl = await (await send(call, '?as=curl')).text();
  expect(curl).toContain(`curl -sS -X PATCH '${mingce.url}/open-apis/directory/v1/employees/zhangsan?`);
  expect(curl).toContain(`-H 'authorization: Bearer '"$TOKEN"`);
  expect(curl).toContain('没有发送');
  for (const form of ['node', 'go', 'python', 'java'])
    expect(await (await send(call, `?as=${form}`)).text()).toContain('没有发送');
  const hose = {
    platform: 'hose',
    app: 'mingce-demo-key',
    operation: 'staffs.update',
    ...(await begun('hose', 'staffs.update', 'zhangsan')),
  };
  expect(await (await send(hose, '?as=curl')).text()).toContain('/staffs/update/$xgJ3wajigF25H0:zhangsan?accessToken=');
  expect((await send(call, '?as=har')).status).toBe(400);
  const { record } = (await (await ask('/companies/demo/employees/zhangsan')).json()) as { record: { alias: string } };
  expect(record.alias).not.toBe('没有发送');
});

test('what is not there, no call and the read-only key are refused', async () => {
  const status = async (body: object): Promise<number> => (await send(body)).status;
  expect(await status({ ...FEISHU, app: 'nobody' })).toBe(404);
  expect(await status({ ...FEISHU, platform: 'wecom' })).toBe(404);
  expect(await status({ ...FEISHU, operation: 'no.such' })).toBe(404);
  expect(await status({ ...FEISHU, more: 1 })).toBe(400);
  expect(await status({ ...FEISHU, body: 7 })).toBe(400);
  expect(await status({ ...FEISHU, params: { employee_id: 7 } })).toBe(400);
  const refused = await ask('/companies/demo/calls', { method: 'POST', headers: READ, body: JSON.stringify(FEISHU) });
  expect(refused.status).toBe(403);
  expect((await ask('/operations/feishu/employee.patch?company=demo&employee=no-such')).status).toBe(404);
});

test('where the sandbox may not be changed nothing is sent', async () => {
  await using other = await startMingce({
    demo: true,
    adminKey: 'calls-test-key',
    sandbox: 'read-only',
    log: silentLog,
  });
  const answer = await other.fetch(`${other.url}/mingce/v1/companies/demo/calls`, {
    method: 'POST',
    headers: ADMIN,
    body: JSON.stringify(FEISHU),
  });
  expect(answer.status).toBe(409);
});
