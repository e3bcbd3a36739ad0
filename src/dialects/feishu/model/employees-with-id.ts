import type { Employee } from '../../../directory/employees/employee.ts';
import { load, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { employeesNamed, idReaderOf, SPACE } from './ids.ts';
import { DIALECT } from './settings.ts';

/** So many apps of a company are looked through for an open_id. */
const MAX_APPS = 50;

/** Finds employees by employee_id, or by the open_id or union_id that any app of the company has for them. */
export function* employeesWithId(tenant: Tenant, id: string): StoreTask<readonly Employee[]> {
  const about = { tenant: tenant.number, space: `id:${SPACE.employee}` as const, values: [id] };
  const holders = (yield* load('employees-by', about)).get(id) ?? [];
  if (holders.length > 0) return holders;
  const kind = id.startsWith('ou_') ? 'open_id' : id.startsWith('on_') ? 'union_id' : null;
  if (kind === null) return [];
  const apps = tenant.parts.apps.filter(({ dialect }) => dialect === DIALECT).slice(0, MAX_APPS);
  for (const app of apps) {
    const employee = (yield* employeesNamed(tenant, kind, idReaderOf(app), [id])).get(id);
    if (employee !== undefined) return [employee];
  }
  return [];
}
