import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type RunningServer } from '../support/running-server.ts';
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
const IMAGES = '/open-apis/im/v1/images';

/** A connection that looks at nothing that comes. */
function silent(sockets: Socket[]): Socket {
  const socket = connect({ port, host: '127.0.0.1' });
  sockets.push(socket);
  return socket.on('error', () => undefined);
}

async function feishuToken(): Promise<string> {
  const { appId, appSecret } = namesOf('alpha');
  const body = JSON.stringify({ app_id: appId, app_secret: appSecret });
  const { json } = await send(port, { method: 'POST', target: TOKEN, body });
  return String(json.tenant_access_token);
}

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

  test('by what a body may be long, not by what its bytes would unpack to', async () => {
    // Members one behind the other unpack to their texts one behind the other.
    const member = gzipSync(Buffer.alloc(5 * MEGABYTE, 0x20));
    const bomb = Buffer.concat(Array.from({ length: 100 }, () => member));
    const headers = { 'content-encoding': 'gzip', 'content-type': 'application/json' };
    const grown = await growth(async () => {
      for (let turn = 0; turn < 10; turn++)
        expect((await send(port, { method: 'POST', target: TOKEN, headers, body: bomb })).status).toBe(413);
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

  test('by the room for bodies, however many come by halves, and others are served meanwhile', async () => {
    const sockets: Socket[] = [];
    const grown = await growth(async () => {
      const half = Buffer.concat([
        bytesOf({ method: 'POST', target: TOKEN, headers: { 'content-length': String(MEGABYTE) } }),
        Buffer.alloc(MEGABYTE - 1, 0x20),
      ]);
      await Promise.all(
        Array.from({ length: 300 }, async () => {
          const socket = silent(sockets);
          if (!socket.write(half)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
        }),
      );
      await setTimeout(500);
      await expectAlive();
      const large = ' '.repeat(MEGABYTE);
      expect((await send(port, { method: 'POST', target: TOKEN, body: large })).json).toMatchObject({ code: 10_003 });
    });
    for (const socket of sockets) socket.destroy();
    // The room is 128 MB. All of them are 300 MB, and were held in 375 MB.
    expect(grown).toBeLessThan(250);
    await expectAlive();
  });

  test('by the bytes of a picture, not by the pieces it comes in', async () => {
    const headers = {
      authorization: `Bearer ${await feishuToken()}`,
      'content-type': 'multipart/form-data; boundary=x',
      'transfer-encoding': 'chunked',
    };
    const sockets: Socket[] = [];
    const pieces = Buffer.from('1\r\nx\r\n'.repeat(100_000));
    const grown = await growth(async () => {
      const socket = silent(sockets);
      socket.write(bytesOf({ method: 'POST', target: IMAGES, headers, body: '' }));
      for (let part = 0; part < 20; part++) if (!socket.write(pieces)) await once(socket, 'drain');
      await expectAlive();
    });
    for (const socket of sockets) socket.destroy();
    // It is 2 MB; kept as pieces it was 800 MB.
    expect(grown).toBeLessThan(200);
    await expectAlive();
  }, 60_000);

  test('by the room for answers, whoever asks for pictures and does not take them', async () => {
    const authorization = `Bearer ${await feishuToken()}`;
    const picture = Buffer.alloc(10 * MEGABYTE, 'x');
    picture.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01', 'latin1');
    const form = new FormData();
    form.set('image_type', 'avatar');
    form.set('image', new Blob([picture]), 'picture');
    const made = await fetch(server.url + IMAGES, { method: 'POST', headers: { authorization }, body: form });
    const { data } = (await made.json()) as { readonly data: { readonly image_key: string } };
    const ask = bytesOf({
      method: 'GET',
      target: `${IMAGES}/${data.image_key}`,
      headers: { authorization },
      connection: 'keep-alive',
    });
    const sockets: Socket[] = [];
    let slowest = 0;
    const grown = await growth(async () => {
      for (let at = 0; at < 40; at++) {
        const socket = silent(sockets).pause();
        socket.write(Buffer.concat(Array.from({ length: 200 }, () => ask)));
      }
      for (let turn = 0; turn < 40; turn++) {
        const before = performance.now();
        await expectAlive();
        slowest = Math.max(slowest, performance.now() - before);
        await setTimeout(50);
      }
    });
    for (const socket of sockets) socket.destroy();
    // The room is 128 MB. All that they asked for is 80 GB, of which 14 were held, and no other caller was answered.
    expect(grown).toBeLessThan(500);
    expect(slowest).toBeLessThan(15_000);
    await expectAlive();
  }, 60_000);

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
