import { afterEach, beforeEach, expect, test } from 'vitest';
import { startMingce } from '../src/app.ts';
import type { Mingce } from '../src/mingce.ts';
import type { Reply } from '../src/dialects/dialect.ts';
import { createCall } from '../src/http/incoming-call.ts';
import { randomIds } from '../src/lib/ids.ts';
import { logTo } from '../src/lib/log.ts';

/* One path can be written in many ways; what is counted, logged or looked up by it must not tell them apart. */

const company = `
mingce: 1
key: acme
name: 恒信
feishu: { rate_limit_enabled: true, apps: [{ app_id: cli_acme, app_secret: f }] }
wecom: { corpid: ww_acme, limits: { enforced: true, corp_per_minute: 3 }, apps: [{ agentid: 1, secret: w }] }
hose: { corporation_id: c_acme, rate_limit: 3, apps: [{ app_key: k_acme, app_security: h }] }
`;

const lines: string[] = [];
let mingce: Mingce;
beforeEach(async () => {
  lines.length = 0;
  mingce = await startMingce({
    companies: [company],
    log: logTo((line) => lines.push(line), 'info'),
    clock: { now: () => Date.parse('2026-01-05T00:00:00Z') },
    adminKey: 'key-of-the-administrator',
  });
});
afterEach(() => mingce.close());

async function send(method: string, target: string, body?: object, headers = {}): Promise<Reply> {
  const parts = { ids: randomIds, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  return await mingce.handle(createCall(method, target, parts));
}

// eslint-disable-next-line typescript/no-explicit-any -- replies of every shape
const json = (reply: Reply): any => JSON.parse(String(reply.body));

/** One path written in several ways. */
function writings(path: string): readonly string[] {
  const encoded = (at: number): string => `%${path.charCodeAt(at).toString(16)}`;
  const last = path.length - 1;
  return [
    path,
    path.slice(0, last) + encoded(last),
    path.slice(0, last) + encoded(last).toUpperCase(),
    `/${encoded(1)}${path.slice(2)}`,
    `/${Array.from(path.slice(1), (letter, at) => (letter === '/' ? letter : encoded(at + 1))).join('')}`,
    `http://elsewhere.example${path}`,
    `${path}#a`,
    `${path}#b`,
  ];
}

async function answersOf(path: string, call: (target: string) => Promise<unknown>): Promise<readonly unknown[]> {
  const answers: unknown[] = [];
  for (const target of writings(path)) answers.push(await call(target));
  return answers;
}

test('WeCom’s limit of an operation is not passed by writing its path otherwise', async () => {
  const { access_token: token } = json(await send('GET', '/cgi-bin/gettoken?corpid=ww_acme&corpsecret=w'));
  const codes = await answersOf('/cgi-bin/hr/get_fields', async (path) => {
    const { errcode, group_list } = json(await send('GET', `${path}?access_token=${String(token)}`));
    expect(group_list).toBeInstanceOf(Array);
    return errcode;
  });
  expect(codes).toEqual([0, 0, 0, 45009, 45009, 45009, 45009, 45009]);
});

test('Feishu’s limit of an operation is not passed by writing its path otherwise', async () => {
  const credentials = { app_id: 'cli_acme', app_secret: 'f' };
  const issued = json(await send('POST', '/open-apis/auth/v3/tenant_access_token/internal', credentials));
  const headers = { authorization: `Bearer ${String(issued.tenant_access_token)}` };
  const path = '/open-apis/contact/v3/job_titles';
  const ask = async (target: string): Promise<unknown> => (await send('GET', target, undefined, headers)).status;
  // Ten a minute.
  for (let call = 0; call < 7; call++) expect(await ask(path)).toBe(200);
  expect(await answersOf(path, ask)).toEqual([200, 200, 200, 429, 429, 429, 429, 429]);
});

test('Hose’s limit of a key is not passed by writing a path otherwise', async () => {
  const credentials = { appKey: 'k_acme', appSecurity: 'h' };
  const { value } = json(await send('POST', '/api/openapi/v1/auth/getAccessToken', credentials));
  const query = `?accessToken=${encodeURIComponent(String(value.accessToken))}&start=0&count=1`;
  const statuses = await answersOf('/api/openapi/v1/staffs', async (path) => (await send('GET', path + query)).status);
  expect(statuses).toEqual([200, 200, 200, 429, 429, 429, 429, 429]);
});

test('a path that is served with another method is known, however it is written', async () => {
  const answers = await answersOf('/cgi-bin/user/list', async (path) => {
    const { status, body } = await send('DELETE', path);
    return { status, ...JSON.parse(String(body)) };
  });
  for (const answer of answers) expect(answer).toMatchObject({ status: 200, errcode: 40058, userlist: [] });
});

test('the request log and the metrics name the route, however the path is written', async () => {
  await answersOf('/cgi-bin/user/get', (path) => send('GET', path));
  const received = lines
    .map((line) => (JSON.parse(line) as { route?: string }).route)
    .filter((route) => route !== undefined);
  expect(received).toEqual(Array.from({ length: 8 }, () => '/cgi-bin/user/get'));
  const counted = String((await send('GET', '/metrics')).body).match(/^mingce_requests_total\{.*user.get.*\} .*$/gm);
  expect(counted).toEqual([expect.stringMatching(/ 8$/)]);
});

test('the admin API asks for its key, however a path is written', async () => {
  expect(await answersOf('/mingce/v1/companies', async (path) => (await send('GET', path)).status)).toEqual(
    Array.from({ length: 8 }, () => 401),
  );
});
