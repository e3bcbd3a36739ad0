import { expect, test } from 'vitest';
import { randomIds } from '../../../lib/ids.ts';
import { idsAlike } from './ids-alike.ts';

test('the ids of people who are added together begin alike, each with 65 bits of its own; those of others begin otherwise', () => {
  const some = [idsAlike(randomIds), idsAlike(randomIds)].map((fresh) => Array.from({ length: 1_000 }, () => fresh()));
  for (const ids of some) {
    for (const one of ids) expect(one).toMatch(/^t[a-km-np-z2-9]{20}$/);
    expect(new Set(ids.map((one) => one.slice(0, 8))).size).toBe(1);
    expect(new Set(ids.map((one) => one.slice(8))).size).toBe(ids.length);
    for (const place of [8, 14, 20]) expect(new Set(ids.map((one) => one[place])).size).toBe(32);
  }
  expect(some[0]?.[0]?.slice(0, 8)).not.toBe(some[1]?.[0]?.slice(0, 8));
});
