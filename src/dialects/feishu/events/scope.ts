import type { Department } from '../../../directory/departments/department.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { isInScope } from '../auth/data-scope.ts';
import type { Caller } from '../auth/caller.ts';

/** Whether the app's contact scope covers an employee as it was or as it is. [contract feishu-contact.md 6.3] */
export function coversEmployee(caller: Caller, states: readonly (Employee | null)[]): boolean {
  return states.some((state) => state !== null && isInScope(caller, state));
}

/** Whether the app's contact scope covers a department as it was or as it is; one that was removed by what is above it. */
export function coversDepartment({ range, tenant }: Caller, states: readonly (Department | null)[]): boolean {
  if (range === 'all') return true;
  const covered = new Set(range.departments);
  return states.some(
    (state) =>
      state !== null &&
      (covered.has(state.id) || (state.parent !== null && tenant.departments.isWithin(state.parent, covered))),
  );
}
