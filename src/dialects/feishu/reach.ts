import { isInService, type Employee } from '../../directory/employee.ts';
import type { Caller } from './auth.ts';
import { feishuOf } from './extension.ts';

/** Whether the caller's scope or range covers the department: it is listed, or lies below one that is. */
export function reachesDepartment({ range, tenant }: Caller, department: string): boolean {
  return range === 'all' || tenant.departments.isWithin(department, new Set(range.departments));
}

/**
 * Whether the app's contact scope, or the user's management range, covers the employee: listed, or in a covered
 * department. Someone who left is judged by the departments held then. [derived, contract 2.2]
 */
export function reaches(caller: Caller, employee: Employee): boolean {
  const { range } = caller;
  if (range === 'all' || range.employees.includes(employee.id)) return true;
  return departmentsOf(employee).some((department) => reachesDepartment(caller, department));
}

function departmentsOf(employee: Employee): readonly string[] {
  const { departmentsAtResignation } = feishuOf(employee);
  if (!isInService(employee) && departmentsAtResignation.length > 0) return departmentsAtResignation;
  return employee.departments.map(({ department }) => department);
}
