import { expect, test } from 'vitest';
import { hashSecret, verifySecret, sealed, deriveToken, unsealed } from './secret.ts';

test('a secret is recognised by its hash, another is not', () => {
  const hash = hashSecret('right', 'ab');
  expect(hash).not.toContain('right');
  expect(verifySecret('right', hash)).toBe(true);
  expect(verifySecret('wrong', hash)).toBe(false);
  expect(verifySecret('right', 'nonsense')).toBe(false);
});

test('a token follows from secret and nonce alone', () => {
  expect(deriveToken('s', 'n')).toBe(deriveToken('s', 'n'));
  expect(new Set([deriveToken('s', 'n'), deriveToken('s', 'm'), deriveToken('t', 'n')]).size).toBe(3);
});

test('a seal opens with its own key, for what it was about, and holds its text as it was', () => {
  const [key, other] = [hashSecret('right', 'ab'), hashSecret('right', 'ba')];
  const whole = sealed('text', 'list', key);
  expect(whole).toMatch(/^[A-Za-z0-9_-]{24}text$/);
  expect(unsealed(whole, 'list', key)).toBe('text');
  expect(unsealed(whole, 'list', other)).toBeNull();
  expect(unsealed(whole, 'lis', key)).toBeNull();
  for (const wrong of ['', 'text', `${whole}x`, whole.slice(0, -1), whole.slice(0, 24), `é${whole.slice(1)}`])
    expect(unsealed(wrong, 'list', key)).toBeNull();
});
