import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { isGuessable } from './key-strength.ts';

test.each([
  '',
  'abc',
  'admin',
  'fifteen-letters',
  'aaaaaaaaaaaaaaaaaaaaaaaa',
  'passwordpassword',
  'changemechangeme',
  '1234567890123456',
  '0000000000000001',
  'abcdefghijklmnopqrstuvwxyz',
  '9876543210987654',
  '1234-abcd-5678-efgh',
  '0123456789abcdef0123456789abcdef',
])('%j may be found by trying', (key) => {
  expect(isGuessable(key)).toBe(true);
});

test('a key made at random is not called so', () => {
  // One in 300,000 has as many neighbours as this.
  expect(isGuessable('eae8122ad4330221012254ebbfefefdd')).toBe(false);
  for (let time = 0; time < 2_000; time++) {
    expect(isGuessable(randomBytes(16).toString('hex'))).toBe(false);
    expect(isGuessable(randomBytes(12).toString('base64'))).toBe(false);
  }
});
