import type { Employee } from '../../../directory/employees/employee.ts';
import { load, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { spaces } from './ids.ts';

/** Finds staff by id. */
export function* employeesWithId({ number }: Tenant, id: string): StoreTask<readonly Employee[]> {
  const found = yield* load('employees-by', { tenant: number, space: `id:${spaces.staff}`, values: [id] });
  return found.get(id) ?? [];
}
