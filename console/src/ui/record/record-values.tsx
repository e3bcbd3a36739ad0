import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { cataloguesQuery } from '../../api/catalogue-queries.ts';
import { mainText } from '../../api/main-text.ts';
import { departmentsQuery } from '../../api/people-queries.ts';
import { useLanguage } from '../../words/language.tsx';
import { visible } from '../code/visible.ts';
import { PersonName } from '../people/person-name.tsx';
import { usePlatformName } from '../platform/platform.tsx';
import { DEPARTMENT_FIELDS, NOTHING, PERSON_FIELDS, Several, wordOf, type FieldValues } from './field-values.tsx';
import { Time, useZone } from '../time/time.tsx';
import { isInstant, platformMember, recordName } from './record-names.ts';
import { LIST_OF, PLATFORM_FIELD_WORDS, RECORD_FIELD_WORDS, RECORD_VALUE_WORDS } from './record-words.ts';

/** Returns how a record's fields are shown in the chosen language, and what its values refer to by its name. */
export function useRecordValues(company: string): FieldValues {
  const { language } = useLanguage();
  const platformName = usePlatformName();
  const { data: tree } = useQuery(departmentsQuery(company));
  const { data: lists } = useQuery(cataloguesQuery(company));
  const zone = useZone(company);
  return useMemo(() => {
    const departments = new Map(tree?.departments.map(({ id, name }) => [id, name]));
    const entries = new Map(
      lists?.catalogues.flatMap(({ list, entries: own }) => own.map((one) => [`${list} ${one.id}`, one['name']])),
    );
    const one = (field: string, value: unknown): ReactNode => {
      const id = idIn(value);
      if (id !== null && PERSON_FIELDS.has(field)) return <PersonName company={company} id={id} />;
      if (id !== null && DEPARTMENT_FIELDS.has(field)) return visible(departments.get(id) ?? id);
      const list = LIST_OF[field];
      if (id !== null && list !== undefined) return visible(mainText(entries.get(`${list} ${id}`)) ?? id);
      if (typeof value === 'boolean') return (value ? YES : NO)[language];
      if (isInstant(field, value)) return <Time at={new Date(value).toISOString()} zone={zone} />;
      const words = RECORD_VALUE_WORDS[field];
      const text = plain(value);
      if (words !== undefined && Object.hasOwn(words, text)) return wordOf(words, text, language);
      return text;
    };
    return {
      field: (name) => {
        const theirs = platformMember(name);
        if (theirs !== null)
          return `${platformName(theirs.platform)} ${wordOf(PLATFORM_FIELD_WORDS, theirs.member, language)}`;
        const own = recordName(name);
        return Object.hasOwn(RECORD_FIELD_WORDS, own) ? wordOf(RECORD_FIELD_WORDS, own, language) : visible(name);
      },
      value: (name, value) => {
        const field = recordName(name);
        const members = membersOf(value);
        if (members.length > 0) return <Several values={members} show={plain} />;
        if (!Array.isArray(value)) return one(field, value);
        return isNamed(field) ? <Several values={value} show={(each) => one(field, each)} /> : plain(value);
      },
    };
  }, [company, language, lists, platformName, tree, zone]);
}

const YES = { zh: '是', en: 'yes' } as const;
const NO = { zh: '否', en: 'no' } as const;

function isNamed(field: string): boolean {
  return PERSON_FIELDS.has(field) || DEPARTMENT_FIELDS.has(field);
}

/** Returns the id in a value that refers to something: an id alone, or a membership, a place or a leader with one. */
function idIn(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (typeof value !== 'object' || value === null) return null;
  const { department, employee, id } = value as Readonly<Record<string, unknown>>;
  const found = department ?? employee ?? id;
  return typeof found === 'string' ? found : null;
}

/** Returns a text in other languages, as a change may be in one of them alone. */
function translations(i18n: unknown): string {
  const all = isMap(i18n) ? Object.entries(i18n).map(([locale, text]) => `${locale}: ${plain(text)}`) : [];
  return all.length === 0 ? '' : ` (${all.join(', ')})`;
}

/** Returns what an object of objects contains, as of live tenants, each with its place; nothing of any other value. */
function membersOf(value: unknown): readonly string[] {
  if (!isMap(value) || 'value' in value || !Object.values(value).some(isMap)) return [];
  return placed('', value);
}

function placed(place: string, value: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(value).flatMap(([name, one]) =>
    isMap(one) ? placed(`${place}${name}.`, one) : [`${place}${name}: ${plain(one)}`],
  );
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns a value in one line as it is; ∅ for none. */
function plain(value: unknown): string {
  if (value === null || value === undefined || value === '') return NOTHING;
  if (typeof value === 'string') return visible(value);
  if (typeof value !== 'object') return String(value as number | boolean);
  const { value: text, i18n, country, number } = value as Readonly<Record<string, unknown>>;
  if (typeof text === 'string') return visible(text) + translations(i18n);
  if (typeof country === 'string' && typeof number === 'string') return `+${country}${number}`;
  return visible(JSON.stringify(value));
}
