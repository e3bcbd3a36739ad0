import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openTestDirectory, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { authorize, BACK, callsWith, codeFor, redeem } from './oauth-client.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

const file = `
mingce: 1
key: inn
name: Inn <& Sons>
feishu:
  founder: ann
  administrators: [{ employee: bob }]
  apps:
    - { app_id: cli_one, app_secret: one }
    - { app_id: cli_two, app_secret: two, redirect_urls: ["${BACK}", "http://localhost:3000/cb"], scopes: ["directory:employee:write"] }
    - { app_id: cli_stopped, app_secret: stopped, status: disabled }
    - { app_id: cli_away, app_secret: away, installed: false }
employees:
  - { id: ann, name: Ann, feishu: { employee_id: a1 } }
  - { id: bob, name: "<b>Bob</b>" }
  - { id: cyd, name: Cyd }
  - { id: ice, name: Ice, frozen: true }
  - { id: old, name: Old, status: resigned }
`;
const one = { id: 'cli_one', secret: 'one' };
const two = { id: 'cli_two', secret: 'two' };

let directory: TestDirectory;
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [file] });
});
afterEach(() => directory.close());

const exchange = (code: string, more: Readonly<Record<string, string>> = {}, app = one): Promise<Answer> =>
  redeem(directory, app, { grant_type: 'authorization_code', code, ...more });
const refresh = (refresh_token: string, more: Readonly<Record<string, string>> = {}, app = one): Promise<Answer> =>
  redeem(directory, app, { grant_type: 'refresh_token', refresh_token, ...more });

function expectError(answer: Answer, code: number, error: string): void {
  expect([answer.status, answer.json]).toEqual([400, { code, error, error_description: expect.any(String) }]);
}

describe('the page', () => {
  test('asks for whom the app shall call, and offers the administrators', async () => {
    const answer = await authorize(directory, { client_id: 'cli_one', scope: 'a:b offline_access', state: '"><x' });
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    expect(answer.text).toContain('Nobody is logged in here');
    expect(answer.text).toContain('Inn &lt;&amp; Sons&gt;');
    expect(answer.text).toContain('<code>offline_access</code>');
    expect(answer.text).toContain('&lt;b&gt;Bob&lt;/b&gt;');
    expect(answer.text).not.toContain('Cyd');
    expect(answer.text).not.toContain('"><x');
    const [, link = ''] = /<a href="\?([^"]+)">Ann/.exec(answer.text) ?? [];
    const chosen = new URLSearchParams(link.replaceAll('&amp;', '&'));
    expect([chosen.get('login_hint'), chosen.get('state')]).toEqual(['a1', '"><x']);
    const [, refused = ''] = /<a href="([^"]+)">拒绝/.exec(answer.text) ?? [];
    expect(refused.replaceAll('&amp;', '&')).toBe(`${BACK}?error=access_denied&state=%22%3E%3Cx`);
  });

  test('shows nobody to people elsewhere', async () => {
    const query = new URLSearchParams({ client_id: 'cli_one', response_type: 'code', redirect_uri: BACK }).toString();
    const url = `/open-apis/authen/v1/authorize?${query}`;
    const far = await directory.send('GET', url, { peer: '192.0.2.1' });
    const forwarded = await directory.send('GET', url, { headers: { 'x-forwarded-for': '192.0.2.1' } });
    expect([far.status, forwarded.status]).toEqual([200, 200]);
    expect(far.text + forwarded.text).not.toContain('Ann');
  });

  test('sends back with a code and the state, keeping the address as it is', async () => {
    const redirect_uri = 'http://localhost:3000/cb?x=a%20b#/login';
    const answer = await authorize(directory, { app_id: 'cli_one', login_hint: 'cyd', state: 's t', redirect_uri });
    expect([answer.status, answer.text]).toEqual([302, '']);
    expect(answer.headers['location']).toMatch(
      /^http:\/\/localhost:3000\/cb\?x=a%20b&code=[A-Za-z0-9_-]{64,400}&state=s\+t#\/login$/,
    );
    const without = await authorize(directory, { client_id: 'cli_one', login_hint: 'cyd' });
    expect(without.headers['location']).toMatch(/^https:\/\/inn\.example\/back\?code=[^&]+$/);
  });

  test.each([
    [20048, { client_id: 'cli_none' }],
    [20069, { client_id: 'cli_stopped' }],
    [20009, { client_id: 'cli_away' }],
    [20029, { client_id: 'cli_one', redirect_uri: 'javascript:alert(1)' }],
    [20029, { client_id: 'cli_one', redirect_uri: 'data:text/html,x' }],
    [20029, { client_id: 'cli_one', redirect_uri: '/back' }],
    [20029, { client_id: 'cli_one', redirect_uri: '' }],
    [20029, { client_id: 'cli_two', redirect_uri: `${BACK}/more` }],
    [20063, { client_id: 'cli_one', response_type: 'token' }],
    [20063, { client_id: 'cli_one', scope: Array.from({ length: 51 }, (_, at) => `s:${String(at)}`).join(' ') }],
    [20063, { client_id: 'cli_one', scope: `s:${'x'.repeat(4_096)}` }],
    [20063, { client_id: 'cli_one', scope: 's:"' }],
    [20063, { client_id: 'cli_one', code_challenge: 'short' }],
    [20063, { client_id: 'cli_one', code_challenge: 'c'.repeat(43), code_challenge_method: 'S512' }],
    [20027, { client_id: 'cli_two', scope: 'directory:employee:write directory:employee:read' }],
    [20008, { client_id: 'cli_one', login_hint: 'nobody' }],
    [20066, { client_id: 'cli_one', login_hint: 'old' }],
    [20066, { client_id: 'cli_one', login_hint: 'ice' }],
  ])('says %i and sends nowhere: %j', async (code, query) => {
    const answer = await authorize(directory, { login_hint: 'cyd', ...query });
    expect([answer.status, answer.headers['location']]).toEqual([400, undefined]);
    expect(answer.text).toContain(`错误码：${String(code)}`);
  });

  test('sends to each address that an app lists', async () => {
    const answer = await authorize(directory, {
      client_id: 'cli_two',
      login_hint: 'cyd',
      redirect_uri: 'http://localhost:3000/cb',
    });
    expect(answer.status).toBe(302);
  });
});

describe('a code', () => {
  test('becomes a user token for two hours', async () => {
    const answer = await exchange(await codeFor(directory, one, 'a1', { scope: 'x:y z' }), {
      redirect_uri: BACK,
    });
    expect([answer.status, answer.json]).toEqual([
      200,
      {
        code: 0,
        access_token: expect.stringMatching(/^u-[0-9a-f]{64}$/),
        expires_in: 7200,
        scope: 'x:y z',
        token_type: 'Bearer',
      },
    ]);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  });

  test('works once, however it is spelt', async () => {
    const code = await codeFor(directory, one, 'cyd');
    const both = await Promise.all([exchange(code), exchange(code)]);
    expect(both.map(({ json }) => json.code as number).toSorted((a, b) => a - b)).toEqual([0, 20065]);
    expectError(await exchange(`${code}=`), 20003, 'invalid_grant');
    expectError(await exchange(` ${code}`), 20003, 'invalid_grant');
    for (const last of ['A', 'B', 'C', 'D', 'Q', 'g', 'w']) {
      expect((await exchange(code.slice(0, -1) + last)).json.code).toBeOneOf([20003, 20065]);
    }
  });

  test('is kept by nobody until the app comes with it, whoever asks for however many', async () => {
    const kept = vi.spyOn(directory.store, 'write');
    const longest = { redirect_uri: `${BACK}?${'x'.repeat(2_000)}`, state: 's'.repeat(8_000) };
    const scope = Array.from({ length: 50 }, (_, at) => `s:${String(at)}`.padEnd(80, 'x')).join(' ');
    const codes = new Set<string>();
    for (let call = 0; call < 200; call++)
      codes.add(await codeFor(directory, one, 'cyd', { ...longest, scope, code_challenge: 'c'.repeat(128) }));
    expect(kept).not.toHaveBeenCalled();
    expect(codes.size).toBe(200);
    // What it carries is bounded, too.
    expect(Math.max(...[...codes].map(({ length }) => length))).toBeLessThan(8_000);
    const [code = ''] = codes;
    expect((await exchange(code, { code_verifier: 'c'.repeat(128) })).json).toMatchObject({ code: 0, scope });
    expect(kept).toHaveBeenCalledOnce();
  });

  test('that was changed or made up is none', async () => {
    const code = await codeFor(directory, one, 'cyd', { scope: 'a' });
    for (const at of [0, 20, 40, 52, 56, 70, code.length - 2]) {
      const other = code[at] === 'A' ? 'B' : 'A';
      expectError(await exchange(code.slice(0, at) + other + code.slice(at + 1)), 20003, 'invalid_grant');
    }
    for (const made of ['c', code.slice(1), code.slice(0, 60), `${code}AAAA`, 'A'.repeat(300), 'A'.repeat(100_000)])
      expectError(await exchange(made), 20003, 'invalid_grant');
    expect((await exchange(code)).json.code).toBe(0);
  });

  test('tells nobody what was granted, and ends with the app’s secret', async () => {
    const code = await codeFor(directory, one, 'a1', { scope: 'a' });
    expect(Buffer.from(code, 'base64url').toString('latin1')).not.toMatch(/ann|inn\.example/);
    const changed = file.replace('app_secret: one', 'app_secret: other');
    await directory.companies.apply('inn', changed, { plan: false, request: 'test' });
    expectError(await exchange(code, {}, { id: 'cli_one', secret: 'other' }), 20003, 'invalid_grant');
  });

  test('lives for five minutes', async () => {
    const code = await codeFor(directory, one, 'cyd');
    directory.clock.advance(5 * MINUTE - 1);
    expect((await exchange(await codeFor(directory, one, 'cyd'))).json.code).toBe(0);
    directory.clock.advance(1);
    expectError(await exchange(code), 20004, 'invalid_grant');
  });

  test('is no token', async () => {
    const code = await codeFor(directory, one, 'a1');
    expect((await callsWith(directory, code).mget(['bob'])).json.code).toBe(99991671);
    expectError(await refresh(code), 20026, 'invalid_grant');
  });

  test.each([
    [20063, 'invalid_request', '{'],
    [20063, 'invalid_request', { grant_type: 5 }],
    [20001, 'invalid_request', {}],
    [20001, 'invalid_request', { grant_type: 'authorization_code', client_id: 'cli_one' }],
    [20001, 'invalid_request', { grant_type: 'authorization_code', client_id: 'cli_one', client_secret: 'one' }],
    [20001, 'invalid_request', { grant_type: 'refresh_token', client_id: 'cli_one', client_secret: 'one' }],
    [20036, 'unsupported_grant_type', { grant_type: 'password' }],
    [20048, 'invalid_client', { grant_type: 'authorization_code', client_id: 'none', client_secret: 'x', code: 'c' }],
    [
      20002,
      'invalid_client',
      { grant_type: 'authorization_code', client_id: 'cli_one', client_secret: 'x', code: 'c' },
    ],
    [
      20069,
      'unauthorized_client',
      { grant_type: 'authorization_code', client_id: 'cli_stopped', client_secret: 'stopped', code: 'c' },
    ],
    [
      20009,
      'unauthorized_client',
      { grant_type: 'authorization_code', client_id: 'cli_away', client_secret: 'away', code: 'c' },
    ],
    [
      20003,
      'invalid_grant',
      { grant_type: 'authorization_code', client_id: 'cli_one', client_secret: 'one', code: 'c' },
    ],
  ])('is refused with %i %s: %j', async (code, error, body) => {
    expectError(await directory.send('POST', '/open-apis/authen/v2/oauth/token', { body }), code, error);
  });

  test('belongs to one app, one address and one request, and is not spent by whoever has not got them', async () => {
    const code = await codeFor(directory, one, 'cyd', { scope: 'a b' });
    expectError(await exchange(code, {}, two), 20024, 'invalid_grant');
    expectError(await exchange(code, { redirect_uri: `${BACK}/` }), 20071, 'invalid_grant');
    expectError(await exchange(code, { scope: 'a a' }), 20067, 'invalid_scope');
    expectError(await exchange(code, { scope: 'a c' }), 20068, 'invalid_scope');
    expect((await exchange(code, { scope: 'b' })).json).toMatchObject({ code: 0, scope: 'b' });
  });

  const verifier = 'TxYmzM4PHLBlqm5NtnCmwxMH8mFlRWl_ipie3O0aVzo';
  test.each([
    ['S256', createHash('sha256').update(verifier).digest('base64url')],
    ['plain', verifier],
    ['', verifier],
  ])('made with a challenge needs its verifier: %s', async (method, code_challenge) => {
    const more = method === '' ? { code_challenge } : { code_challenge, code_challenge_method: method };
    const code = await codeFor(directory, one, 'cyd', more);
    expectError(await exchange(code), 20049, 'invalid_grant');
    expectError(await exchange(code, { code_verifier: `${verifier}x` }), 20049, 'invalid_grant');
    expect((await exchange(code, { code_verifier: verifier })).json.code).toBe(0);
  });

  test('made without a challenge takes no verifier', async () => {
    const code = await codeFor(directory, one, 'cyd');
    expectError(await exchange(code, { code_verifier: verifier }), 20049, 'invalid_grant');
    expect((await exchange(code)).json.code).toBe(0);
  });

  test('is worth nothing when the user is gone or may not act any more', async () => {
    const [left, removed] = [await codeFor(directory, one, 'cyd'), await codeFor(directory, one, 'bob')];
    const changed = file.replace('name: Cyd }', 'name: Cyd, status: resigned }').replace(/ {2}- \{ id: bob.*\n/, '');
    await directory.companies.apply('inn', changed, { plan: false, request: 'test' });
    expectError(await exchange(left), 20066, 'invalid_grant');
    expectError(await exchange(removed), 20008, 'invalid_grant');
  });

  test('is taken in a form with HTTP credentials too, as OAuth libraries send it', async () => {
    const send = async (authorization: string, more: string): Promise<Answer> =>
      directory.send('POST', '/open-apis/authen/v2/oauth/token', {
        headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
        body: `grant_type=authorization_code&code=${await codeFor(directory, one, 'cyd')}${more}`,
      });
    const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;
    expect((await send(basic('cli_one:one'), '')).json.code).toBe(0);
    expectError(await send(basic('cli_one:two'), ''), 20002, 'invalid_client');
    expectError(await send(basic('cli%00:one'), ''), 20048, 'invalid_client');
    expectError(await send(basic('cli_one:one'), '&client_secret=one'), 20070, 'invalid_request');
  });
});

describe('a refresh token', () => {
  const tokens = async (scope = 'a offline_access'): Promise<Answer['json']> =>
    (await exchange(await codeFor(directory, one, 'a1', { scope }))).json;

  test('is there for those who asked for offline_access, and kept it', async () => {
    expect(await tokens('a')).not.toHaveProperty('refresh_token');
    expect(await tokens()).toMatchObject({ refresh_token: expect.any(String), refresh_token_expires_in: 604800 });
    const code = await codeFor(directory, one, 'cyd', { scope: 'a offline_access' });
    expect((await exchange(code, { scope: 'a' })).json).not.toHaveProperty('refresh_token');
  });

  test('makes a new pair once; the old user token goes on for a minute', async () => {
    const first = await tokens('directory:employee:read directory:employee.base.external_id:read offline_access');
    const second = (await refresh(first.refresh_token)).json;
    expect(second).toMatchObject({ code: 0, expires_in: 7200, scope: first.scope, refresh_token_expires_in: 604800 });
    expect(new Set([first.access_token, second.access_token, first.refresh_token, second.refresh_token]).size).toBe(4);
    expectError(await refresh(first.refresh_token), 20064, 'invalid_grant');
    const code = async (token: string): Promise<number> => (await callsWith(directory, token).mget(['cyd'])).json.code;
    expect(await code(first.access_token)).toBe(0);
    directory.clock.advance(MINUTE);
    expect([await code(first.access_token), await code(second.access_token)]).toEqual([99991677, 0]);
  });

  test('is no user token, and belongs to one app', async () => {
    const { refresh_token } = await tokens();
    expect((await callsWith(directory, refresh_token).mget(['cyd'])).json.code).toBe(99991671);
    expectError(await exchange(refresh_token), 20003, 'invalid_grant');
    expectError(await refresh(refresh_token, {}, two), 20024, 'invalid_grant');
    expectError(await refresh('ur-none'), 20026, 'invalid_grant');
  });

  test('lives for a week, and ends a year after the user agreed', async () => {
    let { refresh_token } = await tokens();
    for (let day = 6; day <= 360; day += 6) {
      directory.clock.advance(6 * DAY);
      ({ refresh_token } = (await refresh(refresh_token)).json);
    }
    directory.clock.advance(DAY);
    const last = (await refresh(refresh_token)).json;
    expect(last.refresh_token_expires_in).toBe((4 * DAY) / 1000);
    directory.clock.advance(4 * DAY);
    expectError(await refresh(last.refresh_token), 20037, 'invalid_grant');
  });
});

test('codes, user tokens and refresh tokens live as long as their app says, and an export says so too', async () => {
  const lives = 'token_seconds: 20, refresh_token_seconds: 40, code_seconds: 10';
  const changed = file.replace('app_secret: one }', `app_secret: one, ${lives} }`);
  await directory.companies.apply('inn', changed, { plan: false, request: 'test' });
  const exported = await directory.companies.export('inn');
  for (const life of lives.split(', ')) expect(exported).toContain(life);

  const scope = 'directory:employee:read directory:employee.base.external_id:read offline_access';
  const late = await codeFor(directory, one, 'a1', { scope });
  const first = (await exchange(await codeFor(directory, one, 'a1', { scope }))).json;
  expect(first).toMatchObject({ expires_in: 20, refresh_token_expires_in: 40 });
  directory.clock.advance(10_000);
  expectError(await exchange(late), 20004, 'invalid_grant');
  expect((await callsWith(directory, first.access_token).mget(['cyd'])).json.code).toBe(0);
  directory.clock.advance(10_000);
  expect((await callsWith(directory, first.access_token).mget(['cyd'])).json.code).toBe(99991677);
  const second = (await refresh(first.refresh_token)).json;
  expect(second.expires_in).toBe(20);
  directory.clock.advance(40_000);
  expectError(await refresh(second.refresh_token), 20037, 'invalid_grant');
});
