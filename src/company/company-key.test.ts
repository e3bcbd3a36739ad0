import { expect, test } from 'vitest';
import { CompanyFileError } from './contract.ts';
import { companyKeyOf } from './company-key.ts';

test.each([
  ['mingce: 1\nkey: acme\nname: Acme\n', 'acme'],
  ['key: "acme" # the key\n', 'acme'],
  ['{"mingce": 1, "key": "acme"}', 'acme'],
  ['{mingce: 1, key: acme}', 'acme'],
  ['name: { key: other }\n"key": acme\n', 'acme'],
])('%j is about %s', (text, key) => {
  expect(companyKeyOf(text)).toBe(key);
});

test.each(['', '[]', 'name: Acme', 'key: [a', '"key"'])('%j names no company', (text) => {
  expect(() => companyKeyOf(text)).toThrow(CompanyFileError);
});
