import type { CatalogEntry, CatalogName } from '../../../directory/catalog.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { LocalText } from '../../../directory/text.ts';
import { entryNamed } from './ids.ts';
import { DIALECT } from './settings.ts';

/** What the platform alone knows of a job level or a job family. */
export interface JobEntryExtension {
  readonly description?: LocalText;
  /** Deleted ones stay, for employees may still have them. */
  readonly isDeleted?: true;
}

const NOTHING: JobEntryExtension = {};

/** Returns what the platform alone knows of a level or family. */
export function jobEntryOf({ extensions }: CatalogEntry): JobEntryExtension {
  // Written by this dialect alone.
  return (extensions[DIALECT] as JobEntryExtension | undefined) ?? NOTHING;
}

/** Whether the level or family can be shown, changed and given. */
export function isListed(entry: CatalogEntry): boolean {
  return jobEntryOf(entry).isDeleted !== true;
}

/** Returns the entry once it is deleted: it is given to no employee any more. */
export function deletedEntry(entry: CatalogEntry): CatalogEntry {
  // Nothing else of the platform's is lost, such as the number of an employee type.
  const own = { ...(entry.extensions[DIALECT] as object | undefined), isDeleted: true };
  return { ...entry, enabled: false, extensions: { ...entry.extensions, [DIALECT]: own } };
}

/** Finds the level or family with this id, if it is not deleted. */
export function listedEntry(tenant: Tenant, catalog: CatalogName, id: string): CatalogEntry | undefined {
  const entry = entryNamed(tenant, catalog, id);
  return entry !== undefined && isListed(entry) ? entry : undefined;
}
