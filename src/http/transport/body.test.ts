import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { BodyRoom } from './body-room.ts';
import { collectBody, smallBody, type Collected } from './body.ts';

const LIMIT = 100_000;

async function collected(pieces: readonly (string | Buffer)[], limit = LIMIT): Promise<Collected> {
  const stream = Readable.from(
    pieces.map((piece) => Buffer.from(piece)),
    { objectMode: false },
  );
  return await new Promise((resolve) => {
    collectBody(stream, limit, new BodyRoom(LIMIT), { address: 'a', rest: () => undefined }, resolve);
  });
}

describe('a body is put together', () => {
  test.each([
    ['of nothing', []],
    ['of one piece', ['{"a":1}']],
    ['of two', ['{"a"', ':1}']],
    ['of an empty one first', ['', '{}']],
    ['of single bytes', [...Buffer.from('{"name":"张三"}')].map((byte) => Buffer.from([byte]))],
    [
      'of pieces that outgrow what was made room for',
      Array.from({ length: 90 }, (_none, at) => String(at % 10).repeat(1_000)),
    ],
    ['up to the limit', ['x'.repeat(LIMIT - 1), 'y']],
  ])('%s', async (_what, pieces) => {
    const whole = Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
    expect(Buffer.compare(Buffer.from((await collected(pieces)) as Uint8Array), whole)).toBe(0);
  });

  test('in room that is no larger than the limit', async () => {
    const body = (await collected(['x'.repeat(60_000), 'y'.repeat(39_000)])) as Uint8Array;
    expect(body.buffer.byteLength).toBeLessThanOrEqual(LIMIT);
  });

  test('but not beyond the limit', async () => {
    expect(await collected(['x'.repeat(LIMIT), 'y'])).toBe('too-large');
    expect(await collected(['x'.repeat(LIMIT + 1)])).toBe('too-large');
  });
});

test('a body whose caller is gone before it is asked for is waited for no longer', () => {
  const stream = Readable.from([Buffer.from('half')], { objectMode: false });
  stream.destroy();
  const seen: Collected[] = [];
  collectBody(stream, LIMIT, new BodyRoom(LIMIT), { address: 'a', rest: () => undefined }, (body) => seen.push(body));
  expect(seen).toEqual(['aborted']);
});

describe('a small body that has come', () => {
  const came = (pieces: readonly string[], complete: boolean): Readable & { complete: boolean } => {
    const stream = new Readable({ read: () => undefined, highWaterMark: LIMIT });
    for (const piece of pieces) stream.push(piece);
    if (complete) stream.push(null);
    return Object.assign(stream, { complete });
  };

  test.each([
    ['in one piece', ['{"a":1}']],
    ['in several', ['{"a"', ':"', '张三', '"}']],
    ['without any', []],
  ])('%s is read at once', (_what, pieces) => {
    expect(Buffer.from(smallBody(came(pieces, true), LIMIT) ?? 'null').toString()).toBe(pieces.join(''));
  });

  test.each([
    ['that is not whole', came(['{"a"'], false), LIMIT],
    ['that is larger than may be', came(['x'.repeat(100)], true), 99],
    ['that needs a share of the room', came(['x'.repeat(17_000)], true), LIMIT],
  ])('one %s is not', (_what, stream, limit) => {
    expect(smallBody(stream, limit)).toBeNull();
    expect(stream.readableLength).toBeGreaterThan(0);
  });
});
