import { expect, test } from 'vitest';
import type { Context } from './context.ts';
import { DayBrake } from './day-brake.ts';

test('what is reserved counts for the limit of a day, and is kept only when it is sent', async () => {
  const counted: unknown[] = [];
  const targets = {
    braked: () => Promise.resolve({}),
    countLinks: () => Promise.resolve({ linked: 1_000 }),
    countBraked: (_: unknown, counts: unknown) => {
      counted.push(counts);
      return Promise.resolve(true);
    },
  };
  const context = { store: { targets }, target: { id: 't' }, settings: {}, now: () => 0 } as unknown as Context;
  const brake = new DayBrake();
  await brake.read(context.store, context.target, 0);
  const login = ['login'] as const;
  const reserved = Array.from({ length: 10 }, () => brake.reserve(login));
  expect(brake.over(context, login)).toStrictEqual(['login']);
  reserved[0]?.free();
  reserved[0]?.free();
  expect(brake.over(context, login)).toStrictEqual([]);
  await reserved[1]?.count(context);
  reserved[1]?.free();
  await reserved[1]?.count(context);
  expect(counted).toStrictEqual([{ login: 1 }]);
  expect(brake.over(context, login)).toStrictEqual([]);
});
