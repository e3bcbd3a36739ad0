import type { Employee } from '../../../directory/employees/employee.ts';
import { load, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { Visibility } from './dimensions.ts';
import { rolesOf } from './roles.ts';
import { spaces } from '../model/ids.ts';
import type { StructureRefusal } from '../auth/structure-refusal.ts';
import { isActive } from '../employees/view.ts';
import { structureErrors } from '../protocol/structure-codes.ts';

/**
 * Resolves who may choose an item, everything named by id. Where everybody may, the lists need not be right: what they name
 * that there is not is left out [public: dimensions/creat-dimension-items.md, 1.1.0; what is kept proposed].
 */
export function* resolveVisibility(
  visibility: Visibility,
  by: 'id' | 'code',
  tenant: Tenant,
): StoreTask<Visibility | StructureRefusal> {
  const named = {
    staffs: yield* staffsNamed(visibility.staffs, by, tenant),
    departments: idsOf(visibility.departments, (value) => departmentNamed(value, by, tenant)),
    roles: idsOf(visibility.roles, (value) => roleNamed(value, by, tenant)),
  };
  const { staffs, departments, roles } = named;
  if (!visibility.fullVisible) {
    const [stranger] = staffs.unknown;
    if (stranger !== undefined && by === 'code')
      return {
        problem: { kind: 'ambiguous', subject: 'employee', value: stranger },
        failure: structureErrors.staffNotUnique(stranger),
      };
    for (const [member, { unknown }] of Object.entries(named))
      if (unknown.length > 0) return unknownIn(member, unknown);
  }
  return { ...visibility, staffs: staffs.ids, departments: departments.ids, roles: roles.ids };
}

/** What a list names by Hose's ids, and what it names that there is not, as it was sent. */
interface Named {
  readonly ids: readonly string[];
  readonly unknown: readonly string[];
}

function idsOf(values: readonly string[], idOf: (value: string) => string | undefined): Named {
  const ids: string[] = [];
  const unknown: string[] = [];
  for (const value of new Set(values)) {
    const id = idOf(value);
    if (id === undefined) unknown.push(value);
    else ids.push(id);
  }
  return { ids, unknown };
}

function* staffsNamed(sent: readonly string[], by: 'id' | 'code', tenant: Tenant): StoreTask<Named> {
  const space = by === 'code' ? 'job-number' : (`id:${spaces.staff}` as const);
  const values = [...new Set(sent)];
  const found: ReadonlyMap<string, readonly Employee[]> =
    values.length === 0 ? new Map() : yield* load('employees-by', { tenant: tenant.number, space, values });
  return idsOf(values, (value) => {
    const one = onlyOne((found.get(value) ?? []).filter(isActive));
    return one === undefined ? undefined : (one.ids[spaces.staff] ?? one.id);
  });
}

/** By `type`, as everything else of the request [public: dimensions/batch-creat-dimension-items.md]. */
function departmentNamed(value: string, by: 'id' | 'code', { departments }: Tenant): string | undefined {
  if (by === 'id') return departments.by(spaces.department, value)?.enabled === true ? value : undefined;
  // Departments without a code are not departments with the code "".
  const one = value === '' ? undefined : onlyOne(departments.withCode(value).filter(({ enabled }) => enabled));
  return one === undefined ? undefined : (one.ids[spaces.department] ?? one.id);
}

function roleNamed(value: string, by: 'id' | 'code', tenant: Tenant): string | undefined {
  const roles = rolesOf(tenant);
  if (by === 'id') return roles.get(value)?.active === true ? value : undefined;
  return onlyOne([...roles.values()].filter(({ active, code }) => active && code === value))?.id;
}

function onlyOne<Thing>(things: readonly Thing[]): Thing | undefined {
  return things.length === 1 ? things[0] : undefined;
}

function unknownIn(member: string, values: readonly string[]): StructureRefusal {
  const problem = { kind: 'unknown', subject: member, value: values[0] ?? '' } as const;
  return { problem, failure: structureErrors.visibilityUnknown(member, values) };
}
