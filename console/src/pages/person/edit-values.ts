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
  'departments',
  'leader',
  'job_title',
  'join_date',
  'note',
] as const satisfies readonly EditField[];

/** Fields that are one text each. */
export type TextField = Exclude<EditField, 'departments'>;

/** The values of a form; empty is nothing. Of the departments the first is the main one. */
export type FormValues = Readonly<Record<TextField, string>> & { readonly departments: readonly string[] };

/** Returns the values of a person as the form shows them. */
export function valuesOf(person: EmployeeView): FormValues {
  const { record } = person;
  const others = record.departments.map(({ department }) => department).filter((id) => id !== record.mainDepartment);
  return {
    name: person.name,
    alias: person.alias ?? '',
    gender: String(record.gender),
    mobile: person.mobile ?? '',
    email: person.email ?? '',
    job_number: person.job_number ?? '',
    departments: record.mainDepartment === null ? others : [record.mainDepartment, ...others],
    leader: record.leader ?? '',
    job_title: person.job_title?.id ?? '',
    join_date: person.join_date ?? '',
    note: record.note ?? '',
  };
}

/** Returns what differs from the values that are there: only that is sent. */
export function editsOf(typed: Partial<FormValues>, values: FormValues): Edits {
  const changed = FORM_FIELDS.flatMap((field) => {
    const value = typed[field];
    if (value === undefined || JSON.stringify(value) === JSON.stringify(values[field])) return [];
    return [[field, value === '' ? null : value] as const];
  });
  return Object.fromEntries(changed);
}

/** Returns what was typed into some of the fields. */
export function onlyOf(typed: Partial<FormValues>, fields: readonly EditField[]): Partial<FormValues> {
  return Object.fromEntries(Object.entries(typed).filter(([field]) => fields.some((one) => one === field)));
}
