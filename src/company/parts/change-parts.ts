import type { CatalogEntry, CatalogName } from '../../directory/catalog.ts';
import type { CustomField } from '../../directory/custom-field.ts';
import type { Origin } from '../../directory/history/change.ts';
import type { CompanyPart } from '../../directory/history/company-change.ts';
import { partRefusals, usedBy, type PartRefusal } from '../../directory/history/undo-part-rules.ts';
import { load, type Decision, type StoreTask } from '../../directory/store.ts';
import type { Tenant, TenantData } from '../../directory/tenant.ts';
import { plainText } from '../../directory/text.ts';
import { NoFreshIds, type RecordFactory } from '../../dialects/record-factory.ts';
import { catalogEntryPart, customFieldPart, listName } from '../export/file-parts.ts';
import type { Platform } from '../schema.ts';
import { PartRefused } from './part-refused.ts';
import { merged, readEntry, readField } from './read-part.ts';

/** What a change of a part works with. */
export interface PartChange {
  readonly tenant: Pick<Tenant, 'number'>;
  readonly dialects: readonly Platform[];
  readonly recordFactory: RecordFactory;
  readonly origin: Origin;
}

/** Which part, and what of it is given in the form of a company file. */
export interface GivenPart {
  readonly id: string;
  /** Whether it must not be there yet; else it must be. */
  readonly isNew: boolean;
  readonly given: object;
}

/** So many a company has through single changes; a company file may bring more. */
const MAX_ENTRIES = 20_000;
const MAX_FIELDS = 500;

/** Adds an entry to a list, or changes it. */
export function* putEntry(
  change: PartChange,
  catalog: CatalogName,
  { id, isNew, given }: GivenPart,
): StoreTask<Decision<CatalogEntry>> {
  const { dialects, origin } = change;
  const now = yield* companyNow(change);
  const known = ownEntry(now, catalog, id);
  requireNew(known, isNew, 'entry');
  if (isNew && now.parts.catalogs.length >= MAX_ENTRIES) throw tooMany('entries', MAX_ENTRIES);
  const before = known ?? freshEntry(change, now, catalog, id);
  const number = now.catalog(catalog).all.length + 1;
  const read = readEntry(
    dialects,
    now,
    { catalog, number },
    { ...merged(dialects, catalogEntryPart(before, dialects), given), id },
  );
  const after: CatalogEntry = { ...read, createdAt: before.createdAt, updatedAt: origin.at };
  refuse(yield* partRefusals(now, 'catalog-entry', part(known), part(after)));
  const type = known === undefined ? undefined : employmentTypeOf(dialects, known);
  if (type !== undefined && type !== employmentTypeOf(dialects, after))
    refuse(yield* usedBy(now.number, ({ employmentType }) => employmentType === type));
  if (catalog === 'country') yield* checkFirstCountry(now, after);
  const below = now.catalog(catalog).descendantsOf(id);
  if (after.parent === id || below.some((one) => one.id === after.parent))
    throw new PartRefused('conflict', 'An entry cannot be below itself.');
  return decided(change, now, { ...now.parts, catalogs: replaced(now.parts.catalogs, known, after) }, after);
}

/** Removes an entry that nothing refers to. */
export function* removeEntry(change: PartChange, catalog: CatalogName, id: string): StoreTask<Decision<CatalogEntry>> {
  const now = yield* companyNow(change);
  const before = ownEntry(now, catalog, id);
  if (before === undefined) throw missing('entry');
  refuse(yield* partRefusals(now, 'catalog-entry', part(before), null));
  const number = employmentTypeOf(change.dialects, before);
  if (number !== undefined) refuse(yield* usedBy(now.number, ({ employmentType }) => employmentType === number));
  return decided(change, now, { ...now.parts, catalogs: replaced(now.parts.catalogs, before, null) }, before);
}

/** Adds a field of the company's own, or changes it. */
export function* putField(change: PartChange, { id, isNew, given }: GivenPart): StoreTask<Decision<CustomField>> {
  const { dialects } = change;
  const now = yield* companyNow(change);
  const known = now.customFields.get(id);
  requireNew(known, isNew, 'field');
  if (isNew && now.parts.customFields.length >= MAX_FIELDS) throw tooMany('fields', MAX_FIELDS);
  const written = known === undefined ? {} : customFieldPart(known, dialects);
  const after = readField(dialects, now, { ...merged(dialects, written, given), id });
  checkField(now, known, after);
  refuse(yield* partRefusals(now, 'custom-field', part(known), part(after)));
  return decided(change, now, { ...now.parts, customFields: replaced(now.parts.customFields, known, after) }, after);
}

/** Removes a field of the company's own in which no employee has a value. */
export function* removeField(change: PartChange, id: string): StoreTask<Decision<CustomField>> {
  const now = yield* companyNow(change);
  const before = now.customFields.get(id);
  if (before === undefined) throw missing('field');
  refuse(yield* partRefusals(now, 'custom-field', part(before), null));
  return decided(change, now, { ...now.parts, customFields: replaced(now.parts.customFields, before, null) }, before);
}

/** Returns the number by which employees have an entry of the list of employee types. */
export function employmentTypeOf(dialects: readonly Platform[], entry: CatalogEntry): number | undefined {
  if (entry.catalog !== 'employee-type') return undefined;
  for (const { company } of dialects) {
    const number = company.employmentTypeOf?.(entry);
    if (number !== undefined) return number;
  }
  return undefined;
}

/** Values are kept by a field's type and by the ids of its options: neither goes while the field is there. */
function checkField(now: Tenant, before: CustomField | undefined, after: CustomField): void {
  if (before !== undefined && (before.type !== after.type || before.catalog !== after.catalog))
    throw new PartRefused('conflict', 'A field keeps its type and its list: add another field.');
  const options = new Set(after.options.map(({ id }) => id));
  if (options.size < after.options.length) throw new PartRefused('conflict', 'Two options have the same id.');
  if (before?.options.some(({ id }) => !options.has(id)) === true)
    throw new PartRefused('conflict', 'An option stays, as employees may have it: switch it off instead.');
  if ((after.type === 'reference') !== (after.catalog !== null))
    throw new PartRefused('conflict', 'A field of type reference names a list, and no other does.');
  if (after.catalog !== null && after.catalog !== before?.catalog && now.catalog(after.catalog).all.length === 0)
    throw new PartRefused('conflict', `The company has no list ${listName(after.catalog)}.`);
}

/** Returns an empty entry; an id that another one has on a platform is refused, as the new one would have it too. */
function freshEntry(
  { recordFactory, origin }: PartChange,
  now: Tenant,
  catalog: CatalogName,
  id: string,
): CatalogEntry {
  const isTaken = now.catalog(catalog).all.some((one) => one.id !== id && Object.values(one.ids).includes(id));
  if (isTaken) throw new PartRefused('conflict', 'Another entry has this id on a platform.');
  try {
    return recordFactory.catalogEntry(now, catalog, id, plainText(''), origin.at);
  } catch (error) {
    if (error instanceof NoFreshIds) throw new PartRefused('conflict', 'The platforms have no new id for this entry.');
    throw error;
  }
}

/** With a first country of its own, a company no longer has those of the world: no one may be left with one of these. */
function* checkFirstCountry(now: Tenant, { id, parent }: CatalogEntry): StoreTask<void> {
  if (now.parts.catalogs.some(({ catalog }) => catalog === 'country')) return;
  if (parent !== null) refuse([{ field: 'parent', reason: 'unknown' }]);
  const fields = now.customFields.all.filter(({ catalog }) => catalog === 'country');
  const holders = yield* usedBy(
    now.number,
    ({ workCountry, custom }) =>
      (workCountry !== null && workCountry !== id) || fields.some((field) => Object.hasOwn(custom, field.id)),
  );
  if (holders.length > 0)
    throw new PartRefused(
      'conflict',
      'Employees have countries of the world, which a first own country replaces: change the company file instead.',
    );
}

/** An entry that the company itself has: the countries of the world are not its own. */
function ownEntry({ parts }: Tenant, catalog: CatalogName, id: string): CatalogEntry | undefined {
  return parts.catalogs.find((one) => one.catalog === catalog && one.id === id);
}

function* companyNow({ tenant: { number } }: PartChange): StoreTask<Tenant> {
  const now = yield* load('tenant', { number });
  if (now === null) throw new PartRefused('missing', 'The company is gone.');
  return now;
}

function requireNew(known: object | undefined, isNew: boolean, what: 'entry' | 'field'): void {
  if (isNew && known !== undefined) throw new PartRefused('conflict', `There is an ${what} of this id already.`);
  if (!isNew && known === undefined) throw missing(what);
}

function missing(what: 'entry' | 'field'): PartRefused {
  return new PartRefused('missing', `The company has no ${what} of this id.`);
}

function tooMany(what: string, most: number): PartRefused {
  return new PartRefused('conflict', `The company has ${String(most)} ${what} or more; change its file instead.`);
}

const SENTENCES: Readonly<Partial<Record<PartRefusal['reason'], string>>> = {
  'in-use': 'It is in use; switch it off instead.',
  taken: 'Another one has this id on the platform',
  unknown: 'The one above is not in the list.',
};

function refuse(refusals: readonly PartRefusal[]): void {
  const [first] = refusals;
  if (first === undefined) return;
  const sentence = SENTENCES[first.reason] ?? 'It is against what the company has.';
  const where = first.reason === 'taken' ? ` (${first.field ?? ''}).` : '';
  throw new PartRefused('conflict', `${sentence}${where}`);
}

function part(thing: CatalogEntry | CustomField | undefined): CompanyPart | null {
  return (thing as CompanyPart | undefined) ?? null;
}

function replaced<Part>(list: readonly Part[], before: Part | undefined, after: Part | null): readonly Part[] {
  if (before === undefined) return after === null ? list : [...list, after];
  return list.flatMap((one) => (one === before ? (after ?? []) : one));
}

/** Writes the company where no platform finds a fault in it that was not there before. */
function decided<Part>({ dialects, origin }: PartChange, now: Tenant, parts: TenantData, answer: Part): Decision<Part> {
  const { number: _number, ...after } = { ...parts, updatedAt: origin.at };
  const known = new Set(faultsOf(dialects, now.parts));
  const fresh = faultsOf(dialects, after).find((fault) => !known.has(fault));
  if (fresh !== undefined) throw new PartRefused('conflict', `${fresh}.`);
  return { answer, effects: [{ write: 'tenant', now, parts: after, origin }] };
}

/** The employees are left out: no part that is changed here refers to one. */
function faultsOf(dialects: readonly Platform[], parts: Omit<TenantData, 'number'>): readonly string[] {
  return dialects.flatMap(({ company }) => company.check(parts, new Set()).map(({ message }) => message));
}
