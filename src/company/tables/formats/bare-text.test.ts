import { expect, test } from 'vitest';
import { bareKey, bareText } from './bare-text.ts';

test.each([
  ['０００１２', '00012'],
  ['Ａ－１２', 'A-12'],
  ['\u202D13800010001\u202C', '13800010001'],
  ['138\u200B0001\u200B0001', '13800010001'],
  ['\uFEFF\u00A000012\t', '00012'],
  ["'00012", '00012'],
  ['="00012"', '00012'],
  ['ｌｉｓｉ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'lisi@example.com'],
  ['①２', '①2'],
  ['００ １２\u3000', '00 12'],
  ["'", "'"],
])('%j is the key %j', (text, key) => {
  expect(bareKey(text)).toBe(key);
  expect(bareKey(key)).toBe(key);
});

test('space and unseen signs are taken off around a text, never within it', () => {
  expect(bareText('\u200B\u3000 张 三\u200D丰\u00A0\uFEFF\t')).toBe('张 三\u200D丰');
  expect(bareText('‘张’')).toBe('‘张’');
});

test('a text of nothing but space takes no longer than others', () => {
  const startedAt = performance.now();
  const long = ' '.repeat(32_000);
  for (const text of [long, `x${long}x`, `＝"${long}`, `'${long}'`])
    for (let at = 0; at < 20; at++) bareText(bareKey(text));
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});
