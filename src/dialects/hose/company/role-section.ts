import Type, { type Static } from 'typebox';
import type { CatalogEntry } from '../../../directory/catalog.ts';
import type { Department } from '../../../directory/departments/department.ts';
import type { SectionFault } from '../../company-section.ts';
import { builtInIds, builtInRoles, DEPARTMENT_SCOPE, PLAIN_SCOPE, type RoleSetting } from '../model/role-settings.ts';
import type { HoseSettings } from '../model/settings.ts';
import { catalogOfDimension, dimensionNameOf, PRESETS } from '../lookups/dimensions.ts';

const closed = { additionalProperties: false } as const;
const Name = Type.String({ minLength: 1, maxLength: 1_000 });

/** Groups of roles in a company file. */
export const RoleGroupsPart = Type.Array(Type.Object({ id: Name, name: Name }, closed), {
  description: 'Beside 未分组, which <corporation id>:group:default renames.',
});

/** Roles in a company file. */
export const RolesPart = Type.Array(
  Type.Object(
    {
      id: Type.String({
        minLength: 1,
        description: '<corporation id>:admin and …:leader change those of every company.',
      }),
      name: Name,
      code: Type.Optional(Type.String({ description: 'CODE<n> when absent.' })),
      group: Type.Optional(Type.String({ description: 'The id of a group; the default one when absent.' })),
      scope: Type.Optional(Type.String({ description: '普通角色, 部门角色, or a dimension’s name and 角色.' })),
      source: Type.Optional(Type.Enum(['MANUAL', 'API'])),
      active: Type.Optional(Type.Boolean()),
      contents: Type.Optional(
        Type.Array(
          Type.Object(
            {
              at: Type.Optional(
                Type.String({ description: 'Own id of a department, or of an item of the dimension.' }),
              ),
              staffs: Type.Array(Type.String({ description: 'Own ids of employees.' })),
            },
            closed,
          ),
          { description: 'Who has the role, and where.' },
        ),
      ),
      version: Type.Optional(Type.Integer({ minimum: 1 })),
      created_at: Type.Optional(Type.String({ format: 'date-time' })),
      updated_at: Type.Optional(Type.String({ format: 'date-time' })),
    },
    closed,
  ),
);

/** Reads the roles of a file. */
export function readRoles(input: Static<typeof RolesPart>): readonly RoleSetting[] {
  return input.map(({ contents, source, created_at: createdAt, updated_at: updatedAt, ...role }) => ({
    ...role,
    ...(source === undefined ? {} : { source: source as RoleSetting['source'] & string }),
    ...(createdAt === undefined ? {} : { createdAt: Date.parse(createdAt) }),
    ...(updatedAt === undefined ? {} : { updatedAt: Date.parse(updatedAt) }),
    ...(contents === undefined
      ? {}
      : { contents: contents.map(({ at, staffs }) => ({ at: at ?? null, staffs: [...staffs] })) }),
  }));
}

/** Writes roles, so that reading them gives the same. */
export function writeRoles(roles: readonly RoleSetting[]): Static<typeof RolesPart> {
  return roles.map(({ contents, createdAt, updatedAt, ...role }) => ({
    ...role,
    ...(createdAt === undefined ? {} : { created_at: new Date(createdAt).toISOString() }),
    ...(updatedAt === undefined ? {} : { updated_at: new Date(updatedAt).toISOString() }),
    ...(contents === undefined
      ? {}
      : { contents: contents.map(({ at, staffs }) => ({ ...(at === null ? {} : { at }), staffs: [...staffs] })) }),
  }));
}

/** What a company has that roles speak of. */
export interface RoleContext {
  readonly settings: HoseSettings;
  readonly departments: readonly Department[];
  readonly catalogs: readonly CatalogEntry[];
  /** Own ids. */
  readonly employees: ReadonlySet<string>;
}

/** What roles of a file name that is not there, and which of them there is twice. */
export function checkRoles({ settings, departments, catalogs, employees }: RoleContext): readonly SectionFault[] {
  const { corporationId, roleGroups = [], roles = [], dimensions = [] } = settings;
  const faults: SectionFault[] = [];
  const fault = (path: SectionFault['path'], message: string): void => {
    faults.push({ path: ['hose', ...path], message });
  };
  const known = new Set([
    ...PRESETS.keys(),
    ...dimensions.map(({ name }) => name),
    ...catalogs.flatMap(({ catalog }) => dimensionNameOf(catalog) ?? []),
  ]);
  const groups = new Set(roleGroups.map(({ id }) => id)).add(builtInIds.group(corporationId));
  const units = new Set(departments.map(({ id }) => id));
  const given = new Set(roles.map(({ id }) => id));
  const ids = new Set<string>();
  const names = new Set(builtInRoles(corporationId).flatMap(({ id, name }) => (given.has(id) ? [] : name)));
  for (const [index, role] of roles.entries()) {
    const { id, name, group, contents = [], scope = usualScope(id, corporationId) } = role;
    if (ids.has(id)) fault(['roles', index, 'id'], 'is the id of an earlier role');
    if (names.has(name)) fault(['roles', index, 'name'], 'is the name of another role');
    ids.add(id);
    names.add(name);
    if (group !== undefined && !groups.has(group)) fault(['roles', index, 'group'], `no group has the id ${group}`);
    const dimension = scope.endsWith('角色') ? scope.slice(0, -'角色'.length) : '';
    const isPlaced = scope !== PLAIN_SCOPE;
    if (isPlaced && scope !== DEPARTMENT_SCOPE && !known.has(dimension)) {
      fault(['roles', index, 'scope'], `there is no scope ${scope}`);
      continue;
    }
    const places = scope === DEPARTMENT_SCOPE ? units : itemsOf(catalogs, dimension);
    for (const [row, { at, staffs }] of contents.entries()) {
      const path = ['roles', index, 'contents', row];
      if (!isPlaced && at !== null) fault([...path, 'at'], 'belongs to a role of departments or of a dimension');
      if (isPlaced && (at === null || !places.has(at))) fault([...path, 'at'], `nothing there has the id ${at ?? ''}`);
      for (const [place, staff] of staffs.entries())
        if (!employees.has(staff)) fault([...path, 'staffs', place], `no employee has the id ${staff}`);
    }
  }
  return faults;
}

function itemsOf(catalogs: readonly CatalogEntry[], dimension: string): ReadonlySet<string> {
  const catalog = catalogOfDimension(dimension);
  return new Set(catalogs.flatMap((entry) => (entry.catalog === catalog ? entry.id : [])));
}

function usualScope(id: string, corporationId: string): string {
  return builtInRoles(corporationId).find((role) => role.id === id)?.scope ?? PLAIN_SCOPE;
}
