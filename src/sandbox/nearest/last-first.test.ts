import { expect, test } from 'vitest';
import type { Step } from './candidates/candidate.ts';
import { withValue } from './draft.ts';
import { lastFirst } from './last-first.ts';

const LETTERS = ['a', 'b', 'c', 'd', 'e'];
const isList = (pointer: string): boolean => pointer === '/items';
const removal = (at: number): Step => ({ kind: 'remove', at: `/items/${String(at)}` });
const pointers = (steps: readonly Step[]): readonly string[] => steps.map((step) => ('at' in step ? step.at : ''));

/** What is left of the letters after removals, one after another. */
function left(steps: readonly Step[]): unknown {
  return steps.reduce<unknown>(
    (body, step) =>
      withValue(body, ['items', Number(('at' in step ? step.at : '').slice('/items/'.length))], undefined),
    { items: LETTERS },
  );
}

test.each([
  [
    [1, 2],
    ['/items/3', '/items/1'],
  ],
  [
    [0, 0, 0],
    ['/items/2', '/items/1', '/items/0'],
  ],
  [
    [3, 1],
    ['/items/3', '/items/1'],
  ],
  [
    [2, 0, 1],
    ['/items/3', '/items/2', '/items/0'],
  ],
])('entries removed at %j one after another are named by their positions in what was sent', (removed, named) => {
  const steps = removed.map(removal);
  expect(pointers(lastFirst(steps, isList))).toEqual(named);
  expect(left(lastFirst(steps, isList))).toEqual(left(steps));
});

test('other steps, other lists and members that are called by a number stay as they are', () => {
  const steps: readonly Step[] = [
    removal(1),
    { kind: 'set', at: '/items/2/name', to: 'x' },
    removal(2),
    { kind: 'remove', at: '/members/1' },
    { kind: 'remove', at: '/members/2' },
  ];
  expect(lastFirst(steps, isList)).toEqual(steps);
});
