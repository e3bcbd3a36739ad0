import { afterEach, beforeEach, expect, test } from 'vitest';
import { BACK, callsWith, codeFor, redeem } from './feishu/auth/oauth-client.ts';
import { tokenOf } from './feishu/feishu-client.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';

/* A new secret of an app ends everything that was handed out for the old one, at once and on every platform alike. */

const file = `
mingce: 1
key: inn
name: Inn
feishu:
  founder: ann
  apps:
    - { app_id: cli_one, app_secret: old-secret }
    - { app_id: cli_kept, app_secret: kept-secret }
wecom:
  corpid: wwinn
  apps: [{ agentid: 1, secret: old-secret }]
hose:
  apps: [{ app_key: inn-key, app_security: old-secret }]
employees: [{ id: ann, name: Ann }]
`;
const one = { id: 'cli_one', secret: 'old-secret' };
const SCOPES = 'directory:employee:read directory:employee.base.external_id:read offline_access';

let directory: TestDirectory;
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [file] });
});
afterEach(() => directory.close());

const rotate = (): Promise<unknown> =>
  directory.companies.apply('inn', file.replaceAll('old-secret', 'new-secret'), { plan: false, request: 'test' });

test('old tokens of Feishu are dead once the secrets are new: of the app, of users, and what others would follow from', async () => {
  const ofApp = await tokenOf(directory, one.id, one.secret);
  const kept = await tokenOf(directory, 'cli_kept', 'kept-secret');
  const ofUser = await redeem(directory, one, {
    grant_type: 'authorization_code',
    code: await codeFor(directory, one, 'ann', { scope: SCOPES }),
  });
  const code = await codeFor(directory, one, 'ann', { scope: SCOPES });
  const codes = async (): Promise<readonly number[]> =>
    (
      await Promise.all(
        [ofApp, ofUser.json.access_token, kept].map((token) => callsWith(directory, token).mget(['ann'])),
      )
    ).map(({ json }) => json.code);
  expect(await codes()).toEqual([0, 0, 0]);
  await rotate();
  expect(await codes()).toEqual([99991663, 99991668, 0]);
  const renewed = { ...one, secret: 'new-secret' };
  const refreshed = await redeem(directory, renewed, {
    grant_type: 'refresh_token',
    refresh_token: ofUser.json.refresh_token,
  });
  expect(refreshed.json.code).toBe(20026);
  const redeemed = await redeem(directory, renewed, { grant_type: 'authorization_code', code, redirect_uri: BACK });
  expect(redeemed.json.code).toBe(20003);
  expect(await tokenOf(directory, one.id, 'new-secret')).toMatch(/^t-/);
});

test('old tokens of WeCom and Hose are dead once the secrets are new', async () => {
  const wecom = (await directory.send('GET', '/cgi-bin/gettoken?corpid=wwinn&corpsecret=old-secret')).json.access_token;
  const pair = (
    await directory.send('POST', '/api/openapi/v1/auth/getAccessToken', {
      body: { appKey: 'inn-key', appSecurity: 'old-secret' },
    })
  ).json.value;
  const listed = async (): Promise<readonly unknown[]> => [
    (await directory.send('GET', `/cgi-bin/department/list?access_token=${wecom}`)).json.errcode,
    (await directory.send('GET', `/api/openapi/v1/departments?accessToken=${pair.accessToken}&start=0&count=1`)).status,
  ];
  expect(await listed()).toEqual([0, 200]);
  await rotate();
  expect(await listed()).toEqual([40014, 403]);
  const query = new URLSearchParams({
    accessToken: pair.accessToken,
    refreshToken: pair.refreshToken,
    powerCode: '219904',
  });
  const refreshed = await directory.send('POST', `/api/openapi/v2/auth/refreshToken?${query.toString()}`);
  expect(refreshed.status).toBe(403);
});
