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

test('no fresh id shares its random bytes with another one, nor with a UUID drawn between two', () => {
  const some = Array.from({ length: 1_000 }, () => {
    randomIds.uuid();
    return randomIds.fresh('t');
  });
  for (const one of some) expect(one).toMatch(/^t[a-km-np-z2-9]{20}$/);
  // Parts in which bytes used twice would show, wherever an id begins among those that are drawn at once.
  const parts = some.flatMap((one) => [one.slice(1, 11), one.slice(11)]);
  expect(new Set(parts).size).toBe(parts.length);
  for (const place of [1, 10, 20]) expect(new Set(some.map((one) => one[place])).size).toBe(32);
});
