import type { Employee } from '../../../directory/employees/employee.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { spaces } from '../model/ids.ts';
import {
  builtInIds,
  builtInRoles,
  DEPARTMENT_SCOPE,
  PLAIN_SCOPE,
  type RoleGroup,
  type RoleRow,
  type RoleSetting,
  type RoleSource,
} from '../model/role-settings.ts';
import { settingsOf } from '../model/settings.ts';
import { dimensionsOf, itemIdOf, type Dimension } from './dimensions.ts';

/** Where a role is had: nowhere in particular, in departments, or for items of a dimension. */
export type RoleScope =
  | { readonly kind: 'plain' }
  | { readonly kind: 'department' }
  | { readonly kind: 'dimension'; readonly dimension: Dimension };

/** One role with everything that is usual filled in. */
export interface Role {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly group: string;
  readonly scopeName: string;
  readonly scope: RoleScope;
  readonly source: RoleSource;
  readonly active: boolean;
  readonly contents: readonly RoleRow[];
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Returns the scope with a name; undefined where there is no such dimension. */
export function scopeNamed(tenant: Tenant, name: string): RoleScope | undefined {
  if (name === PLAIN_SCOPE) return { kind: 'plain' };
  if (name === DEPARTMENT_SCOPE) return { kind: 'department' };
  const dimension = name.endsWith('角色') ? dimensionsOf(tenant).get(name.slice(0, -'角色'.length)) : undefined;
  return dimension === undefined ? undefined : { kind: 'dimension', dimension };
}

/** The groups, the default one first; a setting with its id renames it. */
export function roleGroupsOf(tenant: Tenant): readonly RoleGroup[] {
  const { corporationId, roleGroups = [] } = settingsOf(tenant);
  const id = builtInIds.group(corporationId);
  const named = roleGroups.find((group) => group.id === id);
  return [named ?? { id, name: '未分组' }, ...roleGroups.filter((group) => group.id !== id)];
}

const ROLES = Symbol('hose roles');

/** The roles by their ids, those of every corporation first, then in the order in which they were made. */
export function rolesOf(tenant: Tenant): ReadonlyMap<string, Role> {
  return tenant.derived(ROLES, ({ createdAt }) => {
    const { corporationId, roles = [] } = settingsOf(tenant);
    const given = new Map(roles.map((role) => [role.id, role]));
    const builtIn = builtInRoles(corporationId).map((role): RoleSetting => ({ ...role, ...given.get(role.id) }));
    const own = roles.filter(({ id }) => builtIn.every((role) => role.id !== id));
    const all = new Map<string, Role>();
    const codes = new Set(roles.flatMap(({ code }) => code ?? []));
    for (const role of [...builtIn, ...own]) {
      const { scope: scopeName = PLAIN_SCOPE, group = builtInIds.group(corporationId), contents = [] } = role;
      const { code = freeCode(codes), source = 'MANUAL', active = true, version = 1 } = role;
      codes.add(code);
      // A role of a dimension that is gone has no place any more.
      const scope = scopeNamed(tenant, scopeName) ?? { kind: 'plain' };
      const { id, name, createdAt: madeAt = createdAt, updatedAt = madeAt } = role;
      const times = { version, createdAt: madeAt, updatedAt };
      all.set(id, { id, name, code, group, scopeName, scope, source, active, contents, ...times });
    }
    return all;
  });
}

/** `CODE<n>`, counted (hose-more 11) [proposed]. */
export function freeCode(taken: { has(code: string): boolean }): string {
  for (let number = 1; ; number++) {
    const code = `CODE${String(number)}`;
    if (!taken.has(code)) return code;
  }
}

/** What a role says of one of its people [public: corporation/get-staff-ids.md]. */
export interface StaffRole {
  readonly roleDefId: string;
  readonly properties: Readonly<Record<string, string>>;
}

const BY_STAFF = Symbol('hose roles by staff');

/** The roles that somebody has, in the order of the roles and of their rows. */
export function rolesOfStaff({ id }: Employee, tenant: Tenant): readonly StaffRole[] {
  const known = tenant.derived(BY_STAFF, () => {
    const byStaff = new Map<string, StaffRole[]>();
    for (const role of rolesOf(tenant).values()) {
      if (!role.active) continue;
      for (const { at, staffs } of role.contents) {
        const properties = propertiesAt(role.scope, at, tenant);
        if (properties === undefined) continue;
        for (const staff of staffs) {
          const list = byStaff.get(staff);
          const one = { roleDefId: role.id, properties };
          if (list === undefined) byStaff.set(staff, [one]);
          else list.push(one);
        }
      }
    }
    return byStaff;
  });
  return known.get(id) ?? [];
}

/** Returns the place of a row as a staff shows it; undefined where the place is gone. */
function propertiesAt(scope: RoleScope, at: string | null, tenant: Tenant): StaffRole['properties'] | undefined {
  if (scope.kind === 'plain') return {};
  if (at === null) return undefined;
  if (scope.kind === 'department') {
    const department = tenant.departments.get(at);
    return department && { departmentId: department.ids[spaces.department] ?? department.id };
  }
  const item = tenant.catalog(scope.dimension.catalog).get(at);
  return item && { [scope.dimension.name]: itemIdOf(item) };
}
