import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { load } from '../../../../src/directory/store.ts';
import { outboxOf } from '../../../../src/directory/outbox.ts';
import type { Answer } from '../../../support/test-directory.ts';
import { formOf } from '../form.ts';
import { acme, openTestCompany, type Acme } from '../test-company.ts';

/* 素材管理: files that are uploaded, for three days and all apps of the company. (wecom-more 6.1) */

let company: Acme;
beforeEach(async () => {
  company = await openTestCompany();
});
afterEach(() => company.directory.close());

async function upload(
  bytes: Uint8Array | string,
  { type = 'file', secret = 'hr', ...form }: { type?: string; secret?: string; part?: string; boundary?: string } = {},
): Promise<Answer> {
  const url = `/cgi-bin/media/upload?access_token=${await company.token(secret)}&type=${type}`;
  return company.directory.send('POST', url, formOf(bytes, form));
}

const get = async (id: string, headers: Record<string, string> = {}, secret = 'rd'): Promise<Answer> =>
  company.directory.send('GET', `/cgi-bin/media/get?access_token=${await company.token(secret)}&media_id=${id}`, {
    headers,
  });

async function keptFiles(): Promise<readonly string[]> {
  const tenant = (await company.directory.store.tenantByKey('acme'))?.number ?? 0;
  const index = await company.directory.store.read(() => load('attachment', { tenant, id: 'wecom-media' }));
  return index === null
    ? []
    : (JSON.parse(Buffer.from(index.bytes).toString()) as { id: string }[]).map(({ id }) => id);
}

describe('a file', () => {
  test('that is uploaded is got by another app, with its name', async () => {
    const { json } = await upload('mytext');
    expect(json).toEqual({
      errcode: 0,
      errmsg: 'ok',
      type: 'file',
      media_id: expect.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{43}$/),
      created_at: String(company.directory.clock.now() / 1000),
    });
    const got = await get(json.media_id);
    expect([got.status, got.text]).toEqual([200, 'mytext']);
    expect(got.headers).toMatchObject({
      'content-disposition': 'attachment; filename="wework.txt"',
      'content-type': 'application/octet-stream',
    });
  });

  test('is good for three days on the clock of the company', async () => {
    const { json } = await upload('mytext');
    company.directory.clock.advance(3 * 86_400_000 - 1);
    expect((await get(json.media_id)).text).toBe('mytext');
    company.directory.clock.advance(1);
    expect((await get(json.media_id)).json).toMatchObject({ errcode: 40007 });
    // The next one takes its place.
    await upload('mytext');
    expect(await keptFiles()).toHaveLength(1);
  });

  test('of many pieces comes back whole, and in part where a part is asked for', async () => {
    const bytes = Buffer.alloc(1_300_000, 'abcdefg');
    const { json } = await upload(bytes);
    expect((await get(json.media_id)).text).toBe(bytes.toString());
    const part = await get(json.media_id, { range: 'bytes=524280-524295' });
    expect([part.status, part.text]).toEqual([206, bytes.toString('latin1', 524_280, 524_296)]);
    expect(part.headers['content-range']).toBe('bytes 524280-524295/1300000');
    expect((await get(json.media_id, { range: 'bytes=1300000-' })).status).toBe(416);
  });

  test.each([
    ['file', 20 * 1024 * 1024],
    ['image', 10 * 1024 * 1024],
    ['video', 10 * 1024 * 1024],
    ['voice', 2 * 1024 * 1024],
  ])('%s has %i bytes at most', async (type, most) => {
    expect((await upload(Buffer.alloc(most), { type })).json).toMatchObject({ errcode: 0, type });
    expect((await upload(Buffer.alloc(most + 1), { type })).json).toMatchObject({ errcode: 45001 });
  });

  test.each([
    ['no kind', 'mytext', { type: '' }, 40004],
    ['another kind', 'mytext', { type: 'thumb' }, 40004],
    ['a kind of every object', 'mytext', { type: 'constructor' }, 40004],
    ['nothing in it', '', {}, 44001],
    ['five bytes', '12345', {}, 44001],
    ['another name', 'mytext', { part: 'Content-Disposition: form-data; name="file"; filename="a.txt"' }, 44001],
    ['no filename', 'mytext', { part: 'Content-Disposition: form-data; name="media"' }, 44001],
    ['no disposition', 'mytext', { part: 'X: y' }, 44001],
    ['a boundary that is too long', 'mytext', { boundary: 'b'.repeat(201) }, 44001],
  ])('with %s is refused: %#', async (_what, bytes, how, errcode) => {
    expect((await upload(bytes, how)).json).toMatchObject({ errcode });
    expect(await keptFiles()).toEqual([]);
  });

  test.each<[what: string, change: (body: string) => string, type?: string]>([
    ['is cut off', (body) => body.slice(0, -8)],
    ['ends in its head', (body) => body.slice(0, 60)],
    ['has no line breaks', (body) => body.replaceAll('\r\n', '\n')],
    ['is empty', () => ''],
    ['is JSON', () => '{"media":"x"}', 'application/json'],
    ['names no boundary', (body) => body, 'multipart/form-data'],
    ['has another boundary', (body) => body, 'multipart/form-data; boundary=other'],
    ['has a head without an end', (body) => body.replace('\r\n\r\n', 'x'.repeat(9_000))],
  ])('a form that %s is 44001', async (_what, change, type) => {
    const { body, headers } = formOf('mytext');
    const url = `/cgi-bin/media/upload?access_token=${await company.token()}&type=file`;
    const sent = { body: change(body.toString()), headers: type === undefined ? headers : { 'content-type': type } };
    expect((await company.directory.send('POST', url, sent)).json).toMatchObject({ errcode: 44001 });
  });

  test.each([
    ['filename="%E5%90%8D%E5%86%8C.csv"', '名册.csv'],
    ['filename="名册.csv"', '名册.csv'],
    ["filename*=UTF-8''%E5%90%8D.csv", '名.csv'],
    ['filename=plain', 'plain'],
    ['filename="C:\\\\fakepath\\\\a.csv"', 'a.csv'],
    ['filename="../../etc/passwd"', 'passwd'],
    ['filename="100%.csv"', '100%.csv'],
    ['filename="a\\"b.csv"', 'ab.csv'],
  ])('whose name is written as %s is called %s', async (written, name) => {
    const { json } = await upload('mytext', { part: `Content-Disposition: form-data; name="media"; ${written}` });
    const { headers } = await get(json.media_id);
    const [, encoded, plain] =
      /^attachment; filename="[^"]*"; filename\*=UTF-8''(.*)$|^attachment; filename="([^"]*)"$/.exec(
        headers['content-disposition'] ?? '',
      ) ?? [];
    expect(encoded === undefined ? plain : decodeURIComponent(encoded)).toBe(name);
  });

  test('that nobody uploaded is 40007; no media_id is 41006; another company has its own', async () => {
    expect((await get('x')).json).toMatchObject({ errcode: 40007 });
    expect((await get('')).json).toMatchObject({ errcode: 41006 });
    const other = acme.replace('key: acme', 'key: other').replace('ww_acme', 'ww_other');
    await company.directory.companies.apply('other', other, { plan: false, request: 'test' });
    const { json } = await upload('mytext');
    const url = `/cgi-bin/media/get?access_token=${await company.token('hr', 'ww_other')}&media_id=${json.media_id}`;
    expect((await company.directory.send('GET', url)).json).toMatchObject({ errcode: 40007 });
  });

  test('of a company 64 MiB and 500 files are kept, the latest', async () => {
    const first = (await upload('mytext')).json.media_id as string;
    const large = Buffer.alloc(20 * 1024 * 1024);
    const ids: string[] = [];
    for (let n = 0; n < 4; n++) ids.push((await upload(large)).json.media_id as string);
    expect(await keptFiles()).toEqual(ids.slice(1));
    for (const gone of [first, ids[0] ?? '']) expect((await get(gone)).json).toMatchObject({ errcode: 40007 });
    for (let n = 0; n < 501; n++) await upload('mytext');
    expect(await keptFiles()).toHaveLength(500);
  }, 60_000);
});

test('a message with a file goes into the outbox while the file is good', async () => {
  const { media_id } = (await upload('mypicture', { type: 'image' })).json;
  const message = { agentid: 1, touser: 'lisi', msgtype: 'image', image: { media_id } };
  expect((await company.post('message/send', message)).json).toMatchObject({ errcode: 0 });
  const tenant = (await company.directory.store.tenantByKey('acme'))?.number ?? 0;
  expect(outboxOf(company.directory.store).list(tenant)).toMatchObject([{ msgtype: 'image', body: { media_id } }]);
  company.directory.clock.advance(3 * 86_400_000);
  expect((await company.post('message/send', message)).json).toMatchObject({ errcode: 40007 });
});
