import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { startMingce, type Mingce, type StartOptions } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { freshSchema } from '../support/fresh-store.ts';

const KEY = 'snapshot-test-admin-key';
const running: Mingce[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.close();
});

async function start(options: StartOptions = {}): Promise<Mingce> {
  const mingce = await startMingce({ adminKey: KEY, log: silentLog, demo: true, ...options });
  running.push(mingce);
  return mingce;
}

interface Answer {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- answers of every shape
  readonly json: any;
}

async function admin(mingce: Mingce, method: string, path: string, body?: unknown): Promise<Answer> {
  const answer = await fetch(`${mingce.url}/mingce/v1/companies/${path}`, {
    method,
    headers: { authorization: `Bearer ${KEY}` },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, json: text === '' ? null : JSON.parse(text) };
}

async function token(mingce: Mingce): Promise<string> {
  const answer = await fetch(`${mingce.url}/open-apis/auth/v3/tenant_access_token/internal`, {
    method: 'POST',
    body: JSON.stringify({ app_id: 'cli_mingce_demo', app_secret: 'mingce-demo-secret' }),
  });
  return ((await answer.json()) as { tenant_access_token: string }).tenant_access_token;
}

async function patch(mingce: Mingce, bearer: string, employee: object): Promise<unknown> {
  const answer = await fetch(
    `${mingce.url}/open-apis/directory/v1/employees/zhangsan?employee_id_type=employee_id&department_id_type=department_id`,
    { method: 'PATCH', headers: { authorization: `Bearer ${bearer}` }, body: JSON.stringify({ employee }) },
  );
  return ((await answer.json()) as { code: number }).code;
}

async function jobNumber(mingce: Mingce, bearer: string): Promise<unknown> {
  const answer = await fetch(
    `${mingce.url}/open-apis/directory/v1/employees/mget?employee_id_type=employee_id&department_id_type=department_id`,
    {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}` },
      body: JSON.stringify({ employee_ids: ['zhangsan'], required_fields: ['work_info.job_number'] }),
    },
  );
  const { data } = (await answer.json()) as { data: { employees: { work_info: { job_number: string } }[] } };
  return data.employees[0]?.work_info.job_number;
}

test('a company returns to its file, and to each snapshot, over the admin API', async () => {
  const mingce = await start();
  const bearer = await token(mingce);
  expect(await patch(mingce, bearer, { job_number: 'one' })).toBe(0);
  const taken = await admin(mingce, 'POST', 'demo/snapshots', { name: 'one' });
  expect(taken).toMatchObject({ status: 201, json: { name: 'one', change: expect.any(Number) } });
  expect(await patch(mingce, bearer, { job_number: 'two' })).toBe(0);
  const reset = await admin(mingce, 'POST', 'demo/reset');
  expect(reset).toMatchObject({ status: 200, json: { name: '@applied', employees: 1, left: [] } });
  expect(await jobNumber(mingce, bearer)).toBe('10001');
  expect(await mingce.companies.isAsApplied('demo')).toBe(true);
  expect(await admin(mingce, 'POST', 'demo/snapshots/one/restore')).toMatchObject({ status: 200 });
  expect(await jobNumber(mingce, bearer)).toBe('one');
  const list = await admin(mingce, 'GET', 'demo/snapshots');
  expect(list.json).toEqual({
    snapshots: [taken.json],
    applied: { at: expect.stringMatching(/Z$/), change: expect.any(Number) },
  });
  const { json } = await admin(mingce, 'GET', 'demo/employees/zhangsan/changes?limit=2');
  expect(json.changes).toMatchObject([
    { platform: 'admin', operation: 'snapshot.restore', fields: { jobNumber: { before: '10001', after: 'one' } } },
    { platform: 'admin', operation: 'reset', fields: { jobNumber: { before: 'two', after: '10001' } } },
  ]);
  expect((await admin(mingce, 'DELETE', 'demo/snapshots/one')).status).toBe(204);
  expect((await admin(mingce, 'DELETE', 'demo/snapshots/one')).status).toBe(404);
});

test('reset keeps valid tokens unless they are to be restored, and restore ends those that came later', async () => {
  const mingce = await start();
  await admin(mingce, 'POST', 'demo/snapshots', { name: 'bare' });
  const bearer = await token(mingce);
  await admin(mingce, 'POST', 'demo/reset');
  expect(await patch(mingce, bearer, { job_number: 'one' })).toBe(0);
  await admin(mingce, 'POST', 'demo/reset', { tokens: 'restore' });
  expect(await patch(mingce, bearer, { job_number: 'two' })).toBe(99991663);
  const again = await token(mingce);
  expect(await patch(mingce, again, { job_number: 'two' })).toBe(0);
  await admin(mingce, 'POST', 'demo/snapshots/bare/restore', { tokens: 'keep' });
  expect(await patch(mingce, again, { job_number: 'three' })).toBe(0);
  await admin(mingce, 'POST', 'demo/snapshots/bare/restore');
  expect(await patch(mingce, again, { job_number: 'four' })).toBe(99991663);
});

test('what cannot be done is refused in a sentence and changes nothing', async () => {
  const mingce = await start();
  const refused: readonly (readonly [number, string, string, unknown?])[] = [
    [404, 'POST', 'nobody/reset'],
    [404, 'GET', 'nobody/snapshots'],
    [404, 'POST', 'demo/snapshots/none/restore'],
    [400, 'POST', 'demo/snapshots'],
    [400, 'POST', 'demo/snapshots', { name: '@applied' }],
    [400, 'POST', 'demo/snapshots', { name: 'a'.repeat(65) }],
    [400, 'POST', 'demo/snapshots', { name: 'a\u0000b' }],
    [400, 'POST', 'demo/snapshots', { name: 'one', more: 1 }],
    [400, 'POST', 'demo/snapshots', '{"name":'],
    [400, 'POST', 'demo/reset', { tokens: 'all' }],
    [404, 'POST', `demo/snapshots/${encodeURIComponent('a\u0000b')}/restore`],
    [404, 'DELETE', 'demo/snapshots/@applied'],
  ];
  for (const [status, method, path, body] of refused) {
    const answer = await admin(mingce, method, path, body);
    expect([path, answer.status]).toEqual([path, status]);
    expect(answer.json).toMatchObject({ status, detail: expect.stringMatching(/\.$/) });
  }
  for (let index = 0; index < 20; index++) await admin(mingce, 'POST', 'demo/snapshots', { name: `s${String(index)}` });
  expect((await admin(mingce, 'POST', 'demo/snapshots', { name: 's3' })).status).toBe(409);
  expect((await admin(mingce, 'POST', 'demo/snapshots', { name: 'more' })).status).toBe(409);
  expect((await admin(mingce, 'GET', 'demo/snapshots')).json.snapshots).toHaveLength(20);
});

describe.each(['read-only', 'off'] as const)('with the sandbox %s', (sandbox) => {
  test('nothing is put back, and snapshots are listed', async () => {
    const mingce = await start({ sandbox });
    for (const path of ['demo/reset', 'demo/snapshots/one/restore']) {
      expect(await admin(mingce, 'POST', path)).toMatchObject({ status: 409, json: { detail: expect.any(String) } });
    }
    expect((await admin(mingce, 'POST', 'demo/snapshots', { name: 'one' })).status).toBe(409);
    expect((await admin(mingce, 'DELETE', 'demo/snapshots/one')).status).toBe(409);
    const { json } = await admin(mingce, 'GET', 'demo/snapshots');
    expect(json).toMatchObject({ snapshots: [], applied: sandbox === 'off' ? null : {} });
  });
});

test('snapshots outlive a restart, and the state of a file that another one replaced is not returned to', async () => {
  const data = mkdtempSync(join(tmpdir(), 'mingce-snapshots-'));
  const first = await start({ data });
  await admin(first, 'POST', 'demo/snapshots', { name: 'one' });
  expect(await patch(first, await token(first), { job_number: 'two' })).toBe(0);
  await first.close();
  const again = await start({ data });
  expect(await jobNumber(again, await token(again))).toBe('two');
  expect((await admin(again, 'POST', 'demo/snapshots/one/restore')).status).toBe(200);
  expect(await jobNumber(again, await token(again))).toBe('10001');
  await again.close();
  // Where the sandbox is off, a file that is applied leaves no state to return to.
  const off = await start({ data, sandbox: 'off' });
  const file = readFileSync(new URL('../../companies/demo.yaml', import.meta.url), 'utf8');
  await off.companies.apply('demo', file.replace('恒达科技', '恒达'));
  await off.close();
  const last = await start({ data });
  expect((await admin(last, 'POST', 'demo/reset')).status).toBe(409);
  await last.close();
  running.splice(0);
  rmSync(data, { recursive: true });
});

test('where others can reach the server, no app with a published secret is put back', async () => {
  const data = mkdtempSync(join(tmpdir(), 'mingce-snapshots-'));
  const own = (secret: string): string =>
    `mingce: 1\nkey: acme\nname: Acme\nfeishu: { apps: [{ app_id: cli_acme, app_secret: ${secret} }] }\n`;
  const first = await start({ data, demo: false, companies: [own('mingce-demo-secret')] });
  await admin(first, 'POST', 'acme/snapshots', { name: 'open' });
  await first.companies.apply('acme', own('a-secret-of-its-own'));
  await first.close();
  const exposed = await start({ data, demo: false, host: '0.0.0.0', sandbox: 'on', hosts: ['127.0.0.1'] });
  running.splice(0);
  const local = { ...exposed, url: `http://127.0.0.1:${String(exposed.port)}` };
  expect(await admin(local, 'POST', 'acme/snapshots/open/restore')).toMatchObject({ status: 409 });
  await exposed.close();
  rmSync(data, { recursive: true });
});

test('on two nodes of one database each sees at once what the other put back', async () => {
  const store = await freshSchema();
  const one = await start({ store, sandbox: 'on' });
  const two = await start({ store, sandbox: 'on' });
  const bearer = await token(one);
  await admin(one, 'POST', 'demo/snapshots', { name: 'one' });
  for (const [round, [here, there]] of [
    [one, two],
    [two, one],
    [one, two],
  ].entries()) {
    if (here === undefined || there === undefined) throw new Error('two nodes');
    expect(await patch(there, bearer, { job_number: `n${String(round)}` })).toBe(0);
    expect(await jobNumber(here, bearer)).toBe(`n${String(round)}`);
    const later = await token(here);
    expect((await admin(here, 'POST', 'demo/snapshots/one/restore')).status).toBe(200);
    expect([await jobNumber(there, bearer), await jobNumber(here, bearer)]).toEqual(['10001', '10001']);
    const isOther = later !== bearer;
    expect(await patch(there, later, { job_number: '10001' })).toBe(isOther ? 99991663 : 0);
  }
}, 60_000);

test('a reset and a restore empty the outbox, and a message after them is no duplicate', async () => {
  await using m = await startMingce({ demo: true, adminKey: 'outbox-test-admin-key', log: silentLog });
  const demo = m.company('demo');
  const token = await demo.tokens.wecom();
  const send = async (): Promise<unknown> => {
    const answer = await m.fetch(`${m.url}/cgi-bin/message/send?access_token=${token}`, {
      method: 'POST',
      body: JSON.stringify({
        touser: '@all',
        agentid: Number(demo.client.wecom()['agentid']),
        msgtype: 'text',
        text: { content: 'Hello' },
        enable_duplicate_check: 1,
      }),
    });
    return ((await answer.json()) as { errcode: number }).errcode;
  };
  const outbox = async (): Promise<readonly { duplicates: number }[]> => {
    const answer = await m.fetch(`${m.url}/mingce/v1/companies/demo/outbox`, {
      headers: { authorization: 'Bearer outbox-test-admin-key' },
    });
    return ((await answer.json()) as { items: { duplicates: number }[] }).items;
  };
  const kept = await demo.snapshot('before');
  for (const putBack of [(): Promise<void> => demo.reset(), (): Promise<void> => kept.restore()]) {
    expect(await send()).toBe(0);
    expect(await send()).toBe(0);
    expect((await outbox()).map(({ duplicates }) => duplicates)).toEqual([1]);
    await putBack();
    expect(await outbox()).toEqual([]);
  }
});
