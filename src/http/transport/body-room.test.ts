import { expect, test } from 'vitest';
import { BodyRoom, type Claim } from './body-room.ts';

/** Claims by name, and the names of those that had to be given up. */
function claims(room: BodyRoom): { readonly gone: readonly string[]; readonly of: (name: string) => Claim } {
  const gone: string[] = [];
  return { gone, of: (name) => room.claim(name.split(' ')[0] ?? '', () => gone.push(name)) };
}

test('the oldest body of the address that holds most is given up first', () => {
  const { gone, of } = claims(new BodyRoom(100));
  for (const [name, bytes] of [
    ['b', 30],
    ['a 1', 20],
    ['a 2', 20],
    ['a 3', 20],
  ] as const)
    expect(of(name).take(bytes)).toBe(true);
  expect(of('c').take(50)).toBe(true);
  expect(gone).toEqual(['a 1', 'a 2']);
});

test('a body that has come is not given up, and one for which nothing is left is refused', () => {
  const { gone, of } = claims(new BodyRoom(100));
  const come = of('a');
  expect(come.take(90)).toBe(true);
  come.keep();
  const late = of('b');
  expect(late.take(20)).toBe(false);
  come.release();
  expect(late.take(20)).toBe(true);
  expect(gone).toEqual([]);
});

test('one that grows may be the one that is given up', () => {
  const { gone, of } = claims(new BodyRoom(100));
  const slow = of('a');
  expect(slow.take(60)).toBe(true);
  expect(of('b').take(40)).toBe(true);
  expect(slow.take(70)).toBe(false);
  expect(gone).toEqual([]);
});

test('one alone always has room', () => {
  const { of } = claims(new BodyRoom(100));
  const large = of('a');
  expect(large.take(80)).toBe(true);
  expect(large.take(500)).toBe(true);
  expect(of('b').take(1)).toBe(true);
  expect(large.take(600), 'given up for the other').toBe(true);
});
