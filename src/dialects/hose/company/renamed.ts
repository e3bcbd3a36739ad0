import type { CompanySection, RenamedCompany } from '../../company-section.ts';
import { spaces } from '../model/ids.ts';
import { builtInIds } from '../model/role-settings.ts';
import type { HoseSettings } from '../model/settings.ts';

const DIALECT = 'hose';

/** Gives a copy another corporation id, which is its root department's too, and its apps other keys. */
export const renamed: NonNullable<CompanySection['renamed']> = (parts, _original, nameOf): RenamedCompany => {
  const settings = parts.settings[DIALECT] as HoseSettings;
  const corporationId = nameOf(settings.corporationId);
  return {
    parts: {
      ...parts,
      names: { ...parts.names, [spaces.corporation]: corporationId },
      settings: { ...parts.settings, [DIALECT]: withBuiltInRoles(settings, corporationId) },
      departments: parts.departments.map((department) =>
        department.ids[spaces.department] === settings.corporationId
          ? { ...department, ids: { ...department.ids, [spaces.department]: corporationId } }
          : department,
      ),
      apps: parts.apps.map((app) => {
        if (app.dialect !== DIALECT) return app;
        const key = nameOf(app.key);
        return { ...app, key, id: app.id === `hose:${app.key}` ? `hose:${key}` : app.id };
      }),
    },
    spaceOf: (space) => space,
  };
};

/** The roles and groups that every corporation has are called after it. */
function withBuiltInRoles(settings: HoseSettings, corporationId: string): HoseSettings {
  const others = new Map(
    Object.values(builtInIds).map((idIn) => [idIn(settings.corporationId), idIn(corporationId)] as const),
  );
  const idOf = (id: string): string => others.get(id) ?? id;
  const { roles, roleGroups } = settings;
  return {
    ...settings,
    corporationId,
    ...(roleGroups === undefined ? {} : { roleGroups: roleGroups.map((one) => ({ ...one, id: idOf(one.id) })) }),
    ...(roles === undefined
      ? {}
      : {
          roles: roles.map((role) => ({
            ...role,
            id: idOf(role.id),
            ...(role.group === undefined ? {} : { group: idOf(role.group) }),
          })),
        }),
  };
}
