import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { catalogue } from '../../src/catalogue.ts';
import { startMingce, type Mingce, type NewFault, type StartOptions } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { freshSchema } from '../support/fresh-store.ts';
import { PROGRAM } from '../support/program-path.ts';

/* Calls that fail by the rules of their company, over sockets and in process. */

const ADMIN = 'faults-test-admin-key';
const acme = `
mingce: 1
key: acme
name: Acme
feishu: { rate_limit_enabled: false, apps: [{ app_id: cli_acme, app_secret: s }] }
wecom:
  corpid: ww_acme
  apps: [{ agentid: 1, secret: s, kind: self_built, hr_callable: true, visible_range: { department_ids: [1] } }]
hose: { corporation_id: acme, apps: [{ app_key: key-acme, app_security: s }] }
departments: [{ id: root, name: Acme, code: "001" }]
employees:
  - { id: li, name: 李四, job_number: "1" }
  - { id: wang, name: 王五, job_number: "2" }
`;

const open: Mingce[] = [];
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())));
async function start(options: StartOptions = {}): Promise<Mingce> {
  const mingce = await startMingce({ adminKey: ADMIN, log: silentLog, companies: [acme], ...options });
  open.push(mingce);
  return mingce;
}

/* eslint-disable typescript/no-explicit-any -- answers of every shape */
type Fetch = typeof globalThis.fetch;
const post = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});
async function feishuToken(m: Mingce): Promise<string> {
  const credentials = post({ app_id: 'cli_acme', app_secret: 's' });
  const answer = await m.fetch(`${m.url}/open-apis/auth/v3/tenant_access_token/internal`, credentials);
  return ((await answer.json()) as { tenant_access_token: string }).tenant_access_token;
}
const wecomToken = async (m: Mingce): Promise<string> =>
  ((await (await m.fetch(`${m.url}/cgi-bin/gettoken?corpid=ww_acme&corpsecret=s`)).json()) as any).access_token;
const hoseToken = async (m: Mingce): Promise<string> => {
  const credentials = post({ appKey: 'key-acme', appSecurity: 's' });
  return ((await (await m.fetch(`${m.url}/api/openapi/v1/auth/getAccessToken`, credentials)).json()) as any).value
    .accessToken;
};
const patchWith = (m: Mingce, token: string, jobNumber: string, id = 'li', send: Fetch = m.fetch): Promise<Response> =>
  send(
    `${m.url}/open-apis/directory/v1/employees/${id}?employee_id_type=employee_id&department_id_type=department_id`,
    {
      ...post({ employee: { job_number: jobNumber } }, { authorization: `Bearer ${token}`, 'user-agent': 'hr-sync/2' }),
      method: 'PATCH',
    },
  );
const wecomUser = (m: Mingce, token: string, send: Fetch = m.fetch): Promise<Response> =>
  send(`${m.url}/cgi-bin/user/get?userid=li&access_token=${token}`);
const hoseStaff = (m: Mingce, token: string, send: Fetch = m.fetch): Promise<Response> =>
  send(`${m.url}/api/openapi/v1.1/staffs?accessToken=${token}&start=0&count=1`);

async function changesOf(m: Mingce, id = 'li'): Promise<number> {
  const answer = await m.fetch(`${m.url}/mingce/v1/companies/acme/employees/${id}/changes`, {
    headers: { authorization: `Bearer ${ADMIN}` },
  });
  return ((await answer.json()) as { changes: unknown[] }).changes.length;
}

const CARRIERS = [
  ['over a socket', (): Fetch => globalThis.fetch],
  ['in process', (m: Mingce): Fetch => m.fetch],
] as const;

describe.each(CARRIERS)('%s', (_carrier, fetchOf) => {
  let m: Mingce;
  let token: string;
  beforeEach(async () => {
    m = await start();
    token = await feishuToken(m);
  });
  const patch = (jobNumber: string): Promise<Response> => patchWith(m, token, jobNumber, 'li', fetchOf(m));
  const failure = async (promise: Promise<Response>): Promise<string> => {
    try {
      await (await promise).text();
      return 'none';
    } catch (error) {
      const { cause } = error as { cause?: { code?: string } };
      return `${(error as Error).name} ${cause?.code ?? ''}`;
    }
  };

  test('a code is answered in the platform’s own words, and nothing is carried out (F1)', async () => {
    await m.faults.add({ effect: { code: '2221103' } });
    const before = await changesOf(m);
    const answer = await patch('9');
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      code: 2221103,
      msg: 'Mobile already exists',
      error: { log_id: /^20/ },
    });
    expect(await changesOf(m)).toBe(before);
  });

  test('a code after the commit leaves the change of the call as it would be (F2)', async () => {
    await m.faults.add({ effect: { code: '1500', when: 'after-commit' }, times: 1 });
    const before = await changesOf(m);
    expect((await patch('9')).status).toBe(500);
    expect(await changesOf(m)).toBe(before + 1);
    expect(m.requests?.last('code:1500').field('job_number')?.verdict).toBe('applied');
  });

  test('a connection that is cut before the write leaves no change, one cut after it leaves it', async () => {
    const before = await changesOf(m);
    await m.faults.add({ effect: { cut: 'before-write' }, times: 1 });
    expect(await failure(patch('8'))).toBe('TypeError ECONNRESET');
    expect(await changesOf(m)).toBe(before);
    await m.faults.clear();
    await m.faults.add({ preset: 'answered-then-reset', times: 1 });
    expect(await failure(patch('9'))).toBe('TypeError ECONNRESET');
    expect(await changesOf(m)).toBe(before + 1);
    // The retry is answered as the platform answers it, and changes nothing more.
    expect(await (await patch('9')).json()).toMatchObject({ code: 0 });
    expect(await changesOf(m)).toBe(before + 1);
    const cut = m.requests?.list('ended:cut') ?? [];
    expect(cut.map(({ status, injected }) => [status, injected?.effect])).toEqual([
      [200, 'cut'],
      [null, 'cut'],
    ]);
    expect(cut[0]?.field('job_number')?.verdict).toBe('applied');
  });

  test('half a body, a body of another length and a broken one are what the client gets', async () => {
    const whole = (await (await patch('1')).text()).length;
    await m.faults.add({ effect: { cut: 'mid-body' }, times: 1 });
    expect(await failure(patch('9'))).toMatch(/^TypeError [A-Z_]+$/);
    await m.faults.clear();
    await m.faults.add({ effect: { body: 'wrong-length' }, times: 1 });
    expect(await failure(patch('9'))).toMatch(/^TypeError [A-Z_]+$/);
    await m.faults.clear();
    await m.faults.add({ preset: 'truncated' });
    expect((await (await patch('9')).text()).length).toBe(Math.ceil(whole / 2));
    await m.faults.clear();
    await m.faults.add({ preset: 'malformed' });
    const text = await (await patch('9')).text();
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    await m.faults.clear();
    await m.faults.add({ effect: { body: 'empty' } });
    expect(await (await patch('9')).text()).toBe('');
  });

  test('a delay and a slow body take their time', async () => {
    const took = async (): Promise<number> => {
      const from = performance.now();
      expect(await (await patch('9')).json()).toMatchObject({ code: 0 });
      return performance.now() - from;
    };
    await m.faults.add({ effect: { delay_ms: 300 } });
    expect(await took()).toBeGreaterThanOrEqual(290);
    await m.faults.clear();
    // Some 50 bytes.
    await m.faults.add({ effect: { slow: { bytes_per_second: 100 } } });
    expect(await took()).toBeGreaterThanOrEqual(300);
  });

  test('nothing on the wire says that an answer was made up', async () => {
    const rule = await m.faults.add('gateway-html');
    const answer = await patch('9');
    expect(answer.status).toBe(502);
    expect(answer.headers.get('content-type')).toBe('text/html');
    const wire = JSON.stringify([...answer.headers]) + (await answer.text());
    expect(wire).not.toMatch(new RegExp(`${rule.id}|gateway-html|fault|inject`, 'i'));
    expect(m.requests?.last('injected:gateway-html').injected).toEqual({
      rule: rule.id,
      preset: 'gateway-html',
      effect: 'http',
      n: 1,
    });
  });
});

test('each preset of a platform answers what the platform answers', async () => {
  const m = await start();
  const calls: Readonly<Record<string, () => Promise<Response>>> = {
    feishu: async () => patchWith(m, await feishuToken(m), '9'),
    wecom: async () => wecomUser(m, await wecomToken(m)),
    hose: async () => hoseStaff(m, await hoseToken(m)),
  };
  const expected: readonly (readonly [string, NewFault, number, object])[] = [
    ['feishu-rate-limit', {}, 429, { code: 99991400, msg: 'request trigger frequency limit' }],
    ['feishu-token-invalid', {}, 400, { code: 99991663 }],
    ['feishu-user-token-expired', {}, 401, { code: 99991677 }],
    ['feishu-scope-missing', {}, 400, { code: 99991672, error: { permission_violations: expect.any(Array) as [] } }],
    ['feishu-quota', {}, 400, { code: 99991403 }],
    ['feishu-internal', {}, 500, { code: 1500 }],
    ['wecom-rate-limit', {}, 200, { errcode: 45009 }],
    ['wecom-busy', { share: 1 }, 200, { errcode: -1 }],
    ['wecom-token-expired', {}, 200, { errcode: 42001 }],
    ['wecom-token-killed', {}, 200, { errcode: 40014, errmsg: 'invalid access_token' }],
    ['wecom-contact-read-stopped', {}, 200, { errcode: 48009 }],
    ['wecom-address-denied', {}, 200, { errcode: 60020 }],
    ['wecom-concurrency', {}, 200, { errcode: 45033 }],
    ['wecom-two-writers', {}, 200, { errcode: 45035 }],
    ['hose-rate-limit', {}, 429, { errorCode: 429 }],
    ['hose-unauthorised', {}, 403, { errorMessage: '未授权' }],
    ['hose-internal', {}, 500, { errorCode: 500 }],
    ['hose-unlicensed', {}, 403, { errorMessage: '未开通功能，无权访问' }],
  ];
  for (const [preset, more, status, body] of expected) {
    const platform = preset.split('-', 1)[0] ?? '';
    const call = calls[platform];
    await m.faults.clear();
    // The tokens themselves are had without a fault.
    await using _rule = await m.faults.add({
      preset,
      ...more,
      match: { operation: ['employee.*', 'user.*', 'staffs*'] },
    });
    const answer = await call?.();
    expect([preset, answer?.status]).toEqual([preset, status]);
    expect(await answer?.json(), preset).toMatchObject(body);
  }
});

test('the presets of calls that others do not make', async () => {
  const m = await start();
  // The person was created, and the answer says that it failed. [contract feishu-contact.md 2.8]
  await m.faults.add('feishu-create-504');
  const create = async (): Promise<Response> =>
    m.fetch(
      `${m.url}/open-apis/contact/v3/users?user_id_type=user_id&department_id_type=department_id`,
      post(
        { user_id: 'new', name: 'New', mobile: '13900000001', department_ids: ['0'], employee_type: 1 },
        { authorization: `Bearer ${await feishuToken(m)}` },
      ),
    );
  const answer = await create();
  expect([answer.status, await answer.json()]).toMatchObject([
    504,
    { code: 41027, msg: 'create account failed error' },
  ]);
  const token = await feishuToken(m);
  const read = await m.fetch(`${m.url}/open-apis/contact/v3/users/new?user_id_type=user_id`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(await read.json()).toMatchObject({ code: 0, data: { user: { name: 'New' } } });
  // Signing in is refused, and nothing else is.
  await m.faults.add('wecom-login-refused');
  const wecom = await wecomToken(m);
  const login = await m.fetch(`${m.url}/cgi-bin/auth/getuserinfo?access_token=${wecom}&code=c`);
  expect(await login.json()).toMatchObject({ errcode: 50001 });
  expect(await (await wecomUser(m, wecom)).json()).toMatchObject({ errcode: 0 });
});

test('a new token is no good for two seconds with hose-token-slow, and good then', async () => {
  const m = await start();
  await m.clock.freeze();
  await m.faults.add('hose-token-slow');
  const token = await hoseToken(m);
  const early = await hoseStaff(m, token);
  expect([early.status, await early.json()]).toMatchObject([403, { errorMessage: '未授权' }]);
  await m.clock.advance('PT1S');
  expect((await hoseStaff(m, token)).status).toBe(403);
  await m.clock.advance('PT1S');
  expect((await hoseStaff(m, token)).status).toBe(200);
});

test.each<[string, string, (m: Mingce) => Promise<Response>, object]>([
  ['feishu', 'employee.patch', async (m) => patchWith(m, await feishuToken(m), '9'), { code: 99991401 }],
  ['wecom', 'user.get', async (m) => wecomUser(m, await wecomToken(m)), { errcode: 60020 }],
])('an address is blocked on %s for its seconds, and others are not', async (platform, operation, call, refusal) => {
  const m = await start();
  await m.clock.freeze();
  await m.faults.add({ effect: { block: { seconds: 60 } }, match: { platform, operation }, times: 1 });
  expect(await (await call(m)).json()).toMatchObject(refusal);
  await m.clock.advance('PT59S');
  expect(await (await call(m)).json()).toMatchObject(refusal);
  await m.faults.add({
    id: 'other',
    effect: { http: { status: 418, body: '' } },
    match: { platform, address: '192.0.2.1' },
  });
  await m.clock.advance('PT1S');
  expect((await call(m)).status).toBe(200);
});

test('every documented code of a platform can be answered, also one that no state leads to', async () => {
  const m = await start();
  const answers: Readonly<Record<string, () => Promise<Response>>> = {
    feishu: async () => patchWith(m, await feishuToken(m), '9'),
    wecom: async () => wecomUser(m, await wecomToken(m)),
    hose: async () => hoseStaff(m, await hoseToken(m)),
  };
  const operation = ['employee.patch', 'user.get', 'staffs*'];
  for (const platform of catalogue.platforms()) {
    const entries = catalogue.platform(platform)?.entries ?? [];
    for (const { id } of entries.filter((entry) => entry.not_produced !== undefined)) {
      await m.faults.add({ id: 'one', effect: { code: id }, match: { platform, operation } });
      const answer = await answers[platform]?.();
      const body = (await answer?.json()) as Record<string, unknown>;
      // Hose has no numbers.
      const code = platform === 'hose' ? id : String(body['code'] ?? body['errcode']);
      expect([platform, code]).toEqual([platform, id]);
      expect(body['msg'] ?? body['errmsg'] ?? body['errorMessage']).toEqual(expect.any(String));
      await m.faults.clear();
    }
  }
}, 120_000);

test('a limit counts down by the company’s clock and then is over', async () => {
  const m = await start();
  const token = await feishuToken(m);
  await m.clock.freeze();
  await m.faults.add({ preset: 'feishu-rate-limit', times: 1 });
  expect((await patchWith(m, token, '9')).headers.get('x-ogw-ratelimit-reset')).toBe('52');
  await m.clock.advance('PT20S');
  expect((await patchWith(m, token, '9')).headers.get('x-ogw-ratelimit-reset')).toBe('32');
  await m.clock.advance('PT32S');
  expect((await patchWith(m, token, '9')).status).toBe(200);
});

test('a limit ends with the rule that began it, also where another rule gets its id', async () => {
  const m = await start();
  const token = await feishuToken(m);
  const { id } = await m.faults.add({ preset: 'feishu-rate-limit', times: 1 });
  expect((await patchWith(m, token, '9')).status).toBe(429);
  await m.faults.clear();
  const next = await m.faults.add({ effect: { limit: { seconds: 5 } }, match: { platform: 'feishu', nth: 2 } });
  expect(next.id).toBe(id);
  expect((await patchWith(m, token, '8')).status).toBe(200);
  expect((await patchWith(m, token, '7')).status).toBe(429);
  expect((await patchWith(m, token, '7')).status).toBe(429);
});

test('a token that a rule ends is ended for the next call, too', async () => {
  const m = await start();
  const token = await feishuToken(m);
  await m.faults.add({ preset: 'feishu-token-invalid', times: 1 });
  expect(await (await patchWith(m, token, '9')).json()).toMatchObject({ code: 99991663 });
  expect(await (await patchWith(m, token, '9')).json()).toMatchObject({ code: 99991663 });
  expect(await (await patchWith(m, await feishuToken(m), '9')).json()).toMatchObject({ code: 0 });
  await m.faults.clear();
  const wecom = await wecomToken(m);
  await m.faults.add({ effect: { token: 'expire', of: 'app' }, match: { platform: 'wecom', operation: 'user.get' } });
  expect(await (await wecomUser(m, wecom)).json()).toMatchObject({ errcode: 0 });
  expect(await (await wecomUser(m, wecom)).json()).toMatchObject({ errcode: 42001 });
});

test.each<[string, NewFault['match'], boolean]>([
  ['its platform', { platform: 'feishu' }, true],
  ['another platform', { platform: 'wecom' }, false],
  ['its operation', { operation: 'employee.patch' }, true],
  ['a part of its operation', { operation: 'employee.*' }, true],
  ['one of some operations', { operation: ['user.get', 'employee.patch'] }, true],
  ['another operation', { operation: 'employee.create' }, false],
  ['its app', { app: 'cli_acme' }, true],
  ['another app', { app: 'cli_other' }, false],
  ['the employee in its path', { employee: 'li' }, true],
  ['an id in its body', { employee: '9' }, true],
  ['another employee', { employee: 'wang' }, false],
  ['its address', { address: '127.0.0.1' }, true],
  ['a range with its address', { address: '127.0.0.0/8' }, true],
  ['another range', { address: '192.0.2.0/24' }, false],
  ['its client', { client: 'HR-sync' }, true],
  ['another client', { client: 'curl' }, false],
  ['everything at once', { platform: 'feishu', app: 'cli_acme', employee: 'li', client: 'hr' }, true],
])('a rule for %s', async (_what, match, isMet) => {
  const m = await start();
  const token = await feishuToken(m);
  await m.faults.add({ effect: { http: { status: 503, body: '' } }, match: match ?? {} });
  expect((await patchWith(m, token, '9')).status === 503).toBe(isMet);
});

test('the first rule that fires decides; one that goes on adds its delay', async () => {
  const m = await start();
  const token = await feishuToken(m);
  await m.faults.add({ id: 'slow', effect: { delay_ms: 100 }, continue: true });
  await m.faults.add({ id: 'first', effect: { code: '1500' } });
  await m.faults.add({ id: 'second', effect: { code: '99991403' } });
  const from = performance.now();
  expect(await (await patchWith(m, token, '9')).json()).toMatchObject({ code: 1500 });
  expect(performance.now() - from).toBeGreaterThan(90);
  expect((await m.faults.list()).map(({ id, n, fired }) => [id, n, fired])).toEqual([
    ['slow', 1, 1],
    ['first', 1, 1],
    ['second', 0, 0],
  ]);
});

test('a rule has its window by the company’s clock', async () => {
  const m = await start();
  const token = await feishuToken(m);
  await m.clock.to('2030-01-01T00:00:00Z');
  await m.clock.freeze();
  const fresh = await feishuToken(m);
  expect(fresh).not.toBe(token);
  await m.faults.add({
    effect: { code: '1500' },
    window: { from: '2030-01-01T01:00:00Z', until: '2030-01-01T01:30:00Z' },
  });
  expect((await patchWith(m, fresh, '9')).status).toBe(200);
  await m.clock.advance('PT1H');
  expect((await patchWith(m, fresh, '9')).status).toBe(500);
  await m.clock.advance('PT30M');
  expect((await patchWith(m, fresh, '9')).status).toBe(200);
});

const SHARE: NewFault = { id: 'some', effect: { code: '-1' }, match: { operation: 'user.get' }, share: 0.3, seed: 11 };

async function failed(nodes: readonly Mingce[], calls: number): Promise<readonly number[]> {
  const [first] = nodes;
  if (first === undefined) return [];
  const token = await wecomToken(first);
  const numbers: number[] = [];
  for (let call = 0; call < calls; call++) {
    const node = nodes[call % nodes.length] ?? first;
    const { errcode } = (await (await wecomUser(node, token)).json()) as { errcode: number };
    if (errcode === -1) numbers.push(call + 1);
  }
  return numbers;
}

test('one seed fails the same calls on both engines, and over three nodes', async () => {
  const calls = 100;
  const embedded = await start();
  await embedded.faults.add(SHARE);
  const expected = await failed([embedded], calls);
  expect(expected.length).toBeGreaterThan(10);
  const store = await freshSchema();
  const one = await start({ store, sandbox: 'on' });
  const others = [
    await start({ store, sandbox: 'on', companies: [] }),
    await start({ store, sandbox: 'on', companies: [] }),
  ];
  await one.faults.add(SHARE);
  expect(await failed([one, ...others], calls)).toEqual(expected);
  expect((await one.faults.list()).map(({ n, fired }) => [n, fired])).toEqual([[calls, expected.length]]);
});

test('rules are kept with the company, stay when its file is applied, and are no change of it', async () => {
  const store = await freshSchema();
  const one = await start({ store, sandbox: 'on' });
  await one.faults.add({ preset: 'feishu-internal', match: { operation: 'employee.*' } });
  await one.companies.apply('acme', acme.replace('王五', '王五五'));
  expect(await one.companies.isAsApplied('acme')).toBe(true);
  await open.pop()?.close();
  const again = await start({ store, sandbox: 'on', companies: [] });
  expect((await again.faults.list()).map(({ preset }) => preset)).toEqual(['feishu-internal']);
  expect((await patchWith(again, await feishuToken(again), '9')).status).toBe(500);
});

const ENGINES = [
  ['SQLite', () => Promise.resolve('sqlite::memory:')],
  ['PostgreSQL', freshSchema],
] as const;
const withFaults = (rules: string): string => `${acme}faults:\n${rules}`;
const BUSY_TWICE = `  - { id: busy, preset: wecom-busy, share: 1, times: 2, match: { operation: user.get } }
  - { effect: { code: "1500" }, match: { operation: employee.patch } }
`;

describe.each(ENGINES)('rules of a company file on %s', (_engine, store) => {
  const errcode = async (m: Mingce, token: string): Promise<number> =>
    ((await (await wecomUser(m, token)).json()) as { errcode: number }).errcode;

  test('are applied with it, exported with it, and are no change when it is applied again', async () => {
    const m = await start({ store: await store(), sandbox: 'on', companies: [withFaults(BUSY_TWICE)] });
    expect((await m.faults.list()).map(({ id, preset, from_file: isOfFile }) => [id, preset, isOfFile])).toEqual([
      ['busy', 'wecom-busy', true],
      ['file-2', undefined, true],
    ]);
    expect(await errcode(m, await wecomToken(m))).toBe(-1);
    expect((await patchWith(m, await feishuToken(m), '9')).status).toBe(500);
    const file = (await m.companies.export('acme')) ?? '';
    expect(file).toContain('faults:');
    expect((await m.companies.apply('acme', file, { plan: true })).steps).toEqual([]);
    expect((await m.companies.apply('acme', withFaults(BUSY_TWICE), { plan: true })).steps).toEqual([]);
    expect(await m.companies.isAsApplied('acme')).toBe(true);
  });

  test('another file changes only the rules that came from one', async () => {
    const m = await start({ store: await store(), sandbox: 'on', companies: [withFaults(BUSY_TWICE)] });
    await m.faults.add({ id: 'mine', preset: 'slow', match: { platform: 'hose' } });
    const { steps } = await m.companies.apply('acme', withFaults('  - { id: busy, preset: wecom-busy, share: 0.5 }\n'));
    expect(steps.map(({ action, kind, id, fields }) => [action, kind, id, fields.toSorted()])).toEqual([
      ['change', 'fault', 'busy', ['match', 'share', 'times']],
      ['remove', 'fault', 'file-2', []],
    ]);
    expect((await m.faults.list()).map(({ id }) => id)).toEqual(['busy', 'mine']);
    await m.companies.apply('acme', acme);
    expect((await m.faults.list()).map(({ id }) => id)).toEqual(['mine']);
  });

  test('a reset leaves them, begins their counts again and removes the others; a restore has what there was', async () => {
    const m = await start({ store: await store(), sandbox: 'on', companies: [withFaults(BUSY_TWICE)] });
    const token = await wecomToken(m);
    const codes = async (): Promise<readonly number[]> => [
      await errcode(m, token),
      await errcode(m, token),
      await errcode(m, token),
    ];
    await m.faults.add({ id: 'mine', preset: 'slow', match: { platform: 'hose' } });
    const snapshot = await m.snapshot('both');
    expect(await codes()).toEqual([-1, -1, 0]);
    await m.faults.clear();
    await m.reset();
    expect((await m.faults.list()).map(({ id, n }) => [id, n])).toEqual([
      ['busy', 0],
      ['file-2', 0],
    ]);
    expect(await codes()).toEqual([-1, -1, 0]);
    await snapshot.restore();
    expect((await m.faults.list()).map(({ id }) => id)).toEqual(['busy', 'file-2', 'mine']);
    expect(await codes()).toEqual([-1, -1, 0]);
  });

  test('a limit that holds ends with a reset', async () => {
    const m = await start({ store: await store(), sandbox: 'on' });
    const token = await wecomToken(m);
    await m.faults.add({ id: 'limit', preset: 'wecom-rate-limit', match: { operation: 'user.get' }, times: 1 });
    expect(await errcode(m, token)).toBe(45009);
    expect(await errcode(m, token)).toBe(45009);
    await m.reset();
    await m.faults.add({ id: 'limit', preset: 'wecom-rate-limit', match: { operation: 'user.get', nth: 2 } });
    expect(await errcode(m, token)).toBe(0);
  });
});

test.each([
  ['  - { preset: wecom-bsy }\n', 'faults[0]: There is no preset "wecom-bsy"; did you mean wecom-busy'],
  ['  - { id: a, preset: slow }\n  - { id: a, preset: slow }\n', 'faults[1]: There is another rule "a"'],
  ['  - { id: a, prest: slow }\n', 'prest'],
  ['  - { id: a, effect: { code: "1" } }\n', 'has code "1"'],
])('a file with the rules %j is refused, and nothing of it is applied', async (rules, sentence) => {
  const m = await start();
  await expect(m.companies.apply('acme', withFaults(rules).replace('王五', '王六'))).rejects.toThrow(sentence);
  expect(await m.companies.export('acme')).toContain('王五');
});

test('where the sandbox is not on, rules are shown and do nothing', async () => {
  const store = await freshSchema();
  const one = await start({ store, sandbox: 'on' });
  await one.faults.add({ preset: 'feishu-internal', match: { operation: 'employee.*' } });
  const other = await start({ store, sandbox: 'read-only', companies: [] });
  expect(await other.faults.list()).toHaveLength(1);
  await expect(other.faults.clear()).rejects.toThrow('sandbox');
  expect((await patchWith(other, await feishuToken(other), '9')).status).toBe(200);
});

async function admin(m: Mingce, method: string, path: string, body?: string): Promise<{ status: number; json: any }> {
  const answer = await m.fetch(`${m.url}/mingce/v1/companies/${path}`, {
    method,
    headers: { authorization: `Bearer ${ADMIN}` },
    ...(body === undefined ? {} : { body }),
  });
  return { status: answer.status, json: answer.status === 204 ? null : await answer.json() };
}

test('the admin API adds, orders, switches and removes rules', async () => {
  const m = await start();
  expect(await admin(m, 'POST', 'acme/faults', '{"preset":"slow"}')).toMatchObject({
    status: 201,
    json: { id: 'fault-1' },
  });
  await admin(m, 'POST', 'acme/faults', '{"preset":"reset"}');
  expect((await admin(m, 'PATCH', 'acme/faults/fault-2', '{"before":"fault-1","enabled":false}')).status).toBe(204);
  const { faults } = (await admin(m, 'GET', 'acme/faults')).json;
  expect(faults).toMatchObject([
    { id: 'fault-2', preset: 'reset', enabled: false, effect: { cut: 'before-write' }, n: 0, fired: 0 },
    { id: 'fault-1', preset: 'slow' },
  ]);
  expect((await admin(m, 'DELETE', 'acme/faults/fault-1')).status).toBe(204);
  expect((await admin(m, 'DELETE', 'acme/faults/fault-1')).status).toBe(404);
  expect((await admin(m, 'DELETE', 'acme/faults')).status).toBe(204);
  expect((await admin(m, 'GET', 'acme/faults')).json.faults).toEqual([]);
  expect((await admin(m, 'GET', 'nowhere/faults')).status).toBe(404);
  expect((await m.fetch(`${m.url}/mingce/v1/companies/acme/faults`)).status).toBe(401);
});

test.each([
  ['{', 422, 'rule as JSON'],
  ['[]', 422, 'JSON object'],
  ['{}', 422, 'effect or a preset'],
  ['{"effect":{}}', 422, 'one of code'],
  ['{"effect":{"code":"1500","delay_ms":1}}', 422, 'one of code'],
  ['{"effect":{"code":"150"}}', 422, 'did you mean 1500'],
  ['{"effect":{"cod":"1500"}}', 422, 'did you mean code'],
  ['{"preset":"feishu-rate-limt"}', 422, 'did you mean feishu-rate-limit'],
  ['{"preset":"slow","match":{"platfrm":"feishu"}}', 422, 'did you mean platform'],
  ['{"preset":"slow","match":{"platform":"fieshu"}}', 422, 'did you mean feishu'],
  ['{"preset":"slow","match":{"address":"here"}}', 422, '192.0.2.0/24'],
  ['{"effect":{"delay_ms":60001}}', 422, 'effect'],
  ['{"effect":{"cut":"later"}}', 422, 'effect'],
  ['{"preset":"slow","share":2}', 422, 'share'],
  ['{"preset":"slow","times":0}', 422, 'times'],
  ['{"preset":"slow","window":{"from":"2030-13-01T00:00:00Z"}}', 422, 'window'],
  ['{"preset":"slow","id":"A b"}', 422, 'id'],
])('%s is no rule', async (body, status, sentence) => {
  const m = await start();
  const refused = await admin(m, 'POST', 'acme/faults', body);
  expect(refused.status).toBe(status);
  expect(refused.json.detail).toContain(sentence);
  expect((await admin(m, 'GET', 'acme/faults')).json.faults).toEqual([]);
});

test('a company has a hundred rules at most, each id once', async () => {
  const m = await start();
  await m.faults.add({ id: 'one', preset: 'slow' });
  await expect(m.faults.add({ id: 'one', preset: 'slow' })).rejects.toThrow('already');
  for (let rule = 1; rule < 100; rule++) await m.faults.add({ preset: 'slow', enabled: false });
  await expect(m.faults.add('slow')).rejects.toThrow('at most 100');
});

test('the command adds, lists and removes rules', async () => {
  const m = await start();
  const run = async (...args: string[]): Promise<string> => {
    const command = [PROGRAM, 'faults', ...args, '--server', m.url, '--admin-key', ADMIN];
    return (await promisify(execFile)(process.execPath, command)).stdout;
  };
  expect(await run('add', 'wecom-busy')).toBe('fault-1\n');
  expect(JSON.parse(await run('list', '--json'))).toMatchObject({ faults: [{ id: 'fault-1', preset: 'wecom-busy' }] });
  expect(await run('disable', 'fault-1')).toContain('fault-1 is off.');
  expect(await run('enable', 'fault-1')).toContain('fault-1 is on.');
  expect(await run('remove', 'fault-1')).toContain('fault-1 was removed.');
  expect(await run()).toContain('No rule');
  expect(await run('clear')).toContain('No rule makes calls fail any more.');
  expect(await run('clear', '--json')).toBe('{}\n');
  await expect(run('add', 'wecom-bsy')).rejects.toThrow('did you mean wecom-busy');
}, 120_000);
