import type { CompanySection, RenamedCompany } from '../../company-section.ts';
import { DIALECT } from '../auth/caller.ts';
import { CORPID } from '../model/ids.ts';
import type { WecomSettings } from '../model/settings.ts';

/** Gives a copy another corpid, by which its apps are found too. */
export const renamed: NonNullable<CompanySection['renamed']> = (parts, _original, nameOf): RenamedCompany => {
  const settings = parts.settings[DIALECT] as WecomSettings;
  const corpid = `ww${nameOf(settings.corpid)}`;
  const apps = parts.apps.map((app) =>
    app.dialect === DIALECT ? { ...app, key: `${corpid}${app.key.slice(settings.corpid.length)}` } : app,
  );
  return {
    parts: {
      ...parts,
      names: { ...parts.names, [CORPID]: corpid },
      settings: { ...parts.settings, [DIALECT]: { ...settings, corpid } },
      apps,
    },
    spaceOf: (space) => space,
  };
};
