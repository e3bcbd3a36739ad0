import { expect, test } from 'vitest';
import { readAddress, writeAddress } from './address-text.ts';

test.each(['2221103', '007', '1e3', 'true', '张三', '"a"', '{"a":1}', '+8613800010001', ''])(
  'the text %j is the same after it was in an address',
  (q) => {
    expect(readAddress(writeAddress({ q }))['q'] ?? '').toBe(q);
  },
);

test('a code is in the address as it is, and one that was typed there is text', () => {
  expect(writeAddress({ q: '2221103' })).toBe('?q=2221103');
  expect(readAddress('?q=2221103&page=2&only=true')).toEqual({ q: '2221103', page: '2', only: true });
});
