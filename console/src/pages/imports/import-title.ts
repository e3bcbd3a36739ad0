import type { ImportView } from '../../../../src/company/tables/contract.ts';
import { visible } from '../../ui/code/visible.ts';
import { useLanguage, useWords } from '../../words/language.tsx';
import { importWords } from './words.ts';

/** Returns how an import is called: by its file, or by what many people get. */
export function useImportTitle(): (view: ImportView) => string {
  const say = useWords(importWords);
  const { language } = useLanguage();
  return ({ origin, file, columns, fields }) => {
    if (origin === 'file') return visible(file);
    const names = columns.slice(1).map(({ field }) => fields.find(({ name }) => name === field)?.[language] ?? '');
    return say('bulk', { fields: names.join(language === 'zh' ? '、' : ', ') });
  };
}
