import { expect, test } from 'vitest';
import { inTurns, JsonList, Turns } from './turns.ts';

/** Keeps the event loop for so long. */
function work(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

const numbered = Array.from({ length: 20 }, (_, index) => ({ index, text: '名'.repeat(5_000) }));

test('others have their turn while a long list is put together, and the list is whole', async () => {
  let turns = 0;
  let isDone = false;
  const count = (): void => {
    turns++;
    if (!isDone) setImmediate(count);
  };
  setImmediate(count);
  const list = new JsonList();
  for (const half of [numbered.slice(0, 10), [], numbered.slice(10)])
    await list.add(half, (thing) => {
      work(5);
      return thing;
    });
  isDone = true;
  expect(turns).toBeGreaterThanOrEqual(20);
  expect(JSON.parse(list.between('{"list":', '}').toString())).toEqual({ list: numbered });
});

test('a short list does not yield', async () => {
  const turns = new Turns(1_000);
  expect(turns.next()).toBeUndefined();
  const list = new JsonList(turns);
  expect(list.between('', '').toString()).toBe('[]');
  await list.add([1, 2], (is) => ({ is }));
  expect(list.between('', '').toString()).toBe('[{"is":1},{"is":2}]');
});

test('what is gone through in turns is as it was, whatever happens to it meanwhile', async () => {
  const items = Array.from({ length: 50 }, (_none, index) => index);
  const seen: number[] = [];
  for await (const item of inTurns(items)) {
    seen.push(item);
    const until = performance.now() + 1;
    while (performance.now() < until);
    // Before others had a turn the list itself is gone through.
    if (item === 20) items.length = 0;
  }
  expect(seen).toEqual(Array.from({ length: 50 }, (_none, index) => index));
});
