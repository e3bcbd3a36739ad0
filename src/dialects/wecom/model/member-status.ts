import type { Employee } from '../../../directory/employees/employee.ts';
import { memberStatus } from '../protocol/codes.ts';
import { wecomOf } from '../protocol/wire.ts';

/**
 * `status` of a member: someone who left is gone and someone frozen is disabled whatever else is known; then what the
 * company said of the person on this platform; then whether the person ever joined. [proposed]
 */
export function memberStatusOf(employee: Employee): number {
  if (!isMember(employee) || employee.activation === 'exited') return memberStatus.left;
  if (employee.frozen) return memberStatus.disabled;
  return (
    wecomOf(employee).status ?? (employee.activation === 'active' ? memberStatus.activated : memberStatus.notActivated)
  );
}

/** Whether a member left the company in the client: still known, with `status` 5. */
export function hasExited(employee: Employee): boolean {
  return memberStatusOf(employee) === memberStatus.left;
}

/** Whether the contacts know the employee: those who left, or never came, are not there any more. */
export function isMember(employee: Employee): boolean {
  return employee.status !== 'resigned' && employee.status !== 'pre-hire-cancelled';
}
