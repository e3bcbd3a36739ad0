import { expect, test } from 'vitest';
import { LruCache } from './lru-cache.ts';

const letters = 'a b c d e f g h i j k l m n o p q r s t u v w x y z'.split(' ');

test('what is used stays, what was not used for long goes', () => {
  const recent = new LruCache<string, number>(10);
  for (const [index, key] of letters.entries()) {
    recent.set(key, index);
    expect(recent.get('a'), `after ${key}`).toBe(0);
  }
  expect(recent.get('b')).toBeUndefined();
  expect(letters.slice(-5).map((key) => recent.get(key))).toEqual([21, 22, 23, 24, 25]);
});

test('no more is kept than was said, however often it is set', () => {
  const recent = new LruCache<string, string>(10);
  for (let round = 0; round < 100; round++) recent.set('a', String(round));
  for (const key of letters) recent.set(key, key);
  expect(letters.filter((key) => recent.get(key) !== undefined).length).toBeLessThanOrEqual(10);
});

test('what weighs more takes more room, and what weighs too much takes none', () => {
  const recent = new LruCache<string, number>(100);
  for (const [index, key] of letters.entries()) recent.set(key, index, 10);
  expect(letters.filter((key) => recent.get(key) !== undefined).length).toBeLessThanOrEqual(10);
  recent.set('z', 1, 51);
  expect(recent.get('z'), 'not even as it was before').toBeUndefined();
});

test('the value set last is kept, and what is deleted is gone', () => {
  const recent = new LruCache<string, number>(4);
  recent.set('a', 1);
  recent.set('b', 1);
  recent.set('c', 1);
  recent.set('a', 2);
  expect(recent.get('a')).toBe(2);
  recent.delete('a');
  expect(recent.get('a')).toBeUndefined();
  recent.set('d', 1);
  recent.clear();
  expect(recent.get('d')).toBeUndefined();
});
