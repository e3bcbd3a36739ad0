import { issue, keyHolder } from '../../../../src/dialects/hose/auth/caller.ts';
import { createRecordFactory } from '../../../../src/dialects/record-factory.ts';
import { randomIds } from '../../../../src/lib/ids.ts';
import { RateLimiter } from '../../../../src/lib/rate-limiter.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestDirectory, START_TIME, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, corporationA, corporationB, failure } from '../hose-client.ts';

let directory: TestDirectory;
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [corporationA(), corporationB()] });
});
afterEach(() => directory.close());

const GET = '/api/openapi/v1/auth/getAccessToken';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WRONG = { value: { errorCode: 403, errorMessage: '密钥无效', errorDetail: null } };
const UNAUTHORISED = failure(403, '未授权');

interface Pair {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expireTime: number;
  readonly corporationId: string;
}

async function fresh(appKey = 'key-a'): Promise<Pair> {
  return (await directory.send('POST', GET, { body: { appKey, appSecurity: 's' } })).json.value;
}

function list(token: string): Promise<Answer> {
  return directory.send('GET', `/api/openapi/v1.1/staffs?start=0&count=1&accessToken=${encodeURIComponent(token)}`);
}

function refresh({ accessToken, refreshToken }: Partial<Pair>, more = 'powerCode=219904', path = ''): Promise<Answer> {
  const query = new URLSearchParams({ ...(accessToken && { accessToken }), ...(refreshToken && { refreshToken }) });
  return directory.send('POST', `/api/openapi/v2/auth/refreshToken${path}?${query.toString()}&${more}`);
}

test('a token lives two hours, and can be used at once', async () => {
  const pair = await fresh();
  expect(Object.keys(pair)).toEqual(['accessToken', 'refreshToken', 'expireTime', 'corporationId']);
  expect(pair).toMatchObject({ expireTime: START_TIME + 2 * HOUR, corporationId: 'CorpA' });
  expect(pair.accessToken).toMatch(/^ID_\w+:CorpA$/);
  expect((await list(pair.accessToken)).status).toBe(200);
  directory.clock.advance(2 * HOUR - 1);
  expect((await list(pair.accessToken)).status).toBe(200);
  directory.clock.advance(1);
  const answer = await list(pair.accessToken);
  expect([answer.status, answer.json]).toEqual([403, UNAUTHORISED]);
});

test('a new token does not end an older one', async () => {
  const [one, other] = [await fresh(), await fresh()];
  expect((await list(one.accessToken)).status).toBe(200);
  expect((await list(other.accessToken)).status).toBe(200);
});

test('nothing of a token is kept in clear', async () => {
  const { accessToken } = await fresh();
  expect(await directory.companies.export('a')).not.toContain(accessToken.split(':')[0]);
});

test.each([
  ['no body', undefined],
  ['no key', { appSecurity: 's' }],
  ['no secret', { appKey: 'key-a' }],
  ['a wrong secret', { appKey: 'key-a', appSecurity: 'x' }],
  ['an unknown key', { appKey: 'key-x', appSecurity: 's' }],
  ['a key switched off', { appKey: 'key-off', appSecurity: 's' }],
  ['a null', { appKey: 'key-a', appSecurity: null }],
])('%s: wrong credentials, wrapped in value', async (_what, body) => {
  const answer = await directory.send('POST', `${GET}?appKey=key-a&appSecurity=s`, body === undefined ? {} : { body });
  expect([answer.status, answer.json]).toEqual([403, WRONG]);
});

test.each(['{', '[]', '{"appKey": 1}'])('a body that is no such JSON is told so: %s', async (body) => {
  expect((await directory.send('POST', GET, { body })).json).toEqual(failure(412, 'JSON请求参数不正确'));
});

test('a token is taken from the query and from nowhere else', async () => {
  const { accessToken } = await fresh();
  const url = '/api/openapi/v1.1/staffs?start=0&count=1';
  for (const headers of [{ authorization: `Bearer ${accessToken}` }, { accesstoken: accessToken }]) {
    expect((await directory.send('GET', url, { headers })).json).toEqual(UNAUTHORISED);
  }
  expect((await directory.send('GET', `${url}&accessToken=`)).json).toEqual(UNAUTHORISED);
  expect((await list('ID_unknown:CorpA')).json).toEqual(UNAUTHORISED);
  // Nor is it a matter of how the colon is written.
  expect((await directory.send('GET', `${url}&accessToken=${accessToken}`)).status).toBe(200);
});

test('the token is asked for before the body is looked at', async () => {
  const answer = await directory.send('PUT', '/api/openapi/v1.1/staffs/batch/update', { body: '{' });
  expect(answer.json).toEqual(UNAUTHORISED);
});

test('a refresh token is no access token', async () => {
  const { refreshToken } = await fresh();
  expect((await list(refreshToken)).json).toEqual(UNAUTHORISED);
});

test('a refresh changes both tokens for ones that live 32 days, and ends the old pair', async () => {
  const pair = await fresh();
  const { json } = await refresh(pair);
  expect(json.value).toMatchObject({ expireTime: START_TIME + 32 * DAY, corporationId: 'CorpA' });
  expect(json.value.accessToken).not.toBe(pair.accessToken);
  expect(json.value.refreshToken).not.toBe(pair.refreshToken);
  expect((await list(pair.accessToken)).json).toEqual(UNAUTHORISED);
  directory.clock.advance(32 * DAY - 1);
  expect((await list(json.value.accessToken)).status).toBe(200);
  expect((await refresh(json.value, 'powerCode=219904&expireDate=3', '/expireDate')).json.value.expireTime).toBe(
    START_TIME + 35 * DAY - 1,
  );
});

test('of three racing refreshes of one pair exactly one wins', async () => {
  const pair = await fresh();
  const answers = await Promise.all([refresh(pair), refresh(pair), refresh(pair)]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 403, 403]);
  expect(answers.filter(({ status }) => status === 403).map(({ text }) => text)).toEqual(['未授权', '未授权']);
});

test('what cannot be refreshed is answered in bare text', async () => {
  const [pair, other] = [await fresh(), await fresh()];
  const expired = await fresh();
  const answers = [
    await refresh({ accessToken: pair.accessToken }),
    await refresh({ refreshToken: pair.refreshToken }),
    await refresh(pair, 'powerCode='),
    await refresh({ accessToken: pair.accessToken, refreshToken: other.refreshToken }),
    await refresh({ accessToken: pair.refreshToken, refreshToken: pair.accessToken }),
    await refresh(pair, 'powerCode=219904', '/expireDate'),
    await refresh(pair, 'powerCode=219904&expireDate=x', '/expireDate'),
    await refresh(pair, 'powerCode=219904&expireDate=0', '/expireDate'),
    await refresh(pair, 'powerCode=219904&expireDate=1.5', '/expireDate'),
  ];
  directory.clock.advance(2 * HOUR);
  answers.push(await refresh(expired));
  for (const { status, text, headers } of answers) {
    expect([status, text]).toEqual([403, '未授权']);
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
  }
});

test('a wrong power code is told in the five-key body, and ends nothing', async () => {
  const pair = await fresh();
  const answer = await refresh(pair, 'powerCode=219903');
  expect([answer.status, answer.json]).toEqual([403, failure(403, '未开通功能，无权访问')]);
  expect((await refresh(pair)).status).toBe(200);
});

test('a refreshed token lives no longer than the licence', async () => {
  await directory.close();
  const licences = ', licences: [{ code: "219904", expires: "2026-01-09" }]';
  directory = await openTestDirectory({ companies: [corporationA(licences)] });
  const end = Date.parse('2026-01-09T16:00:00Z');
  const { value } = (await refresh(await fresh())).json;
  expect(value.expireTime).toBe(end);
  const shorter = await refresh(value, 'powerCode=219904&expireDate=2', '/expireDate');
  expect(shorter.json.value.expireTime).toBe(START_TIME + 2 * DAY);
  directory.clock.advance(end - START_TIME);
  expect((await refresh(await fresh())).json).toEqual(failure(403, '未开通功能，无权访问'));
});

test('two corporations never see each other’s staff', async () => {
  const [a, b] = [await clientOf(directory, 'key-a', 's'), await clientOf(directory, 'key-b', 's')];
  expect(await a.staff('CorpB:wang')).toBeUndefined();
  expect((await b.staff('CorpB:wang')).name).toBe('王五');
  expect((await b.update('CorpA:li', { name: '李雷' })).json.errorMessage).toBe('没有查到此员工信息');
});

test('the token of a key that was switched off ends with it', async () => {
  const { accessToken } = await fresh();
  const off = corporationA().replace(
    'app_key: key-a, app_security: s',
    'app_key: key-a, app_security: s, enabled: false',
  );
  await directory.companies.apply('a', off, { plan: false, request: 'test' });
  expect((await list(accessToken)).json).toEqual(UNAUTHORISED);
});

test('a token ends with the secret it was asked for with, and so does its refreshing', async () => {
  const [old, refreshed] = [await fresh(), (await refresh(await fresh())).json.value];
  const rotated = corporationA().replace('app_key: key-a, app_security: s', 'app_key: key-a, app_security: other');
  await directory.companies.apply('a', rotated, { plan: false, request: 'test' });
  for (const pair of [old, refreshed]) {
    expect((await list(pair.accessToken)).json).toEqual(UNAUTHORISED);
    expect((await refresh(pair)).status).toBe(403);
  }
  const { token } = await clientOf(directory, 'key-a', 'other');
  expect((await list(token)).status).toBe(200);
  await directory.companies.apply('a', rotated, { plan: false, request: 'test' });
  expect((await list(token)).status, 'the same file changes no secret').toBe(200);
});

test('a token lives as long as the settings of its key say', async () => {
  const short = corporationA().replace(
    'app_key: key-a, app_security: s',
    'app_key: key-a, app_security: s, token_seconds: 90',
  );
  await directory.companies.apply('a', short, { plan: false, request: 'test' });
  const { accessToken, expireTime } = await fresh();
  expect(expireTime).toBe(directory.clock.now() + 90_000);
  directory.clock.advance(89_999);
  expect((await list(accessToken)).status).toBe(200);
  directory.clock.advance(1);
  expect((await list(accessToken)).json).toEqual(UNAUTHORISED);
  expect(await directory.companies.export('a')).toContain('token_seconds: 90');
});

test('no token is made for a secret that was changed after it was looked at', async () => {
  const { store, clock } = directory;
  const context = {
    store,
    now: () => clock.now(),
    ids: randomIds,
    recordFactory: createRecordFactory([]),
    rateLimiter: new RateLimiter(),
  };
  const caller = await keyHolder('key-a', 's', context);
  if (caller === null) throw new Error('the secret is the one of the file');
  expect(await issue(caller, context)).toMatchObject({ corporationId: 'CorpA' });
  const rotated = corporationA().replace('app_key: key-a, app_security: s', 'app_key: key-a, app_security: other');
  await directory.companies.apply('a', rotated, { plan: false, request: 'test' });
  expect(await issue(caller, context)).toBeNull();
});
