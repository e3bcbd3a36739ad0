import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Call, DialectContext, Reply, Route } from '../dialects/dialect.ts';
import { DirectoryError, StoreBusyError } from '../directory/errors.ts';
import { systemClock } from '../lib/time/clock.ts';
import { randomIds } from '../lib/ids.ts';
import { logTo, type LogLevel } from '../lib/log.ts';
import { createCall } from './incoming-call.ts';
import type { HttpLimits } from './limits.ts';
import { Server } from './server.ts';
import type { RouteGroup } from './routing/route-group.ts';

const limits: HttpLimits = {
  headerBytes: 16_384,
  connections: 100,
  connectionsPerAddress: 100,
  bodiesBytes: 1_000_000,
  answersBytes: 1_000_000,
  headersSeconds: 2,
  requestSeconds: 2,
  keepAliveSeconds: 5,
  stopSeconds: 2,
};

const ok = (body: unknown): Reply => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** A dialect that says what it was asked. */
const echo: Route['answer'] = (call) =>
  Promise.resolve(
    ok({
      method: call.method,
      path: call.path,
      params: { ...call.params },
      query: [...call.query],
      body: new TextDecoder().decode(call.body),
      origin: call.origin,
      requestId: call.requestId,
    }),
  );

let release: () => void = () => undefined;
/** Whether a call of the slow route waits to be released. */
let isHeld = false;
const untilHeld = (): Promise<void> => vi.waitFor(() => expect(isHeld).toBe(true), 5_000);

const answers: Readonly<Record<string, Route['answer']>> = {
  busy: () => Promise.reject(new StoreBusyError('disk full')),
  thrown: () => {
    throw new Error('broken at 13800000000');
  },
  rejected: () => Promise.reject(new TypeError('broken')),
  refused: () => Promise.reject(new DirectoryError({ kind: 'taken', subject: 'mobile' })),
  unsendable: () => Promise.resolve({ ...ok({}), headers: { 'x-bad': 'line\nfeed' } }),
  empty: () => Promise.resolve({ status: 204, headers: {}, body: '' }),
  slow: async () => {
    await new Promise<void>((resolve) => {
      release = resolve;
      isHeld = true;
    });
    return ok({ slow: true });
  },
};

const fake: RouteGroup = {
  name: 'fake',
  prefixes: ['/fake/'],
  bodyBytes: 1_000,
  routes: [
    ...(['GET', 'POST', 'PUT', 'DELETE'] as const).map((method) => ({
      operation: 'echo',
      method,
      path: '/fake/echo/:id',
      answer: echo,
    })),
    ...Object.entries(answers).map(([name, answer]) => ({
      operation: name,
      method: 'GET' as const,
      path: `/fake/${name}`,
      answer,
    })),
  ],
  fallback: (call, why) => ({ status: why === 'not-found' ? 404 : 500, headers: {}, body: `fake ${why} ${call.path}` }),
};

const guarded: RouteGroup = {
  ...fake,
  name: 'guarded',
  prefixes: ['/guarded/'],
  routes: [{ operation: 'in', method: 'PUT', path: '/guarded/in', answer: echo }],
  onRequest: (call) => (call.headers['x-key'] === 'sesame' ? null : { status: 401, headers: {}, body: 'no key' }),
};

const nobody: RouteGroup = {
  name: 'nobody',
  prefixes: [],
  bodyBytes: 0,
  routes: [],
  fallback: (_call, why) => ({ status: 404, headers: {}, body: `none ${why}` }),
};

const context = { now: (_tenant: unknown) => systemClock.now(), ids: randomIds } as DialectContext;
const open: Server[] = [];

async function start(
  options: { readonly limits?: Partial<HttpLimits>; readonly level?: LogLevel; readonly origin?: string } = {},
): Promise<{ server: Server; url: string; port: number; lines: string[] }> {
  const lines: string[] = [];
  const server = new Server({
    groups: [fake, guarded, nobody],
    context: () => context,
    limits: { ...limits, ...options.limits },
    log: logTo((line) => lines.push(line), options.level ?? 'error'),
    origin: options.origin ?? null,
  });
  open.push(server);
  return { server, lines, ...(await server.listen('127.0.0.1', 0)) };
}

afterEach(async () => {
  release();
  isHeld = false;
  await Promise.all(open.splice(0).map((server) => server.stop()));
});

/** Sends bytes as they are and reads until the other side hangs up. */
async function raw(port: number, text: string, hold?: (socket: Socket) => Promise<void>): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(text);
  if (hold !== undefined) await hold(socket);
  if (!socket.closed) await once(socket, 'close');
  return answer;
}

const line = (method: string, target: string, more = ''): string =>
  `${method} ${target} HTTP/1.1\r\nHost: example.test\r\nConnection: close\r\n${more}\r\n`;

describe('a request finds its route', () => {
  test.each([
    ['/fake/echo/$a:b', '$a:b'],
    ['/fake/echo/%24a%3Ab', '$a:b'],
    ['/fake/echo/%24a:b', '$a:b'],
    ['/fake/echo/[a,b]', '[a,b]'],
    ['/fake/echo/%5Ba%2Cb%5D', '[a,b]'],
    ['/fake/echo/a%2Fb', 'a/b'],
    ['/fake/echo/%2524', '%24'],
    ['/fake/echo/%E5%BC%A0%E4%B8%89', '张三'],
    ['/fake/echo/a+b', 'a+b'],
    ['/fake/echo/a;b=c', 'a;b=c'],
    ['/fake/echo/a%20b', 'a b'],
    [`/fake/echo/${'x'.repeat(4_000)}`, 'x'.repeat(4_000)],
  ])('%s brings its parameter decoded once', async (target, id) => {
    const { port } = await start();
    const answer = await raw(port, line('GET', target));
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({ params: { id }, path: target });
  });

  test('a whole URL in the request line is a path', async () => {
    const { port } = await start();
    const answer = await raw(port, line('GET', 'http://elsewhere.test:80/fake/echo/a?b=c'));
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({ params: { id: 'a' }, query: [['b', 'c']] });
  });

  test('the query keeps repeated and encoded names', async () => {
    const { url } = await start();
    const answer = await fetch(`${url}/fake/echo/a?id=1&id=2&%E5%90%8D=x%26y&accessToken=ID:corp`);
    expect(await answer.json()).toMatchObject({
      query: [
        ['id', '1'],
        ['id', '2'],
        ['名', 'x&y'],
        ['accessToken', 'ID:corp'],
      ],
    });
  });

  test.each(['GET', 'DELETE', 'POST', 'PUT'])('%s may carry a body', async (method) => {
    const { port } = await start();
    const answer = await raw(port, line(method, '/fake/echo/a', 'Content-Length: 2\r\n') + '{}');
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({ method, body: '{}' });
  });

  test('a body may come in chunks, cut anywhere', async () => {
    const { port } = await start();
    const answer = await raw(port, line('POST', '/fake/echo/a', 'Transfer-Encoding: chunked\r\n'), async (socket) => {
      for (const byte of Buffer.from('张三')) {
        socket.write('1\r\n');
        socket.write(Buffer.from([byte]));
        socket.write('\r\n');
        await setTimeout(2);
      }
      socket.write('0\r\n\r\n');
    });
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({ body: '张三' });
  });

  test('HEAD answers as GET without a body', async () => {
    const { port } = await start();
    const answer = await raw(port, line('HEAD', '/fake/echo/a'));
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer.split('\r\n\r\n')[1]).toBe('');
  });

  test('a reply without content has no length', async () => {
    const { port } = await start();
    const answer = await raw(port, line('GET', '/fake/empty'));
    expect(answer).toMatch(/^HTTP\/1\.1 204 /);
    expect(answer.toLowerCase()).not.toContain('content-length');
  });

  test('a call contains the address under which it was made', async () => {
    const { url, port } = await start();
    expect(await (await fetch(`${url}/fake/echo/a`)).json()).toMatchObject({ origin: url });
    const odd = `GET /fake/echo/a HTTP/1.1\r\nHost: evil"><script>\r\nConnection: close\r\n\r\n`;
    const answer = await raw(port, odd);
    expect(answer).not.toContain('evil');
  });

  test('a configured address is the same for all callers', async () => {
    const { url } = await start({ origin: 'https://mingce.example' });
    expect(await (await fetch(`${url}/fake/echo/a`)).json()).toMatchObject({ origin: 'https://mingce.example' });
  });

  test('a call needs no socket', async () => {
    const { server } = await start();
    const call = createCall('POST', '/fake/echo/%24x?q=1', { ids: randomIds, body: '{"a":1}' });
    const reply = await server.handle(call);
    expect(JSON.parse(String(reply.body))).toMatchObject({
      params: { id: '$x' },
      query: [['q', '1']],
      body: '{"a":1}',
    });
    const plain: Call = { ...ofCall(call), body: new Uint8Array(2_000) };
    expect((await server.handle(plain)).body).toBe('fake too-large /fake/echo/%24x');
  });
});

function ofCall({ method, path, params, query, headers, body, peer, receivedAt, requestId, origin }: Call): Call {
  return { method, path, params, query, headers, body, peer, receivedAt, requestId, origin };
}

test.each([
  ['a NUL', '/fake/echo/a%00b', 'a\ufffdb'],
  ['a broken escape', '/fake/echo/%zz', '%zz'],
  ['a cut character', '/fake/echo/%E5%BC', '\ufffd'],
  ['an escape cut short', '/fake/echo/%2', '%2'],
  ['half of a surrogate pair', '/fake/echo/%ED%A0%80', '\ufffd\ufffd\ufffd'],
])('%s in a path reaches the route as text that can be asked for', async (_what, target, id) => {
  const { url } = await start();
  const answer = await fetch(`${url}${target}`);
  expect(await answer.json()).toMatchObject({ params: { id } });
});

describe('what no route answers', () => {
  test.each([
    ['an unknown path', 'GET', '/fake/nothing', 'fake not-found /fake/nothing'],
    ['another method', 'PATCH', '/fake/echo/a', 'fake not-found /fake/echo/a'],
    ['another case', 'GET', '/fake/Echo/a', 'fake not-found'],
    ['a slash more', 'GET', '/fake/echo/a/', 'fake not-found'],
    ['a path of no platform', 'GET', '/elsewhere', 'none not-found'],
    ['a path that climbs', 'GET', '/../fake/echo/a', 'none not-found'],
    ['two slashes', 'GET', '//fake/echo/a', 'none not-found'],
    ['a method with no path', 'OPTIONS', '*', 'none not-found'],
    ['an unknown method', 'PROPFIND', '/fake/echo/a', 'fake not-found'],
    ['a property of every object', 'GET', '/fake/__proto__', 'fake not-found'],
  ])('%s is answered by whose it is', async (_what, method, target, body) => {
    const { port, lines } = await start();
    const answer = await raw(port, line(method, target));
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(answer).toContain(body);
    expect(lines).toEqual([]);
  });

  test.each([
    ['a method that does not exist', line('FROBNICATE', '/fake/echo/a'), '400'],
    ['no HTTP at all', '\x16\x03\x01\x02\x00\x01\x00\r\n\r\n', '400'],
    ['headers without end', line('GET', '/fake/echo/a', `X: ${'x'.repeat(40_000)}\r\n`), '431'],
    ['a target without end', line('GET', `/fake/echo/${'x'.repeat(40_000)}`), '431'],
    ['a length that is no number', line('POST', '/fake/echo/a', 'Content-Length: many\r\n'), '400'],
    ['two lengths', line('POST', '/fake/echo/a', 'Content-Length: 1\r\nContent-Length: 2\r\n'), '400'],
    ['a length and chunks', line('POST', '/fake/echo/a', 'Content-Length: 1\r\nTransfer-Encoding: chunked\r\n'), '400'],
    ['a chunk that is no number', line('POST', '/fake/echo/a', 'Transfer-Encoding: chunked\r\n') + 'zz\r\n', '400'],
    ['no host', 'GET /fake/echo/a HTTP/1.1\r\n\r\n', '400'],
  ])('%s is refused, and the next caller served', async (_what, text, status) => {
    const { url, port } = await start();
    expect(await raw(port, text)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect((await fetch(`${url}/fake/echo/a`)).status).toBe(200);
  });

  test('HTTP/1.0 without a host is served', async () => {
    const { port } = await start();
    expect(await raw(port, 'GET /fake/echo/a HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /);
  });

  test('an offer to speak another protocol is passed over', async () => {
    const { port } = await start();
    const more = 'Upgrade: h2c\r\n';
    const text = line('GET', '/fake/echo/a', more).replace('Connection: close', 'Connection: Upgrade, close');
    expect(await raw(port, text)).toMatch(/^HTTP\/1\.1 200 /);
  });

  test.each([
    ['busy', 'fake busy', []],
    ['thrown', 'fake internal', ['defect']],
    ['rejected', 'fake internal', ['defect']],
    ['refused', 'fake internal', ['defect']],
  ])('a route that fails as %s is answered by its dialect', async (name, body, events) => {
    const { url, lines } = await start();
    const answer = await fetch(`${url}/fake/${name}?secret=1`);
    expect(await answer.text()).toContain(body);
    expect(lines.map((entry) => (JSON.parse(entry) as { event: string }).event)).toEqual(events);
    for (const entry of lines) expect(entry).not.toMatch(/secret|13800000000/);
  });

  test('a busy store is logged once, not for every caller', async () => {
    const { url, lines } = await start({ level: 'warn' });
    for (let i = 0; i < 3; i++) await (await fetch(`${url}/fake/busy`)).text();
    expect(lines).toHaveLength(1);
  });

  test('a reply that cannot be sent ends the connection and nothing else', async () => {
    const { url, lines } = await start();
    await expect(fetch(`${url}/fake/unsendable`)).rejects.toThrow('fetch failed');
    expect(lines[0]).toContain('unsendable');
    expect((await fetch(`${url}/fake/echo/a`)).status).toBe(200);
  });
});

describe('a body over the limit', () => {
  test('is refused by its length before it is read', async () => {
    const { port } = await start();
    const answer = await raw(port, line('POST', '/fake/echo/a', 'Content-Length: 1001\r\n'));
    expect(answer).toContain('fake too-large');
    expect(answer.toLowerCase()).toContain('connection: close');
  });

  test('is refused when it grows over it', async () => {
    const { port } = await start();
    const answer = await raw(
      port,
      line('POST', '/fake/echo/a', 'Transfer-Encoding: chunked\r\n') + `400\r\n${'x'.repeat(1_024)}\r\n0\r\n\r\n`,
    );
    expect(answer).toContain('fake too-large');
  });

  test('is refused in a way that a caller sending all of it at once can read', async () => {
    const { url } = await start();
    const answer = await fetch(`${url}/fake/echo/a`, { method: 'POST', body: 'x'.repeat(5_000_000) });
    expect(await answer.text()).toContain('fake too-large');
  });

  test('is not sent by a caller who asks first', async () => {
    const { port } = await start();
    const answer = await raw(port, line('POST', '/fake/echo/a', 'Content-Length: 5000\r\nExpect: 100-continue\r\n'));
    expect(answer).not.toContain('100 Continue');
    expect(answer).toContain('fake too-large');
  });

  test('a caller who asks first may send one within it', async () => {
    const { port } = await start();
    const head = line('POST', '/fake/echo/a', 'Content-Length: 2\r\nExpect: 100-continue\r\n');
    const answer = await raw(port, head, async (socket) => {
      await once(socket, 'data');
      socket.write('{}');
    });
    expect(answer).toContain('100 Continue');
    expect(answer).toContain('"body":"{}"');
  });

  test('of exactly the limit is taken', async () => {
    const { url } = await start();
    const answer = await fetch(`${url}/fake/echo/a`, { method: 'POST', body: 'x'.repeat(1_000) });
    expect(answer.status).toBe(200);
  });

  test('a caller without the key is turned away before the body is read', async () => {
    const { port } = await start();
    expect(await raw(port, line('PUT', '/guarded/in', 'Content-Length: 900\r\n'))).toContain('no key');
    const more = 'X-Key: sesame\r\nContent-Length: 2\r\n';
    expect(await raw(port, line('PUT', '/guarded/in', more) + 'ok')).toContain('"body":"ok"');
  });
});

describe('a caller who does not finish', () => {
  test('hanging up in the middle of a body disturbs no other caller', async () => {
    const { server, url, port, lines } = await start();
    await raw(port, line('POST', '/fake/echo/a', 'Content-Length: 100\r\n') + 'half', async (socket) => {
      await setTimeout(20);
      socket.destroy();
    });
    expect((await fetch(`${url}/fake/echo/a`)).status).toBe(200);
    expect(lines).toEqual([]);
    const before = performance.now();
    await server.stop();
    expect(performance.now() - before).toBeLessThan(1_000);
  });

  test('hanging up before the answer disturbs no other caller', async () => {
    const { url, port, lines } = await start();
    await raw(port, line('GET', '/fake/slow'), async (socket) => {
      await untilHeld();
      socket.destroy();
    });
    release();
    expect((await fetch(`${url}/fake/echo/a`)).status).toBe(200);
    expect(lines).toEqual([]);
  });

  test('a body that comes too slowly is given up', async () => {
    const { port } = await start({ limits: { requestSeconds: 0.2, headersSeconds: 0.2 } });
    const answer = await raw(port, line('POST', '/fake/echo/a', 'Content-Length: 100\r\n') + 'half');
    expect(answer).toMatch(/^(HTTP\/1\.1 408 .*)?$/s);
  });

  test('headers that come too slowly are given up', async () => {
    const { port } = await start({ limits: { requestSeconds: 0.2, headersSeconds: 0.2 } });
    expect(await raw(port, 'GET /fake/echo/a HTTP/1.1\r\nHos')).toMatch(/^HTTP\/1\.1 408 /);
  });
});

describe('stopping', () => {
  test('answers what was accepted and closes idle connections', async () => {
    const { server, url, port } = await start();
    await (await fetch(`${url}/fake/echo/a`)).text();
    const idle = raw(port, '');
    const busy = fetch(`${url}/fake/slow`);
    await untilHeld();
    const stopped = server.stop();
    await setTimeout(50);
    release();
    const answer = await busy;
    expect(await answer.json()).toEqual({ slow: true });
    expect(answer.headers.get('connection')).toBe('close');
    await stopped;
    expect(await idle).toBe('');
    await expect(fetch(`${url}/fake/echo/a`)).rejects.toThrow('fetch failed');
  });

  test('does not wait for ever', async () => {
    const { server, url } = await start({ limits: { stopSeconds: 0.1 } });
    const busy = fetch(`${url}/fake/slow`).catch((error: unknown) => error);
    await untilHeld();
    await server.stop();
    expect(await busy).toBeInstanceOf(Error);
  });

  test.each(['127.0.0.1', 'localhost'])('it listens on %s, and a second one there is refused', async (host) => {
    const servers = [1, 2].map(
      () =>
        new Server({
          groups: [fake, nobody],
          context: () => context,
          limits,
          log: logTo(() => undefined, 'silent'),
          origin: null,
        }),
    );
    open.push(...servers);
    const [first, second] = servers;
    const listening = await first?.listen(host, 0);
    expect(listening?.url).toBe(`http://${host}:${String(listening?.port)}`);
    expect((await fetch(`${String(listening?.url)}/fake/echo/li`, { method: 'POST' })).status).toBe(200);
    await expect(second?.listen(host, listening?.port ?? 0)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('the request log', () => {
  test('names route, status, time and request, and nothing that was sent', async () => {
    const { url, lines } = await start({ level: 'info' });
    const answer = await fetch(`${url}/fake/echo/zhangsan?access_token=t-secret`, {
      method: 'POST',
      headers: { authorization: 'Bearer t-secret' },
      body: '{"mobile":"+8613800000000","email":"zhang.san@example.com"}',
    });
    const { requestId } = (await answer.json()) as { requestId: string };
    await (await fetch(`${url}/fake/unknown/zhangsan`)).text();
    await (await fetch(`${url}/fake/echo/zhangsan`, { method: 'POST', body: 'x'.repeat(1_001) })).text();
    const entry = lines.map((text) => JSON.parse(text) as Record<string, unknown>);
    expect(entry[0]).toMatchObject({
      level: 'info',
      event: 'request',
      method: 'POST',
      group: 'fake',
      route: '/fake/echo/:id',
      status: 200,
      request: requestId,
    });
    expect(typeof entry[0]!['ms']).toBe('number');
    expect(entry.map(({ status }) => status)).toEqual([200, 404, 500]);
    for (const text of lines) expect(text).not.toMatch(/secret|zhangsan|13800000000|zhang\.san|access_token/);
  });

  test('is not written unless it is asked for', async () => {
    const { url, lines } = await start({ level: 'warn' });
    await (await fetch(`${url}/fake/echo/a`)).text();
    expect(lines).toEqual([]);
  });
});
