import { expect, test } from 'vitest';
import { Recent } from './recent.ts';

test('what was used last is kept, what was used longest ago goes first', () => {
  const recent = new Recent<string, number>(3);
  for (const [index, key] of ['a', 'b', 'c'].entries()) recent.set(key, index);
  recent.get('a');
  recent.set('d', 3);
  expect(['a', 'b', 'c', 'd'].map((key) => recent.get(key))).toEqual([0, undefined, 2, 3]);
});

test('what is deleted is gone', () => {
  const recent = new Recent<string, number>(3);
  recent.set('a', 1);
  recent.delete('a');
  expect(recent.get('a')).toBeUndefined();
});
