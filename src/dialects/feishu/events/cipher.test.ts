import { expect, test } from 'vitest';
import { encryptText, signatureOf } from './cipher.ts';

// [public: ev/crypt, contract feishu-contact.md 6.5]
const VECTOR = 'P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=';

test('encrypts the vendor’s text into the vendor’s cipher text', () => {
  const iv = Buffer.from(VECTOR, 'base64').subarray(0, 16);
  expect(encryptText('hello world', 'test key', iv)).toBe(VECTOR);
});

test('signs timestamp, nonce, key and body in this order, in lower-case digits', () => {
  // SHA-256 of `abc`, FIPS 180-2.
  const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  expect(signatureOf('', 'c', { timestamp: 'a', nonce: 'b' })).toBe(abc);
  expect(signatureOf('c', 'b', { timestamp: 'a', nonce: '' })).toBe(abc);
});
