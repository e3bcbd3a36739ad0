import { isInService, type Employee } from './employees/employee.ts';
import { e164 } from './employees/phone.ts';

/** By what an employee can be found besides the own id; `id:<space>` is an id that a platform gave. */
export type LookupSpace =
  | 'mobile'
  | 'email'
  | 'enterprise-email'
  | 'job-number'
  | 'extension-number'
  | 'department'
  /** Departments of somebody who is still to come. */
  | 'expected-department'
  /** Somebody who left the workspace, but not the company; the value is always `yes`. */
  | 'exited'
  | 'leader'
  | 'dotted-leader'
  | `id:${string}`;

/** One value by which one employee can be found. */
export type LookupKey = readonly [space: LookupSpace, value: string];

/**
 * Returns whether an id marks a group instead of naming one employee, so that the group can be found and counted: such
 * an id space ends with a colon and the value.
 */
export function isGroupMarker(space: string, value: string): boolean {
  return space.endsWith(`:${value}`);
}

/** A mail address in the form in which two of them are compared. */
export function normalizeEmail(address: string): string {
  return address.toLowerCase();
}

/** Returns the lookup keys of a record, which the store updates in the same transaction. */
export function lookupKeys(employee: Employee): readonly LookupKey[] {
  const keys: LookupKey[] = [];
  for (const [space, value] of Object.entries(employee.ids)) keys.push([`id:${space}`, value]);
  if (employee.mobile !== null) keys.push(['mobile', e164(employee.mobile)]);
  if (employee.email !== null && employee.email !== '') keys.push(['email', normalizeEmail(employee.email)]);
  if (employee.enterpriseEmail !== null) keys.push(['enterprise-email', normalizeEmail(employee.enterpriseEmail)]);
  for (const alias of employee.enterpriseEmailAliases) keys.push(['enterprise-email', normalizeEmail(alias)]);
  if (employee.jobNumber !== null && employee.jobNumber !== '') keys.push(['job-number', employee.jobNumber]);
  if (employee.extensionNumber !== null) keys.push(['extension-number', employee.extensionNumber]);
  if (isInService(employee)) {
    for (const { department } of employee.departments) keys.push(['department', department]);
    if (employee.activation === 'exited') keys.push(['exited', 'yes']);
  } else if (employee.status === 'pre-hire') {
    for (const { department } of employee.departments) keys.push(['expected-department', department]);
  }
  if (employee.leader !== null) keys.push(['leader', employee.leader]);
  for (const leader of employee.dottedLeaders) keys.push(['dotted-leader', leader]);
  return keys;
}

/** The members of a record from which its look-up keys follow. */
const KEYED: ReadonlySet<string> = new Set([
  'ids',
  'mobile',
  'email',
  'enterpriseEmail',
  'enterpriseEmailAliases',
  'jobNumber',
  'extensionNumber',
  'departments',
  'leader',
  'dottedLeaders',
  'status',
  'activation',
]);

/** Whether a change in this field of the record, e.g. `mobile` or `ids.space`, can change by what it is found. */
export function isLookupField(field: string): boolean {
  const dot = field.indexOf('.');
  return KEYED.has(dot < 0 ? field : field.slice(0, dot));
}
