import { expect, test } from 'vitest';
import { isLinearizable, type Model, type Operation } from './checker.ts';

type Register = { readonly write: number } | { readonly read: number } | { readonly swap: readonly [number, number] };

const register: Model<number, Register> = {
  first: 0,
  after: (state, action) => {
    if ('write' in action) return action.write;
    if ('read' in action) return action.read === state ? state : null;
    const [from, to] = action.swap;
    return from === state ? to : null;
  },
  keyOf: String,
};

const at = (from: number, to: number, action: Register): Operation<Register> => ({ from, to, action });

test.each<[string, readonly Operation<Register>[], boolean]>([
  ['nothing', [], true],
  ['one after the other', [at(0, 1, { write: 1 }), at(2, 3, { read: 1 })], true],
  ['a read of what was written over before it began', [at(0, 1, { write: 1 }), at(2, 3, { read: 0 })], false],
  ['a read beside a write sees either', [at(0, 9, { write: 1 }), at(1, 2, { read: 0 }), at(3, 4, { read: 1 })], true],
  ['but not the new before the old', [at(0, 9, { write: 1 }), at(1, 2, { read: 1 }), at(3, 4, { read: 0 })], false],
  ['a read of what nobody wrote', [at(0, 9, { write: 1 }), at(0, 9, { read: 2 })], false],
  ['of two swaps of one value one', [at(0, 9, { swap: [0, 1] }), at(0, 9, { swap: [0, 2] })], false],
  ['a chain of swaps in any order', [at(0, 9, { swap: [1, 2] }), at(0, 9, { swap: [0, 1] })], true],
  [
    'a write without answer that happened late',
    [at(0, Infinity, { write: 1 }), at(1, 2, { read: 0 }), at(3, 4, { read: 1 })],
    true,
  ],
  ['a write without answer that never happened', [at(0, Infinity, { write: 1 }), at(5, 6, { read: 0 })], true],
  ['but not before it was asked for', [at(3, Infinity, { write: 1 }), at(1, 2, { read: 1 })], false],
  ['nor only for a while', [at(0, Infinity, { write: 1 }), at(1, 2, { read: 1 }), at(3, 4, { read: 0 })], false],
])('%s', (_name, history, expected) => {
  expect(isLinearizable(history, register)).toBe(expected);
  // What was written down first says nothing.
  expect(isLinearizable(history.toReversed(), register)).toBe(expected);
});

test('long histories are decided by remembering what was tried', () => {
  const history = Array.from({ length: 200 }, (_, index): readonly Operation<Register>[] => [
    at(index * 10, index * 10 + 15, { write: index }),
    at(index * 10 + 1, index * 10 + 16, { write: -index }),
    at(index * 10 + 2, index * 10 + 17, { write: index }),
  ]).flat();
  expect(isLinearizable([...history, at(9_999, 10_000, { read: 199 })], register)).toBe(true);
  expect(isLinearizable([...history, at(9_999, 10_000, { read: 7 })], register)).toBe(false);
});
