import { expect, test } from 'vitest';
import { decryptMessage, encryptMessage, signatureOf } from './cipher.ts';

/* The example of https://developer.work.weixin.qq.com/document/path/90968 (wecom-more 10.4). */

const TOKEN = 'QDG6eK';
const KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const ENCRYPTED =
  'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==';

test('the signature of the vendor’s example', () => {
  expect(signatureOf(TOKEN, '1409659813', '1372623149', ENCRYPTED)).toBe('477715d11cdb4164915debcba66cb864d751f3e6');
});

test('the message of the vendor’s example', () => {
  const { message, receiveid } = decryptMessage(ENCRYPTED, KEY);
  expect(receiveid).toBe('wx5823bf96d3bd56c7');
  expect(message).toMatch(
    /^<xml>.*<MsgType><!\[CDATA\[text\]\]><\/MsgType>\s*<Content><!\[CDATA\[hello\]\]><\/Content>.*<\/xml>$/s,
  );
});

test('the vendor’s example is encrypted to the same text, with the same sixteen random bytes', async () => {
  const { createDecipheriv } = await import('node:crypto');
  const key = Buffer.from(`${KEY}=`, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const random = decipher.update(ENCRYPTED, 'base64').subarray(0, 16);
  const { message, receiveid } = decryptMessage(ENCRYPTED, KEY);
  expect(encryptMessage(message, receiveid, KEY, random)).toBe(ENCRYPTED);
});

test('a message of any length is padded to 32 bytes, and comes back', () => {
  for (let length = 0; length < 70; length++) {
    const text = '名'.repeat(length);
    const encrypted = encryptMessage(text, 'ww1', KEY, new Uint8Array(16));
    expect(Buffer.from(encrypted, 'base64').length % 32).toBe(0);
    expect(decryptMessage(encrypted, KEY)).toEqual({ message: text, receiveid: 'ww1' });
  }
});
