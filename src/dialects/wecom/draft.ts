import type { EmployeePatch } from '../../directory/employee-update.ts';
import type { CustomValue } from '../../directory/custom-field.ts';
import type { Employee } from '../../directory/employee.ts';
import { keptOf, wecomOf, type Instance, type RosterValue } from './wire.ts';

/** A record on its way from what it was to what a request makes of it, item by item. */
export interface Draft {
  /** With the members of the shared record as the items so far left them. */
  employee: Employee;
  /** What the roster keeps of single fields. */
  readonly values: Record<string, RosterValue>;
  /** Fields that the company added and the request changed; null is emptied. */
  readonly custom: Record<string, CustomValue | null>;
  /** By group type. */
  readonly groups: Record<string, readonly Instance[]>;
}

/** A draft of a record to which nothing has been done. */
export function draftOf(employee: Employee): Draft {
  const { values, groups } = wecomOf(employee);
  return { employee, values: { ...values }, custom: {}, groups: { ...groups } };
}

/** Sets a value, or takes it away. */
export function keep(values: Record<string, RosterValue>, key: string, value: RosterValue | null): void {
  if (value === null) delete values[key];
  else values[key] = value;
}

/** An instance with one value set or taken away. */
export function withEntry(instance: Instance, key: string, value: RosterValue | null): Instance {
  const changed = { ...instance };
  keep(changed, key, value);
  return changed;
}

/** The draft as a patch; `updateEmployee` finds out what of it differs. */
export function patchOf(draft: Draft): EmployeePatch {
  const {
    id: _id,
    ids: _ids,
    custom: _custom,
    extensions,
    createdAt: _createdAt,
    updatedAt: _updatedAt,
    ...plain
  } = draft.employee;
  const wecom = keptOf({ ...wecomOf({ extensions }), values: draft.values, groups: draft.groups });
  const custom = Object.keys(draft.custom).length === 0 ? {} : { custom: draft.custom };
  return { ...plain, ...custom, extensions: { wecom } };
}
