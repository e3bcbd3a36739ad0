import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startMingce, type Mingce, type StartOptions } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { WholeRequestView } from '../../src/sandbox/journal/contract.ts';
import type { Replayed, ReplayRequest } from '../../src/sandbox/replay/contract.ts';

const ADMIN = 'replay-test-admin-key';
const demo = readFileSync(new URL('../../companies/demo.yaml', import.meta.url), 'utf8');

let mingce: Mingce;
async function start(options: StartOptions = {}): Promise<void> {
  mingce = await startMingce({ adminKey: ADMIN, log: silentLog, listen: false, sandbox: 'on', ...options });
}
beforeEach(() => start({ demo: true }));
afterEach(() => mingce.close());

async function admin(method: string, path: string, body?: unknown): Promise<Response> {
  return await mingce.fetch(`${mingce.url}/mingce/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${ADMIN}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function replay(id: string, edit?: ReplayRequest): Promise<Replayed> {
  const answer = await admin('POST', `/requests/${id}/replay`, edit);
  expect(await answer.clone().text()).not.toContain('"title"');
  return (await answer.json()) as Replayed;
}

async function entry(id: string): Promise<WholeRequestView> {
  return (await (await admin('GET', `/requests/${id}`)).json()) as WholeRequestView;
}

const idOf = (answer: Response): string => answer.headers.get('x-mingce-request') ?? '';

async function patch(employee: object): Promise<Response> {
  const company = mingce.company('demo');
  return await mingce.fetch(
    `${mingce.url}/open-apis/directory/v1/employees/zhangsan?employee_id_type=employee_id&department_id_type=department_id`,
    {
      method: 'PATCH',
      headers: { authorization: `Bearer ${await company.tokens.feishu()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ employee }),
    },
  );
}

test('a call is sent again as it was, by the same app, and the new entry says which call it repeats', async () => {
  const first = await patch({ job_number: '77' });
  const again = await replay(idOf(first));
  expect(again).toMatchObject({
    resent_from: idOf(first),
    company: 'demo',
    app: 'cli_mingce_demo',
    status: 200,
    code: '0',
  });
  expect(again.comparison).toEqual({ same: true, differences: [] });
  const made = await entry(again.request);
  const was = await entry(idOf(first));
  expect(made).toMatchObject({
    resent_from: idOf(first),
    app: 'cli_mingce_demo',
    path: was.path,
    operation: 'employee.patch',
  });
  expect(made.request.body).toEqual({ employee: { job_number: '77' } });
  expect(made.fields[0]).toMatchObject({ field: 'employee.job_number', verdict: 'unchanged' });
  expect(was).not.toHaveProperty('resent_from');
});

test('the token of a call that is sent again is good for that call only', async () => {
  const first = await patch({ job_number: '77' });
  const sent: string[] = [];
  const { request } = await replay(idOf(first));
  sent.push(JSON.stringify(await entry(request)));
  expect(sent[0]).toMatch(/Bearer \[secret [0-9a-f]{8}\]/);
  // Nothing of it is kept: the tokens of the company are those that the app itself fetched.
  const tokens = await mingce.fetch(`${mingce.url}/mingce/v1/companies/demo/clock?plan=true`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ advance: 'PT3H' }),
  });
  const { due } = (await tokens.json()) as { due: readonly { readonly kind: string }[] };
  expect(due.filter(({ kind }) => kind.includes('token'))).toHaveLength(1);
});

test('WeCom and Hose calls, whose token is in the address, get another one', async () => {
  const company = mingce.company('demo');
  const wecom = await mingce.fetch(
    `${mingce.url}/cgi-bin/user/get?access_token=${await company.tokens.wecom()}&userid=zhangsan`,
  );
  const hose = await mingce.fetch(
    `${mingce.url}/api/openapi/v1.1/staffs/update/$xgJ3wajigF25H0:zhangsan?accessToken=${await company.tokens.hose()}&type=id`,
    { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: '张三' }) },
  );
  for (const first of [wecom, hose]) {
    const again = await replay(idOf(first));
    expect(again.status).toBe(first.status);
    expect(again.comparison).toEqual({ same: true, differences: [] });
  }
});

test('an edited body, path and query are sent instead, and the comparison names what the answer has otherwise', async () => {
  const first = await patch({ job_number: '77' });
  const other = await replay(idOf(first), { body: { employee: { job_levl_id: 'x', job_number: '78' } } });
  expect((await entry(other.request)).fields.map(({ field }) => field)).toContain('employee.job_levl_id');
  const unknown = await replay(idOf(first), { path: '/open-apis/directory/v1/employees/nobody-here' });
  expect(unknown.comparison?.same).toBe(false);
  expect(unknown.comparison?.differences[0]).toEqual({ at: 'status', kind: 'status', was: 200, is: 400 });
  // A code that is a number is compared as one.
  const refused = await replay(idOf(first), { body: { employee: { mobile: '+8613800010011' } } });
  expect(refused).toMatchObject({ status: 400, code: '2221103' });
  expect(refused.comparison?.differences).toContainEqual({ at: '/code', kind: 'value', was: 0, is: 2_221_103 });
  // The query stays where only the path is given.
  expect((await entry(unknown.request)).path).toContain('employee_id_type=employee_id');
  const kind = await replay(idOf(first), { query: { employee_id_type: 'open_id' } });
  expect((await entry(kind.request)).path).toMatch(/zhangsan\?employee_id_type=open_id$/);
  expect(kind.code).not.toBe('0');
});

test('a fork gets the call without a change in the company itself', async () => {
  const first = await patch({ job_number: '77' });
  await patch({ job_number: '1001' });
  const again = await replay(idOf(first), { fork: 'demo-fork' });
  expect(again).toMatchObject({ company: 'demo-fork', status: 200, code: '0' });
  expect(again.app).not.toBe('cli_mingce_demo');
  const numberIn = async (key: string): Promise<unknown> =>
    ((await (await admin('GET', `/companies/${key}/employees/zhangsan`)).json()) as Record<string, unknown>)[
      'job_number'
    ];
  const [inDemo, inFork] = [await numberIn('demo'), await numberIn('demo-fork')];
  expect([inDemo, inFork]).toEqual(['1001', '77']);
  // And once it is there.
  expect(await replay(idOf(first), { company: 'demo-fork' })).toMatchObject({ company: 'demo-fork', app: again.app });
});

test('what cannot be sent as it was is refused, with the reason', async () => {
  const token = await mingce.fetch(`${mingce.url}/open-apis/auth/v3/tenant_access_token/internal`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ app_id: 'cli_mingce_demo', app_secret: 'mingce-demo-secret' }),
  });
  const nameless = await mingce.fetch(`${mingce.url}/open-apis/directory/v1/employees/zhangsan`, { method: 'PATCH' });
  const long = await patch({ job_number: '77', custom: 'x'.repeat(70_000) });
  const before = mingce.requests?.list().length;
  for (const first of [token, nameless, long]) {
    const answer = await admin('POST', `/requests/${idOf(first)}/replay`, { fork: 'demo-3' });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([422, 'not-run']);
  }
  expect(mingce.requests?.list().length).toBe(before);
  expect((await admin('GET', '/companies/demo-3')).status).toBe(404);
  // With another body it can.
  expect((await replay(idOf(long), { body: { employee: { job_number: '78' } } })).status).toBe(200);
  expect((await admin('POST', '/requests/no-such-call/replay')).status).toBe(404);
  expect((await admin('POST', `/requests/${idOf(long)}/replay`, { company: 'nowhere', body: {} })).status).toBe(404);
  for (const wrong of [{ path: 'no-slash' }, { query: { a: 1 } }, { odd: 1 }, [], { fork: 'a', company: 'b' }])
    expect((await admin('POST', `/requests/${idOf(long)}/replay`, wrong)).status).toBe(400);
});

test('values that were masked where they were shown are sent as they were', async () => {
  await mingce.close();
  await start({ companies: [demo.replace(/^key: demo$/m, 'key: real')] });
  const answer = await mingce.fetch(
    `${mingce.url}/open-apis/directory/v1/employees/zhangsan?employee_id_type=employee_id&department_id_type=department_id`,
    {
      method: 'PATCH',
      headers: { authorization: `Bearer ${await mingce.tokens.feishu()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ employee: { mobile: '+8613800019999', job_number: '5' } }),
    },
  );
  const shown = await entry(idOf(answer));
  const body = shown.request.body as { employee: { mobile: string; job_number: string } };
  expect(body.employee.mobile).toMatch(/\*\*\*\*9999#/);
  const again = await replay(shown.id, { body: { employee: { ...body.employee, job_number: '6' } } });
  expect(again).toMatchObject({ status: 200, code: '0' });
  const made = await entry(again.request);
  expect(made.fields.slice(0, 2).map(({ field, verdict }) => [field, verdict])).toEqual([
    ['employee.mobile', 'unchanged'],
    ['employee.job_number', 'applied'],
  ]);
  expect(JSON.stringify([again, made])).not.toContain('13800019999');
});

test('a directory that is read-only sends nothing again', async () => {
  await mingce.close();
  await start({ demo: true, sandbox: 'read-only' });
  const first = await patch({ job_number: '77' });
  expect((await admin('POST', `/requests/${idOf(first)}/replay`)).status).toBe(409);
});
