import { companySchemas } from '../../company/chinese/schema.ts';
import { dialects } from '../../dialects/registry.ts';
import type { Language } from '../../lib/language.ts';
import { writeOut } from '../file.ts';

/** The options of `mingce schema`. */
export interface SchemaOptions {
  readonly out?: string;
  readonly language: Language;
}

/** Writes the JSON Schema of company files, with its sentences in English or Chinese. */
export function schema({ out, language }: SchemaOptions): void {
  const made = companySchemas(dialects)[language];
  writeOut(out, `${JSON.stringify(made(), null, 2)}\n`);
}
