import { expect, test } from 'vitest';
import { hashSecret, isSecret, tokenFrom } from './secret.ts';

test('a secret is recognised by its hash, another is not', () => {
  const hash = hashSecret('right', 'ab');
  expect(hash).not.toContain('right');
  expect(isSecret('right', hash)).toBe(true);
  expect(isSecret('wrong', hash)).toBe(false);
  expect(isSecret('right', 'nonsense')).toBe(false);
});

test('a token follows from secret and nonce alone', () => {
  expect(tokenFrom('s', 'n')).toBe(tokenFrom('s', 'n'));
  expect(new Set([tokenFrom('s', 'n'), tokenFrom('s', 'm'), tokenFrom('t', 'n')]).size).toBe(3);
});
