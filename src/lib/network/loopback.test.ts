import { expect, test } from 'vitest';
import { isLoopbackAddress, isLoopbackName, nameOf } from './loopback.ts';

test.each(['127.0.0.1', '127.255.0.9', '::1', '::ffff:127.0.0.1'])(
  'only this machine has the address %s',
  (address) => {
    expect(isLoopbackAddress(address)).toBe(true);
  },
);

test.each(['', '10.0.0.1', '128.0.0.1', '127.evil.example', '1270.0.0.1', '::2', '::ffff:10.0.0.1', 'localhost'])(
  'others may have the address %j',
  (address) => {
    expect(isLoopbackAddress(address)).toBe(false);
  },
);

test.each(['localhost', 'LOCALHOST:1', 'localhost.', 'a.b.localhost:6464', '127.9.9.9:80', '[::1]', '[::1]:6464'])(
  '%s can only mean this machine',
  (authority) => {
    expect(isLoopbackName(nameOf(authority) ?? '')).toBe(true);
  },
);

test.each([
  '',
  ':80',
  'evil.example',
  'localhost.evil.example',
  'evillocalhost',
  '127.0.0.1.evil.example',
  '127.1',
  '0.0.0.0',
  '[::]',
  '[::2]',
  'localhost/',
  'a@localhost',
  'localhost:123456',
  'localhost, evil.example',
])('%j can mean something else', (authority) => {
  expect(isLoopbackName(nameOf(authority) ?? '')).toBe(false);
});
