import type { CatalogEntry } from '../../../directory/catalog.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { LocalText } from '../../../directory/text.ts';
import { entryNamed } from './ids.ts';
import { DIALECT } from './settings.ts';

/** What the platform alone knows of a job level. */
export interface FeishuJobLevel {
  readonly description?: LocalText;
  /** Deleted ones stay, for employees may still have them. */
  readonly isDeleted?: true;
}

const NOTHING: FeishuJobLevel = {};

/** What the platform alone knows of this job level. */
export function jobLevelOf({ extensions }: CatalogEntry): FeishuJobLevel {
  // Written by this dialect alone.
  return (extensions[DIALECT] as FeishuJobLevel | undefined) ?? NOTHING;
}

/** Whether the level is one that can be shown, changed and given. */
export function isLevel(entry: CatalogEntry): boolean {
  return jobLevelOf(entry).isDeleted !== true;
}

/** The level with this id, if it is not deleted. */
export function levelNamed(tenant: Tenant, id: string): CatalogEntry | undefined {
  const entry = entryNamed(tenant, 'job-level', id);
  return entry !== undefined && isLevel(entry) ? entry : undefined;
}
