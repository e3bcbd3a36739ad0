import { expect, test } from 'vitest';
import { durationMs } from './duration.ts';

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
