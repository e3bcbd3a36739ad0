import type { App } from '../../../directory/auth/app.ts';
import type { CompanySection, RenamedCompany } from '../../company-section.ts';
import { publisherOf, SPACE } from '../model/ids.ts';
import { appSettingsOf, DIALECT, type AppSettings } from '../model/settings.ts';

const OPEN_ID = SPACE.openId('');

/** The developer of apps that a company file gives none. */
export function ownDeveloperOf(tenantKey: string): string {
  return `developer of ${tenantKey}`;
}

/** Gives a copy's apps other ids and developers, from which other open_ids and union_ids follow. */
export const renamed: NonNullable<CompanySection['renamed']> = (parts, original, nameOf): RenamedCompany => {
  const appIdOf = (appId: string): string => `cli_${nameOf(appId)}`;
  const developerOf = (developer: string): string =>
    developer === ownDeveloperOf(original) ? ownDeveloperOf(parts.key) : nameOf(developer);
  const apps = parts.apps.map((app): App => {
    if (app.dialect !== DIALECT) return app;
    const { publisher: _publisher, ...rest } = app;
    const developer = developerOf(appSettingsOf(app).developer);
    const settings: AppSettings = { ...appSettingsOf(app), developer };
    const key = appIdOf(app.key);
    const publisher = developer === ownDeveloperOf(parts.key) ? {} : { publisher: publisherOf(developer) };
    return { ...rest, ...publisher, id: `${DIALECT}-${key}`, key, settings };
  });
  return {
    parts: { ...parts, apps },
    spaceOf: (space) => (space.startsWith(OPEN_ID) ? SPACE.openId(appIdOf(space.slice(OPEN_ID.length))) : space),
  };
};
