import { isObject } from '../../lib/json-equal.ts';
import { companyFileSchema, type Platform } from '../schema.ts';
import { FAULT_SENTENCES } from './fault-sentences.ts';
import { FILE_SENTENCES } from './file-sentences.ts';
import { TARGET_SENTENCES } from './target-sentences.ts';
import type { Language } from '../../lib/language.ts';

/** Returns what makes the JSON Schema of a company file in each language. */
export function companySchemas(dialects: readonly Platform[]): Readonly<Record<Language, () => unknown>> {
  return { en: () => companyFileSchema(dialects), zh: () => companyFileSchemaInChinese(dialects) };
}

/** Returns the JSON Schema of a company file as {@link companyFileSchema} does, with each sentence in Chinese. */
export function companyFileSchemaInChinese(dialects: readonly Platform[]): unknown {
  return inChinese(companyFileSchema(dialects), chineseSentences(dialects));
}

/** Returns the Chinese sentences of a company file by the English ones. */
export function chineseSentences(dialects: readonly Platform[]): ReadonlyMap<string, string> {
  const all = [
    FILE_SENTENCES,
    TARGET_SENTENCES,
    FAULT_SENTENCES,
    ...dialects.map(({ company }) => company.chinese ?? {}),
  ];
  return new Map(all.flatMap((sentences) => Object.entries(sentences)));
}

/** A description that is a text is a sentence; one that is a schema is a setting of this name. */
function inChinese(node: unknown, sentences: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(node)) return node.map((one: unknown) => inChinese(one, sentences));
  if (!isObject(node)) return node;
  return Object.fromEntries(
    Object.entries(node).map(([name, inner]) => [
      name,
      name === 'description' && typeof inner === 'string'
        ? (sentences.get(inner) ?? inner)
        : inChinese(inner, sentences),
    ]),
  );
}
