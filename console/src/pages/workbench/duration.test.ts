import { expect, test } from 'vitest';
import { isoDuration } from './duration.ts';

test.each([
  ['2h', 'PT2H'],
  ['32d', 'P32D'],
  ['1d 12h', 'P1DT12H'],
  ['90m', 'PT90M'],
  ['2w', 'P2W'],
  ['PT2H', 'PT2H'],
  ['tomorrow', 'tomorrow'],
  ['', ''],
])('%s is sent as %s', (typed, iso) => {
  expect(isoDuration(typed)).toBe(iso);
});
