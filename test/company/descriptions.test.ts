// The reference of the company file is made from its schema, so the schema says what everything means.

import { expect, test } from 'vitest';
import { chineseSentences, companyFileSchemaInChinese } from '../../src/company/chinese/schema.ts';
import { companyFileSchema } from '../../src/company/schema.ts';
import { dialects } from '../../src/dialects/registry.ts';
import { isObject } from '../../src/lib/json-equal.ts';

/** The paths of settings that have no sentence. */
function* unexplained(node: unknown, path: string): Iterable<string> {
  if (!isObject(node)) return;
  const { properties, items, anyOf, patternProperties } = node;
  for (const [name, inner] of Object.entries(isObject(properties) ? properties : {})) {
    const at = `${path}.${name}`;
    // The two of a text with translations, which the text itself explains.
    const isExplained = /\.(value|i18n)$/.test(at) || (isObject(inner) && typeof inner['description'] === 'string');
    if (!isExplained) yield at;
    yield* unexplained(inner, at);
  }
  for (const inner of [items, ...(Array.isArray(anyOf) ? anyOf : [])]) yield* unexplained(inner, path);
  for (const inner of Object.values(isObject(patternProperties) ? patternProperties : {}))
    yield* unexplained(inner, path);
}

test('every setting of a company file says what it means', () => {
  const schema = companyFileSchema(dialects);
  expect([...unexplained(schema, '')]).toEqual([]);
  expect([...unexplained({ properties: { a: {} } }, '')]).toEqual(['.a']);
});

/** The sentences of a schema. */
function* sentencesIn(node: unknown): Iterable<string> {
  if (Array.isArray(node)) for (const one of node) yield* sentencesIn(one);
  if (!isObject(node)) return;
  for (const [name, inner] of Object.entries(node)) {
    if (name === 'description' && typeof inner === 'string') yield inner;
    else yield* sentencesIn(inner);
  }
}

test('every setting says it in Chinese, too, and no translation is of a sentence that is gone', () => {
  const english = new Set(sentencesIn(companyFileSchema(dialects)));
  const chinese = chineseSentences(dialects);
  // A number, or a platform's own Chinese label, has no English words.
  const isEnglish = (sentence: string): boolean => /[a-z]{2}/.test(sentence);
  expect([...english].filter((sentence) => isEnglish(sentence) && !chinese.has(sentence))).toEqual([]);
  expect([...chinese.keys()].filter((sentence) => !english.has(sentence))).toEqual([]);
  expect([...chinese.values()].filter((sentence) => !/\p{Script=Han}/u.test(sentence))).toEqual([]);
  const schema = companyFileSchemaInChinese(dialects);
  expect(schema).toMatchObject({ properties: { name: { description: '公司名称。' } } });
  // Only sentences differ: what is checked is the same.
  const bare = (text: string): unknown =>
    JSON.parse(text, (name: string, value: unknown) =>
      name === 'description' && typeof value === 'string' ? undefined : value,
    );
  expect(bare(JSON.stringify(schema))).toEqual(bare(JSON.stringify(companyFileSchema(dialects))));
});

test.each(dialects)('no sentence of $name is about a setting that is gone', ({ company }) => {
  const { descriptions = {} } = company;
  const found = new Set<string>();
  const walk = (node: unknown, path: string): void => {
    if (!isObject(node)) return;
    found.add(path);
    const { properties, items, anyOf, patternProperties } = node;
    for (const [name, inner] of Object.entries(isObject(properties) ? properties : {})) walk(inner, `${path}.${name}`);
    for (const inner of [items, ...(Array.isArray(anyOf) ? anyOf : [])]) walk(inner, path);
    for (const inner of Object.values(isObject(patternProperties) ? patternProperties : {})) walk(inner, path);
  };
  const kinds = { department: company.department, entry: company.catalogEntry, field: company.customField };
  const all = { settings: company.settings, app: company.app, employee: company.employee, ...kinds };
  for (const [kind, schema] of Object.entries(all)) walk(schema, kind);
  expect(Object.keys(descriptions).filter((path) => !found.has(path))).toEqual([]);
});
