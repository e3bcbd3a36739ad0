import type { Department } from '../../../directory/departments/department.ts';
import { isInService, type Employee } from '../../../directory/employees/employee.ts';
import type { Caller } from './caller.ts';
import { feishuOf } from '../model/employee-extension.ts';

/** Whether the caller's scope or range covers the department: it is listed, or lies below one that is. */
export function isDepartmentInScope({ range, tenant }: Caller, department: string): boolean {
  return range === 'all' || tenant.departments.isWithin(department, new Set(range.departments));
}

/** Whether it covers a department that was removed: by what was above it and is still there. [derived] */
export function reachesRemoved(caller: Caller, { parent }: Department): boolean {
  const { departments, parts } = caller.tenant;
  const removed = new Map((parts.removedDepartments ?? []).map((one) => [one.id, one.parent]));
  let above = parent;
  // Each is passed once: a department that was removed lay below one that was removed later, or is still there.
  while (above !== null && departments.get(above) === undefined && removed.size > 0) {
    const next = removed.get(above) ?? null;
    removed.delete(above);
    above = next;
  }
  return caller.range === 'all' || (above !== null && isDepartmentInScope(caller, above));
}

/**
 * Whether the app's contact scope, or the user's management range, covers the employee: listed, or in a covered
 * department. Someone who left is judged by the departments held then. [derived, contract 2.2]
 */
export function isInScope(caller: Caller, employee: Employee): boolean {
  const { range } = caller;
  if (range === 'all' || range.employees.includes(employee.id)) return true;
  return departmentsOf(employee).some((department) => isDepartmentInScope(caller, department));
}

function departmentsOf(employee: Employee): readonly string[] {
  const { departmentsAtResignation } = feishuOf(employee);
  if (!isInService(employee) && departmentsAtResignation.length > 0) return departmentsAtResignation;
  return employee.departments.map(({ department }) => department);
}

/** Whether every department of the employee is covered, which a resignation asks for. [public: dir/employee/delete] */
export function isFullyInScope(caller: Caller, employee: Employee): boolean {
  const departments = departmentsOf(employee);
  if (departments.length === 0) return isInScope(caller, employee);
  return departments.every((department) => isDepartmentInScope(caller, department));
}
