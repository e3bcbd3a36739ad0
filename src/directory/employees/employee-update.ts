import { changedFields, type ChangedFields } from '../history/change.ts';
import type { CustomValue } from '../custom-field.ts';
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
  const patched = patchedBy(before, patch, at);
  const fields = changedFields(before, patched, Object.keys(patch));
  const isMoved = options.touch === true || !isEmpty(fields);
  return { before, after: isMoved ? patched : before, fields };
}

/** A copy that has what the patch says. Member by member: a spread of both would be an object of another form. */
function patchedBy(before: Employee, patch: EmployeePatch, at: number): Employee {
  const draft: Record<string, unknown> = { ...before };
  draft['updatedAt'] = at;
  for (const member in patch) draft[member] = patch[member as keyof EmployeePatch];
  const { ids, custom, extensions } = patch;
  draft['ids'] = ids === undefined ? before.ids : merged(before.ids, ids);
  draft['custom'] = custom === undefined ? before.custom : merged(before.custom, custom);
  draft['extensions'] = extensions === undefined ? before.extensions : { ...before.extensions, ...extensions };
  // Of the members only their values were replaced, each by one of the same type.
  return draft as unknown as Employee;
}

function isEmpty(fields: ChangedFields): boolean {
  for (const _field in fields) return false;
  return true;
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
