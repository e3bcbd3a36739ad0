import { expect, test } from 'vitest';
import { durationMs, shortDurationMs } from './duration.ts';

test.each([
  ['PT2H', 7_200_000],
  ['P32D', 32 * 86_400_000],
  ['P1W', 7 * 86_400_000],
  ['P1DT1H1M1.5S', 90_061_500],
  ['PT0S', 0],
  ['PT0.05S', 50],
])('%s is a duration of %i ms', (text, ms) => {
  expect(durationMs(text)).toBe(ms);
});

test.each(['', 'P', 'PT', 'P1DT', '2H', 'P1Y', 'P1M', 'PT-2H', '-PT2H', 'PT1.5H', 'pt2h', 'PT2H ', 'P99999999D'])(
  '%j is no duration',
  (text) => {
    expect(durationMs(text)).toBeNull();
  },
);

test('a short duration is a number and a unit', () => {
  expect(['15m', '2h', '30s', '7d', '15', 'm', '1y', '-1m', '1234567s'].map(shortDurationMs)).toEqual([
    900_000,
    7_200_000,
    30_000,
    604_800_000,
    null,
    null,
    null,
    null,
    null,
  ]);
});
