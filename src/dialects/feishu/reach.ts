import { isInService, type Employee } from '../../directory/employee.ts';
import type { Caller } from './auth.ts';
import { feishuOf } from './extension.ts';

/** Whether the app's contact scope covers the department: it is listed, or lies below one that is. */
export function reachesDepartment({ settings, tenant }: Caller, department: string): boolean {
  const scope = settings.contact_scope;
  return scope === 'all' || tenant.departments.isWithin(department, new Set(scope.departments));
}

/**
 * Whether the app's contact scope covers the employee: listed, or in a covered department. Someone who left is judged
 * by the departments held then. [derived, contract 2.2]
 */
export function reaches(caller: Caller, employee: Employee): boolean {
  const scope = caller.settings.contact_scope;
  if (scope === 'all' || scope.employees.includes(employee.id)) return true;
  return departmentsOf(employee).some((department) => reachesDepartment(caller, department));
}

function departmentsOf(employee: Employee): readonly string[] {
  const { departmentsAtResignation } = feishuOf(employee);
  if (!isInService(employee) && departmentsAtResignation.length > 0) return departmentsAtResignation;
  return employee.departments.map(({ department }) => department);
}
