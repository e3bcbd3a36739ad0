import type { CatalogEntry, CatalogName } from '../../directory/catalog.ts';
import type { CustomField } from '../../directory/custom-field.ts';
import type { Tenant } from '../../directory/tenant.ts';
import { catalogNamed } from '../build-draft.ts';
import { catalogEntryPart, customFieldPart, listName, withoutAbsent } from '../export/file-parts.ts';
import { CATALOG_LISTS, OWN_LIST_NAME, type Platform } from '../schema.ts';

/** A thing in the form that the company file gives it. */
type InFile = Readonly<Record<string, unknown>> & { readonly id: string };

/** Returns an entry of a list as the company file has it. */
export function entryInFile(entry: CatalogEntry, dialects: readonly Platform[]): InFile {
  return withoutAbsent(catalogEntryPart(entry, dialects)) as InFile;
}

/** Returns a field of the company's own as the company file has it. */
export function fieldInFile(field: CustomField, dialects: readonly Platform[]): InFile {
  return withoutAbsent(customFieldPart(field, dialects)) as InFile;
}

/** As the company file's schema has it; a store keeps no NUL. */
const OWN_LIST = new RegExp(`^dimension:${OWN_LIST_NAME}$`, 'u');

/** Returns the list that the company file calls so; null where there is no such name. */
export function listInFile(name: string): CatalogName | null {
  return Object.hasOwn(CATALOG_LISTS, name) || (OWN_LIST.test(name) && !name.includes('\0'))
    ? catalogNamed(name)
    : null;
}

/** Returns the lists that every company file may have, empty ones too, then those of the company's own. */
export function listsInFile(
  { parts }: Tenant,
  dialects: readonly Platform[],
): readonly { readonly list: string; readonly entries: readonly InFile[] }[] {
  const entries = Map.groupBy(parts.catalogs, ({ catalog }) => catalog);
  const named: readonly CatalogName[] = Object.values(CATALOG_LISTS);
  return [...new Set<CatalogName>([...named, ...entries.keys()])].map((name) => ({
    list: listName(name),
    entries: (entries.get(name) ?? []).map((entry) => entryInFile(entry, dialects)),
  }));
}
