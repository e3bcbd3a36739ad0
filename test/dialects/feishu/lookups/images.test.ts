import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMingce } from '../../../../src/app.ts';
import type { Mingce } from '../../../../src/mingce.ts';
import { logTo } from '../../../../src/lib/log.ts';
import { bytesOf } from '../../../hostile-input/socket.ts';
import { openTestDirectory, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, demo, tokenOf } from '../feishu-client.ts';

const PATH = '/open-apis/im/v1/images';
const MB = 1024 * 1024;

function png(width: number, height: number, size = 24): Buffer {
  const bytes = Buffer.alloc(size);
  bytes.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

function gif(width: number, height: number): Buffer {
  const bytes = Buffer.from('GIF89a\0\0\0\0', 'latin1');
  bytes.writeUInt16LE(width, 6);
  bytes.writeUInt16LE(height, 8);
  return bytes;
}

/** A picture whose header lies behind another segment. */
function jpeg(width: number, height: number): Buffer {
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1, 0xff, 0xff, 0xc2, 0, 11, 8, 0, 0, 0, 0, 1]);
  head.writeUInt16BE(height, 14);
  head.writeUInt16BE(width, 16);
  return head;
}

function webp(kind: string, ...rest: readonly number[]): Buffer {
  return Buffer.concat([Buffer.from(`RIFF\0\0\0\0WEBP${kind}`, 'latin1'), Buffer.from(rest), Buffer.alloc(8)]);
}

function bmp(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(26);
  bytes.write('BM');
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  return bytes;
}

/** A form as browsers and the official client write it. */
async function formOf(parts: Readonly<Record<string, string | Buffer>>): Promise<{ body: Buffer; type: string }> {
  const form = new FormData();
  for (const [name, value] of Object.entries(parts)) {
    if (typeof value === 'string') form.set(name, value);
    else form.set(name, new Blob([new Uint8Array(value)]), 'picture');
  }
  const request = new Response(form);
  return { body: Buffer.from(await request.arrayBuffer()), type: request.headers.get('content-type') ?? '' };
}

describe('a picture', () => {
  let directory: TestDirectory;
  let authorization: string;
  beforeAll(async () => {
    directory = await openTestDirectory({ companies: [demo] });
    authorization = `Bearer ${await tokenOf(directory)}`;
  });
  afterAll(() => directory.close());

  async function upload(parts: Readonly<Record<string, string | Buffer>>): Promise<Answer> {
    const { body, type } = await formOf(parts);
    return directory.send('POST', PATH, { headers: { authorization, 'content-type': type }, body });
  }
  const download = (key: string, headers: Readonly<Record<string, string>> = { authorization }): Promise<Answer> =>
    directory.send('GET', `${PATH}/${key}`, { headers });

  test.each([
    ['png', png(4_096, 1), 'image/png'],
    ['gif', gif(2_000, 2_000), 'image/gif'],
    ['jpeg', jpeg(4_096, 4_096), 'image/jpeg'],
    ['webp with a header', webp('VP8X', 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0x0f, 0, 0, 0, 0), 'image/webp'],
    ['webp without loss', webp('VP8L', 0, 0, 0, 0, 0x2f, 1, 0, 0, 0), 'image/webp'],
    ['webp', webp('VP8 ', 0, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, 9, 0, 9, 0), 'image/webp'],
    ['bmp', bmp(9, -9), 'image/bmp'],
    ['ico', Buffer.from([0, 0, 1, 0, 1, 0]), 'image/x-icon'],
    ['tiff', Buffer.from('II*\0', 'latin1'), 'image/tiff'],
    ['heic', Buffer.from('\0\0\0\x18ftypheic', 'latin1'), 'image/heic'],
  ])('of the format %s is kept, and comes back as it was', async (_format, image, type) => {
    const { status, json } = await upload({ image_type: 'avatar', image });
    expect([status, json.code, json.msg]).toEqual([200, 0, 'success']);
    expect(json.data).toEqual({ image_key: expect.stringMatching(/^img_v3_[a-z0-9]{20}$/) });
    const back = await download(json.data.image_key);
    expect([back.status, back.headers['content-type']]).toEqual([200, type]);
    expect(back.headers['x-tt-logid']).toMatch(/^[0-9]{14}[0-9A-F]{20}$/);
    const tenant = (await directory.store.tenantByKey('demo'))?.number ?? 0;
    const { load: ask } = await import('../../../../src/directory/store.ts');
    const kept = await directory.store.read(() => ask('attachment', { tenant, id: json.data.image_key }));
    expect(kept).toEqual({ id: json.data.image_key, dialect: 'feishu', kind: 'avatar', type, bytes: image });
  });

  test('needs no name, as in the sample of the page', async () => {
    const body = Buffer.concat([
      Buffer.from('--x\r\nContent-Disposition: form-data; name="image_type";\r\n\r\nmessage\r\n--x\r\n'),
      Buffer.from('Content-Disposition: form-data; name="image";\r\nContent-Type: application/octet-stream\r\n\r\n'),
      png(7, 7),
      Buffer.from('\r\n--x--\r\n'),
    ]);
    const headers = { authorization, 'content-type': 'multipart/form-data; boundary=x' };
    const { json } = await directory.send('POST', PATH, { headers, body });
    expect([json.code, (await download(json.data?.image_key)).headers['content-type']]).toEqual([0, 'image/png']);
  });

  test('is where the addresses in reads lead', async () => {
    const key: string = (await upload({ image_type: 'avatar', image: png(1, 1) })).json.data.image_key;
    const client = await clientOf(directory);
    expect((await client.patch('zhangsan', { avatar_key: key })).json.code).toBe(0);
    const { base_info } = await client.read('zhangsan');
    expect(base_info.avatar.avatar_origin).toBe(`http://127.0.0.1:6464${PATH}/${key}`);
    expect((await download(key)).status).toBe(200);
    expect((await directory.history('demo', 'zhangsan')).length).toBe(1);
  });

  test.each<[string, Readonly<Record<string, string | Buffer>>, number, string]>([
    ['without a purpose', { image: png(1, 1) }, 234001, 'Invalid request param.'],
    ['with another purpose', { image_type: 'file', image: png(1, 1) }, 234001, 'Invalid request param.'],
    ['that is missing', { image_type: 'message' }, 234001, 'Invalid request param.'],
    ['that is a text', { image_type: 'message', image: 'picture' }, 234011, "Can't regonnize the image format."],
    ['that is empty', { image_type: 'message', image: Buffer.alloc(0) }, 234010, "File's size can't be 0."],
    [
      'that is none',
      { image_type: 'message', image: Buffer.from('%PDF-1.7') },
      234011,
      "Can't regonnize the image format.",
    ],
    ['too wide', { image_type: 'message', image: png(12_001, 1) }, 234039, 'Image resolution exceeds limit.'],
    ['too high', { image_type: 'message', image: bmp(1, -12_001) }, 234039, 'Image resolution exceeds limit.'],
    [
      'too wide for a portrait',
      { image_type: 'avatar', image: jpeg(4_097, 1) },
      234039,
      'Image resolution exceeds limit.',
    ],
    ['too wide for a GIF', { image_type: 'message', image: gif(2_001, 1) }, 234039, 'Image resolution exceeds limit.'],
    [
      'too large',
      { image_type: 'avatar', image: png(1, 1, 10 * MB + 1) },
      234006,
      'The file size exceed the max value.',
    ],
  ])('%s is refused', async (_what, parts, code, msg) => {
    const { status, json, outcome } = await upload(parts);
    expect([status, json.code, json.msg]).toEqual([400, code, msg]);
    expect(json.error.log_id).toMatch(/^[0-9]{14}/);
    expect(outcome).toEqual({ records: [] });
  });

  test.each([
    ['JSON', '{"image_type":"avatar"}', 'application/json'],
    ['a form without a boundary', 'x', 'multipart/form-data'],
    [
      'a form that breaks off',
      '--x\r\nContent-Disposition: form-data; name="image"',
      'multipart/form-data; boundary=x',
    ],
    ['nothing', '', 'multipart/form-data; boundary=x'],
  ])('in %s is not found', async (_what, body, type) => {
    const { json } = await directory.send('POST', PATH, { headers: { authorization, 'content-type': type }, body });
    expect(json.code).toBe(234001);
  });

  test('is told to nobody without a token, and not under another key', async () => {
    expect((await download('img_v3_nobody')).json.code).toBe(234001);
    expect((await download('img_v3_nobody', {})).json.code).toBe(99991661);
    expect((await directory.send('POST', PATH)).json.code).toBe(99991661);
  });
});

describe('over a socket', () => {
  const lines: string[] = [];
  let mingce: Mingce;
  let authorization: string;
  beforeAll(async () => {
    const log = logTo((line) => lines.push(line), 'warn');
    mingce = await startMingce({ port: 0, store: 'sqlite::memory:', companies: [demo], log });
    const body = JSON.stringify({ app_id: 'cli_mingce_demo', app_secret: 'mingce-demo-secret' });
    const answer = await fetch(`${mingce.url}/open-apis/auth/v3/tenant_access_token/internal`, {
      method: 'POST',
      body,
    });
    authorization = `Bearer ${((await answer.json()) as { tenant_access_token: string }).tenant_access_token}`;
  });
  afterAll(() => mingce.close());

  async function post(
    body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>,
    type: string,
    headers: object = { authorization },
  ): Promise<number> {
    const answer = await fetch(`${mingce.url}${PATH}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': type },
      body,
      ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
    });
    return ((await answer.json()) as { code: number }).code;
  }

  test('a picture of 10 MB is taken where other bodies may have one, several at a time', async () => {
    const { body, type } = await formOf({ image_type: 'avatar', image: png(1, 1, 10 * MB) });
    const codes = await Promise.all([1, 2, 3, 4, 5, 6].map(() => post(new Uint8Array(body), type)));
    expect(codes).toEqual([0, 0, 0, 0, 0, 0]);
    const elsewhere = await fetch(`${mingce.url}/open-apis/directory/v1/employees/mget`, {
      method: 'POST',
      headers: { authorization },
      body: new Uint8Array(2 * MB),
    });
    expect(elsewhere.status).toBe(413);
  });

  test('more than that is refused, whether it says how long it is or not', async () => {
    const { body, type } = await formOf({ image_type: 'avatar', image: png(1, 1, 11 * MB) });
    expect(await post(new Uint8Array(body), type)).toBe(234006);
    const pieces = new ReadableStream<Uint8Array>({
      start(stream) {
        for (let at = 0; at < body.byteLength; at += MB) stream.enqueue(new Uint8Array(body.subarray(at, at + MB)));
        stream.close();
      },
    });
    expect(await post(pieces, type)).toBe(234006);
  });

  test('callers that send slowly keep nobody from uploading, and are no defect when they hang up', async () => {
    const { body, type } = await formOf({ image_type: 'avatar', image: png(1, 1, MB) });
    const slow = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const socket = connect(mingce.port, '127.0.0.1');
        await once(socket, 'connect');
        const headers = { authorization, 'content-type': type, 'content-length': String(body.byteLength) };
        socket.write(bytesOf({ method: 'POST', target: PATH, headers }));
        socket.write(body.subarray(0, MB / 2));
        return socket;
      }),
    );
    expect(await post(new Uint8Array(body), type)).toBe(0);
    for (const socket of slow) socket.destroy();
    expect(await post(new Uint8Array(body), type)).toBe(0);
    expect(lines).toEqual([]);
  });

  test('who has no token is turned away before the picture is read', async () => {
    const { body, type } = await formOf({ image_type: 'avatar', image: png(1, 1, 10 * MB) });
    expect(await post(new Uint8Array(body), type, {})).toBe(99991661);
  });
});
