import { expect, test } from 'vitest';
import { wildcard } from './wildcard.ts';

test.each([
  ['', '', true],
  ['', 'a', false],
  ['*', '', true],
  ['*', 'a\nb', true],
  ['abc', 'abc', true],
  ['abc', 'abcd', false],
  ['a*', 'abc', true],
  ['*c', 'abc', true],
  ['*b*', 'abc', true],
  ['a*c', 'abc', true],
  ['a*a', 'a', false],
  ['ab*ba', 'aba', false],
  ['a*b*c', 'a-c-b-c', true],
  ['a*b*b', 'a-b', false],
  ['a**c', 'abc', true],
  ['a.c', 'abc', false],
])('%j and %j: %j', (pattern, text, isMatched) => {
  expect(wildcard(pattern)(text)).toBe(isMatched);
});

test('many stars take no longer than one', () => {
  const startedAt = performance.now();
  expect(wildcard(`${'*a'.repeat(50)}*b`)('a'.repeat(16_000))).toBe(false);
  expect(wildcard(`${'*'.repeat(100)}x`)('a'.repeat(60))).toBe(false);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});
