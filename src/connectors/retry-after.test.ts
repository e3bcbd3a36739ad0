import { expect, test } from 'vitest';
import { askedWait, limitWait, retryAfterMs } from './retry-after.ts';

const NOW = Date.parse('2026-11-30T08:00:00Z');
const HOUR = 60 * 60 * 1_000;

test.each([
  ['120', 120_000],
  [' 7 ', 7_000],
  ['0', 0],
  // The three forms of a date (RFC 9110, 5.6.7); the last has no zone and is in UTC all the same.
  ['Mon, 30 Nov 2026 08:00:30 GMT', 30_000],
  ['Monday, 30-Nov-26 08:00:30 GMT', 30_000],
  ['Mon Nov 30 08:00:30 2026', 30_000],
  ['Mon, 30 Nov 2026 07:00:00 GMT', 0],
  // Not as the RFC has it, and clear all the same.
  ['Mon, 30 Nov 2026 16:00:30 +0800', 30_000],
  ['Mon, 30 Nov 2026 03:00:30 EST', 30_000],
  ['Mon, 30 Nov 2026 08:00:30 UTC', 30_000],
  ['Mon, 30 Nov 2026 08:00:30', 30_000],
])('%j asks for a wait', (header, ms) => {
  expect(retryAfterMs(header, NOW)).toBe(ms);
});

test.each(['86400', '99999999999999999999', 'Fri, 31 Dec 9999 23:59:59 GMT'])(
  'of %j no more than an hour is waited',
  (header) => {
    expect(retryAfterMs(header, NOW)).toBe(HOUR);
  },
);

test.each(['', 'soon', '-5', '1.5', '5 minutes', '2026-11-30', 'Mon', 'Sunday never', undefined])(
  '%j says nothing',
  (header) => {
    expect(retryAfterMs(header, NOW)).toBeNull();
  },
);

test('a date is by the clock of the server, where the answer says what that was', () => {
  const headers = { 'retry-after': 'Mon, 30 Nov 2026 08:00:30 GMT', date: 'Mon, 30 Nov 2026 08:00:10 GMT' };
  expect(askedWait({ headers })).toEqual({ waitMs: 20_000 });
});

test.each([
  [{}, undefined],
  [{ 'retry-after': '0' }, undefined],
  [{ 'retry-after': 'Sun, 29 Nov 2020 00:00:00 GMT' }, undefined],
  [{ 'retry-after': '-1' }, undefined],
  [{ 'retry-after': '7' }, '0'],
])('a limit is not met again at once: %j, %j', (headers, own) => {
  expect(limitWait({ headers }, own)).toEqual({ waitMs: 1_000 });
});

test('what a platform says of its own limit counts, and what is beside it where it says nothing', () => {
  expect(limitWait({ headers: { 'retry-after': '7' } }, '3')).toEqual({ waitMs: 3_000 });
  expect(limitWait({ headers: { 'retry-after': '7' } }, 'soon')).toEqual({ waitMs: 7_000 });
});
