import type { Employee } from '../../../directory/employees/employee.ts';
import { load, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { Visibility } from './dimensions.ts';
import { rolesOf } from './roles.ts';
import { spaces } from '../model/ids.ts';
import type { StructureRefusal } from '../auth/structure-refusal.ts';
import { isActive } from '../employees/view.ts';
import { structureErrors } from '../protocol/structure-codes.ts';

/** Resolves who may choose an item, with all employees named by id, if all of them are active. */
export function* resolveVisibility(
  visibility: Visibility,
  by: 'id' | 'code',
  tenant: Tenant,
): StoreTask<Visibility | StructureRefusal> {
  const { staffs, roles, departments } = visibility;
  const ids: string[] = [];
  const space = by === 'code' ? 'job-number' : (`id:${spaces.staff}` as const);
  const values = [...new Set(staffs)];
  const found: ReadonlyMap<string, readonly Employee[]> =
    values.length === 0 ? new Map() : yield* load('employees-by', { tenant: tenant.number, space, values });
  const strangers: string[] = [];
  for (const value of values) {
    const here = (found.get(value) ?? []).filter(isActive);
    const [one] = here;
    if (one !== undefined && here.length === 1) ids.push(one.ids[spaces.staff] ?? one.id);
    else strangers.push(value);
  }
  const [stranger] = strangers;
  if (stranger !== undefined && by === 'code')
    return {
      problem: { kind: 'ambiguous', subject: 'employee', value: stranger },
      failure: structureErrors.staffNotUnique(stranger),
    };
  if (strangers.length > 0) return unknownIn('staffs', strangers);
  const closed = departments.filter((id) => tenant.departments.by(spaces.department, id)?.enabled !== true);
  if (closed.length > 0) return unknownIn('departments', closed);
  const unknownRoles = roles.filter((id) => rolesOf(tenant).get(id)?.active !== true);
  if (unknownRoles.length > 0) return unknownIn('roles', unknownRoles);
  return { ...visibility, staffs: ids };
}

function unknownIn(member: string, values: readonly string[]): StructureRefusal {
  const problem = { kind: 'unknown', subject: member, value: values[0] ?? '' } as const;
  return { problem, failure: structureErrors.visibilityUnknown(member, values) };
}
