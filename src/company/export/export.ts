import { stringify } from 'yaml';
import type { CatalogEntry, CatalogName } from '../../directory/catalog.ts';
import type { TenantContents } from '../../directory/store.ts';
import type { TenantData } from '../../directory/tenant.ts';
import { CATALOG_LISTS, type Platform } from '../schema.ts';
import { compactParts, type CompactParts } from './compact.ts';
import { companyPart, withoutAbsent } from './file-parts.ts';

/** How many things of a list are written at a time. */
const BATCH_SIZE = 5;

/**
 * Returns a company as a YAML file that, when applied, makes the very same company; a piece at a time. It leaves out what
 * equals a default.
 */
export function* exportCompany(
  { tenant, employees, accounts }: TenantContents,
  dialects: readonly Platform[],
): Generator<string, void, undefined> {
  const { parts } = tenant;
  const compact = compactParts(parts, dialects);
  yield yaml({
    mingce: 1,
    ...companyPart(parts),
    ...Object.fromEntries(dialects.map(({ name }) => [name, compact.settings(name)])),
  });
  yield* listPieces('departments', parts.departments, (department) => compact.department(department));
  yield* catalogPieces(parts, compact);
  yield* listPieces('custom_fields', parts.customFields, (field) => compact.customField(field));
  yield* listPieces('faults', parts.faults ?? [], ({ from_file: _mark, ...rule }) => rule);
  yield* listPieces('employees', employees, (employee) => compact.employee(employee, accounts));
}

function* catalogPieces(
  { catalogs: entries, customFields }: Pick<TenantData, 'catalogs' | 'customFields'>,
  compact: CompactParts,
): Generator<string, void, undefined> {
  const lists = Map.groupBy(entries, ({ catalog }) => catalog);
  const of = (catalog: CatalogName): readonly CatalogEntry[] => lists.get(catalog) ?? [];
  const partOf = (entry: CatalogEntry, position: number): unknown => compact.catalogEntry(entry, position);
  for (const [list, catalog] of Object.entries(CATALOG_LISTS)) yield* listPieces(list, of(catalog), partOf);
  // A field may point into a list that has no entries yet.
  const pointedTo = customFields.flatMap(({ catalog }) => catalog ?? []);
  const dimensions = [...new Set([...lists.keys(), ...pointedTo])].filter((catalog) =>
    catalog.startsWith('dimension:'),
  );
  for (const [index, catalog] of dimensions.entries()) {
    const piece = yaml({ dimensions: { [catalog.slice('dimension:'.length)]: of(catalog).map(partOf) } });
    yield index === 0 ? piece : piece.slice('dimensions:\n'.length);
  }
}

/** Yields a list as it would stand in the whole; nothing where it is empty. */
function* listPieces<Thing>(
  name: string,
  things: readonly Thing[],
  partOf: (thing: Thing, position: number) => unknown,
): Generator<string, void, undefined> {
  const title = `${name}:\n`;
  for (let from = 0; from < things.length; from += BATCH_SIZE) {
    const piece = yaml({
      [name]: things.slice(from, from + BATCH_SIZE).map((thing, index) => partOf(thing, from + index)),
    });
    yield from === 0 ? piece : piece.slice(title.length);
  }
}

function yaml(file: object): string {
  return stringify(withoutAbsent(file), { lineWidth: 0, aliasDuplicateObjects: false });
}
