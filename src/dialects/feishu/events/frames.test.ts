import { expect, test } from 'vitest';
import { decodeFrame, encodeFrame, type Frame } from './frames.ts';

/** The ping of the vendor's client: numbers 0, 0, 7, 0 and one header, by the encoding of proto2. [public: node] */
const PING = Buffer.from(
  [
    ['08 00', '10 00', '18 07', '20 00'],
    ['2a 0c', '0a 04', Buffer.from('type').toString('hex'), '12 04', Buffer.from('ping').toString('hex')],
  ]
    .flat()
    .join('')
    .replaceAll(' ', ''),
  'hex',
);

test('reads the ping of the vendor’s client', () => {
  expect(decodeFrame(PING)).toEqual({
    seqId: 0n,
    logId: 0n,
    service: 7,
    method: 0,
    headers: { type: 'ping' },
    payload: new Uint8Array(0),
  });
});

test('what is written is read again, the largest and the negative numbers too', () => {
  const frame: Frame = {
    seqId: 2n ** 64n - 1n,
    logId: 300n,
    service: -1,
    method: 1,
    headers: { type: 'event', message_id: '消息', ['__proto__']: 'x' },
    payload: Buffer.from('{"schema":"2.0"}'),
  };
  const read = decodeFrame(encodeFrame(frame));
  expect(read).toMatchObject({ seqId: frame.seqId, logId: 300n, service: -1, method: 1 });
  expect(Object.entries(read?.headers ?? {})).toEqual([
    ['type', 'event'],
    ['message_id', '消息'],
    ['__proto__', 'x'],
  ]);
  expect(Buffer.from(read?.payload ?? []).toString()).toBe('{"schema":"2.0"}');
});

test('fields that no frame has are passed over', () => {
  const more = Buffer.from([0x3a, 1, 65, 0x51, 1, 2, 3, 4, 5, 6, 7, 8, 0x5d, 1, 2, 3, 4]);
  expect(decodeFrame(Buffer.concat([PING, more]))).toEqual(decodeFrame(PING));
});

test('every start of a frame, and every frame with a byte changed, is read or refused without an error', () => {
  const starts = Array.from({ length: 8 }, (_one, end) => decodeFrame(PING.subarray(0, end)));
  expect(starts).toEqual(Array.from({ length: 8 }, () => null));
  const changed = Array.from({ length: PING.length * 256 }, (_one, index) => {
    const frame = Buffer.from(PING);
    frame[Math.floor(index / 256)] = index % 256;
    return frame;
  });
  for (const frame of changed) expect(() => decodeFrame(frame)).not.toThrow();
});

test.each([
  ['no bytes', []],
  ['a length beyond the end', [0x42, 0xff, 0xff, 0xff, 0xff, 0x0f]],
  ['a number without an end', [0x08, ...Array.from({ length: 11 }, () => 0xff)]],
  ['a group', [0x0b, 0x0c]],
  ['a text where a number is due', [0x0a, 0]],
  ['field 0', [0x00, 0x00]],
  ['a fixed value that is cut', [0x09, 1, 2]],
])('%s: refused', (_what, data) => {
  expect(decodeFrame(Uint8Array.from(data))).toBeNull();
});

test('more headers than any client sends are refused', () => {
  const header = PING.subarray(8);
  const many = Buffer.concat([PING, ...Array.from({ length: 32 }, () => header)]);
  expect(decodeFrame(many)).toBeNull();
});
