import { expect, test } from 'vitest';
import { MAX_DEPTH, parseJson } from './json.ts';

function parse(text: string, options?: { keepDigits: boolean }): unknown {
  return parseJson(new TextEncoder().encode(text), options);
}

test.each([
  ['nothing', '', 'empty'],
  ['blanks only', ' \n', 'empty'],
  ['half an object', '{"a":', 'syntax'],
  ['a comment', '{} // no', 'syntax'],
  ['a NUL in a string', '{"a":"\\u0000"}', 'text'],
  ['a NUL in a key', '{"\\u0000":1}', 'text'],
  ['half of a surrogate pair', '{"a":["\\ud800"]}', 'text'],
  ['the other half', '{"a":"x\\udc00"}', 'text'],
])('%s is refused', (_name, text, problem) => {
  expect(parse(text)).toEqual({ ok: false, problem });
});

test('bytes that are not UTF-8 are refused', () => {
  expect(parseJson(new Uint8Array([0x22, 0xff, 0x22]))).toEqual({ ok: false, problem: 'encoding' });
});

test('nesting is read up to the limit and refused beyond, however deep', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
  expect(parse(nested(MAX_DEPTH))).toMatchObject({ ok: true });
  expect(parse(nested(MAX_DEPTH + 1))).toEqual({ ok: false, problem: 'depth' });
  expect(parse('[{"a":'.repeat(100_000))).toEqual({ ok: false, problem: 'depth' });
});

test('brackets inside strings do not count as nesting', () => {
  expect(parse(JSON.stringify('[{"\\'.repeat(100)))).toMatchObject({ ok: true });
});

test('a byte order mark is passed over', () => {
  expect(parse('\ufeff{"a":1}')).toEqual({ ok: true, value: { a: 1 } });
});

test('a whole surrogate pair is a character', () => {
  expect(parse('"\\ud83d\\ude00"')).toEqual({ ok: true, value: '😀' });
});

test('of a repeated key the last one counts', () => {
  expect(parse('{"a":1,"a":2}')).toEqual({ ok: true, value: { a: 2 } });
});

test('a key __proto__ changes nothing but its own object', () => {
  const parsed = parseJson(new TextEncoder().encode('{"__proto__":{"polluted":1}}'));
  expect(parsed.ok && Object.keys(parsed.value as object)).toEqual(['__proto__']);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

test('an integer beyond 2⁵³ keeps its digits when asked to', () => {
  const text = '{"a":18446744073709551615,"b":1,"c":0.12345678901234568}';
  expect(parse(text, { keepDigits: true })).toEqual({
    ok: true,
    value: { a: '18446744073709551615', b: 1, c: 0.12345678901234568 },
  });
});
