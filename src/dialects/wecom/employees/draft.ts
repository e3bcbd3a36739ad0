import type { EmployeePatch } from '../../../directory/employees/employee-update.ts';
import type { CustomValue } from '../../../directory/custom-field.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { toStoredExtension, wecomOf, type Instance, type RosterValue, type WecomEmployee } from '../protocol/wire.ts';

/** A record on its way from what it was to what a request makes of it, item by item. */
export interface Draft {
  /** The record as it was. */
  readonly before: Employee;
  /** With the members of the shared record as the items so far left them; set by `setMembers`. */
  employee: Employee;
  /** Names of the members that items have set. */
  readonly set: Set<keyof Employee>;
  /** What the roster keeps of single fields. */
  readonly values: Record<string, RosterValue>;
  /** Fields that the company added and the request changed; null is emptied. */
  readonly custom: Record<string, CustomValue | null>;
  /** What the contacts keep, where items changed it. */
  contacts?: Pick<WecomEmployee, 'contacts'>;
  /** By group type. */
  readonly groups: Record<string, readonly Instance[]>;
}

/** A draft of a record to which nothing has been done. */
export function draftOf(employee: Employee): Draft {
  const { values, groups } = wecomOf(employee);
  return { before: employee, employee, set: new Set(), values: { ...values }, custom: {}, groups: { ...groups } };
}

/** Sets members of the shared record. */
export function setMembers(draft: Draft, members: Partial<Employee>): void {
  draft.employee = { ...draft.employee, ...members };
  for (const member in members) draft.set.add(member as keyof Employee);
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

/** 职位 was written in the roster, so a text that the contacts alone kept of it is over. */
export function dropOwnPosition(draft: Draft): void {
  const { position, ...others } = wecomOf(draft.before).contacts ?? {};
  if (position !== undefined) draft.contacts = { contacts: others };
}

/** The draft as a patch; `updateEmployee` finds out what of it differs. */
export function patchOf(draft: Draft): EmployeePatch {
  const { before, employee, values, groups, custom } = draft;
  const patch: Record<string, unknown> = {};
  // In the order of the record, as the history has them.
  for (const member of draft.set.size > 1 ? (Object.keys(employee) as (keyof Employee)[]) : draft.set) {
    if (employee[member] !== before[member]) patch[member] = employee[member];
  }
  if (Object.keys(custom).length > 0) patch['custom'] = custom;
  patch['extensions'] = { wecom: toStoredExtension({ ...wecomOf(before), ...draft.contacts, values, groups }) };
  // Items set members of the shared record alone, each by one of its own type.
  return patch as EmployeePatch;
}
