import type { ImportView } from '../../../../src/company/tables/contract.ts';
import { visible } from '../../ui/code/visible.ts';

/** Returns a value as a person reads it: a table has the Chinese word of a choice in any language. */
export function valueWords(view: ImportView, field: string | null, value: string, language: 'zh' | 'en'): string {
  const choices = view.fields.find(({ name }) => name === field)?.choices;
  return visible(choices?.find((one) => one.value === value)?.[language] ?? value);
}
