import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Connector, LiveTask, OutboundRequest } from './connector.ts';
import { feishu } from './feishu/index.ts';
import { catalogPage } from './feishu/requests.ts';
import { hose } from './hose/index.ts';
import { HttpClient, TargetAddressError, type Outcome } from './http-client.ts';
import { unanswered } from './no-answer.ts';
import { LiveSession, TOO_LATE } from './session.ts';
import type { WriteRequest } from './writing.ts';

const TOKEN = { value: { accessToken: 'token-1', expireTime: 10_000_000_000 } };
const ok = (json: unknown): Outcome => ({
  kind: 'answered',
  answer: { status: 200, headers: {}, body: JSON.stringify(json) },
});
const UNAUTHORISED: Outcome = {
  kind: 'answered',
  answer: { status: 403, headers: {}, body: '{"errorCode":403,"errorMessage":"未授权"}' },
};

const write: WriteRequest = {
  operation: 'update',
  call: 'staffs.update',
  method: 'PUT',
  path: '/x',
  query: [['accessToken', '{token:app_security}']],
  headers: {},
  body: '{}',
  parts: [{ subject: 'a', fields: [] }],
  isRepeatable: true,
};

/** A session whose clock moves only while it sleeps, on a platform that answers writes one after the other. */
function sessionOn(answers: readonly Outcome[], connector: Connector = hose, during = () => Promise.resolve()) {
  const sent: OutboundRequest[] = [];
  let now = 0;
  const session = new LiveSession({
    connector,
    target: { ids: { app_key: 'k' }, secrets: new Set(['app_security']), fields: {} },
    secrets: new Map([['app_security', 'secret-1']]),
    clock: { now: () => now },
    sleep: async (ms) => void (now += await Promise.resolve(ms)),
    client: {
      send: async (request) => {
        sent.push(request);
        if (request.call === 'auth.getAccessToken') return await Promise.resolve(ok(TOKEN));
        await during();
        return answers[sent.filter(({ call }) => call === request.call).length - 1] ?? ok({});
      },
    },
  });
  return { session, calls: () => sent.map(({ call }) => call) };
}

describe('a write', () => {
  test.each<readonly [string, Outcome, string]>([
    ['answered', ok({ value: {} }), 'answered'],
    ['refused by a limit', { kind: 'answered', answer: { status: 429, headers: {}, body: '{}' } }, 'answered'],
    ['in trouble', { kind: 'answered', answer: { status: 502, headers: {}, body: '' } }, 'answered'],
    ['lost', { kind: 'lost', code: 'ECONNRESET' }, 'lost'],
    ['never sent', { kind: 'unreachable', code: 'ECONNREFUSED' }, 'not-sent'],
  ])('that is %s is sent once', async (_, answer, kind) => {
    const { session, calls } = sessionOn([answer]);
    expect((await session.write(write, 1_000)).kind).toBe(kind);
    expect(calls()).toEqual(['auth.getAccessToken', 'staffs.update']);
  });

  test('whose token is refused is sent once more with a new one, and no third time', async () => {
    const { session, calls } = sessionOn([UNAUTHORISED, UNAUTHORISED, ok({})]);
    expect(await session.write(write, 1_000)).toEqual(UNAUTHORISED);
    expect(calls()).toEqual(['auth.getAccessToken', 'staffs.update', 'auth.getAccessToken', 'staffs.update']);
  });

  test('is not begun once its time is over, nor where the limits leave no place before', async () => {
    const { session, calls } = sessionOn([]);
    expect(await session.write(write, 0)).toEqual({ kind: 'not-sent', code: TOO_LATE });
    // Of five calls a second the token took one, and what was too late another.
    for (let index = 0; index < 3; index++) await session.write(write, 500);
    const before = calls().length;
    expect(await session.write(write, 500)).toEqual({ kind: 'not-sent', code: TOO_LATE });
    expect(calls()).toHaveLength(before);
    expect((await session.write(write, 5_000)).kind).toBe('answered');
  });

  test('is not begun while another one of its kind is under way, where the platform wants them one by one', async () => {
    const { call } = write;
    const oneByOne: Connector = { ...hose, limits: [{ call, windows: [], concurrency: 1 }] };
    let running = 0;
    const most: number[] = [];
    const { session } = sessionOn([], oneByOne, async () => {
      most.push(++running);
      await Promise.resolve();
      running--;
    });
    await Promise.all([1, 2, 3].map(() => session.write(write, 1_000)));
    expect(most).toEqual([1, 1, 1]);
  });

  test('without a token is not sent', async () => {
    const refusing: Connector = { ...hose, tokenOf: () => ({ kind: 'refused', code: '403', message: '密钥无效' }) };
    const { session, calls } = sessionOn([], refusing);
    expect(await session.write(write, 1_000)).toMatchObject({ kind: 'no-token', verdict: { code: '403' } });
    expect(calls()).toEqual(['auth.getAccessToken']);
  });

  test('that waits for a token ends once the session is stopped, and was not sent', async () => {
    const busy = { 'retry-after': '100' };
    const sent: string[] = [];
    const session = new LiveSession({
      connector: hose,
      target: { ids: { app_key: 'k' }, secrets: new Set(['app_security']), fields: {} },
      secrets: new Map([['app_security', 'secret-1']]),
      clock: { now: () => 0 },
      sleep: setTimeout,
      client: {
        send: async ({ call }) => {
          sent.push(call);
          return await Promise.resolve({ kind: 'answered', answer: { status: 429, headers: busy, body: '' } });
        },
      },
    });
    const outcome = session.write(write, Infinity);
    await vi.waitFor(() => {
      expect(sent).toEqual(['auth.getAccessToken']);
    });
    session.stop();
    expect(await outcome).toMatchObject({ kind: 'no-token', verdict: { kind: 'limit' } });
    expect(sent).toHaveLength(1);
  });

  test('without a token is sent once the platform gives one again, a second later at the earliest', async () => {
    let [now, isDown, asked] = [0, true, 0];
    const session = new LiveSession({
      connector: hose,
      target: { ids: { app_key: 'k' }, secrets: new Set(['app_security']), fields: {} },
      secrets: new Map([['app_security', 'secret-1']]),
      clock: { now: () => now },
      sleep: async (ms) => void (now += await Promise.resolve(ms)),
      client: {
        send: async ({ call }) => {
          if (call !== 'auth.getAccessToken') return await Promise.resolve(ok({}));
          asked++;
          return isDown ? { kind: 'unreachable', code: 'ECONNREFUSED' } : ok(TOKEN);
        },
      },
    });
    expect((await session.write(write, Infinity)).kind).toBe('no-token');
    isDown = false;
    expect([(await session.write(write, Infinity)).kind, asked]).toEqual(['no-token', 1]);
    now += 1_000;
    expect([(await session.write(write, Infinity)).kind, asked]).toEqual(['answered', 2]);
  });

  test('brings no secret back, whatever the platform repeats', async () => {
    const { session } = sessionOn([ok({ echo: 'token-1 of secret-1' })]);
    const outcome = await session.write(write, 1_000);
    expect(JSON.stringify(outcome)).not.toMatch(/token-1|secret-1/);
  });
});

describe('a list that may be read ten times a minute', () => {
  const page = (token: string): OutboundRequest => ({ ...catalogPage('job_titles', token), headers: {} });
  const LIMITED = ok({ code: 99991400, msg: 'request trigger frequency limit' });

  function sessionOnLists(answer: (sent: number) => Outcome) {
    const waits: number[] = [];
    let [now, sent] = [0, 0];
    const session = new LiveSession({
      connector: feishu,
      target: { ids: { app_id: 'k' }, secrets: new Set(), fields: {} },
      secrets: new Map(),
      clock: { now: () => now },
      sleep: async (ms) => {
        waits.push(ms);
        now += await Promise.resolve(ms);
      },
      client: { send: async () => await Promise.resolve(answer(++sent)) },
    });
    const read = (token = ''): Promise<unknown> =>
      session.run(
        (function* (): LiveTask<unknown> {
          const [reply] = yield [page(token)];
          return reply?.json;
        })(),
      );
    return { read, waits, sent: () => sent, pass: (ms: number) => (now += ms) };
  }

  test('is not waited for where it was read less than a minute ago', async () => {
    const { read, waits, sent, pass } = sessionOnLists((n) => ok({ code: 0, data: n }));
    const reads: unknown[] = [];
    for (let index = 0; index < 12; index++) reads.push(await read());
    expect(reads.slice(8)).toEqual([9, 10, 10, 10].map((data) => ({ code: 0, data })));
    expect([sent(), waits]).toEqual([10, []]);
    pass(59_999);
    expect(await read()).toEqual({ code: 0, data: 10 });
    // What is older is read again, as soon as the limit allows.
    pass(1);
    expect(await read()).toEqual({ code: 0, data: 11 });
    expect(waits).toHaveLength(1);
  });

  test('is waited for where that page was not read', async () => {
    const { read, waits } = sessionOnLists((n) => ok({ code: 0, data: n }));
    for (let index = 0; index < 10; index++) await read();
    expect(await read('next')).toEqual({ code: 0, data: 11 });
    expect(waits.length).toBeGreaterThan(0);
  });

  test('nor waited for where other clients used up the limit', async () => {
    const { read, waits } = sessionOnLists((n) => (n === 2 ? LIMITED : ok({ code: 0, data: n })));
    expect([await read(), await read()]).toEqual([1, 1].map((data) => ({ code: 0, data })));
    expect(waits).toEqual([]);
  });
});

describe('the client', () => {
  let close: (() => void) | null = null;
  afterEach(() => {
    close?.();
    close = null;
  });
  const sendTo = async (port: number): Promise<Outcome> => {
    const client = new HttpClient(`http://127.0.0.1:${String(port)}`, 1);
    try {
      return await client.send({ ...write, query: [] }, { isWrite: true });
    } finally {
      await client.close();
    }
  };
  const listen = async (answer: (socket: Socket) => void): Promise<number> => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      answer(socket);
    }).listen(0, '127.0.0.1');
    close = () => void server.close();
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };

  test('says "unreachable" only where no connection was made', async () => {
    const port = await listen(() => {});
    close?.();
    expect(await sendTo(port)).toEqual({ kind: 'unreachable', code: 'ECONNREFUSED' });
  });

  test.each<readonly [string, (socket: Socket) => void]>([
    ['closed before a byte was read', (socket) => void socket.end()],
    ['reset after the request', (socket) => void socket.once('data', () => socket.resetAndDestroy())],
    [
      'cut off within the answer',
      (socket) => void socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{')),
    ],
  ])('says "lost" of a connection that was %s', async (_, answer) => {
    expect((await sendTo(await listen(answer))).kind).toBe('lost');
  });

  describe('behind a proxy of the environment', () => {
    afterEach(() => {
      vi.unstubAllEnvs();
    });
    const sendThrough = async (proxy: string, tunnelMs = 10_000): Promise<Outcome> => {
      vi.stubEnv('https_proxy', proxy);
      vi.stubEnv('no_proxy', '');
      const client = new HttpClient('https://open.feishu.invalid', 1, tunnelMs);
      try {
        return await client.send({ ...write, query: [] }, { isWrite: true });
      } finally {
        await client.close();
      }
    };

    test.each<readonly [string, string, (socket: Socket) => void]>([
      ['asks for a password', 'PROXY_REFUSED_407', (socket) => void socket.end('HTTP/1.1 407 No\r\n\r\n')],
      ['cannot reach the host', 'PROXY_REFUSED_502', (socket) => void socket.end('HTTP/1.1 502 No\r\n\r\n')],
      ['is none for HTTP', 'PROXY_NO_HTTP', (socket) => void socket.end('SSH-2.0-OpenSSH_9.6\r\n')],
      ['closes the connection', 'UND_ERR_PRX_CONN', (socket) => void socket.destroy()],
      ['resets the connection', 'UND_ERR_PRX_CONN', (socket) => void socket.resetAndDestroy()],
      [
        'makes a way that ends before TLS',
        'ECONNRESET',
        (socket) => void socket.write('HTTP/1.1 200 OK\r\n\r\n', () => socket.once('data', () => socket.end())),
      ],
    ])('a write was not sent where the proxy %s', async (_, code, answer) => {
      const port = await listen((socket) => void socket.once('data', () => answer(socket)));
      expect(await sendThrough(`http://127.0.0.1:${String(port)}`)).toEqual({ kind: 'unreachable', code });
    });

    test.each<readonly [string, (socket: Socket) => void]>([
      ['never answers', () => {}],
      [
        'answers in drops',
        (socket) => {
          socket.write('HTTP/1.1 200 OK\r\n');
          setInterval(() => socket.write('X: y\r\n'), 20).unref();
        },
      ],
    ])('a write was not sent where the proxy %s, and it is not waited for longer', async (_, answer) => {
      const sockets: Socket[] = [];
      const port = await listen((socket) => {
        sockets.push(socket);
        socket.once('data', () => answer(socket));
      });
      const outcome = await sendThrough(`http://127.0.0.1:${String(port)}`, 150);
      expect(outcome).toEqual({ kind: 'unreachable', code: 'PROXY_TIMEOUT' });
      // What is not waited for is not left open either.
      await vi.waitFor(() => {
        expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true]);
      });
    });

    test('calls side by side wait for it together, not one after the other', async () => {
      let asked = 0;
      const port = await listen(() => void asked++);
      vi.stubEnv('https_proxy', `http://127.0.0.1:${String(port)}`);
      vi.stubEnv('no_proxy', '');
      const client = new HttpClient('https://open.feishu.invalid', 4, 300);
      const calls = [1, 2, 3, 4].map(() => client.send({ ...write, query: [] }));
      await Promise.race(calls);
      expect(asked).toBe(4);
      await Promise.all(calls);
      await client.close();
    });

    test('an address that is none is refused without being shown, as it may have a password', async () => {
      await expect(sendThrough('http://name:hidden@:x')).rejects.toThrow(TargetAddressError);
      await expect(sendThrough('http://name:hidden@:x')).rejects.not.toThrow(/hidden/);
    });
  });
});

test.each([
  ['unreachable', 'ENOTFOUND', /DNS/],
  ['unreachable', 'CERT_HAS_EXPIRED', /clock/],
  ['unreachable', 'DEPTH_ZERO_SELF_SIGNED_CERT', /NODE_EXTRA_CA_CERTS/],
  ['unreachable', 'ERR_TLS_CERT_ALTNAME_INVALID', /another host/],
  ['unreachable', 'ERR_SSL_WRONG_VERSION_NUMBER', /port/],
  ['unreachable', 'PROXY_REFUSED_407', /password/i],
  ['unreachable', 'PROXY_TIMEOUT', /does not answer/],
  ['unreachable', 'PROXY_NO_HTTP', /no proxy/],
  ['unreachable', 'ECONNREFUSED', /firewall/],
  ['lost', 'TIMEOUT', /in time/],
  ['lost', 'ANSWER_TOO_LARGE', /8 MiB/],
  ['lost', 'HTTPParserError', /HTTP/],
  ['lost', 'UND_ERR_SOCKET', /ended before/],
] as const)('it is said what to do about no answer: %s, %s', (kind, code, words) => {
  expect(unanswered(kind, code).remedy?.en).toMatch(words);
});
