import { expect, test } from 'vitest';
import { companyReader } from '../../src/company/read.ts';
import { isFoundRight, keepKnownFile } from '../../src/company/reading/known-files.ts';
import { readDocument } from '../../src/company/reading/parse-document.ts';
import { demoFile, demoKeys } from '../../src/demo.ts';
import { dialects } from '../../src/dialects/registry.ts';

const platforms = dialects.map(({ name }) => name);

test('a file that was found right for all platforms is refused again by those that lack one, and stays right for all', () => {
  const text = 'mingce: 1\nkey: right\nname: Right\nwecom: { apps: [] }\n';
  const fewer = dialects.filter(({ name }) => name !== 'wecom');
  for (const _ of [1, 2]) {
    expect(companyReader(dialects)(text).company.key).toBe('right');
    expect(isFoundRight(text, platforms)).toBe(true);
    expect(() => companyReader(fewer)(text)).toThrow('wecom');
  }
});

test('a file with a mistake in its form is refused each time', () => {
  const text = 'mingce: 1\nkey: wrong\nname: Wrong\nmisspelt: 1\n';
  for (const _ of [1, 2]) expect(() => companyReader(dialects)(text)).toThrow('misspelt');
  expect(isFoundRight(text, platforms)).toBe(false);
});

test('the files of the demo were found right when the package was built, and are', () => {
  for (const key of demoKeys()) {
    const text = demoFile(key);
    expect(isFoundRight(text, platforms), key).toBe(true);
    const built = companyReader(dialects)(text);
    // What was read from the text itself is held against the schema.
    keepKnownFile(text, readDocument(text).value);
    expect(isFoundRight(text, platforms), key).toBe(false);
    expect(companyReader(dialects)(text)).toEqual(built);
  }
});
