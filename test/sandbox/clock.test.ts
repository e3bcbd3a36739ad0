import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { startMingce, type ClockView, type Mingce, type StartOptions } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { freshSchema } from '../support/fresh-store.ts';
import { PROGRAM } from '../support/program-path.ts';

/* The company and each platform's calls by a time that the test moves. */

const ADMIN = 'clock-test-admin-key';
const DAY = 86_400_000;

const company = (key: string): string => `
mingce: 1
key: ${key}
name: ${key}
feishu:
  rate_limit_enabled: false
  exit_to_resign_days: 30
  mail_service_enabled: true
  subscriptions: [{ subscription_id: "77", end_time: "2031-01-01T00:00:00Z" }]
  apps: [{ app_id: cli_${key}, app_secret: s }]
wecom:
  corpid: ww_${key}
  limits: { enforced: true, corp_per_minute: 1, bad_secret_threshold: 2 }
  apps: [{ agentid: 1, secret: s, kind: self_built, hr_callable: true, visible_range: { department_ids: [1] } }]
hose:
  corporation_id: ${key}
  licences: [{ code: "219904", expires: "2031-01-01" }, { code: "219903" }]
  apps: [{ app_key: key-${key}, app_security: s, token_seconds: 7200 }]
departments: [{ id: root, name: ${key}, code: "001" }]
employees:
  - { id: li, name: 李四, job_number: "1", join_date: "2020-01-01" }
`;

const open: Mingce[] = [];
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())));

async function start(options: StartOptions = {}): Promise<Mingce> {
  const mingce = await startMingce({ adminKey: ADMIN, log: silentLog, companies: [company('acme')], ...options });
  open.push(mingce);
  return mingce;
}

/* eslint-disable typescript/no-explicit-any -- answers of every shape */
async function json(answer: Promise<Response>): Promise<any> {
  return await (await answer).json();
}
const post = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

const feishuToken = (m: Mingce, key = 'acme'): Promise<any> =>
  json(
    m.fetch(`${m.url}/open-apis/auth/v3/tenant_access_token/internal`, post({ app_id: `cli_${key}`, app_secret: 's' })),
  );
const feishuCode = async (m: Mingce, token: string): Promise<number> =>
  (
    await json(
      m.fetch(
        `${m.url}/open-apis/directory/v1/employees/mget?employee_id_type=employee_id&department_id_type=department_id`,
        post({ employee_ids: ['li'], required_fields: ['base_info.name'] }, { authorization: `Bearer ${token}` }),
      ),
    )
  ).code;
const wecomToken = (m: Mingce, secret = 's'): Promise<any> =>
  json(m.fetch(`${m.url}/cgi-bin/gettoken?corpid=ww_acme&corpsecret=${secret}`));
const wecomCode = async (m: Mingce, token: string): Promise<number> =>
  (await json(m.fetch(`${m.url}/cgi-bin/user/get?userid=li&access_token=${token}`))).errcode;
const hoseToken = (m: Mingce, key = 'acme'): Promise<any> =>
  json(m.fetch(`${m.url}/api/openapi/v1/auth/getAccessToken`, post({ appKey: `key-${key}`, appSecurity: 's' })));
const hoseStatus = async (m: Mingce, token: string): Promise<number> =>
  (await m.fetch(`${m.url}/api/openapi/v1.1/staffs?accessToken=${token}&start=0&count=1`)).status;

async function admin(m: Mingce, path: string, body?: unknown): Promise<{ status: number; json: any }> {
  const answer = await m.fetch(`${m.url}/mingce/v1/companies/${path}`, {
    headers: { authorization: `Bearer ${ADMIN}` },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  return { status: answer.status, json: await answer.json() };
}

const kinds = ({ due }: ClockView): readonly string[] =>
  due.map(({ platform, kind, subject }) => `${platform ?? ''} ${kind} ${subject}`);

describe.each(['sqlite', 'postgres'] as const)('on %s', (engine) => {
  const on = async (options: StartOptions = {}): Promise<Mingce> =>
    await start({
      ...(engine === 'sqlite' ? {} : { store: await freshSchema(), sandbox: 'on' as const }),
      ...options,
    });

  test('tokens of all platforms are good until their company has reached their end, and named as due', async () => {
    const m = await on();
    await m.clock.freeze();
    const feishu = (await feishuToken(m)).tenant_access_token;
    const wecom = (await wecomToken(m)).access_token;
    const hose = (await hoseToken(m)).value.accessToken;
    const before = await m.clock.advance({ milliseconds: 7_200_000 - 1 });
    expect(kinds(before).filter((one) => one.includes('token'))).toEqual([]);
    expect([await feishuCode(m, feishu), await wecomCode(m, wecom), await hoseStatus(m, hose)]).toEqual([0, 0, 200]);
    const planned = await m.clock.plan({ milliseconds: 1 });
    const reached = await m.clock.advance({ milliseconds: 1 });
    expect(kinds(reached)).toEqual(
      expect.arrayContaining([
        'feishu token.tenant cli_acme',
        'wecom token.access ww_acme/1',
        'hose token.access key-acme',
      ]),
    );
    expect(planned.due).toEqual(reached.due);
    expect([await feishuCode(m, feishu), await wecomCode(m, wecom), await hoseStatus(m, hose)]).toEqual([
      99991663, 42001, 403,
    ]);
    // Recognised as expired for as long again, then as good as made up.
    await m.clock.advance('PT2H');
    expect(await wecomCode(m, wecom)).toBe(40014);
  });

  test('a limit by the minute and a block for an hour pass with the company’s time', async () => {
    const m = await on();
    const token = (await wecomToken(m)).access_token;
    expect([await wecomCode(m, token), await wecomCode(m, token)]).toEqual([0, 45009]);
    const minute = await m.clock.advance('PT61S');
    expect(minute.due.map(({ kind }) => kind)).toContain('rate-window');
    expect(await wecomCode(m, token)).toBe(0);
    for (let tries = 0; tries < 2; tries++) await wecomToken(m, 'wrong');
    expect((await wecomToken(m)).errcode).toBe(45009);
    await m.clock.advance('PT1H');
    expect((await wecomToken(m)).errcode).toBe(0);
  });

  test('a limit that counts by app is named by the key of the app', async () => {
    const m = await on({
      companies: [company('acme').replace('rate_limit_enabled: false', 'rate_limit_enabled: true')],
    });
    await m.clock.freeze();
    expect(await feishuCode(m, (await feishuToken(m)).tenant_access_token)).toBe(0);
    const windows = (await m.clock.plan('PT61S')).due.filter(({ kind }) => kind === 'rate-window');
    expect(windows.map(({ platform, subject }) => `${platform ?? ''} ${subject}`)).toContainEqual(
      expect.stringMatching(/^feishu cli_acme /),
    );
  });

  test('licences and subscriptions end with the company’s time', async () => {
    const m = await on();
    await m.clock.to('2030-12-31T15:59:59.999Z');
    const token = (await hoseToken(m)).value.accessToken;
    expect(await hoseStatus(m, token)).toBe(200);
    const due = await m.clock.advance('P1DT12H');
    expect(kinds(due)).toEqual(expect.arrayContaining(['hose licence 219904', 'feishu subscription 77']));
    expect(await hoseStatus(m, (await hoseToken(m)).value.accessToken)).toBe(403);
  });

  test('what is written carries the company’s time, and the clock outlives a company file', async () => {
    const m = await on();
    await m.clock.to('2031-05-05T00:00:00Z');
    const token = (await feishuToken(m)).tenant_access_token;
    const answer = await m.fetch(
      `${m.url}/open-apis/directory/v1/employees/li?employee_id_type=employee_id&department_id_type=department_id`,
      { ...post({ employee: { job_number: '9' } }, { authorization: `Bearer ${token}` }), method: 'PATCH' },
    );
    expect(((await answer.json()) as { code: number }).code).toBe(0);
    const { json: history } = await admin(m, 'acme/employees/li/changes');
    expect(history.changes[0].at).toMatch(/^2031-05-05T/);
    expect(await m.companies.isAsApplied('acme')).toBe(false);
    await m.companies.apply('acme', company('acme').replace('李四', '李四四'));
    expect(await m.companies.isAsApplied('acme')).toBe(true);
    expect((await m.clock.now()).toISOString()).toMatch(/^2031-05-05T/);
    await m.clock.advance('PT1H');
    expect(await m.companies.isAsApplied('acme'), 'a clock is nothing that a file says').toBe(true);
  });

  test('time that is moved in one company passes in no other', async () => {
    const m = await on({ companies: [company('acme'), company('other')] });
    const { tenant_access_token: token } = await feishuToken(m, 'other');
    const { value } = await hoseToken(m, 'other');
    const before = (await m.company('other').clock.now()).getTime();
    await m.company('acme').clock.advance('P400D');
    // Another token of the same kind in the company that is ahead must not clear away those of others.
    await feishuToken(m, 'acme');
    expect([await feishuCode(m, token), await hoseStatus(m, value.accessToken)]).toEqual([0, 200]);
    expect((await m.company('other').clock.now()).getTime() - before).toBeLessThan(DAY);
    await expect(m.clock.now()).rejects.toThrow('There are 2 companies');
  });

  test('of many who advance at once each is counted, one after the other', async () => {
    const m = await on();
    await m.clock.freeze();
    const before = (await m.clock.now()).getTime();
    await Promise.all(Array.from({ length: 10 }, () => m.clock.advance('PT1H')));
    expect((await m.clock.now()).getTime() - before).toBe(10 * 3_600_000);
  });
});

test('the command shows and moves the clock', async () => {
  const m = await start();
  const run = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)(process.execPath, [PROGRAM, 'clock', ...args, '--server', m.url, '--admin-key', ADMIN]))
      .stdout;
  expect(await run()).toContain('system’s time');
  const moved = JSON.parse(await run('to', '2031-01-02T00:00:00Z', '--json')) as ClockView;
  expect(moved).toMatchObject({ mode: 'shifted' });
  expect(kinds(moved)).toContain('feishu subscription 77');
  expect(await run('freeze')).toContain('stopped');
  await expect(run('back')).rejects.toThrow('advance with a duration');
  await expect(run('to', '2020-01-01T00:00:00Z')).rejects.toThrow('forward only');
}, 120_000);

test('a node sees at once what another one did to the clock', async () => {
  const store = await freshSchema();
  const one = await start({ store, sandbox: 'on' });
  const other = await start({ store, sandbox: 'on', companies: [] });
  await one.clock.freeze();
  const { tenant_access_token: token } = await feishuToken(one);
  expect(await feishuCode(other, token)).toBe(0);
  await one.clock.advance('PT2H');
  expect(await feishuCode(other, token)).toBe(99991663);
  expect(await other.clock.now()).toEqual(await one.clock.now());
});

test('the clock is kept when the server starts again', async () => {
  const store = await freshSchema();
  const one = await start({ store, sandbox: 'on' });
  await one.clock.to('2030-01-01T00:00:00Z');
  await one.clock.freeze();
  const frozen = await one.clock.now();
  await open.pop()?.close();
  const again = await start({ store, sandbox: 'off', companies: [] });
  expect(await again.clock.now()).toEqual(frozen);
});

test('the admin API reads and moves the clock', async () => {
  const m = await start();
  expect((await admin(m, 'acme/clock')).json).toMatchObject({ mode: 'system', epoch: 0, due: [], more: 0 });
  const there = await admin(m, 'acme/clock', { to: '2030-12-24T08:00:00+08:00', freeze: true });
  expect(there).toMatchObject({ status: 200, json: { now: '2030-12-24T00:00:00.000Z', mode: 'frozen' } });
  expect((await admin(m, 'acme/clock?plan=true', { advance: 'P32D' })).json).toMatchObject({
    now: '2030-12-24T00:00:00.000Z',
    due: [
      { platform: 'feishu', kind: 'subscription', subject: '77', was: 'usable', is: 'ended' },
      { platform: 'hose', kind: 'licence', subject: '219904', was: 'in force', is: 'ended' },
    ],
  });
  expect((await admin(m, 'acme/clock', { resume: true })).json).toMatchObject({ mode: 'shifted' });
});

test.each([
  ['nothing', '', 422],
  ['no JSON', '{', 422],
  ['a list', '[]', 422],
  ['no move', '{}', 422],
  ['two moves', '{"advance":"PT1H","to":"2030-01-01T00:00:00Z"}', 422],
  ['freezing and resuming', '{"freeze":true,"resume":true}', 422],
  ['a false freeze', '{"freeze":false}', 422],
  ['an unknown member', '{"advance":"PT1H","by":1}', 422],
  ['months', '{"advance":"P1M"}', 422],
  ['a number', '{"advance":3600}', 422],
  ['a local time', '{"to":"2030-01-01T00:00:00"}', 422],
  ['a day that is none', '{"to":"2030-13-01T00:00:00Z"}', 422],
  ['the past', '{"to":"2020-01-01T00:00:00Z"}', 409],
  ['a far future', '{"advance":"P3654D"}', 422],
])('%s moves no clock', async (_what, body, status) => {
  const m = await start();
  const answer = await m.fetch(`${m.url}/mingce/v1/companies/acme/clock`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN}` },
    body,
  });
  expect(answer.status).toBe(status);
  expect((await admin(m, 'acme/clock')).json.mode).toBe('system');
});

test('without the key, or of a company that is not there, no clock is shown', async () => {
  const m = await start();
  expect((await m.fetch(`${m.url}/mingce/v1/companies/acme/clock`)).status).toBe(401);
  expect((await admin(m, 'nowhere/clock')).status).toBe(404);
  expect((await admin(m, 'nowhere/clock', { advance: 'PT1H' })).status).toBe(404);
});

test.each(['read-only', 'off'] as const)('where the sandbox is %s, the clock can only be read', async (sandbox) => {
  const m = await start({ sandbox });
  expect((await admin(m, 'acme/clock')).status).toBe(200);
  expect((await admin(m, 'acme/clock', { advance: 'PT1H' })).status).toBe(409);
  await expect(m.clock.advance('PT1H')).rejects.toThrow('sandbox');
});
