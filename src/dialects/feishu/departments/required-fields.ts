import { holdsAny, type Caller } from '../auth/caller.ts';
import { DEPARTMENT_MEMBERS } from '../protocol/required-fields.ts';

/** What a read shows of each department. */
export interface DepartmentSelection {
  readonly members: ReadonlySet<string>;
  /** Selectors of what the app may not see. */
  readonly forbidden: readonly string[];
  /** Selectors that name nothing. */
  readonly unknown: readonly string[];
}

const ALL = Object.keys(DEPARTMENT_MEMBERS);

/** Whether a selector, no wildcard, names a member of a department. */
export function isDepartmentField(selector: string): boolean {
  return Object.hasOwn(DEPARTMENT_MEMBERS, selector);
}

/** Returns the members that `required_fields` selects and the scopes allow; the id is always returned. [derived] */
export function selectDepartment(caller: Caller, requiredFields: readonly string[]): DepartmentSelection {
  const wanted = new Set(requiredFields.flatMap((selector) => (selector === '*' ? ALL : [selector])));
  const members = new Set(['department_id']);
  const forbidden: string[] = [];
  const unknown: string[] = [];
  for (const member of wanted) {
    if (!isDepartmentField(member)) unknown.push(member);
    else if (holdsAny(caller, DEPARTMENT_MEMBERS[member] ?? [])) members.add(member);
    else forbidden.push(member);
  }
  return { members, forbidden, unknown };
}
