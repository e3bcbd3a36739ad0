import type { Reply } from '../../../dialect.ts';

/** A file, or the part of it that a `Range` header asks for. */
export function fileReply(bytes: Buffer, headers: Readonly<Record<string, string>>, range = ''): Reply {
  const known = { ...headers, 'Accept-Ranges': 'bytes' };
  const [, first = '', last = ''] = /^bytes=([0-9]{1,12})-([0-9]{0,12})$/.exec(range) ?? [];
  if (first === '') return { status: 200, headers: known, body: bytes };
  const from = Number(first);
  const to = Math.min(last === '' ? bytes.length - 1 : Number(last), bytes.length - 1);
  if (from > to) return { status: 416, headers: { 'Content-Range': `bytes */${String(bytes.length)}` }, body: '' };
  const part = `bytes ${String(from)}-${String(to)}/${String(bytes.length)}`;
  return { status: 206, headers: { ...known, 'Content-Range': part }, body: bytes.subarray(from, to + 1) };
}
