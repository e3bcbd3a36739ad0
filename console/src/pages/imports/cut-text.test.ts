import { expect, test } from 'vitest';
import { cutText } from './cut-text.ts';

test('a long header is cut, a usual one is not', () => {
  expect(cutText('手机')).toBe('手机');
  expect(cutText('长'.repeat(30_000))).toBe(`${'长'.repeat(80)}…`);
});
