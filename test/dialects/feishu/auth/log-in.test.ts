import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDirectory, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { tokenOf } from '../feishu-client.ts';
import { BACK, callsWith, codeFor, redeem } from './oauth-client.ts';

/* Log-in over authen/v1, oauth/v3 and the passport addresses. [contract feishu-contact.md 5, 9.1] */

const DAY = 86_400_000;
const file = `
mingce: 1
key: inn
name: The Inn
feishu:
  founder: ann
  tenant_domain: inn.feishu.example
  apps:
    - { app_id: cli_one, app_secret: one, name: Reception, avatar_url: https://inn.example/bot.png }
    - { app_id: cli_two, app_secret: two }
    - { app_id: cli_few, app_secret: few, scopes: ["contact:user.email:readonly", "tenant:tenant:readonly"] }
    - { app_id: cli_listed, app_secret: listed, redirect_urls: ["${BACK}"] }
employees:
  - id: ann
    name: { value: 安安, i18n: { en-US: Ann } }
    mobile: "+8613100000001"
    email: ann@inn.example
    job_number: "7"
    feishu: { employee_id: a1, avatar_key: img_ann }
  - { id: bob, name: Bob }
  - { id: ice, name: Ice }
  - { id: new, name: New, activation: not-joined }
`;
const one = { id: 'cli_one', secret: 'one' };
const few = { id: 'cli_few', secret: 'few' };

let directory: TestDirectory;
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [file] });
});
afterEach(() => directory.close());

/** Sends a browser to a page; the code with which it comes back. */
async function codeFrom(page: string, query: Record<string, string>, employee: string): Promise<string> {
  const search = new URLSearchParams({ redirect_uri: BACK, login_hint: employee, ...query }).toString();
  const answer = await directory.send('GET', `${page}?${search}`);
  const code = new URL(answer.headers['location'] ?? BACK).searchParams.get('code');
  if (code === null) throw new Error(`no code: ${answer.text}`);
  return code;
}
const index = (employee: string, app = one): Promise<string> =>
  codeFrom('/open-apis/authen/v1/index', { app_id: app.id, state: 's' }, employee);

/** A token call with the app's own token. */
async function call(path: string, body: object | string, app = one, type = 'application/json'): Promise<Answer> {
  const authorization = `Bearer ${await tokenOf(directory, app.id, app.secret)}`;
  return directory.send('POST', `/open-apis/authen/v1/${path}`, {
    headers: { authorization, 'content-type': type },
    body,
  });
}
const exchange = (path: string, code: string, app = one): Promise<Answer> =>
  call(path, { grant_type: 'authorization_code', code }, app);
const refresh = (path: string, refresh_token: string, app = one): Promise<Answer> =>
  call(path, { grant_type: 'refresh_token', refresh_token }, app);
const userInfo = (token: string): Promise<Answer> =>
  directory.send('GET', '/open-apis/authen/v1/user_info', { headers: { authorization: `Bearer ${token}` } });
const resultOf = ({ status, json }: Answer): readonly unknown[] => [status, json.code, json.msg];
const set = (from: string, to: string): Promise<unknown> =>
  directory.companies.apply('inn', file.replace(from, to), { plan: false, request: 'test' });
const INVALID = [200, 20001, 'Invalid request. Please check request param'];

const ANN = {
  name: '安安',
  en_name: 'Ann',
  avatar_url: expect.stringContaining('/img_ann'),
  avatar_thumb: expect.stringContaining('/img_ann'),
  avatar_middle: expect.stringContaining('/img_ann'),
  avatar_big: expect.stringContaining('/img_ann'),
  open_id: expect.stringMatching(/^ou_[0-9a-f]{32}$/),
  union_id: expect.stringMatching(/^on_[0-9a-f]{32}$/),
  tenant_key: expect.stringMatching(/^[0-9a-f]{16}$/),
  user_id: 'a1',
  email: 'ann@inn.example',
  mobile: '+8613100000001',
  enterprise_email: '',
  employee_no: '7',
};

describe('the page authen/v1/index', () => {
  test('sends back with a code and the state, asking for no scopes and no response_type', async () => {
    const search = new URLSearchParams({ app_id: 'cli_one', redirect_uri: BACK, state: 'x y', login_hint: 'a1' });
    const answer = await directory.send('GET', `/open-apis/authen/v1/index?${search.toString()}`);
    expect(answer.status).toBe(302);
    const back = new URL(answer.headers['location'] ?? '');
    expect([back.searchParams.get('state'), back.searchParams.get('code')]).toEqual([
      'x y',
      expect.stringMatching(/./),
    ]);
  });

  test.each([
    ['an app of nobody', { app_id: 'cli_none' }, 20048],
    ['an address that is not registered', { app_id: 'cli_listed', redirect_uri: 'https://evil.example' }, 20029],
    ['no address', { app_id: 'cli_one', redirect_uri: '' }, 20029],
  ])('shows why it cannot: %s', async (_what, query, code) => {
    const search = new URLSearchParams({ redirect_uri: BACK, login_hint: 'a1', ...query }).toString();
    const answer = await directory.send('GET', `/open-apis/authen/v1/index?${search}`);
    expect([answer.status, answer.headers['location']]).toEqual([400, undefined]);
    expect(answer.text).toContain(String(code));
  });
});

describe('access_token', () => {
  test('tells a pair of tokens and who logged in', async () => {
    const answer = await exchange('access_token', await index('a1'));
    expect(answer.json).toEqual({
      code: 0,
      msg: 'success',
      data: {
        ...ANN,
        access_token: expect.stringMatching(/^u-/),
        token_type: 'Bearer',
        expires_in: 7200,
        refresh_token: expect.stringMatching(/^ur-/),
        refresh_expires_in: 2_592_000,
        sid: expect.stringMatching(/./),
      },
    });
    expect((await userInfo(answer.json.data.access_token)).json).toEqual({ code: 0, msg: 'success', data: ANN });
  });

  test('the token of a code without scopes may do what the app may at the time', async () => {
    const { access_token: token } = (await exchange('access_token', await index('a1'))).json.data;
    const { mget } = callsWith(directory, token);
    expect(resultOf(await mget(['a1']))).toEqual([200, 0, 'success']);
    await set('cli_one, app_secret: one,', 'cli_one, app_secret: one, scopes: ["contact:user.phone:readonly"],');
    expect((await mget(['a1'])).json.code).toBe(99991679);
    const { data } = (await userInfo(token)).json;
    expect([data.mobile, data.email, data.user_id]).toEqual(['+8613100000001', undefined, undefined]);
  });

  test('of a code with scopes tells what these allow', async () => {
    const code = await codeFor(directory, one, 'a1', { scope: 'contact:user.email:readonly' });
    const { data } = (await exchange('access_token', code)).json;
    expect([data.email, data.mobile]).toEqual(['ann@inn.example', undefined]);
    const own = (await exchange('access_token', await index('a1', few), few)).json.data;
    expect([own.email, own.user_id, own.employee_no]).toEqual(['ann@inn.example', undefined, undefined]);
  });

  test('a code is good once, for its app, for five minutes; everything else is one code', async () => {
    const code = await index('a1');
    expect(resultOf(await exchange('access_token', code, { id: 'cli_two', secret: 'two' }))[1]).toBe(20024);
    expect(resultOf(await exchange('access_token', code))[1]).toBe(0);
    expect(resultOf(await exchange('access_token', code))).toEqual(INVALID);
    expect(resultOf(await exchange('access_token', 'nothing'))).toEqual(INVALID);
    const late = await index('a1');
    directory.clock.advance(300_000);
    expect(resultOf(await exchange('access_token', late))).toEqual(INVALID);
  });

  test.each<[string, object | string]>([
    ['no JSON', 'x'],
    ['no grant type', { code: 'c' }],
    ['another grant type', { grant_type: 'refresh_token', code: 'c' }],
    ['no code', { grant_type: 'authorization_code' }],
    ['a code that is no text', { grant_type: 'authorization_code', code: 7 }],
  ])('is refused with %s', async (_what, body) => {
    expect(resultOf(await call('access_token', body))).toEqual(INVALID);
  });

  test('takes a form, and a slash at its end', async () => {
    const form = new URLSearchParams({ grant_type: 'authorization_code', code: await index('a1') }).toString();
    const answer = await call('access_token/', form, one, 'application/x-www-form-urlencoded');
    expect(answer.json.data.user_id).toBe('a1');
  });

  test('a code that was asked for with a challenge is not given away without its verifier', async () => {
    const code_challenge = createHash('sha256').update('v'.repeat(43)).digest('base64url');
    const code = await codeFor(directory, one, 'a1', { code_challenge, code_challenge_method: 'S256' });
    expect(resultOf(await exchange('access_token', code))).toEqual(INVALID);
    expect((await exchange('oidc/access_token', code)).json.code).toBe(20003);
  });

  test('the bearer is judged first: none, unknown ones, and users', async () => {
    const send = (token?: string): Promise<Answer> =>
      directory.send('POST', '/open-apis/authen/v1/access_token', {
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        body: {},
      });
    expect(resultOf(await send()).slice(0, 2)).toEqual([400, 99991661]);
    expect(resultOf(await send('t-x')).slice(0, 2)).toEqual([400, 99991663]);
    expect(resultOf(await send('a-x')).slice(0, 2)).toEqual([400, 99991664]);
    expect(resultOf(await send('x')).slice(0, 2)).toEqual([400, 99991671]);
    const { access_token: user } = (await exchange('access_token', await index('a1'))).json.data;
    expect(resultOf(await send(user))).toEqual([400, 99991668, 'user access token not support']);
  });
});

describe('the person behind a code', () => {
  test('not joined gets a code, but no token; v2 stays as it was', async () => {
    for (const path of ['access_token', 'oidc/access_token'])
      expect(resultOf(await exchange(path, await index('new')))).toEqual([200, 20023, 'User not registered']);
    const v2 = await redeem(directory, one, { grant_type: 'authorization_code', code: await index('new') });
    expect(v2.json.code).toBe(0);
    expect(resultOf(await userInfo(v2.json.access_token))).toEqual([200, 20023, 'User not registered']);
  });

  test.each([
    ['resigned', 'status: resigned, left_on: 2026-01-01', 20021, 'User resigned'],
    ['frozen', 'frozen: true', 20022, 'User frozen'],
  ])('%s since is told so, and the token is not known elsewhere', async (_state, more, code, msg) => {
    const before = await index('ice');
    const { access_token: token, refresh_token } = (await exchange('access_token', await index('ice'))).json.data;
    await set('{ id: ice, name: Ice }', `{ id: ice, name: Ice, ${more} }`);
    expect(resultOf(await exchange('access_token', before))).toEqual([200, code, msg]);
    expect(resultOf(await refresh('oidc/refresh_access_token', refresh_token))).toEqual([200, code, msg]);
    expect(resultOf(await userInfo(token))).toEqual([200, code, msg]);
    expect((await callsWith(directory, token).mget(['a1'])).json.code).toBe(99991668);
  });
});

describe('refresh tokens', () => {
  test('are of one kind: good once, at any refresh call of their app', async () => {
    const first = (await exchange('access_token', await index('a1'))).json.data.refresh_token;
    const second = await refresh('oidc/refresh_access_token', first);
    expect(second.json.data).toEqual({
      access_token: expect.stringMatching(/^u-/),
      refresh_token: expect.stringMatching(/^ur-/),
      token_type: 'Bearer',
      expires_in: 7199,
      refresh_expires_in: 2_591_999,
      scope: '',
    });
    const third = await refresh('refresh_access_token', second.json.data.refresh_token);
    expect(third.json.data).toMatchObject({ user_id: 'a1', token_type: 'Bearer' });
    expect(resultOf(await refresh('refresh_access_token', first))).toEqual(INVALID);
  });

  test('the oidc call has a code for each fault', async () => {
    const token = (await exchange('oidc/access_token', await index('a1'))).json.data.refresh_token;
    const other = await refresh('oidc/refresh_access_token', token, { id: 'cli_two', secret: 'two' });
    expect(other.json.code).toBe(20024);
    await refresh('oidc/refresh_access_token', token);
    expect(resultOf(await refresh('oidc/refresh_access_token', token))).toEqual([
      200,
      20026,
      'The refresh token passed is invalid. Please check the value',
    ]);
    expect((await refresh('oidc/refresh_access_token', 'ur-x')).json.code).toBe(20038);
    const old = (await exchange('oidc/access_token', await index('a1'))).json.data.refresh_token;
    directory.clock.advance(30 * DAY);
    expect((await refresh('oidc/refresh_access_token', old)).json.code).toBe(20037);
    const wrong = await call('oidc/access_token', { grant_type: 'password', code: 'c' });
    expect(resultOf(wrong)).toEqual([200, 20036, 'The grant_type passed is not supported']);
    const code = await index('a1');
    directory.clock.advance(300_000);
    expect((await exchange('oidc/access_token', code)).json.code).toBe(20004);
    expect((await exchange('oidc/access_token', 'x')).json.code).toBe(20003);
  });

  test('the scopes of a code of authorize are told', async () => {
    const code = await codeFor(directory, one, 'a1', { scope: 'contact:user.email:readonly a:b' });
    expect((await exchange('oidc/access_token', code)).json.data.scope).toBe('contact:user.email:readonly a:b');
  });
});

test('user_info takes users alone, and says when a token is over', async () => {
  expect((await userInfo(await tokenOf(directory, 'cli_one', 'one'))).json.code).toBe(99991663);
  const { access_token: token } = (await exchange('access_token', await index('a1'))).json.data;
  directory.clock.advance(7_200_000);
  expect(resultOf(await userInfo(token)).slice(0, 2)).toEqual([401, 99991677]);
});

describe('the passport addresses', () => {
  const form = (path: string, body: Record<string, string>): Promise<Answer> =>
    directory.send('POST', path, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(body).toString(),
    });
  const client = { client_id: 'cli_one', client_secret: 'one' };

  test('log somebody in as a client of OpenID Connect does', async () => {
    const query = { client_id: 'cli_one', response_type: 'code', state: 's' };
    const code = await codeFrom('/suite/passport/oauth/authorize', query, 'a1');
    const body = { grant_type: 'authorization_code', ...client, code, redirect_uri: BACK };
    const { json } = await form('/suite/passport/oauth/token', body);
    expect(json).toEqual({
      access_token: expect.stringMatching(/^u-/),
      token_type: 'Bearer',
      expires_in: 3600,
      refresh_token: expect.stringMatching(/^ur-/),
      refresh_expires_in: 2_592_000,
    });
    const info = await directory.send('GET', '/suite/passport/oauth/userinfo', {
      headers: { authorization: `Bearer ${String(json.access_token)}` },
    });
    expect(info.json).toEqual({ ...ANN, sub: info.json.open_id, picture: info.json.avatar_url });
    const again = await form('/suite/passport/oauth/token', body);
    expect([again.status, again.json.code]).toEqual([400, 20065]);
    directory.clock.advance(3_600_000);
    expect((await userInfo(json.access_token)).json.code).toBe(99991677);
  });

  test('oauth/v3/token takes forms, and gives an app its own token', async () => {
    const told2 = await form('/oauth/v3/token', { grant_type: 'client_credentials', ...client });
    expect(told2.json).toEqual({
      code: 0,
      access_token: await tokenOf(directory, 'cli_one', 'one'),
      token_type: 'Bearer',
      expires_in: 7200,
      scope: '',
    });
    const code = await codeFor(directory, one, 'a1', { scope: 'offline_access' });
    const user = await form('/oauth/v3/token', { grant_type: 'authorization_code', ...client, code });
    expect(user.json).toMatchObject({ code: 0, scope: 'offline_access', refresh_token_expires_in: 604_800 });
    const bad = await form('/oauth/v3/token', { grant_type: 'authorization_code', ...client, code: 'x' });
    expect([bad.status, bad.json.code, bad.json.error]).toEqual([400, 20003, 'invalid_grant']);
    const v2 = await redeem(directory, one, { grant_type: 'client_credentials' });
    expect(v2.json.code).toBe(20036);
  });

  test('the token of an app is given for a form with a slash at the end of the path', async () => {
    const answer = await form('/open-apis/auth/v3/tenant_access_token/internal/', {
      app_id: 'cli_one',
      app_secret: 'one',
    });
    expect(answer.json).toMatchObject({
      code: 0,
      msg: 'ok',
      tenant_access_token: await tokenOf(directory, 'cli_one', 'one'),
    });
    const wrong = await form('/open-apis/auth/v3/app_access_token/internal', { app_id: 'cli_one' });
    expect(resultOf(wrong)).toEqual([200, 10003, 'invalid param']);
  });
});

describe('what clients ask at their start', () => {
  const get = async (path: string, app: string, secret: string): Promise<Answer> =>
    directory.send('GET', `/open-apis/${path}`, {
      headers: { authorization: `Bearer ${await tokenOf(directory, app, secret)}` },
    });

  test('whose the app is', async () => {
    expect((await get('tenant/v2/tenant/query', 'cli_one', 'one')).json).toEqual({
      code: 0,
      msg: 'success',
      data: {
        tenant: {
          name: 'The Inn',
          display_id: expect.stringMatching(/^F[0-9]{11}$/),
          tenant_tag: 0,
          tenant_key: expect.stringMatching(/^[0-9a-f]{16}$/),
          avatar: { avatar_origin: '', avatar_72: '', avatar_240: '', avatar_640: '' },
          domain: 'inn.feishu.example',
        },
      },
    });
    const { tenant } = (await get('tenant/v2/tenant/query', 'cli_few', 'few')).json.data;
    expect(tenant).not.toHaveProperty('domain');
    await set('"tenant:tenant:readonly"', '"a:b"');
    expect((await get('tenant/v2/tenant/query', 'cli_few', 'few')).json.code).toBe(99991672);
  });

  test('who its bot is, without data', async () => {
    expect((await get('bot/v3/info', 'cli_one', 'one')).json).toEqual({
      code: 0,
      msg: 'ok',
      bot: {
        activate_status: 2,
        app_name: 'Reception',
        avatar_url: 'https://inn.example/bot.png',
        ip_white_list: [],
        open_id: expect.stringMatching(/^ou_[0-9a-f]{32}$/),
      },
    });
    expect((await get('bot/v3/info', 'cli_two', 'two')).json.bot).toMatchObject({
      app_name: 'cli_two',
      avatar_url: '',
    });
  });
});
