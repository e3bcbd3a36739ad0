import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { departmentsQuery } from '../../api/people-queries.ts';
import { useLanguage, type Words } from '../../words/language.tsx';
import { visible } from '../code/visible.ts';
import { PersonName } from '../people/person-name.tsx';
import {
  DEPARTMENT_FIELDS,
  NOTHING,
  PERSON_FIELDS,
  Several,
  wordOf,
  type FieldValues,
} from '../record/field-values.tsx';
import { FIELD_WORDS, VALUE_WORDS } from './live-words.ts';

/** How a page of live tenants shows codes of the server, fields and values. */
export interface LiveValues extends FieldValues {
  /** The word for a code; what is not known is shown as it is. */
  readonly named: (table: Words, code: string) => string;
}

/** Marks a live id that none of ours matches. */
const THEIRS = 'there:';

/** Returns how codes, fields and values are shown in the chosen language, departments and people by their names. */
export function useLiveValues(company: string): LiveValues {
  const { language } = useLanguage();
  const { data } = useQuery(departmentsQuery(company));
  return useMemo(() => {
    const names = new Map(data?.departments.map(({ id, name }) => [id, name]));
    const named: LiveValues['named'] = (table, code) => wordOf(table, code, language);
    const one = (field: string, given: unknown): ReactNode => {
      const text = typeof given === 'object' ? JSON.stringify(given) : String(given as string | number | boolean);
      const isPerson = PERSON_FIELDS.has(field);
      if ((isPerson || DEPARTMENT_FIELDS.has(field)) && text.startsWith(THEIRS)) {
        return `${visible(text.slice(THEIRS.length))} (${ONLY_THERE[language]})`;
      }
      if (isPerson) return <PersonName company={company} id={text} />;
      if (DEPARTMENT_FIELDS.has(field)) return visible(names.get(text) ?? text);
      const words = VALUE_WORDS[field];
      return words === undefined ? visible(text) : named(words, text);
    };
    const value: LiveValues['value'] = (field, given) => {
      if (given === null || given === undefined || given === '') return NOTHING;
      return Array.isArray(given) ? <Several values={given} show={(each) => one(field, each)} /> : one(field, given);
    };
    const field: LiveValues['field'] = (name) => {
      const [, custom] = /^custom[.:](.*)$/s.exec(name) ?? [];
      return custom === undefined ? named(FIELD_WORDS, name) : `${CUSTOM[language]} ${visible(custom)}`;
    };
    return { named, field, value };
  }, [company, data, language]);
}

const ONLY_THERE = { zh: '仅平台', en: 'only there' } as const;
const CUSTOM = { zh: '自定义字段', en: 'custom field' } as const;
