import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { WSClient, EventDispatcher } from '@larksuiteoapi/node-sdk';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createRecordFactory } from '../../src/dialects/record-factory.ts';
import { dialects } from '../../src/dialects/registry.ts';
import type { StoredEvent } from '../../src/dialects/events.ts';
import { dialectRoutes } from '../../src/http/routing/route-group.ts';
import { Server } from '../../src/http/server.ts';
import { LongConnections } from '../../src/http/transport/websocket.ts';
import { readConfig } from '../../src/config.ts';
import { randomIds } from '../../src/lib/ids.ts';
import { logTo } from '../../src/lib/log.ts';
import { RateLimiter } from '../../src/lib/rate-limiter.ts';
import { demoWith, tenantOf } from '../dialects/feishu/events/event-render.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';

const APP = 'cli_00000000000000a1';
const SECRET = 'mingce-test-secret';
const silent = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
  trace: () => undefined,
};

let directory: TestDirectory;
let connections: LongConnections;
let server: Server;
let url: string;
let tenant: number;
let now = 1_767_571_200_000;
const lines: string[] = [];
/** Connections are found by the app's own id. */
const id = `feishu-${APP}`;
const clients: WSClient[] = [];
const sockets: WebSocket[] = [];

beforeAll(async () => {
  directory = await openTestDirectory({
    companies: [
      demoWith([
        { app_id: APP, app_secret: SECRET, events: { long_connection: true } },
        { app_id: 'cli_00000000000000b2', app_secret: SECRET, installed: false },
      ]),
    ],
  });
  tenant = (await tenantOf(directory)).number;
  const log = logTo((line) => lines.push(line), 'info');
  const context = {
    store: directory.store,
    now: () => now,
    ids: randomIds,
    recordFactory: createRecordFactory(dialects),
    rateLimiter: new RateLimiter(),
  };
  connections = new LongConnections({
    protocols: dialects.flatMap(({ events }) => events?.connections ?? []),
    context: () => context,
    log,
  });
  const groups = dialects.map((dialect) => dialectRoutes(dialect, 1_000_000));
  const last = groups.pop();
  if (last === undefined) throw new Error('no dialects');
  server = new Server({
    groups: [...groups, last],
    context: () => ({ ...context, connections }),
    log,
    limits: readConfig({}, {}).limits,
    origin: null,
    longConnections: connections,
  });
  ({ url } = await server.listen('127.0.0.1', 0));
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close({ force: true });
  for (const socket of sockets.splice(0)) socket.terminate();
  await vi.waitUntil(() => connections.countOf(tenant, id) === 0);
});
afterAll(async () => {
  await server.stop();
  await directory.close();
});

/** The vendor's client, connected. */
async function connected(handles: Parameters<EventDispatcher['register']>[0]): Promise<WSClient> {
  const before = connections.countOf(tenant, id);
  const client = new WSClient({ appId: APP, appSecret: SECRET, domain: url, logger: silent });
  clients.push(client);
  await client.start({ eventDispatcher: new EventDispatcher({ logger: silent }).register(handles) });
  await vi.waitUntil(() => connections.countOf(tenant, id) === before + 1);
  // As soon as its first message came.
  await vi.waitUntil(() => connections.isOpen(tenant, id));
  return client;
}

const type = 'contact.user.updated_v3';
function eventOf(name: string, eventId = `event-${name}`.slice(0, 40)): StoredEvent {
  const header = { event_id: eventId, event_type: type, app_id: APP };
  return { type, eventId, body: JSON.stringify({ schema: '2.0', header, event: { object: { name } } }) };
}
const send = (event: StoredEvent, timeoutMs = 3_000) =>
  connections.send(tenant, id, event, { method: 'POST', url: '', headers: {}, body: event.body }, timeoutMs);

const endpoint = async (
  body: object | string,
): Promise<{ code: number; data: { URL?: string; ClientConfig?: object } }> => {
  const answer = await fetch(`${url}/callback/ws/endpoint`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json', locale: 'zh' },
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Awaited<ReturnType<typeof endpoint>>;
};
async function address(): Promise<string> {
  const { data } = await endpoint({ AppID: APP, AppSecret: SECRET });
  return data.URL ?? '';
}
/** Opens a connection by hand: how it ended, or the connection. */
async function opened(target: string): Promise<WebSocket | Readonly<Record<string, unknown>>> {
  const socket = new WebSocket(target);
  sockets.push(socket);
  socket.on('error', () => undefined);
  return await new Promise((resolve) => {
    socket.once('open', () => {
      resolve(socket);
    });
    socket.once('unexpected-response', (_request, response) => {
      resolve({ status: response.statusCode, ...response.headers });
      socket.terminate();
    });
  });
}

describe('the vendor’s client, unchanged [contract feishu-contact.md 6.6]', () => {
  test('connects, gets events as objects and answers each', async () => {
    const got: unknown[] = [];
    await connected({ [type]: (data: unknown) => void got.push(data) });
    expect(await send(eventOf('张三'))).toEqual({ status: 200, headers: {}, body: '{"code":200}' });
    expect(got).toMatchObject([{ event_id: 'event-张三', event_type: type, object: { name: '张三' } }]);
  });

  test('gets a long event whole, though it comes in several frames', async () => {
    const got: unknown[] = [];
    await connected({ [type]: ({ object }) => void got.push(object?.name) });
    const name = '名'.repeat(150_000);
    expect((await send(eventOf(name))).status).toBe(200);
    expect(got).toEqual([name]);
  });

  test('a handler that throws makes the answer 500', async () => {
    await connected({
      [type]: () => {
        throw new Error('no');
      },
    });
    expect((await send(eventOf('x'))).status).toBe(500);
  });

  test('of several clients one gets each event', async () => {
    const got: number[] = [];
    await connected({ [type]: () => void got.push(1) });
    await connected({ [type]: () => void got.push(2) });
    for (let n = 0; n < 40; n++) await send(eventOf(String(n)));
    expect(got).toHaveLength(40);
    expect(new Set(got)).toEqual(new Set([1, 2]));
  });

  test('pings, and takes its intervals from the answer', async () => {
    const client = await connected({});
    const ws = () => (client as unknown as { wsConfig: { getWS(): Record<string, unknown> } }).wsConfig.getWS();
    await vi.waitUntil(() => ws()['pingInterval'] === 120_000);
    expect(ws()).toMatchObject({ reconnectCount: -1, reconnectInterval: 120_000, reconnectNonce: 30_000 });
    expect(String(ws()['deviceId'])).toMatch(/^\d+$/);
    expect(String(ws()['serviceId'])).toMatch(/^\d+$/);
  });

  test('a wrong secret ends it for good', async () => {
    const failed = new Promise<Error>((resolve) => {
      const client = new WSClient({
        appId: APP,
        appSecret: 'wrong',
        domain: url,
        logger: silent,
        onError: (error: Error) => {
          resolve(error);
        },
      });
      clients.push(client);
      void client.start({ eventDispatcher: new EventDispatcher({ logger: silent }) });
    });
    expect((await failed).message).toContain('code=514');
  });
});

describe('an event that is not answered', () => {
  test('no connection, silence and a lost connection each reject', async () => {
    await expect(send(eventOf('a'))).rejects.toThrow('No connection is open.');
    const socket = await opened(await address());
    expect(socket).toBeInstanceOf(WebSocket);
    await expect(send(eventOf('a'))).rejects.toThrow('No connection is open.');
    // A client that does not ping.
    await vi.waitUntil(() => connections.isOpen(tenant, id), 5_000);
    await expect(send(eventOf('b'), 50)).rejects.toThrow('No answer came in time.');
    const lost = send(eventOf('c'));
    (socket as WebSocket).terminate();
    await expect(lost).rejects.toThrow('The connection was closed.');
  });
});

describe('who may connect', () => {
  test.each([
    ['no body', '', 1000040344],
    ['no secret', { AppID: APP }, 1000040344],
    ['an empty secret', { AppID: APP, AppSecret: '' }, 1000040344],
    ['a number for an id', { AppID: 1, AppSecret: SECRET }, 1000040344],
    ['a wrong secret', { AppID: APP, AppSecret: 'x' }, 514],
    ['an unknown app', { AppID: 'cli_ffffffffffffffff', AppSecret: SECRET }, 514],
    ['an app that is not installed', { AppID: 'cli_00000000000000b2', AppSecret: SECRET }, 403],
  ])('%s', async (_what, body, code) => {
    // Without `data` the vendor's client fails on reading it.
    expect(await endpoint(body)).toMatchObject({ code, data: {} });
  });

  test('the address has neither id first, and all four numbers beside it', async () => {
    const { code, data } = await endpoint({ AppID: APP, AppSecret: SECRET });
    expect(code).toBe(0);
    expect(data.URL).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/callback\/ws\?fpid=1&device_id=\d+&service_id=\d+&ticket=/);
    expect(data.ClientConfig).toEqual({
      PingInterval: 120,
      ReconnectCount: -1,
      ReconnectInterval: 120,
      ReconnectNonce: 30,
    });
  });

  test('a ticket is good once, for a minute, and as it was given', async () => {
    const refused = { status: 403, 'handshake-status': '403', 'handshake-autherrcode': '403' };
    const target = await address();
    expect(await opened(target)).toBeInstanceOf(WebSocket);
    expect(await opened(target)).toMatchObject(refused);
    const old = await address();
    now += 60_000;
    expect(await opened(old)).toMatchObject(refused);
    const fresh = await address();
    for (const changed of [
      fresh.replace(/ticket=.*/, 'ticket='),
      fresh.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
      fresh.replace(/ticket=[^.]*/, `ticket=${Buffer.from('cli_00000000000000b2').toString('base64url')}`),
      fresh.replace(/service_id=\d+/, 'service_id=x'),
      `${url.replace('http', 'ws')}/callback/ws`,
    ]) {
      expect(await opened(changed)).toMatchObject(refused);
    }
    expect(await opened(fresh)).toBeInstanceOf(WebSocket);
  });

  test('an app has 50 connections at most, whichever way it asks for one more', async () => {
    const spare = await address();
    for (let n = 0; n < 50; n++) expect(await opened(await address())).toBeInstanceOf(WebSocket);
    expect(await endpoint({ AppID: APP, AppSecret: SECRET })).toMatchObject({ code: 1000040350 });
    expect(await opened(spare)).toMatchObject({ 'handshake-status': '514', 'handshake-autherrcode': '1000040350' });
  });
});

describe('what a client may not do', () => {
  const closed = async (act: (socket: WebSocket) => void): Promise<number> => {
    const socket = (await opened(await address())) as WebSocket;
    const end = once(socket, 'close');
    act(socket);
    const [code] = (await end) as [number];
    return code;
  };

  test('bytes that are no frame, and texts, end the connection', async () => {
    expect(
      await closed((socket) => {
        socket.send(Buffer.from([0x08, 0xff]));
      }),
    ).toBe(1003);
    expect(
      await closed((socket) => {
        socket.send('{"type":"ping"}');
      }),
    ).toBe(1003);
  });

  test('so does a message beyond 256 KB', async () => {
    expect(
      await closed((socket) => {
        socket.send(Buffer.alloc(257 * 1_024));
      }),
    ).toBe(1009);
  });

  test.each([
    ['h2c', '/open-apis/contact/v3/users/x', 400],
    ['websocket', '/open-apis/contact/v3/users/x', 400],
    ['h2c', '/callback/ws', 404],
  ])('a call that offers %s at %s is answered like any', async (protocol, path, status) => {
    const call = request(`${url}${path}`, { headers: { connection: 'Upgrade', upgrade: protocol } });
    call.end();
    const [answer] = (await once(call, 'response')) as [IncomingMessage];
    answer.resume();
    expect(answer.statusCode).toBe(status);
  });
});

test('nothing of a secret, a ticket or a person is logged', async () => {
  await connected({ [type]: () => undefined });
  await send(eventOf('王小明'));
  const text = lines.join('');
  expect(text).toContain('"event":"long-connection"');
  for (const secret of [SECRET, 'ticket', '王小明', 'event-']) expect(text).not.toContain(secret);
});

test('a server that ends closes connections and opens no more', async () => {
  const spare = await address();
  const socket = (await opened(await address())) as WebSocket;
  const [[code]] = await Promise.all([once(socket, 'close'), connections.close()]);
  expect(code).toBe(1001);
  expect(await opened(spare)).toMatchObject({ status: 503 });
});
