import { expect, test } from 'vitest';
import { StoreUnusableError } from '../engine.ts';
import { postgresHosts } from './postgres-hosts.ts';

test('each host of an address has an address of its own, and is asked whether it takes writes', () => {
  expect(postgresHosts('postgres://u:p%40@one:5432,[::1]:5433,three/d?sslmode=require')).toEqual({
    urls: [
      'postgres://u:p%40@one:5432/d?sslmode=require',
      'postgres://u:p%40@[::1]:5433/d?sslmode=require',
      'postgres://u:p%40@three/d?sslmode=require',
    ],
    isChecked: true,
  });
});

test.each([
  ['postgres://u:p@one/d', false],
  ['postgres://u:p@one/d?target_session_attrs=any', false],
  ['postgres://u:p@one/d?target_session_attrs=read-write', true],
  ['postgres://u:p@one/d?target_session_attrs=primary', true],
  ['postgres://u:p@one,two/d?target_session_attrs=any', false],
])('%s: asked first: %s', (address, isChecked) => {
  const hosts = postgresHosts(address);
  expect(hosts.isChecked).toBe(isChecked);
  expect(hosts.urls[0]).toBe('postgres://u:p@one/d');
});

test.each([
  'postgres://u:p@one/d?target_session_attrs=standby',
  'postgres://u:p@one/d?target_session_attrs=prefer-standby',
  'postgres://u:p@one:99999,two/d',
  `postgres://u:p@${Array.from({ length: 17 }, (_, n) => `h${String(n)}`).join(',')}/d`,
])('%s cannot be used', (address) => {
  expect(() => postgresHosts(address)).toThrow(StoreUnusableError);
});
