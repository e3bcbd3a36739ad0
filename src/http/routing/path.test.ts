import { expect, test } from 'vitest';
import { readablePath } from './path.ts';

test.each([
  ['/a/b', '/a/b'],
  ['/a/%24x%2Fy/%E5%BC%A0', '/a/%24x%2Fy/%E5%BC%A0'],
  ['/a%00b/%00', '/a%EF%BF%BDb/%EF%BF%BD'],
  ['/%E5%BC%00', '/%EF%BF%BD%EF%BF%BD'],
  ['/%ff/x', '/%EF%BF%BD/x'],
  ['/%ED%A0%80', '/%EF%BF%BD%EF%BF%BD%EF%BF%BD'],
  ['/%zz/100%', '/%25zz/100%25'],
])('%s can be taken apart as %s', (path, readable) => {
  expect(readablePath(path)).toBe(readable);
  expect(() => decodeURIComponent(readablePath(path))).not.toThrow();
});
