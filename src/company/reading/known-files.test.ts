import { expect, test } from 'vitest';
import { isKnownFile } from './known-files.ts';
import { readDocument } from './parse-document.ts';

test('a file that is read again gives the same values in objects of their own, and the same lines', () => {
  const text = 'key: known\nnames: &names\n  - Wang\nothers: *names\nday: 2021-03-01\nnumber: 0x10\nempty:\n';
  const first = readDocument(text);
  const second = readDocument(text);
  expect(second.value).toEqual({
    key: 'known',
    names: ['Wang'],
    others: ['Wang'],
    day: '2021-03-01',
    number: 16,
    empty: null,
  });
  expect(second.value).toEqual(first.value);
  expect(second.value).not.toBe(first.value);
  expect((second.value as { names: unknown }).names).not.toBe((first.value as { names: unknown }).names);
  expect([second.lineOf(['others', 0]), second.lineOf(['day'])]).toEqual([4, 5]);
});

test.each(['.nan', '.inf', '-0.0'])('what JSON has no word for, %s, is read as itself again', (word) => {
  const text = `number: ${word}\n`;
  const { value } = readDocument(text);
  expect(JSON.parse(JSON.stringify(value))).not.toEqual(value);
  expect(readDocument(text).value).toEqual(value);
});

test('a member named __proto__ stays a member', () => {
  const text = '__proto__: { key: x }\nkey: y\n';
  const first = readDocument(text).value as object;
  const second = readDocument(text).value as object;
  expect(Object.keys(second)).toEqual(Object.keys(first));
});

test('a text with a mistake has it each time', () => {
  const text = 'key: [1\n';
  expect(() => readDocument(text)).toThrow('line 2');
  expect(() => readDocument(text)).toThrow('line 2');
});

test('a text that is nested very deep, or contains itself, is read as if nothing were kept', () => {
  for (const text of [`a: ${'['.repeat(2_000)}${']'.repeat(2_000)}\n`, 'a: &a [*a]\n']) {
    const messages = [1, 2].map(() => {
      try {
        return JSON.stringify(readDocument(text).value).length;
      } catch (error) {
        return error instanceof RangeError ? 'a defect' : 'refused';
      }
    });
    expect(messages[1]).toEqual(messages[0]);
    expect(messages[0]).not.toBe('a defect');
  }
});

test('JSON names the line of each of its members, also where all of it is on one line', () => {
  const apart = '{ "key": "x",\n  "names": [\n    "Li" ] }';
  expect([['key'], ['names'], ['names', 0]].map((path) => readDocument(apart).lineOf(path))).toEqual([1, 2, 3]);
  const together = apart.replaceAll('\n', ' ');
  expect([['key'], ['names', 0], ['others']].map((path) => readDocument(together).lineOf(path))).toEqual([1, 1, 1]);
});

test('short files are kept by the hundred, long ones by a few', () => {
  const short = Array.from({ length: 100 }, (_, nth) => `key: short-${String(nth)}\n`);
  for (const text of short) readDocument(text);
  expect(short.every(isKnownFile)).toBe(true);

  const long = Array.from({ length: 20 }, (_, nth) => `key: long-${String(nth)}\nname: ${'x'.repeat(120_000)}\n`);
  for (const text of long) readDocument(text);
  const kept = long.filter(isKnownFile).length;
  expect(kept).toBeGreaterThan(0);
  expect(kept).toBeLessThanOrEqual(12);
  expect(short.some(isKnownFile)).toBe(false);
});
