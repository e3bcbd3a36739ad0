import type { TenantData } from '../../../directory/tenant.ts';
import { appSettingsOf, DIALECT, settingsIn } from '../model/settings.ts';

/** The company after a department is gone: no app's contact scope and no administrator's range names it any more. */
export function removeDepartmentReferences(parts: TenantData, department: string): TenantData {
  const without = (ids: readonly string[]): string[] => ids.filter((id) => id !== department);
  const apps = parts.apps.map((app) => {
    if (app.dialect !== DIALECT) return app;
    const settings = appSettingsOf(app);
    const scope = settings.contact_scope;
    if (scope === 'all' || !scope.departments.includes(department)) return app;
    return { ...app, settings: { ...settings, contact_scope: { ...scope, departments: without(scope.departments) } } };
  });
  const settings = settingsIn(parts);
  const isNamed = settings.administrators.some(({ departments }) => departments?.includes(department) === true);
  if (!isNamed) return { ...parts, apps };
  const administrators = settings.administrators.map((one) =>
    one.departments === undefined || one.departments === 'all'
      ? one
      : { ...one, departments: without(one.departments) },
  );
  return { ...parts, apps, settings: { ...parts.settings, [DIALECT]: { ...settings, administrators } } };
}
