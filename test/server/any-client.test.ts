import { request } from 'node:http';
import { connect } from 'node:net';
import { gzipSync, brotliCompressSync, deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMingce } from '../../src/app.ts';
import type { Mingce } from '../../src/mingce.ts';
import { dialects } from '../../src/dialects/registry.ts';
import { logTo } from '../../src/lib/log.ts';

/* What clients of every kind send besides what a platform's page says: issue “any client reaches it”, hose-more.md 10.1. */

const company = `
mingce: 1
key: acme
name: 恒信
feishu: { apps: [{ app_id: cli_acme, app_secret: f }] }
wecom: { corpid: ww_acme, apps: [{ agentid: 1, secret: w }] }
hose: { corporation_id: c_acme, apps: [{ app_key: k_acme, app_security: h }] }
departments: [{ id: root, name: 恒信 }]
employees: [{ id: li, name: 李雷, departments: [root] }]
`;

const lines: string[] = [];
let mingce: Mingce;
let hoseToken: string;
beforeAll(async () => {
  mingce = await startMingce({
    companies: [company],
    log: logTo((line) => lines.push(line), 'warn'),
    adminKey: 'key-of-the-administrator',
    corsOrigins: ['https://app.example'],
    bodyBytes: 65_536,
  });
  const answer = await post('/api/openapi/v1/auth/getAccessToken', { appKey: 'k_acme', appSecurity: 'h' });
  hoseToken = ((await answer.json()) as { value: { accessToken: string } }).value.accessToken;
});
afterAll(() => mingce.close());

const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(mingce.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: body instanceof Uint8Array ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body),
  });

/** Status and body of a request whose target is sent byte by byte, as `fetch` would not. */
function raw(
  target: string,
  method = 'GET',
  headers = '',
): Promise<readonly [status: number, head: string, body: string]> {
  return new Promise((resolve, reject) => {
    const socket = connect(mingce.port, '127.0.0.1', () => {
      socket.write(`${method} ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n${headers}\r\n`, 'utf8');
    });
    let text = '';
    socket.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    socket.on('error', reject).on('close', () => {
      const [head = '', body = ''] = text.split('\r\n\r\n');
      resolve([Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]), head, body]);
    });
  });
}

describe('a base URL of the client’s own', () => {
  const feishu = { app_id: 'cli_acme', app_secret: 'f' };

  test.each(['/feishu', '/', '/a/b/', '//', '/platforms/feishu/'])('%s', async (base) => {
    const answer = await post(`${base}/open-apis/auth/v3/tenant_access_token/internal`, feishu);
    expect(await answer.json()).toMatchObject({ code: 0, msg: 'ok' });
  });

  test('with doubled slashes inside, and in front of each platform', async () => {
    expect(await (await fetch(`${mingce.url}//cgi-bin//gettoken?corpid=ww_acme&corpsecret=w`)).json()).toMatchObject({
      errcode: 0,
    });
    const hose = await fetch(`${mingce.url}/hose/api/openapi/v2/staffs?start=0&count=1000&accessToken=${hoseToken}`);
    expect(await hose.json()).toMatchObject({ count: 1 });
  });

  test('leads to nothing but platforms: the admin API has one path', async () => {
    for (const path of ['//mingce/v1/companies', '/x/mingce/v1/companies', '/x/metrics', '//healthz']) {
      const answer = await fetch(mingce.url + path, { headers: { authorization: 'Bearer key-of-the-administrator' } });
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });

  test('a slash at the end of a platform’s path is another path, as on the platform', async () => {
    const answer = await fetch(`${mingce.url}/open-apis/contact/v3/scopes/`);
    expect([answer.status, await answer.text()]).toEqual([404, '404 page not found']);
  });
});

describe('a path that is not served', () => {
  test('is success to no client', async () => {
    const answer = await fetch(`${mingce.url}/v1/users`);
    expect([answer.status, answer.headers.get('x-mingce-reason')]).toEqual([404, 'not-served']);
    const body = (await answer.json()) as Record<string, unknown>;
    for (const code of ['code', 'errcode', 'errorCode']) expect(body[code]).toBe(404);
    for (const path of ['/open-apis/nothing/v1', '/cgi-bin/nothing', '/api/openapi/v1/nothing']) {
      const other = await fetch(mingce.url + path);
      expect([path, other.status, other.headers.get('x-mingce-reason')]).toEqual([path, 404, 'not-served']);
      expect(await other.text()).not.toMatch(/"(?:code|errcode|errorCode)": ?0/);
    }
  });

  test('is another thing than a path that has no such method', async () => {
    const reasonOf = async (method: string, path: string): Promise<string | null> =>
      (await fetch(mingce.url + path, { method })).headers.get('x-mingce-reason');
    expect(await reasonOf('GET', '/open-apis/directory/v1/employees/mget')).toBe('no-such-path');
    expect(await reasonOf('PUT', '/open-apis/contact/v3/scopes')).toBe('no-such-path');
    expect(await reasonOf('HEAD', '/open-apis/directory/v1/employees/mget')).toBe('no-such-path');
    // The platform has a call there, which is not served.
    expect(await reasonOf('GET', '/open-apis/event/v1/outbound_ip')).toBe('not-served');
    expect(await reasonOf('HEAD', '/open-apis/event/v1/outbound_ip')).toBe('not-served');
    expect(await reasonOf('PATCH', '/open-apis/event/v1/outbound_ip')).toBe('no-such-path');
    // That is a get of an employee with this id.
    expect(await reasonOf('GET', '/open-apis/contact/v3/users/basic_batch')).toBeNull();
  });

  test('is named in the log, once, where the platform has it, and never with what was sent', async () => {
    const absent = dialects.flatMap(({ title, coverage }) =>
      coverage.filter(({ status }) => status === 'absent').map((one) => ({ ...one, title: title.en })),
    );
    const one = absent.find(({ operation }) => operation === 'auth.redirect.code');
    if (one === undefined) throw new Error('everything is served');
    lines.length = 0;
    for (let times = 0; times < 2; times++)
      await fetch(`${mingce.url}${one.path.replace(/:\w+/g, 'private')}?token=secret`, { method: one.method });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      event: 'not-served',
      reason: `${one.title}'s ${one.path} is not served yet, see coverage`,
      operation: one.operation,
    });
    expect(lines[0]).not.toMatch(/private|secret/);
  });
});

test('JSON that a client calls a form is JSON', async () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await post(
    '/open-apis/auth/v3/tenant_access_token/internal',
    { app_id: 'cli_acme', app_secret: 'f' },
    headers,
  );
  expect(await answer.json()).toMatchObject({ code: 0 });
});

test('a body null is passed over where none is due', async () => {
  for (const route of dialects.flatMap(({ routes }) => routes)) {
    if (route.body !== undefined || route.streamsBody || route.method === 'GET') continue;
    const path = route.path.replace(/:\w+/g, 'x');
    const ask = async (body?: string): Promise<unknown> => {
      const headers = { 'content-type': 'application/json' };
      const init = body === undefined ? {} : { body, headers };
      const answer = await fetch(mingce.url + path, { method: route.method, ...init });
      return [route.operation, answer.status, (await answer.text()).replaceAll(/[0-9A-Za-z]{20,}/g, 'id')];
    };
    expect(await ask('null')).toEqual(await ask());
  }
});

test('letters beyond ASCII in a URL are UTF-8; without escapes they are no HTTP', async () => {
  const path = '/api/openapi/v1/departments/getDepartmentByName';
  const escaped = await raw(`${path}?name=${encodeURIComponent('恒信')}&accessToken=${hoseToken}`);
  expect(escaped).toEqual([200, expect.anything(), expect.stringContaining('恒信')]);
  const [unknown] = await raw(`/api/openapi/v1/departments/$${encodeURIComponent('恒信')}?accessToken=${hoseToken}`);
  expect(unknown).toBe(400);
  expect((await raw(`${path}?name=恒信&accessToken=${hoseToken}`))[0]).toBe(400);
});

describe('a compressed body', () => {
  const sent = Buffer.from(JSON.stringify({ appKey: 'k_acme', appSecurity: 'h' }));
  const ask = (body: Uint8Array, encoding: string): Promise<Response> =>
    post('/api/openapi/v1/auth/getAccessToken', body, { 'content-encoding': encoding });

  test.each([
    ['gzip', gzipSync(sent)],
    ['GZIP', gzipSync(sent)],
    ['x-gzip', gzipSync(sent)],
    ['deflate', deflateSync(sent)],
    ['br', brotliCompressSync(sent)],
    ['identity', sent],
  ])('is read: %s', async (encoding, body) => {
    const answer = await ask(body, encoding);
    expect([answer.status, await answer.json()]).toEqual([200, { value: expect.anything() }]);
  });

  test('is unpacked no further than a body may be large', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, ' '));
    expect(bomb.byteLength).toBeLessThan(65_536);
    const answer = await ask(bomb, 'gzip');
    expect([answer.status, await answer.json()]).toEqual([413, expect.objectContaining({ errorCode: 413 })]);
    expect((await ask(gzipSync(sent), 'gzip')).status).toBe(200);
  });

  test('that is none is judged as it came, on a connection that goes on', async () => {
    for (const body of [Buffer.from('no gzip'), gzipSync(sent).subarray(0, 20), Buffer.alloc(0)]) {
      const answer = await ask(body, 'gzip');
      expect([answer.status, await answer.text()]).toEqual([
        body.byteLength === 0 ? 403 : 412,
        expect.stringMatching(/\{/),
      ]);
    }
  });
});

describe('pages in a browser', () => {
  const path = `/api/openapi/v2/staffs?start=0&count=1`;
  const ask = (origin: string, method: string, headers: Record<string, string> = {}): Promise<Response> =>
    new Promise((resolve, reject) => {
      request(mingce.url + path, { method, headers: { origin, ...headers } }, (message) => {
        message.resume();
        const given = Object.entries(message.headers).map(([name, value]) => [name, String(value)] as [string, string]);
        resolve(new Response(null, { status: message.statusCode ?? 0, headers: given }));
      })
        .on('error', reject)
        .end();
    });
  const wants = { 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization, x-a' };

  test.each(['http://localhost:5173', 'https://127.0.0.1', 'http://[::1]:8080', 'https://app.example'])(
    'of %s may call',
    async (origin) => {
      const asked = await ask(origin, 'OPTIONS', wants);
      expect(asked.status).toBe(204);
      expect(Object.fromEntries(asked.headers)).toMatchObject({
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'GET, HEAD, POST',
        'access-control-allow-headers': 'authorization, x-a',
        'access-control-max-age': '600',
        vary: 'Origin',
      });
      expect(asked.headers.get('access-control-allow-credentials')).toBe(null);
      const refused = await ask(origin, 'GET');
      expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, origin]);
    },
  );

  test.each(['null', 'https://elsewhere.example', 'http://localhost.elsewhere.example', 'https://app.example:8443'])(
    'of %s may not',
    async (origin) => {
      const asked = await ask(origin, 'OPTIONS', wants);
      expect([asked.status, asked.headers.get('allow')]).toEqual([405, 'GET, POST']);
      const answer = await ask(origin, 'GET');
      expect(answer.headers.get('access-control-allow-origin')).toBe(null);
    },
  );

  test.each([
    ['v1.1/dimensions/items/withAll', 'GET, HEAD'],
    ['v1.1/dimensions/items/batch', 'POST'],
    ['v1.1/dimensions/items/$withAll', 'PUT'],
    ['v1.1/staffs/batch/update', 'PUT'],
    ['v1.1/staffs/update/$CorpA:li', 'PUT'],
  ])('is told the methods that 405 names: %s', async (known, methods) => {
    const url = `${mingce.url}/api/openapi/${known}`;
    const page = { origin: 'http://localhost:5173', 'access-control-request-method': 'PUT' };
    const asked = await fetch(url, { method: 'OPTIONS', headers: page });
    expect([asked.status, asked.headers.get('access-control-allow-methods')]).toEqual([204, methods]);
    const other = await fetch(url, { method: 'PATCH' });
    expect([other.status, other.headers.get('allow')]).toEqual([405, methods.replace(', HEAD', '')]);
  });

  test('is told of no method where the `$` of an id is missing: the path is unknown', async () => {
    const page = { origin: 'http://localhost:5173', 'access-control-request-method': 'PUT' };
    const url = `${mingce.url}/api/openapi/v1.1/staffs/update/CorpA:li`;
    const asked = await fetch(url, { method: 'OPTIONS', headers: page });
    expect([asked.status, asked.headers.get('access-control-allow-methods')]).toEqual([404, null]);
  });

  test('may not call the admin API from another origin', async () => {
    const answer = await fetch(`${mingce.url}/mingce/v1/companies`, { headers: { origin: 'http://localhost:5173' } });
    expect(answer.headers.get('access-control-allow-origin')).toBe(null);
  });

  test('OPTIONS without a page is a method that is not served, and HEAD is GET without a body', async () => {
    const [status, head] = await raw(path, 'OPTIONS');
    expect([status, head]).toEqual([405, expect.stringMatching(/allow: GET, POST/i)]);
    const full = `${path}&accessToken=${hoseToken}`;
    const [, getHead, getBody] = await raw(full);
    const [headStatus, headHead, headBody] = await raw(full, 'HEAD');
    expect([headStatus, headBody]).toEqual([200, '']);
    const length = /content-length: \d+/i;
    expect(length.exec(headHead)?.[0]).toBe(length.exec(getHead)?.[0]);
    expect(Buffer.byteLength(getBody)).toBeGreaterThan(0);
    expect((await raw('/api/openapi/v1/auth/getAccessToken', 'HEAD'))[0]).toBe(405);
  });
});
