import type { App } from '../../directory/auth/app.ts';
import type { TenantData } from '../../directory/tenant.ts';
import { withoutAbsent } from '../export/file-parts.ts';
import type { CompanyDraft } from '../draft.ts';
import type { Platform } from '../schema.ts';

/** Reads kept things as this release reads them from a file. */
export interface ReadAgain {
  readonly company: <Kept extends Pick<TenantData, 'settings'>>(kept: Kept) => Kept;
  readonly app: <Kept extends App>(kept: Kept) => Kept;
}

/**
 * Fills the settings of kept things with the defaults of this release. An earlier release kept fewer settings, and a
 * setting that is absent there equals its default: it is no change. `draft` is what the file makes of the company.
 */
export function readAgain(dialects: readonly Platform[], draft: CompanyDraft['company']): ReadAgain {
  const { key, secondLocale } = draft;
  return {
    company: (kept) => {
      const settings = { ...kept.settings };
      for (const { name, company } of dialects) {
        const before = kept.settings[name];
        const part = before === undefined ? {} : withoutAbsent(company.writeSettings(before));
        settings[name] = company.readSettings(part, key).settings;
      }
      return { ...kept, settings };
    },
    app: (kept) => {
      const section = dialects.find(({ name }) => name === kept.dialect)?.company;
      if (section === undefined) return kept;
      const context = { tenantKey: key, settings: draft.settings[kept.dialect], secondLocale };
      return { ...kept, settings: section.readApp(withoutAbsent(section.writeApp(kept)), context).settings };
    },
  };
}
