import type { Department, DepartmentLeader } from '../../../../directory/departments/department.ts';
import type { Employee } from '../../../../directory/employees/employee.ts';
import { deepEqual } from '../../../../lib/json-equal.ts';
import type { ContactDepartmentBody, ContactWrite } from './body.ts';

/** The leaders that a request names, by the ids it sent: `leaders`, or a main leader alone. */
export function leadersNamed(given: ContactDepartmentBody): readonly string[] {
  const main = given.leader_user_id ?? '';
  return [...new Set([...(given.leaders ?? []).map(({ leaderID }) => leaderID), ...(main === '' ? [] : [main])])];
}

/**
 * The leaders after the request. `leader_user_id` alone changes the main one; empty, it takes the main one away on
 * patch and is as absent elsewhere. What put does not say is emptied. [contract feishu-contact.md 3.1, 9.1]
 */
export function leadersAfter(
  write: ContactWrite,
  given: ContactDepartmentBody,
  before: Department,
  people: ReadonlyMap<string, Employee>,
): readonly DepartmentLeader[] {
  if (given.leaders !== undefined) {
    const leaders = new Map<string, DepartmentLeader>();
    for (const { leaderID, leaderType } of given.leaders) {
      const employee = people.get(leaderID)?.id;
      if (employee !== undefined && !leaders.has(employee))
        leaders.set(employee, { employee, deputy: leaderType === 2 });
    }
    return [...leaders.values()];
  }
  const { leader_user_id: main } = given;
  if (main === undefined) return write === 'patch' ? before.leaders : [];
  const deputies = write === 'patch' ? before.leaders.filter(({ deputy }) => deputy) : [];
  if (main === '') return deputies;
  const employee = people.get(main)?.id;
  if (employee === undefined) return before.leaders;
  return [{ employee, deputy: false }, ...deputies.filter((one) => one.employee !== employee)];
}

/** Why a list of leaders cannot be: one named twice, two main ones, none, or another than `leader_user_id` says. */
export type LeadersFault = 'repeated' | 'no-main' | 'unlike';

/** Judges the leaders that were sent; a list equal to the stored one passes. [contract feishu-contact.md 9.1] */
export function leadersFault(
  { leaders, leader_user_id: sent = '' }: ContactDepartmentBody,
  before: Department,
  after: Department,
): LeadersFault | null {
  if (leaders === undefined) return null;
  const mains = leaders.filter(({ leaderType }) => leaderType === 1);
  const isStored = leaders.length === after.leaders.length && haveSameLeaders(before, after);
  if (leaders.length > 0 && !isStored) {
    if (new Set(leaders.map(({ leaderID }) => leaderID)).size < leaders.length || mains.length > 1) return 'repeated';
    if (mains.length === 0) return 'no-main';
  }
  return sent !== '' && mains[0]?.leaderID !== sent ? 'unlike' : null;
}

/** Whether two states of a department have the same leaders, in whatever order. */
export function haveSameLeaders(before: Department, after: Department): boolean {
  const sorted = ({ leaders }: Department): readonly DepartmentLeader[] =>
    leaders.toSorted((one, other) => (one.employee < other.employee ? -1 : 1));
  return deepEqual(sorted(before), sorted(after));
}
