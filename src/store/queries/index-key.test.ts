import { expect, test } from 'vitest';
import { indexKey } from './index-key.ts';

test('a value is its own index key, unless it is long or looks like a digest', () => {
  expect(indexKey('+8613800000000')).toBe('+8613800000000');
  expect(indexKey('x'.repeat(256))).toBe('x'.repeat(256));
  const long = indexKey('x'.repeat(257));
  expect(long).toMatch(/^sha256:[\w-]{43}$/);
  expect(indexKey('x'.repeat(258))).not.toBe(long);
  // Sending the digest of another employee's long value does not match it.
  expect(indexKey(long)).not.toBe(long);
});
