import { expect, test } from 'vitest';
import { RateLimiter } from './rate-limiter.ts';

const second = { requests: 2, ms: 1_000 };
const minute = { requests: 3, ms: 60_000 };

test('so many requests are counted in a window that begins with its first', () => {
  const windows = new RateLimiter();
  expect(windows.tryAcquire('a', [second], 500)).toBeNull();
  expect(windows.tryAcquire('a', [second], 900)).toBeNull();
  expect(windows.tryAcquire('a', [second], 1_400)).toEqual({ limit: second, msLeft: 100 });
  expect(windows.tryAcquire('b', [second], 1_400)).toBeNull();
  expect(windows.tryAcquire('a', [second], 1_500)).toBeNull();
});

test('of two windows either turns away, and what is turned away counts in none', () => {
  const windows = new RateLimiter();
  for (const at of [0, 1]) expect(windows.tryAcquire('a', [second, minute], at)).toBeNull();
  expect(windows.tryAcquire('a', [second, minute], 2)).toMatchObject({ limit: second });
  expect(windows.tryAcquire('a', [second, minute], 1_000)).toBeNull();
  expect(windows.tryAcquire('a', [second, minute], 1_001)).toEqual({ limit: minute, msLeft: 58_999 });
  expect(windows.countOf('a', 60_000, 1_001)).toBe(3);
  expect(windows.countOf('a', 60_000, 60_000)).toBe(0);
});

test('a clock that is turned back starts a new window', () => {
  const windows = new RateLimiter();
  for (const at of [5_000, 5_001]) windows.tryAcquire('a', [second], at);
  expect(windows.tryAcquire('a', [second], 4_000)).toBeNull();
});

test('however many names there are, what is kept is bounded', () => {
  const windows = new RateLimiter();
  for (let name = 0; name < 250_000; name++) windows.tryAcquire(String(name), [second], name);
  expect(windows.countOf('0', 1_000, 0)).toBe(0);
  expect(windows.countOf('249999', 1_000, 249_999)).toBe(1);
});

test('where there are too many names those used last are kept, and each costs the same', () => {
  const windows = new RateLimiter();
  const hour = { requests: 2, ms: 3_600_000 };
  for (let name = 0; name < 100_000; name++) windows.tryAcquire(String(name), [hour], 0);
  const startedAt = performance.now();
  for (let name = 100_000; name < 110_000; name++) {
    windows.tryAcquire(String(name), [hour], 1);
    expect(windows.countOf('60000', hour.ms, 1)).toBe(1);
  }
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  expect(windows.countOf('0', hour.ms, 1)).toBe(0);
  for (const name of ['60000', '99999', '109999']) expect(windows.countOf(name, hour.ms, 1)).toBe(1);
});
