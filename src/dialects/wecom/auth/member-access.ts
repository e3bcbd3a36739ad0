import type { Employee } from '../../../directory/employees/employee.ts';
import type { Caller } from './caller.ts';
import { seesEmployee, visibleRange } from './visible-range.ts';
import { isMember } from '../model/member-status.ts';
import type { CallProblem } from '../protocol/errors.ts';

/** The member among those found by a userid: someone who left may have had the same one. */
export function pickMember(found: readonly Employee[] | undefined): Employee | undefined {
  return found?.find(isMember) ?? found?.[0];
}

/** Checks contract 1.8: unknown or gone → 60111; not in the app's visible range → 60011. */
export function checkMemberVisible({ tenant, app }: Caller, member: Employee | undefined): CallProblem | null {
  if (member === undefined) return { kind: 'unknown', subject: 'userid', value: '' };
  if (!isMember(member)) return { kind: 'left', subject: 'userid' };
  if (!seesEmployee(visibleRange(tenant, app), member)) return { kind: 'forbidden', subject: 'userid' };
  return null;
}
