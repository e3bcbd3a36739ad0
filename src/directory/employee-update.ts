import { changedFields, type ChangedFields } from './change.ts';
import type { CustomValue } from './custom-field.ts';
import type { Employee } from './employee.ts';

/** What an update says of an employee: a member that is absent stays as it is. */
export type EmployeePatch = {
  readonly [
    Field in Exclude<keyof Employee, 'id' | 'ids' | 'custom' | 'extensions' | 'createdAt' | 'updatedAt'>
  ]?: Employee[Field];
} & {
  /** Merged by id space; null takes the id away. */
  readonly ids?: Readonly<Record<string, string | null>>;
  /** Merged by field id; null takes the value away. */
  readonly custom?: Readonly<Record<string, CustomValue | null>>;
  /** Merged by dialect: the value given for a dialect replaces what it had. */
  readonly extensions?: Readonly<Record<string, unknown>>;
};

/** A patch carried out: the record as it will be, and what differs. */
export interface Update {
  readonly before: Employee;
  readonly after: Employee;
  readonly fields: ChangedFields;
}

/**
 * Carries out a patch on a record. Nothing is stored. The time of the last change moves when a field differs, or always
 * with `touch`, for platforms that date every accepted update.
 */
export function updateEmployee(
  before: Employee,
  patch: EmployeePatch,
  at: number,
  options: { readonly touch?: boolean } = {},
): Update {
  const { ids, custom, extensions, ...plain } = patch;
  const patched: Employee = {
    ...before,
    ...plain,
    ids: ids === undefined ? before.ids : merged(before.ids, ids),
    custom: custom === undefined ? before.custom : merged(before.custom, custom),
    extensions: extensions === undefined ? before.extensions : { ...before.extensions, ...extensions },
  };
  const fields = changedFields(before, patched);
  const moved = options.touch === true || Object.keys(fields).length > 0;
  return { before, after: moved ? { ...patched, updatedAt: at } : before, fields };
}

function merged<Value>(
  old: Readonly<Record<string, Value>>,
  patch: Readonly<Record<string, Value | null>>,
): Readonly<Record<string, Value>> {
  const result: Record<string, Value> = { ...old };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = value;
  }
  return result;
}
