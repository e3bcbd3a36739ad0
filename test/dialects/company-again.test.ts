import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';

/* A company that is made after another one is gone begins with nothing of that one: no window of a limit is running. */

/** Reads of Feishu ten a minute, creations one a minute; WeCom one a minute; Hose one a second. */
const company = (key: string): string => `
mingce: 1
key: ${key}
name: 恒信
feishu:
  rate_limit_enabled: true
  create_burst_limit: 1
  apps: [{ app_id: cli_${key}, app_secret: f }]
wecom:
  corpid: ww_${key}
  limits: { enforced: true, corp_per_minute: 1, ip_per_minute: 1, debug_per_minute: 1, bad_secret_threshold: 1 }
  apps: [{ agentid: 1, secret: w }]
hose: { corporation_id: c_${key}, rate_limit: 1, apps: [{ id: hose-app, app_key: k_${key}, app_security: h }] }
departments: [{ id: root, name: 恒信 }]
`;

let directory: TestDirectory;
let created = 1_000;
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [] });
});
afterEach(() => directory.close());

async function make(key: string): Promise<void> {
  await directory.companies.apply(key, company(key), { plan: false, request: 'r' });
}

/** What each platform's limits say of the next call: whether it is one too many. */
const limits: Readonly<Record<string, (key: string) => Promise<boolean>>> = {
  'Feishu, requests': async (key) => {
    const headers = await feishuHeaders(key);
    const { status } = await directory.send('GET', '/open-apis/contact/v3/job_titles', { headers });
    return status === 429;
  },
  'Feishu, creations': async (key) => {
    const headers = await feishuHeaders(key);
    const mobile = `+861380000${String(created++)}`;
    const body = { employee: { name: { name: { default_value: '王五' } }, mobile } };
    const { json } = await directory.send('POST', '/open-apis/directory/v1/employees', { headers, body });
    expect([0, 2221163]).toContain(json.code);
    return json.code === 2221163;
  },
  'WeCom, requests': async (key) => {
    const { json } = await directory.send('GET', `/cgi-bin/gettoken?corpid=ww_${key}&corpsecret=w`);
    const answer = await directory.send(
      'GET',
      `/cgi-bin/hr/get_fields?debug=1&access_token=${String(json.access_token)}`,
    );
    return answer.json.errcode === 45009;
  },
  'WeCom, wrong secrets': async (key) => {
    const { json } = await directory.send('GET', `/cgi-bin/gettoken?corpid=ww_${key}&corpsecret=x`, {
      peer: '10.0.0.1',
    });
    return json.errcode === 45009;
  },
  'Hose, requests': async (key) => {
    const { json } = await directory.send('POST', '/api/openapi/v1/auth/getAccessToken', {
      body: { appKey: `k_${key}`, appSecurity: 'h' },
    });
    const token = encodeURIComponent(String(json.value.accessToken));
    const { status } = await directory.send('GET', `/api/openapi/v1/staffs?accessToken=${token}&start=0&count=1`);
    return status === 429;
  },
};

async function feishuHeaders(key: string): Promise<Record<string, string>> {
  const { json } = await directory.send('POST', '/open-apis/auth/v3/tenant_access_token/internal', {
    body: { app_id: `cli_${key}`, app_secret: 'f' },
  });
  return { authorization: `Bearer ${String(json.tenant_access_token)}` };
}

test.each(Object.entries(limits))('%s: nothing of a limit outlives its company', async (_name, isTooMany) => {
  for (const key of ['first', 'first', 'second', 'first']) {
    await make(key);
    expect(await isTooMany(key), `the first call of ${key}`).toBe(false);
    let calls = 1;
    while (!(await isTooMany(key))) expect(calls++, 'the limit is reached').toBeLessThan(12);
    await directory.companies.remove(key, 'r');
  }
});
