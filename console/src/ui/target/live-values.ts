import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { departmentsQuery } from '../../api/people-queries.ts';
import { visible } from '../code/visible.ts';
import { useLanguage, type Both } from '../../words/language.tsx';
import { FIELD_WORDS, VALUE_WORDS } from './live-words.ts';

/** How a page of live tenants shows codes of the server, fields and values. */
export interface LiveValues {
  /** The word for a code; what is not known is shown as it is. */
  readonly named: (table: Readonly<Record<string, Both>>, code: string) => string;
  readonly field: (name: string) => string;
  readonly value: (field: string, value: unknown) => string;
}

/** Marks a live id that none of ours matches. */
const THEIRS = 'there:';

/** Returns how codes, fields and values are shown in the chosen language, departments by their names. */
export function useLiveValues(company: string): LiveValues {
  const { language } = useLanguage();
  const { data } = useQuery(departmentsQuery(company));
  return useMemo(() => {
    const names = new Map(data?.departments.map(({ id, name }) => [id, name]));
    const named: LiveValues['named'] = (table, code) =>
      (Object.hasOwn(table, code) ? table[code]?.[language] : undefined) ?? visible(code);
    const department = (id: unknown): string => {
      const text = String(id);
      if (text.startsWith(THEIRS)) return `${visible(text.slice(THEIRS.length))} (${ONLY_THERE[language]})`;
      return visible(names.get(text) ?? text);
    };
    const value: LiveValues['value'] = (field, given) => {
      if (given === null || given === undefined || given === '') return '∅';
      const isDepartment = field === 'department' || field === 'mainDepartment' || field === 'parent';
      if (Array.isArray(given)) {
        return given.length === 0
          ? '∅'
          : given.map((one) => (isDepartment ? department(one) : visible(String(one)))).join(AND[language]);
      }
      if (isDepartment) return department(given);
      if (typeof given === 'object') return visible(JSON.stringify(given));
      const text = String(given as string | number | boolean);
      const words = VALUE_WORDS[field];
      return words === undefined ? visible(text) : named(words, text);
    };
    const field: LiveValues['field'] = (name) => {
      const [, custom] = /^custom[.:](.*)$/s.exec(name) ?? [];
      return custom === undefined ? named(FIELD_WORDS, name) : `${CUSTOM[language]} ${visible(custom)}`;
    };
    return { named, field, value };
  }, [data, language]);
}

const ONLY_THERE = { zh: '仅平台', en: 'only there' } as const;
const AND = { zh: '、', en: ', ' } as const;
const CUSTOM = { zh: '自定义字段', en: 'custom field' } as const;
