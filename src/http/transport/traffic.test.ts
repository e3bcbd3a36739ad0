import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { DialectContext, Reply, Route } from '../../dialects/dialect.ts';
import { systemClock } from '../../lib/time/clock.ts';
import { randomIds } from '../../lib/ids.ts';
import { logTo } from '../../lib/log.ts';
import type { HttpLimits } from '../limits.ts';
import { Server } from '../server.ts';
import type { RouteGroup } from '../routing/route-group.ts';

/* Many requests on one connection, many connections, and callers that stop in the middle. */

// Megabytes go both ways.
vi.setConfig({ testTimeout: 20_000 });

const MEGABYTE = 1_048_576;
const limits: HttpLimits = {
  headerBytes: 16_384,
  connections: 40,
  connectionsPerAddress: 30,
  bodiesBytes: 4 * MEGABYTE,
  answersBytes: 64 * MEGABYTE,
  headersSeconds: 2,
  requestSeconds: 2,
  keepAliveSeconds: 5,
  stopSeconds: 5,
};

/** What was carried out, in its order. */
const done: string[] = [];
let atOnce = 0;
let mostAtOnce = 0;
let hasEnded = false;
/** How long carrying out a request takes. */
let pace = 0;

const text = (body: string): Reply => ({ status: 200, headers: {}, body });

const answers: Readonly<Record<string, Route['answer']>> = {
  '/do/:what': async ({ params, body }) => {
    mostAtOnce = Math.max(mostAtOnce, ++atOnce);
    await (pace > 0 ? setTimeout(pace) : Promise.resolve());
    atOnce--;
    const what = `${params['what'] ?? ''}${String(body.byteLength || '')}`;
    done.push(what);
    return text(`<${what}>`);
  },
  '/large': () => {
    done.push('large');
    return Promise.resolve(text('x'.repeat(10 * MEGABYTE)));
  },
  '/endless': () =>
    Promise.resolve({
      ...text(''),
      stream: (async function* () {
        try {
          for (;;) {
            yield Buffer.alloc(65_536);
            await setTimeout(0);
          }
        } finally {
          hasEnded = true;
        }
      })(),
    }),
};

const group: RouteGroup = {
  name: 'fake',
  prefixes: ['/'],
  bodyBytes: MEGABYTE,
  routes: [
    ...Object.entries(answers).flatMap(([path, answer]): readonly Route[] => [
      { operation: path, method: 'GET', path, answer },
      { operation: path, method: 'POST', path, answer },
    ]),
    {
      operation: 'whole',
      method: 'POST',
      path: '/whole',
      streamsBody: true,
      answer: async ({ whole }) => text(`<${String((await whole?.(2 * MEGABYTE))?.byteLength)}>`),
    },
    {
      operation: 'pieces',
      method: 'POST',
      path: '/pieces',
      streamsBody: true,
      answer: async ({ stream: pieces }) => {
        let size = 0;
        for await (const piece of pieces ?? []) size += piece.byteLength;
        return text(`<${String(size)}>`);
      },
    },
  ],
  fallback: (_call, why) => ({ status: why === 'busy' ? 503 : 400, headers: {}, body: why }),
};

const open: Server[] = [];
const sockets: Socket[] = [];

async function start(
  changed: Partial<HttpLimits> = {},
): Promise<{ server: Server; port: number; lines: readonly string[] }> {
  const lines: string[] = [];
  const server = new Server({
    groups: [group],
    context: () => ({ now: (_tenant: unknown) => systemClock.now(), ids: randomIds }) as DialectContext,
    limits: { ...limits, ...changed },
    log: logTo((line) => lines.push(line), 'error'),
    origin: null,
  });
  open.push(server);
  const { port } = await server.listen('127.0.0.1', 0);
  return { server, port, lines };
}

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(open.splice(0).map((server) => server.stop()));
  done.length = 0;
  mostAtOnce = 0;
  hasEnded = false;
  pace = 0;
});

interface Line {
  readonly socket: Socket;
  /** All that came. */
  heard(): string;
  /** The texts between angle brackets in the received answers. */
  answered(): readonly string[];
  closed(): Promise<string>;
}

async function call(port: number, from = '127.0.0.1'): Promise<Line> {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from, allowHalfOpen: true });
  sockets.push(socket);
  let heard = '';
  socket.on('error', () => undefined);
  socket.setEncoding('latin1').on('data', (chunk: string) => (heard += chunk));
  socket.on('end', () => socket.end());
  await once(socket, 'connect');
  return {
    socket,
    heard: () => heard,
    answered: () => [...heard.matchAll(/<([^>]*)>/g)].map(([, what = '']) => what),
    closed: async () => {
      if (!socket.closed) await once(socket, 'close');
      return heard;
    },
  };
}

const get = (path: string, more = ''): string => `GET ${path} HTTP/1.1\r\nHost: a\r\n${more}\r\n`;
const post = (path: string, body: string): string =>
  `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: ${String(body.length)}\r\n\r\n${body}`;
const numbered = (count: number): readonly string[] => Array.from({ length: count }, (_none, at) => String(at));
const row = (names: readonly string[]): string => names.map((name) => get(`/do/${name}`)).join('');

async function until(isSo: () => boolean): Promise<void> {
  for (const from = performance.now(); !isSo();) {
    if (performance.now() - from > 10_000) throw new Error('it did not come to that');
    await setTimeout(2);
  }
}

describe('requests one behind the other on a connection', () => {
  test('are carried out one at a time, in their order, and all answered', async () => {
    const { port } = await start();
    const line = await call(port);
    const names = numbered(3_000);
    line.socket.write(row(names));
    await until(() => line.answered().length === names.length);
    expect(line.answered()).toEqual(names);
    expect(done).toEqual(names);
    expect(mostAtOnce).toBe(1);
  });

  test('leave others their share', async () => {
    const { port } = await start();
    const [greedy, other] = [await call(port), await call(port)];
    greedy.socket.write(row(numbered(2_000)));
    await until(() => greedy.answered().length > 0);
    other.socket.write(get('/do/other'));
    await until(() => other.answered().length > 0);
    expect(done.indexOf('other')).toBeLessThan(1_500);
  });

  test('bring their bodies, also in single bytes and long after', async () => {
    const { port } = await start();
    const line = await call(port);
    const chunks = '1\r\nx\r\n'.repeat(20_000);
    const chunked = `POST /do/c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`;
    line.socket.write(`${post('/do/a', 'xy')}${post('/do/b', 'x'.repeat(300_000))}${chunked}${post('/do/d', '')}`);
    line.socket.write(post('/do/e', 'xyz').slice(0, -1));
    await until(() => line.answered().length === 4);
    line.socket.write('z');
    await until(() => line.answered().length === 5);
    expect(line.answered()).toEqual(['a2', 'b300000', 'c20000', 'd', 'e3']);
  });

  test('are not read any further than one answer that is not taken', async () => {
    const { port } = await start();
    const line = await call(port);
    line.socket.pause();
    line.socket.write(get('/large').repeat(500));
    await setTimeout(500);
    expect(done.length).toBeLessThan(5);
    line.socket.resume();
    await until(() => done.length > 6);
  });

  test.each([
    ['no HTTP', 'nonsense\r\n\r\n', '400'],
    ['headers without end', get('/do/x', `X: ${'x'.repeat(40_000)}\r\n`), '431'],
    ['a length that is no number', 'POST /do/x HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n', '400'],
    ['a body that is none', `POST /do/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`, '400'],
    ['a wish for a tunnel', 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n', '400'],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', '400'],
    ['two hosts', get('/do/x', 'Host: b\r\n'), '400'],
    ['no host', 'GET /do/x HTTP/1.1\r\n\r\n', '400'],
    ['headers that do not end in time', 'GET /do/x HTTP/1.1\r\nHos', '408'],
  ])('are answered although %s follows, which is refused after them', async (_what, last, status) => {
    const { port } = await start({ headersSeconds: 0.3, requestSeconds: 0.3 });
    pace = 20;
    const line = await call(port);
    line.socket.write(row(['a', 'b', 'c']) + last);
    const heard = await line.closed();
    expect(line.answered()).toEqual(['a', 'b', 'c']);
    expect(done).toEqual(['a', 'b', 'c']);
    expect([...heard.matchAll(/HTTP\/1\.1 ([0-9]+)/g)].map(([, code]) => code)).toEqual(['200', '200', '200', status]);
  });

  test('are answered although the caller has closed its half', async () => {
    const { port } = await start();
    pace = 20;
    const line = await call(port);
    line.socket.end(row(['a', 'b', 'c']));
    await line.closed();
    expect(line.answered()).toEqual(['a', 'b', 'c']);
  });

  test('are not carried out behind one that asks to close', async () => {
    const { port } = await start();
    const line = await call(port);
    line.socket.write(get('/do/a') + get('/do/b', 'Connection: close\r\n') + row(['c', 'd']));
    await line.closed();
    expect(line.answered()).toEqual(['a', 'b']);
    expect(done).toEqual(['a', 'b']);
  });

  test('are carried out and answered when the server stops, or neither, and the last answer says so', async () => {
    const { server, port } = await start();
    const lines = await Promise.all(numbered(5).map(() => call(port)));
    // They go on writing, and read when they find the time to.
    let isOver = false;
    const writing = lines.map(async ({ socket }, at) => {
      for (let turn = 0; !isOver && socket.writable; turn++) {
        socket.write(row(numbered(20).map((number) => `${String(at)}.${String(turn)}.${number}`)));
        await setTimeout(1);
      }
    });
    await until(() => done.length > 300);
    await server.stop();
    isOver = true;
    await Promise.all(writing);
    await Promise.all(lines.map((line) => line.closed()));
    expect(lines.flatMap((line) => line.answered()).toSorted()).toEqual(done.toSorted());
    for (const line of lines) expect(line.heard().split('Connection: close')).toHaveLength(2);
  });
});

describe('a caller that takes no more of its answer', () => {
  test('is cut off, also in the middle of what is sent as it comes', async () => {
    const { port } = await start({ headersSeconds: 0.2, requestSeconds: 0.3 });
    const line = await call(port);
    line.socket.pause();
    line.socket.write(get('/endless'));
    await until(() => hasEnded);
    expect(hasEnded).toBe(true);
  });

  test('may take its time for the next request once it has taken the answer', async () => {
    const { port } = await start({ headersSeconds: 0.2, requestSeconds: 0.3 });
    const line = await call(port);
    line.socket.pause();
    line.socket.write(get('/large') + get('/large') + get('/do/last'));
    await until(() => done.length === 1);
    pace = 1_000;
    line.socket.resume();
    await until(() => line.heard().includes('<last>'));
    expect(done).toEqual(['large', 'large', 'last']);
  });

  test('makes room for others where there are too many', async () => {
    const { port, server } = await start({ answersBytes: 30 * MEGABYTE });
    const lines = await Promise.all(numbered(15).map(() => call(port)));
    for (const { socket } of lines) {
      socket.pause();
      socket.write(get('/large'));
    }
    await until(() => done.length === 15);
    const cut = server.metrics.find(({ name }) => name === 'mingce_answers_cut_total');
    await until(() => [...(cut?.read() ?? [])].some(({ value }) => value >= 8));
    const reader = await call(port);
    reader.socket.write(get('/large'));
    await until(() => reader.heard().length > 10 * MEGABYTE);
    expect(reader.heard()).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe('bodies that do not come to their end', () => {
  const head = 'POST /do/x HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n';

  test('make room for those that do, in the words of whose they are', async () => {
    const { port } = await start();
    const slow = await Promise.all(numbered(20).map(() => call(port)));
    for (const { socket } of slow) socket.write(head + 'x'.repeat(900_000));
    await setTimeout(200);
    const line = await call(port);
    line.socket.write(head + 'x'.repeat(1_000_000));
    await until(() => line.answered().length === 1);
    const given = slow.filter((one) => one.heard().includes('HTTP/1.1 503') && one.heard().endsWith('busy'));
    expect(given.length).toBeGreaterThan(10);
  });

  test.each(['/whole', '/pieces', '/do/x'])('are no defect of ours when the caller hangs up at %s', async (path) => {
    const { port, lines, server } = await start();
    const line = await call(port);
    line.socket.write(`POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf`);
    await setTimeout(50);
    line.socket.destroy();
    const requests = server.metrics.find(({ name }) => name === 'mingce_requests_total');
    await until(() => [...(requests?.read() ?? [])].some(({ labels }) => labels?.['outcome'] === 'aborted'));
    expect(lines).toEqual([]);
  });

  test('are given up where a route waits for them, too', async () => {
    const { port } = await start({ bodiesBytes: 2 * MEGABYTE });
    const slow = await call(port);
    slow.socket.write(head.replace('/do/x', '/whole') + 'x'.repeat(900_000));
    await setTimeout(100);
    const line = await call(port);
    line.socket.write(`POST /whole HTTP/1.1\r\nHost: a\r\nContent-Length: 1500000\r\n\r\n${'x'.repeat(1_500_000)}`);
    await until(() => line.answered().length === 1);
    expect(line.answered()).toEqual(['1500000']);
    expect(slow.heard()).toMatch(/^HTTP\/1\.1 503 .*busy$/s);
  });
});

describe('a caller with as many connections as it can get', () => {
  const openMany = async (port: number, count: number, say: string, from?: string): Promise<readonly Line[]> =>
    await Promise.all(
      numbered(count).map(async () => {
        const line = await call(port, from);
        line.socket.write(say);
        return line;
      }),
    );

  test.each([
    ['that say nothing', ''],
    ['that have been answered', get('/do/x')],
    ['in the middle of their headers', 'GET /do/x HTTP/1.1\r\nHost'],
    ['in the middle of a body', 'POST /do/x HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf'],
    ['that take no answers', get('/large')],
  ])('%s locks no caller out, not even from its own address', async (_what, say) => {
    const { port } = await start();
    for (const { socket } of await openMany(port, 60, say)) socket.pause();
    for (const from of ['127.0.0.1', '127.0.0.2']) {
      const line = await call(port, from);
      line.socket.write(get('/do/other'));
      await until(() => line.answered().length === 1);
      expect(line.answered()).toEqual(['other']);
    }
  });

  test('takes them from itself and not from others', async () => {
    const { port } = await start();
    const others = await openMany(port, 15, get('/do/y'), '127.0.0.2');
    await until(() => done.length === 15);
    await openMany(port, 60, '');
    for (const line of others) {
      line.socket.write(get('/do/z'));
      await until(() => line.answered().length === 2);
      expect(line.answered()).toEqual(['y', 'z']);
    }
  });

  test('loses none that is at work', async () => {
    const { port } = await start({ connectionsPerAddress: 5 });
    pace = 300;
    const busy = await openMany(port, 5, get('/do/x'));
    await until(() => atOnce === 5);
    const [more] = await openMany(port, 1, get('/do/y'));
    expect(await more?.closed()).toBe('');
    await until(() => busy.every((line) => line.answered().length === 1));
  });
});
