import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Semaphore } from './semaphore.ts';

test('lets as many through at a time as there are places, in order', async () => {
  const turnstile = new Semaphore(2);
  let inside = 0;
  let most = 0;
  const order: number[] = [];
  const work = async (number: number): Promise<void> => {
    order.push(number);
    most = Math.max(most, ++inside);
    await setImmediate();
    inside--;
    if (number === 1) throw new Error('trips');
  };
  const all = await Promise.allSettled([0, 1, 2, 3, 4].map((number) => turnstile.pass(() => work(number))));
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
  expect({ most, order, inside }).toEqual({ most: 2, order: [0, 1, 2, 3, 4], inside: 0 });
  expect(await turnstile.pass(async () => 'again')).toBe('again');
});
