import { Fragment, type ReactNode } from 'react';
import { useLanguage, type Language, type Words } from '../../words/language.tsx';
import { visible } from '../code/visible.ts';

/** How the fields of something that changed are shown, and their values. */
export interface FieldValues {
  readonly field: (name: string) => string;
  readonly value: (field: string, value: unknown) => ReactNode;
}

/** Fields whose values are own ids of departments. */
export const DEPARTMENT_FIELDS: ReadonlySet<string> = new Set([
  'department',
  'departments',
  'mainDepartment',
  'parent',
]);
/** Fields whose values are own ids of employees. */
export const PERSON_FIELDS: ReadonlySet<string> = new Set(['leader', 'leaders', 'dottedLeaders']);

/** Returns the word that a table has for a code; a code that it lacks is shown as it is. */
export function wordOf(table: Words, code: string, language: Language): string {
  return (Object.hasOwn(table, code) ? table[code]?.[language] : undefined) ?? visible(code);
}

/** Several values in one line; ∅ for none. */
export function Several({
  values,
  show,
}: {
  readonly values: readonly unknown[];
  readonly show: (value: unknown) => ReactNode;
}): ReactNode {
  const { language } = useLanguage();
  if (values.length === 0) return NOTHING;
  return values.map((value, at) => (
    <Fragment key={JSON.stringify(value)}>
      {at > 0 && AND[language]}
      {show(value)}
    </Fragment>
  ));
}

/** Takes the place of a value that is not there. */
export const NOTHING = '∅';
const AND = { zh: '、', en: ', ' } as const;
