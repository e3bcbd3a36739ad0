import { expect, test } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

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
