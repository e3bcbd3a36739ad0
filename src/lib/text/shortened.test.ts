import { expect, test } from 'vitest';
import { shortened } from './shortened.ts';

test('a text that is longer than it may be ends with a sign of it', () => {
  expect(shortened('abc', 3)).toBe('abc');
  expect(shortened('abcd', 3)).toBe('abc…');
  expect(shortened('', 0)).toBe('');
});

test('a character of two parts is not halved', () => {
  expect(shortened('ab😀c', 3)).toBe('ab\uFFFD…');
  expect(shortened('a😀c', 3)).toBe('a😀…');
});
