import type { Tenant } from '../../../directory/tenant.ts';
import { DEPARTMENT_ID } from '../model/ids.ts';
import { MAX_ID } from '../model/settings.ts';

/** The id of a department that is given none: the largest and one, or the smallest free one. (wecom-more 4) */
export function nextDepartmentId(tenant: Tenant): number {
  let largest = 1;
  for (const { ids } of tenant.departments.all) {
    const id = Number(ids[DEPARTMENT_ID]);
    if (id > largest) largest = id;
  }
  if (largest < MAX_ID) return largest + 1;
  for (let id = 2; ; id++) if (tenant.departments.by(DEPARTMENT_ID, String(id)) === undefined) return id;
}
