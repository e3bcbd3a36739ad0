import { expect, test } from 'vitest';
import { randomIds } from './ids.ts';

test('every UUID is of version 4 and another one, also where more are drawn than at once', () => {
  const some = Array.from({ length: 1_000 }, () => randomIds.uuid());
  for (const one of some) expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(some).size).toBe(some.length);
  // Each digit that is free takes every value.
  for (const place of [0, 7, 9, 17, 19, 21, 35])
    expect(new Set(some.map((one) => one[place])).size).toBe(place === 19 ? 4 : 16);
});
