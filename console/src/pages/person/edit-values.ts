import type { EditField, Edits } from '../../../../src/sandbox/dry-run/contract.ts';
import type { EmployeeView } from '../../../../src/http/admin/people/contract.ts';

/** The fields of the form, in its order. */
export const FORM_FIELDS = [
  'name',
  'alias',
  'gender',
  'mobile',
  'email',
  'job_number',
  'job_title',
  'join_date',
  'note',
] as const satisfies readonly EditField[];

/** Returns the values of a person as the form shows them; empty is nothing. */
export function valuesOf(person: EmployeeView): Readonly<Record<EditField, string>> {
  const { record } = person;
  return {
    name: person.name,
    alias: person.alias ?? '',
    gender: String(record.gender),
    mobile: person.mobile ?? '',
    email: person.email ?? '',
    job_number: person.job_number ?? '',
    job_title: person.job_title?.id ?? '',
    join_date: person.join_date ?? '',
    note: record.note ?? '',
  };
}

/** Returns what differs from the values that are there: only that is sent. */
export function editsOf(
  typed: Readonly<Partial<Record<EditField, string>>>,
  values: Readonly<Record<EditField, string>>,
): Edits {
  const changed = FORM_FIELDS.flatMap((field) => {
    const text = typed[field];
    if (text === undefined || text === values[field]) return [];
    return [[field, text === '' ? null : text] as const];
  });
  return Object.fromEntries(changed);
}
