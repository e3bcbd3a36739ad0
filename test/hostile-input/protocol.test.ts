import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { expectPlatformEnvelope, expectQuietLog, isRefusal } from './envelope.ts';
import { startTestServer, type TestServer } from './test-server.ts';
import { bodyOf, examplesOf, isAlwaysRefused, isOnce, targetOf, type Example } from './request-examples.ts';
import { bytesOf, exchange, send, type Answer, type Request } from './socket.ts';

/* Bad HTTP: slow, in bulk, in its old form, or nearly none. */

let context: TestServer;
let examples: readonly Example[];
beforeAll(async () => {
  context = await startTestServer({
    bodyBytes: 65_536,
    limits: { headersSeconds: 0.4, requestSeconds: 0.8, connections: 300 },
  });
  examples = examplesOf(context.alpha).filter(({ operation }) => !operation.startsWith('companies.'));
});
afterAll(() => context.close());

const requestOf = (example: Example, more: Partial<Request> = {}): Request => {
  const body = bodyOf(example);
  return {
    method: example.method,
    target: targetOf(example),
    headers: example.headers,
    ...(body === undefined ? {} : { body }),
    ...more,
  };
};

/** Refreshing ends a pair, and people come and go once, so these are not among what is asked again and again. */
const repeatable = (): readonly Example[] =>
  examples.filter((example) => !example.operation.startsWith('auth.refreshToken') && !isOnce(example));

const reading = (): readonly Example[] =>
  examples.filter((example) => example.schema !== undefined && !isOnce(example));

async function expectAlive(): Promise<void> {
  const [example] = examples.filter(({ operation }) => operation === 'hr.get_staff_info');
  if (example === undefined) throw new Error('nothing can be read any more');
  expect((await send(context.port, requestOf(example))).json).toMatchObject({ errcode: 0 });
}

test('requests one behind the other are answered in their order, each in its own words', async () => {
  const all = [...repeatable(), ...repeatable().map((example) => ({ ...example, path: `${example.path}x` }))];
  // So many that one row fits into what is read from a socket at one time.
  for (let at = 0; at < all.length; at += IN_ROW) await expectInOrder(all.slice(at, at + IN_ROW));
});

const IN_ROW = 100;

async function expectInOrder(inRow: readonly Example[]): Promise<void> {
  const requests = inRow.map((example, at) =>
    bytesOf(requestOf(example, { connection: at === inRow.length - 1 ? 'close' : 'keep-alive' })),
  );
  const answers = await exchange(context.port, Buffer.concat(requests));
  expect(answers).toHaveLength(inRow.length);
  for (const [at, answer] of answers.entries()) {
    const { platform, path, operation } = inRow[at] ?? inRow[0]!;
    const owner = path === '/x' || path.startsWith('/healthz') || path.startsWith('/readyz') ? 'front' : platform;
    expectPlatformEnvelope(owner, answer, `${String(at)} ${operation} ${path}`);
  }
}

test('a bad request in the middle of others is refused alone', async () => {
  const [good] = examples.filter(({ operation }) => operation === 'hr.get_staff_info');
  if (good === undefined) throw new Error('nothing can be read any more');
  const keep = { connection: 'keep-alive' };
  const row = [
    requestOf(good, keep),
    requestOf(good, { ...keep, body: '{"userid":' }),
    requestOf(good, keep),
    requestOf(good),
  ];
  const answers = await exchange(context.port, Buffer.concat(row.map(bytesOf)));
  expect(answers.map(({ json }) => json.errcode as number)).toEqual([0, 40_058, 0, 0]);
});

test('what follows a body over the limit is not taken for a request', async () => {
  const before = await context.state();
  for (const example of reading()) {
    const smuggled = bytesOf({ method: 'GET', target: '/healthz' });
    const body = Buffer.concat([Buffer.alloc(65_537, 0x20), smuggled]);
    const answers = await exchange(context.port, bytesOf(requestOf(example, { body, connection: 'keep-alive' })));
    expect(answers).toHaveLength(1);
    expectPlatformEnvelope(example.platform, answers[0]!, example.operation);
  }
  expect(await context.state()).toBe(before);
});

test.each([
  ['two lengths', 'Content-Length: 2\r\nContent-Length: 40\r\n'],
  ['a length with a sign', 'Content-Length: +2\r\n'],
  ['a length with a comma', 'Content-Length: 2, 2\r\n'],
  ['a length and chunks', 'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n'],
  ['chunks twice', 'Transfer-Encoding: chunked, chunked\r\n'],
  ['chunks that are none', 'Transfer-Encoding: xchunked\r\n'],
  ['a name with a blank', 'Content-Length : 2\r\n'],
  ['a folded line', 'X: a\r\n b\r\nContent-Length: 2\r\n'],
  ['a line feed alone', 'X: a\nContent-Length: 2\r\n'],
  ['a carriage return alone', 'X: a\rContent-Length: 2\r\n'],
  ['a NUL', 'X: a\0b\r\nContent-Length: 2\r\n'],
])('a head with %s is no HTTP, or is read one way only', async (_what, lines) => {
  const text = `POST /cgi-bin/gettoken HTTP/1.1\r\nHost: localhost\r\n${lines}\r\n{}GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
  const socket = exchange(context.port, Buffer.from(text, 'latin1'));
  const answers = await socket;
  for (const { status, text: reply } of answers) {
    expect([200, 400, 408]).toContain(status);
    expect(reply).not.toContain('"up"');
  }
  await expectAlive();
});

test('HTTP/1.0 is answered in the same words, and hung up on', async () => {
  for (const example of repeatable()) {
    const answer = await send(context.port, requestOf(example, { version: '1.0' }));
    expectPlatformEnvelope(example.platform, answer, example.operation);
    expect(answer.headers['connection']).toBe('close');
    const isRefused = isAlwaysRefused(example);
    expect(isRefusal(example.platform, answer), `${example.operation}: ${answer.text}`).toBe(isRefused);
  }
});

test.each(['0.9', '1.7', '2.0', '9.9'])('HTTP/%s is no HTTP, or is answered as any other', async (version) => {
  const answers = await exchange(context.port, bytesOf({ method: 'GET', target: '/healthz', version }));
  for (const { status, text } of answers)
    expect([status, text]).toEqual(status === 200 ? [200, '{"status":"up"}'] : [400, '']);
  await expectAlive();
});

describe('who asks before sending', () => {
  const asking = (example: Example, length: number): Request => ({
    ...requestOf(example),
    body: '',
    headers: { ...example.headers, expect: '100-continue', 'content-length': String(length) },
  });

  test('is told to go on, and then answered', async () => {
    for (const example of reading()) {
      const body = Buffer.from(bodyOf(example) ?? '');
      let heard = '';
      const answer = await send(context.port, asking(example, body.byteLength), async (socket) => {
        const [first] = (await once(socket, 'data')) as [Buffer];
        heard = first.toString();
        socket.write(body);
      });
      expect(heard).toMatch(/^HTTP\/1\.1 100 Continue/);
      const isRefused = isAlwaysRefused(example);
      expect(isRefusal(example.platform, answer), `${example.operation}: ${answer.text}`).toBe(isRefused);
    }
  });

  test('is refused at once where it would be too much', async () => {
    await Promise.all(
      reading().map(async (example) => {
        const answer = await send(context.port, asking(example, 70_000));
        expectPlatformEnvelope(example.platform, answer, example.operation);
        expect(isRefusal(example.platform, answer)).toBe(true);
      }),
    );
  });

  test('for something nobody knows is answered as if it had not', async () => {
    for (const example of repeatable()) {
      const headers = { ...example.headers, expect: 'a miracle' };
      const answer = await send(context.port, requestOf(example, { headers }));
      expectPlatformEnvelope(example.platform, answer, example.operation);
      expect(answer.status).not.toBe(417);
    }
  });
});

describe('who is slow', () => {
  /** Opens a connection and says so much; answers what came until the other side hung up. */
  async function half(text: string, trickle?: string): Promise<readonly Answer[]> {
    return await exchange(context.port, text, async (socket) => {
      for (let turn = 0; trickle !== undefined && turn < 100 && !socket.destroyed; turn++) {
        await setTimeout(50);
        if (!socket.destroyed) socket.write(trickle);
      }
    });
  }

  test('with the head, in silence or in drops, is given up while others are served', async () => {
    const head = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n';
    const slow = [
      ...Array.from({ length: 100 }, () => half(head)),
      ...Array.from({ length: 20 }, () => half(head, 'X: a\r\n')),
      half('', 'G'),
    ];
    await expectAlive();
    const answers = await Promise.all(slow);
    expect(answers.flat().filter(({ status }) => status !== 408 && status !== 400)).toEqual([]);
    await expectAlive();
  });

  test('with the body is given up, and nothing is written', async () => {
    const before = await context.state();
    const texts = reading().map((example) => {
      const headers = { ...example.headers, 'content-length': '1000' };
      return bytesOf({ ...requestOf(example), headers, body: '{"' }).toString('latin1');
    });
    const reply = await Promise.all(texts.flatMap((text) => [half(text), half(text, ' ')]));
    expect(reply.flat().filter(({ status }) => status !== 408)).toEqual([]);
    expect(await context.state()).toBe(before);
    await expectAlive();
  });

  test('with taking what was asked for is given up', async () => {
    const ask = bytesOf({ method: 'GET', target: '/mingce/v1/companies/schema.json', connection: 'keep-alive' });
    const socket = connect({ port: context.port, host: '127.0.0.1' });
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.pause();
    // More than the two systems between us keep for somebody who does not look.
    socket.write(Buffer.concat(Array.from({ length: 2_000 }, () => ask)));
    for (let turn = 0; turn < 200 && !socket.destroyed; turn++) {
      await setTimeout(50);
      // Only a client that still sends notices that the connection is closed.
      if (!socket.destroyed) socket.write('G');
    }
    expect(socket.destroyed).toBe(true);
    await expectAlive();
  });
});

test('more connections than allowed take the place of those that are idle longest, and nobody is locked out', async () => {
  const open = async (): Promise<Socket> => {
    const socket = connect({ port: context.port, host: '127.0.0.1' });
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  };
  const idle = await Promise.all(Array.from({ length: 290 }, open));
  await expectAlive();
  const more = await Promise.all(Array.from({ length: 50 }, open));
  await expectAlive();
  await vi.waitFor(() => expect(idle.filter(({ closed }) => closed).length).toBeGreaterThanOrEqual(40), 5_000);
  expect(more.filter(({ closed }) => closed)).toEqual([]);
  for (const socket of [...idle, ...more]) socket.destroy();
  await setTimeout(50);
  await expectAlive();
});

test('after all of it nobody found a defect', () => {
  expectQuietLog(context.lines, context.alpha.secrets);
});
