import type { Change } from '../../../directory/history/change.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { e164 } from '../../../directory/employees/phone.ts';
import { loadAll, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { EmployeeRow, NamedThing } from './contract.ts';

/** Returns people as rows of a list. */
export function* rowsOf(tenant: Tenant, employees: readonly Employee[]): StoreTask<readonly EmployeeRow[]> {
  const asked = employees.map(({ id }) => ({ tenant: tenant.number, employee: id, limit: 1 }));
  const histories = yield* loadAll('history', asked);
  return employees.map((employee, index) => rowOf(tenant, employee, histories[index]?.[0]));
}

/** Returns a person as a row of a list. */
export function rowOf(tenant: Tenant, employee: Employee, last: Change | undefined): EmployeeRow {
  const { mainDepartment, jobTitle, mobile, departments } = employee;
  return {
    id: employee.id,
    name: employee.name.value,
    alias: employee.alias,
    job_number: employee.jobNumber,
    department: mainDepartment === null ? null : departmentNamed(tenant, mainDepartment),
    more_departments: departments.filter(({ department }) => department !== mainDepartment).length,
    job_title: jobTitle === null ? null : entryNamed(tenant, jobTitle),
    mobile: mobile === null ? null : e164(mobile),
    email: employee.email,
    status: employee.status,
    activation: employee.activation,
    frozen: employee.frozen,
    external: employee.external,
    join_date: employee.joinDate,
    left_on: employee.leftOn,
    updated_at: new Date(employee.updatedAt).toISOString(),
    last_change:
      last === undefined
        ? null
        : { number: last.number, at: new Date(last.origin.at).toISOString(), platform: last.origin.dialect },
  };
}

/** Returns a department with its name. */
export function departmentNamed(tenant: Tenant, id: string): NamedThing {
  return { id, name: tenant.departments.get(id)?.name.value ?? id };
}

function entryNamed(tenant: Tenant, id: string): NamedThing {
  return { id, name: tenant.catalog('job-title').get(id)?.name.value ?? id };
}
