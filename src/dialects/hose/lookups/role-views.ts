import type { Account } from '../../../directory/auth/account.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { nameOfStaff, type StaffBy } from '../employees/staff-named.ts';
import { settingsOf } from '../model/settings.ts';
import { pathTo, type PathType } from './role-paths.ts';
import { roleGroupsOf, rolesOf, type Role, type RoleScope } from './roles.ts';

/** What a role's places are, as Hose's raw objects call it (hose-more 10, ruling 5). */
function sourceOf(scope: RoleScope): { readonly type: string; readonly value: string | null } {
  switch (scope.kind) {
    case 'plain':
      return { type: 'organization.RoleDef', value: null };
    case 'department':
      return { type: 'organization.Department', value: 'organization.Department' };
    case 'dimension':
      return { type: 'basedata.Dimension', value: `basedata.Dimension.${scope.dimension.name}` };
  }
}

/** All groups with their roles [public: corporation/get-roles-group.md]. */
export function showRoleGroups(tenant: Tenant): readonly object[] {
  const roles = [...rolesOf(tenant).values()];
  return roleGroupsOf(tenant).map(({ id, name }) => ({
    id,
    name,
    roleDefs: roles
      .filter(({ group }) => group === id)
      .map((role) => ({ id: role.id, name: role.name, sourceType: sourceOf(role.scope).type })),
  }));
}

/** The raw object of a role [public: corporation/update-roledefs.md]. */
export function showRawRole(role: Role, tenant: Tenant): object {
  const { type, value } = sourceOf(role.scope);
  return {
    pipeline: 1,
    grayver: '',
    id: role.id,
    version: role.version,
    active: role.active,
    createTime: role.createdAt,
    updateTime: role.updatedAt,
    name: role.name,
    nameSpell: null,
    corporationId: settingsOf(tenant).corporationId,
    sourceCorporationId: null,
    dataCorporationId: null,
    roleGroupId: role.group,
    scope: { name: role.scopeName, properties: propertiesOf(role.scope) },
    locked: false,
    code: role.code,
    type: 'ROLE',
    sourceType: type,
    sourceTypeValue: value,
    sourceName: role.name,
    purposeType: 'organization.Staff',
    purposeTypeValue: null,
    purposeName: `${role.name}(反)`,
    sourceChannel: role.source,
    sourcePlat: null,
    sourceId: null,
    suffixName: null,
  };
}

function propertiesOf(scope: RoleScope): object {
  switch (scope.kind) {
    case 'plain':
      return {};
    case 'department':
      return { departmentId: 'organization.Department' };
    case 'dimension':
      return { [scope.dimension.name]: `basedata.Dimension.${scope.dimension.name}` };
  }
}

/** How a reader wants places and people to be named. */
export interface RoleReading {
  readonly pathType: PathType;
  readonly staffBy: StaffBy;
}

/** A role with its rows: full paths, and people by what was asked for; a row whose place is gone is left out. */
export function showRole(
  { id, name, scope, contents }: Role,
  { pathType, staffBy }: RoleReading,
  people: { readonly employees: ReadonlyMap<string, Employee>; readonly accounts: ReadonlyMap<string, Account> },
  tenant: Tenant,
): object {
  const shown = contents.flatMap(({ at, staffs }) => {
    const path = scope.kind === 'plain' ? [] : at === null ? null : pathTo(at, scope, pathType, tenant);
    if (path === null) return [];
    const names = staffs.flatMap((staff) => {
      const employee = people.employees.get(staff);
      return employee === undefined
        ? []
        : [nameOfStaff(employee, people.accounts.get(employee.account ?? ''), staffBy)];
    });
    return [{ pathType, path, staffs: names, staffsType: staffBy }];
  });
  return { id, name, contents: shown };
}
