import { expect, test } from 'vitest';
import { delayOf, drawOf, fires, FiringCount } from './decision.ts';

const rule = { id: 'half', seed: 7, share: 0.5, effect: { code: '-1' } };
const fired = (one: Parameters<typeof fires>[0], upTo: number): readonly number[] =>
  Array.from({ length: upTo }, (_, index) => index + 1).filter((n) => fires(one, n));

test('one seed fails the same calls, another one others, and about the share of them', () => {
  expect(fired(rule, 10_000)).toEqual(fired({ ...rule }, 10_000));
  expect(fired(rule, 100)).not.toEqual(fired({ ...rule, seed: 8 }, 100));
  expect(fired(rule, 100)).not.toEqual(fired({ ...rule, id: 'other' }, 100));
  expect(fired(rule, 10_000).length / 10_000).toBeCloseTo(0.5, 1);
});

test('a draw is the first 53 bits of SHA-256 over seed, id and number, so that others can work it out', () => {
  // printf '7\nhalf\n1' | sha256sum begins with the 16 digits that are used here.
  expect(drawOf(rule, 1)).toBe(Number(BigInt(`0x303ab9558557baa6`) >> 11n) / 2 ** 53);
});

test.each([
  [3, [3]],
  [
    [2, 5],
    [2, 5],
  ],
  [{ every: 3 }, [3, 6, 9]],
  [{ every: 3, from: 2 }, [2, 5, 8]],
])('nth %j means the calls %j of ten', (nth, expected) => {
  expect(fired({ id: 'a', match: { nth } }, 10)).toEqual(expected);
});

test('times counts what fired, in the order of the numbers, whichever is asked for first', () => {
  const all = fired(rule, 100);
  const count = new FiringCount({ ...rule, times: 3 });
  const numbers = [50, 3, 99, ...all.slice(0, 4)];
  const within = numbers.filter((n) => fires(rule, n) && count.isWithin(n));
  expect([...new Set(within)].toSorted((one, other) => one - other)).toEqual(all.slice(0, 3));
  expect(count.firedUpTo(1_000)).toBe(3);
});

test('delays follow from the seed and keep their bounds', () => {
  const delays = Array.from({ length: 1_000 }, (_, n) => delayOf(rule, { uniform: [10, 20] }, n));
  expect(delays).toEqual(Array.from({ length: 1_000 }, (_, n) => delayOf(rule, { uniform: [10, 20] }, n)));
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(10);
  expect(Math.max(...delays)).toBeLessThanOrEqual(20);
  const long = { lognormal: { median: 100, sigma: 0.5, max: 150 } };
  const sorted = Array.from({ length: 1_001 }, (_, n) => delayOf(rule, long, n)).toSorted((one, other) => one - other);
  expect(sorted[500]).toBeGreaterThan(80);
  expect(sorted[500]).toBeLessThan(120);
  expect(sorted.at(-1)).toBe(150);
});
