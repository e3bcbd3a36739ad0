import type { Dialect } from '../dialects/dialect.ts';
import type { Employee } from '../directory/employees/employee.ts';
import { load, type StoreTask } from '../directory/store.ts';
import type { Tenant } from '../directory/tenant.ts';

/** Finds an employee by the own id, or those that a platform knows by the id. */
export function* employeesNamed(
  dialects: readonly Pick<Dialect, 'employeesWithId'>[],
  tenant: Tenant,
  id: string,
): StoreTask<readonly Employee[]> {
  const own = (yield* load('employees-by-id', { tenant: tenant.number, ids: [id] })).get(id);
  if (own !== undefined) return [own];
  const found = new Map<string, Employee>();
  for (const dialect of dialects) {
    for (const employee of yield* dialect.employeesWithId(tenant, id)) found.set(employee.id, employee);
  }
  return [...found.values()];
}
