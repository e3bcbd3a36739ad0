import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type RunningServer } from '../running-server.ts';
import { companyFile, namesOf } from './companies.ts';
import { bytesOf, send } from './socket.ts';

/* How much memory a stranger can make the program take; measured from outside, on the program as it is started. */

const MEGABYTE = 1_048_576;
let folder: string;
let server: RunningServer;
let port: number;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mingce-memory-'));
  const file = join(folder, 'alpha.yaml');
  await writeFile(file, companyFile('alpha'));
  server = await startServer(['--store', 'sqlite::memory:', '--no-demo', '--company', file]);
  port = Number(new URL(server.url).port);
});
afterAll(async () => {
  await server.kill();
  await rm(folder, { recursive: true });
});

/** What the program has in memory, in bytes. */
function resident(): number {
  const pages = readFileSync(`/proc/${String(server.process.pid)}/statm`, 'utf8').split(' ')[1];
  return Number(pages) * 4_096;
}

/** The most that the program had at any time while something was done to it, beyond what it had before. */
async function growth(work: () => Promise<void>): Promise<number> {
  const before = resident();
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, resident())), 10);
  try {
    await work();
  } finally {
    clearInterval(watch);
  }
  return (Math.max(most, resident()) - before) / MEGABYTE;
}

async function expectAlive(): Promise<void> {
  const { corpid, corpsecret } = namesOf('alpha');
  const target = `/cgi-bin/gettoken?corpid=${corpid}&corpsecret=${corpsecret}`;
  expect((await send(port, { method: 'GET', target })).json).toMatchObject({ errcode: 0 });
}

const TOKEN = '/open-apis/auth/v3/tenant_access_token/internal';

// Only there can a process be asked what another one has in memory.
describe.skipIf(process.platform !== 'linux')('memory is bounded', () => {
  test('by the bytes of a body, not by the pieces it comes in', async () => {
    const callers = 2;
    const pieces = Buffer.from('1\r\n \r\n'.repeat(65_536));
    const head = bytesOf({
      method: 'POST',
      target: TOKEN,
      headers: { 'transfer-encoding': 'chunked' },
      body: '',
    });
    const sockets: Socket[] = [];
    const grown = await growth(async () => {
      await Promise.all(
        Array.from({ length: callers }, async () => {
          const socket = connect({ port, host: '127.0.0.1' });
          sockets.push(socket);
          socket.on('error', () => undefined);
          socket.write(head);
          // Fifteen sixteenths of what may be sent, and no end.
          for (let part = 0; part < 15; part++) if (!socket.write(pieces)) await once(socket, 'drain');
        }),
      );
      await setTimeout(500);
      await expectAlive();
    });
    for (const socket of sockets) socket.destroy();
    // The bodies are 2 MB; kept as pieces they would be a hundred times as much.
    expect(grown).toBeLessThan(100);
    await expectAlive();
  });

  test('by the bytes that came, not by what they would unpack to', async () => {
    // Members one behind the other unpack to their texts one behind the other.
    const member = gzipSync(Buffer.alloc(5 * MEGABYTE, 0x20));
    const bomb = Buffer.concat(Array.from({ length: 100 }, () => member));
    const headers = { 'content-encoding': 'gzip', 'content-type': 'application/json' };
    const grown = await growth(async () => {
      for (let turn = 0; turn < 10; turn++)
        expect((await send(port, { method: 'POST', target: TOKEN, headers, body: bomb })).json).toMatchObject({
          code: 10_003,
        });
    });
    expect(grown).toBeLessThan(100);
  });

  test('whatever a body of the largest size is made of', async () => {
    const fill = (piece: string, open: string, close: string): string =>
      open + piece.repeat(Math.floor((MEGABYTE - open.length - close.length) / Buffer.byteLength(piece))) + close;
    const keys = Array.from({ length: 90_000 }, (_none, at) => `"k${String(at)}":1`).join(',');
    const bodies = [
      fill('[],', '[', '0]'),
      fill('{},', '[', '0]'),
      fill('{"a":1},', '[', '0]'),
      fill('"",', '[', '0]'),
      fill('"a":1,', '{', '"b":1}'),
      `{${keys}}`,
      fill('1,', '[', '1]'),
      fill('\\u00e9', '"', '"'),
      fill('张', '{"app_id":"', '"}'),
      fill(' ', '{', '}'),
      fill('9', '', ''),
      fill('[', '', ''),
    ];
    const grown = await growth(async () => {
      for (let turn = 0; turn < 2; turn++) {
        const answers = await Promise.all(bodies.map((body) => send(port, { method: 'POST', target: TOKEN, body })));
        for (const { json } of answers) expect(json).toMatchObject({ code: 10_003 });
      }
    });
    expect(grown).toBeLessThan(300);
    await expectAlive();
  });

  test('by what is read ahead of callers who never look at an answer', async () => {
    const ask = bytesOf({ method: 'GET', target: '/mingce/v1/companies/schema.json', connection: 'keep-alive' });
    const sockets: Socket[] = [];
    const grown = await growth(async () => {
      for (let at = 0; at < 20; at++) {
        const socket = connect({ port, host: '127.0.0.1' });
        sockets.push(socket);
        socket.on('error', () => undefined);
        socket.pause();
        socket.write(Buffer.concat(Array.from({ length: 2_000 }, () => ask)));
      }
      await setTimeout(1_500);
      await expectAlive();
    });
    for (const socket of sockets) socket.destroy();
    // All that they asked for is some gigabytes.
    expect(grown).toBeLessThan(400);
    await expectAlive();
  });
});
