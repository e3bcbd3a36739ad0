import type { Employee } from '../../../../directory/employees/employee.ts';

/** Why an employee cannot be who an app calls for. */
export type OwnerState = 'unknown' | 'resigned' | 'frozen' | 'not-joined' | 'exited';

/** What is wrong with the owner of a token; null where nothing is. [contract feishu-contact.md 5.3, 9.1] */
export function ownerStateOf(employee: Employee | undefined): OwnerState | null {
  if (employee === undefined) return 'unknown';
  if (employee.status === 'resigned') return 'resigned';
  if (employee.frozen) return 'frozen';
  if (employee.activation === 'exited') return 'exited';
  const isExpected = employee.status === 'pre-hire' || employee.status === 'pre-hire-cancelled';
  return isExpected || employee.activation === 'not-joined' ? 'not-joined' : null;
}
