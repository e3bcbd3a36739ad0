import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { DialectContext, Reply } from '../dialects/dialect.ts';
import { systemClock } from '../lib/time/clock.ts';
import { randomIds } from '../lib/ids.ts';
import { silentLog } from '../lib/log.ts';
import type { RouteGroup } from './routing/route-group.ts';
import { Server } from './server.ts';

/** Requests that come at once, and how many of them have an answer that is not finished. */
const REQUESTS = 300;
let answered = 0;
let mostAnswered = 0;

const group: RouteGroup = {
  name: 'fake',
  prefixes: ['/'],
  bodyBytes: 1_000,
  routes: [
    {
      operation: 'whole',
      method: 'POST',
      path: '/whole',
      answer: async ({ body }): Promise<Reply> => {
        await Promise.resolve();
        mostAnswered = Math.max(mostAnswered, ++answered);
        return { status: 200, headers: {}, body: `<${Buffer.from(body).toString()}>` };
      },
    },
  ],
  fallback: () => ({ status: 404, headers: {}, body: '' }),
};

let server: Server | undefined;
const sockets: Socket[] = [];

async function start(): Promise<number> {
  server = new Server({
    groups: [group],
    context: () => ({ now: (_tenant: unknown) => systemClock.now(), ids: randomIds }) as DialectContext,
    limits: {
      headerBytes: 16_384,
      connections: 1_000,
      connectionsPerAddress: 1_000,
      bodiesBytes: 1_000_000,
      answersBytes: 1_000_000,
      headersSeconds: 5,
      requestSeconds: 5,
      keepAliveSeconds: 5,
      stopSeconds: 5,
    },
    log: silentLog,
    origin: null,
    observer: {
      replied: () => {
        answered--;
        return false;
      },
    },
  });
  return (await server.listen('127.0.0.1', 0)).port;
}

async function connected(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

function inFlight(): number | undefined {
  const metric = server?.metrics.find(({ name }) => name === 'mingce_requests_in_flight');
  for (const { value } of metric?.read() ?? []) return value;
  return undefined;
}

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server?.stop();
});

const head = 'POST /whole HTTP/1.1\r\nHost: localhost\r\n';

test('requests that come at once are answered together, and no more replies than 64 are in memory', async () => {
  const port = await start();
  const all = await Promise.all(Array.from({ length: REQUESTS }, () => connected(port)));
  const bodies = all.map((_socket, at) => `<${String(at)}>`);
  const askAll = (): Promise<(string | undefined)[]> =>
    Promise.all(
      all.map(async (socket, at) => {
        const body = String(at);
        socket.write(`${head}Content-Length: ${String(body.length)}\r\n\r\n${body}`);
        const [reply] = (await once(socket, 'data')) as [Buffer];
        return reply.toString().split('\r\n\r\n')[1];
      }),
    );
  // The first requests come one by one, as their connections are accepted.
  expect(await askAll()).toEqual(bodies);
  expect(await askAll()).toEqual(bodies);
  expect(mostAnswered).toBeGreaterThan(1);
  expect(mostAnswered).toBeLessThanOrEqual(64);
});

test('a request whose caller hangs up in the middle of its body is let go', async () => {
  const port = await start();
  const all = await Promise.all(Array.from({ length: REQUESTS }, () => connected(port)));
  const last = await connected(port);
  for (const socket of all) {
    socket.write(`${head}Content-Length: 10\r\n\r\nhalf`);
    socket.resetAndDestroy();
  }
  last.write(`${head}Content-Length: 4\r\n\r\nlast`);
  const [reply] = (await once(last, 'data')) as [Buffer];
  expect(reply.toString()).toContain('<last>');
  await expect.poll(inFlight).toBe(0);
});
