import { afterEach, beforeEach, expect, test } from 'vitest';
import { START_TIME, openTestDirectory, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { corporationA } from '../hose-client.ts';

/* The newer operation for tokens: another envelope, whose failures are HTTP 200. */

let directory: TestDirectory;
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [corporationA()] });
});
afterEach(() => directory.close());

function get(body?: object | string): Promise<Answer> {
  return directory.send('POST', '/auth/openApi/v3/getAccessToken', body === undefined ? {} : { body });
}

test('a pair is told in the newer envelope, and is as good as one of v1', async () => {
  const { status, json } = await get({ appKey: 'key-a', appSecurity: 's' });
  expect([status, Object.keys(json), json.code, json.msg]).toEqual([200, ['code', 'msg', 'data'], '200', '操作成功']);
  const { accessToken, refreshToken, ...others } = json.data;
  expect(others).toEqual({ corpId: 'CorpA', expiresTime: START_TIME + 2 * 3_600_000, scope: 'tenant' });
  const query = new URLSearchParams({ accessToken, refreshToken, powerCode: '219904' });
  const list = await directory.send('GET', `/api/openapi/v1.1/staffs?start=0&count=1&${String(query)}`);
  expect(list.status).toBe(200);
  const refreshed = await directory.send('POST', `/api/openapi/v2/auth/refreshToken?${String(query)}`);
  expect(refreshed.status).toBe(200);
});

test.each([
  { appKey: 'key-a', appSecurity: 'wrong' },
  { appKey: 'nobody', appSecurity: 's' },
  { appKey: 'key-off', appSecurity: 's' },
])('a wrong pair is told with HTTP 200: %j', async (body) => {
  const { status, text, outcome } = await get(body);
  expect([status, text]).toEqual([200, '{"code":"403","msg":"密钥无效","data":""}']);
  expect(outcome?.records[0]?.problem).toEqual({ kind: 'forbidden', subject: 'credentials' });
});

test.each([[undefined], ['{'], ['[]'], [{}], [{ appKey: 'key-a' }], [{ appKey: 'key-a', appSecurity: 1 }]])(
  'a pair that is not sent, or not so, is a system error with a trace: %j',
  async (body) => {
    const { status, json } = await get(body);
    const traceId: unknown = expect.stringMatching(/^[0-9a-f]{32}$/);
    expect([status, json]).toEqual([200, { code: '500', msg: 'system error', data: null, traceId }]);
  },
);
