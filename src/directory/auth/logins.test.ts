import { expect, test } from 'vitest';
import { LoginIndex } from './logins.ts';

test('a login taken over is first taken away', () => {
  const logins = new LoginIndex(1);
  const stale = { tenant: 2, employee: 'o', tenantInUse: false };
  logins.give('mobile', '+861', 'stale', stale);
  logins.give('email', 'a@b', 'stale', stale);
  expect(logins.give('mobile', '+861', 'mine', { tenant: 1, employee: 'e', tenantInUse: true })).toBe(true);
  expect(logins.give('mobile', '+861', 'mine', { tenant: 1, employee: 'e', tenantInUse: true })).toBe(false);
  expect(logins.effects.slice(2).map(({ account }) => account)).toEqual([
    { id: 'stale', mobile: null, email: 'a@b' },
    { id: 'mine', mobile: '+861', email: null },
  ]);
});

test('an identifier is taken away once', () => {
  const logins = new LoginIndex(1);
  logins.give('mobile', '+861', 'mine', { tenant: 1, employee: 'e', tenantInUse: true });
  expect(logins.take('email', 'mine')).toBe(false);
  expect(logins.take('mobile', 'mine')).toBe(true);
  expect(logins.take('mobile', 'mine')).toBe(false);
  expect(logins.take('mobile', 'nobody')).toBe(false);
  expect(logins.effects.at(-1)?.account).toEqual({ id: 'mine', mobile: null, email: null });
});
