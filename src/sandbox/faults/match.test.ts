import { expect, test } from 'vitest';
import type { Call } from '../../dialects/dialect.ts';
import { matcherOf } from './match.ts';

const call: Call = {
  method: 'GET',
  path: '/',
  params: {},
  query: new URLSearchParams(),
  headers: {},
  body: new Uint8Array(),
  peer: '127.0.0.1',
  receivedAt: 0,
  requestId: '',
  origin: '',
};
const isMatched = (operation: string | readonly string[], called: string): boolean =>
  matcherOf({ id: 'one', effect: { code: '-1' }, match: { operation } })({
    call,
    platform: 'wecom',
    operation: called,
    app: 'app',
    at: 0,
  });

test.each([
  ['user.get', 'user.get', true],
  ['user.get', 'user.get.by-post', true],
  ['user.get', 'user.getuserid', false],
  ['user.*', 'user.get', true],
  ['*.get', 'user.get.by-post', true],
  [['tag.*', 'user.*'], 'user.get', true],
  [['tag.*', 'user.get'], 'department.get', false],
] as const)('%j and the operation %s: %j', (operation, called, expected) => {
  expect(isMatched(operation, called)).toBe(expected);
});

test('a rule with many stars holds up no call', () => {
  const startedAt = performance.now();
  expect(isMatched(`${'*'.repeat(40)}x`, 'contact.department.update-department-id')).toBe(false);
  expect(performance.now() - startedAt).toBeLessThan(500);
});
