import { expect, test } from 'vitest';
import { indexed } from './index-key.ts';

test('a value stands in an index as it is, unless it is long or looks like a digest', () => {
  expect(indexed('+8613800000000')).toBe('+8613800000000');
  expect(indexed('x'.repeat(256))).toBe('x'.repeat(256));
  const long = indexed('x'.repeat(257));
  expect(long).toMatch(/^sha256:[\w-]{43}$/);
  expect(indexed('x'.repeat(258))).not.toBe(long);
  // Nobody can claim another one's long value by sending its digest.
  expect(indexed(long)).not.toBe(long);
});
