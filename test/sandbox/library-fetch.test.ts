import { readFileSync } from 'node:fs';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startMingce, type Mingce } from '../../src/index.ts';

/* The `fetch` of a test: what it gives is what Node's own gives for the same call over a socket. */

const demo = readFileSync(new URL('../../companies/demo.yaml', import.meta.url), 'utf8');
const AGREE = new URLSearchParams({
  redirect_uri: 'http://127.0.0.1:9/callback',
  app_id: 'cli_mingce_demo',
  client_id: 'cli_mingce_demo',
  response_type: 'code',
  login_hint: 'zhangsan',
}).toString();

let mingce: Mingce;
beforeAll(async () => {
  mingce = await startMingce({ companies: [demo] });
});
afterAll(() => mingce.close());

/** Headers of a connection, which a call without a socket has none of, and those that differ from call to call. */
const APART = ['connection', 'keep-alive', 'date', 'error-msg', 'x-mingce-request', 'x-request-id', 'x-tt-logid'];

async function seen(fetched: Promise<Response>): Promise<object> {
  const response = await fetched;
  const copy = response.clone();
  const told = ({ url, status, statusText, ok, type, redirected, body }: Response): object => ({
    url,
    status,
    statusText,
    ok,
    type,
    redirected,
    hasBody: body !== null,
  });
  const [text, again] = [await response.text(), await copy.clone().arrayBuffer()];
  return {
    ...told(response),
    copy: told(copy),
    headers: [...response.headers].filter(([name]) => !APART.includes(name)),
    isDated: Math.abs(Date.parse(response.headers.get('date') ?? '') - Date.now()) < 60_000,
    used: [response.bodyUsed, copy.bodyUsed],
    length: [Buffer.byteLength(text), again.byteLength],
    isReadOnce: await response.text().then(
      () => false,
      () => true,
    ),
  };
}

const CALLS: readonly (readonly [path: string, init: RequestInit])[] = [
  ['/healthz', {}],
  ['/healthz', { method: 'HEAD' }],
  ['/open-apis/nothing?a=1#part', {}],
  ['/cgi-bin/gettoken', {}],
  ['/cgi-bin/gettoken', { method: 'POST', body: '{}' }],
  ['/cgi-bin/nothing', { redirect: 'error' }],
  ['/api/openapi/v1.1/staffs/update/$x', { method: 'PUT', body: '{}' }],
  ['/open-apis/directory/v1/employees/x', { method: 'PATCH', body: '{}' }],
  ['/console', { redirect: 'manual' }],
  // Node asks for a compressed page, which without a socket would only cost time.
  ['/console', { headers: { 'accept-encoding': 'identity' } }],
  ['/console', { method: 'HEAD', headers: { 'accept-encoding': 'identity' } }],
];

test.each(CALLS)('%s is answered as over a socket, %o', async (path, init) => {
  const [here, there] = [await seen(mingce.fetch(mingce.url + path, init)), await seen(fetch(mingce.url + path, init))];
  expect(here).toEqual(there);
});

test.each(['gzip', 'deflate', 'br'])('a body that is compressed as %s is read as over a socket', async (encoding) => {
  const pack = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }[encoding] ?? gzipSync;
  const path = '/open-apis/auth/v3/tenant_access_token/internal';
  const fine = JSON.stringify({ app_id: 'cli_mingce_demo', app_secret: 'mingce-demo-secret' });
  for (const [body, code] of [
    [pack(fine), 0],
    [pack(fine.padEnd(2 ** 21)), 9_499],
    [Buffer.from('no such thing'), 10_003],
  ] as const) {
    const init = { method: 'POST', body, headers: { 'content-encoding': encoding } };
    const answers = [await mingce.fetch(mingce.url + path, init), await fetch(mingce.url + path, init)];
    const [here, there] = await Promise.all(
      answers.map(async (answer) => [answer.status, ((await answer.json()) as { code?: number }).code]),
    );
    expect(here).toEqual(there);
    expect(here?.[1]).toBe(code);
  }
});

test('an answer says the address of the platform that a client has built in', async () => {
  const address = 'https://qyapi.weixin.qq.com/cgi-bin/gettoken?corpid=x';
  expect((await mingce.fetch(new URL(address))).url).toBe(address);
});

test('a redirect is followed, refused or given back, as the caller wants it', async () => {
  const page = `${mingce.url}/open-apis/authen/v1/authorize?${AGREE}`;
  const given = await mingce.fetch(page, { redirect: 'manual' });
  expect([given.status, given.url, given.redirected]).toEqual([302, page, false]);
  expect(given.headers.get('location')).toMatch(/^http:\/\/127\.0\.0\.1:9\/callback\?code=/);
  const refused = { message: 'fetch failed', cause: new Error('unexpected redirect') };
  for (const ask of [mingce.fetch, fetch]) {
    await expect(ask(page, { redirect: 'error' })).rejects.toMatchObject(refused);
  }
  await expect(mingce.fetch(page)).rejects.toThrow('is answered here, not http://127.0.0.1:9.');
});
