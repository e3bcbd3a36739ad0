import type { Employee } from '../../../directory/employees/employee.ts';
import { load, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { foldUserid, USERID } from './ids.ts';

/** Finds members by userid, whose letters may be in either case. */
export function* employeesWithId({ number }: Tenant, id: string): StoreTask<readonly Employee[]> {
  const folded = foldUserid(id);
  const found = yield* load('employees-by', { tenant: number, space: `id:${USERID}`, values: [folded] });
  return found.get(folded) ?? [];
}
