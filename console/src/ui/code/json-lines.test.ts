import { expect, test } from 'vitest';
import { jsonLines, placeOf } from './json-lines.ts';

const body = { userid: 'a', items: [{ id: 1, value_string: 'x' }, []], long: { text: 'x'.repeat(80) }, none: {} };

test('lines put together are the value again, and each opening line knows its place', () => {
  const lines = jsonLines(body);
  expect(JSON.parse(lines.map(({ text }) => text).join('\n'))).toEqual(body);
  expect(lines.flatMap(({ path }) => path ?? [])).toEqual([
    '',
    'userid',
    'items',
    'items[0]',
    'items[1]',
    'long',
    'long.text',
    'none',
  ]);
});

test('a verdict is at the member it names, or at the nearest one around it', () => {
  const places = new Set(jsonLines(body).flatMap(({ path }) => path ?? []));
  expect(placeOf('items[0].11003.value_string', places)).toBe('items[0]');
  expect(placeOf('long.11003.text', places)).toBe('long.text');
  expect(placeOf('items[0].11003', places)).toBe('items[0]');
  expect(placeOf('items[1].deep.down', places)).toBe('items[1]');
  expect(placeOf('userid', places)).toBe('userid');
  expect(placeOf('elsewhere', places)).toBeNull();
});
