import type { CatalogEntry, CatalogName } from '../../../directory/catalog.ts';
import { load, type Decision, type Effect, type StoreTask } from '../../../directory/store.ts';
import { Tenant } from '../../../directory/tenant.ts';
import { plainText } from '../../../directory/text.ts';
import type { DialectContext } from '../../dialect.ts';
import type { Caller } from '../auth/caller.ts';
import { changedItem, itemNamed, type GivenItem, type ItemWriteOptions } from './dimension-item-rules.ts';
import { dimensionNamed, hoseOfItem, itemsOf, type Dimension } from './dimensions.ts';
import { isRefusal, type StructureRefusal } from '../auth/structure-refusal.ts';
import { structureErrors } from '../protocol/structure-codes.ts';
import { resolveVisibility } from './dimension-item-visibility.ts';

/** Items after a write, and the company that they are in; or why nothing was written. */
export type WrittenItems = StructureRefusal | { readonly tenant: Tenant; readonly items: readonly CatalogEntry[] };

/** What an operation names an archive by, and what it gave. */
export interface DimensionName {
  readonly by: 'id' | 'code';
  readonly dimensionId: string;
}

/** An item that is to be made; its own id is made before the work, which may be run again. */
export interface ItemToMake {
  readonly id: string;
  readonly given: GivenItem;
}

/** Adds items: all or nothing, from the first; each sees those before it [public: dimensions/batch-creat-dimension-items.md]. */
export function* addItems(
  all: readonly ItemToMake[],
  name: DimensionName,
  manner: ItemWriteOptions,
  caller: Caller,
  { recordFactory: newcomers }: DialectContext,
  at: number,
): StoreTask<Decision<WrittenItems>> {
  const now = yield* nowOf(caller);
  const dimension = dimensionFor(now, name);
  if (isRefusal(dimension)) return { answer: dimension, effects: [] };
  let tenant = now;
  const made: string[] = [];
  for (const { id, given } of all) {
    const blank = newcomers.catalogEntry(tenant, dimension.catalog, id, plainText(given.name ?? ''), at);
    const fresh = { ...blank, extensions: { ...blank.extensions, hose: { channel: 'API' } } };
    const after = yield* itemAfter(fresh, given, tenant, manner);
    if (isRefusal(after)) return { answer: after, effects: [] };
    tenant = new Tenant({ ...tenant.parts, catalogs: [...tenant.parts.catalogs, after], updatedAt: at });
    made.push(id);
  }
  return decided(now, tenant, dimension.catalog, made);
}

/** Changes one item. */
export function* updateItem(
  value: string,
  name: DimensionName,
  given: GivenItem,
  manner: ItemWriteOptions,
  caller: Caller,
  at: number,
): StoreTask<Decision<WrittenItems>> {
  const now = yield* nowOf(caller);
  const before = addressedItem(now, value, name);
  if (isRefusal(before)) return { answer: before, effects: [] };
  const after = yield* itemAfter(before, given, now, manner);
  if (isRefusal(after)) return { answer: after, effects: [] };
  return replaced(now, before.catalog, new Map([[before.id, after]]), at);
}

/** Disabling takes what is below along [public: dimensions/disable-dimension-items.md]; enabling where it is asked to. */
export function* enableItem(
  value: string,
  name: DimensionName,
  enabled: boolean,
  withDescendants: boolean,
  caller: Caller,
  at: number,
): StoreTask<Decision<WrittenItems>> {
  const now = yield* nowOf(caller);
  const item = addressedItem(now, value, name);
  if (isRefusal(item)) return { answer: item, effects: [] };
  const meant = withDescendants ? [item, ...now.catalog(item.catalog).descendantsOf(item.id)] : [item];
  const changed = meant.filter((one) => one.enabled !== enabled);
  return replaced(now, item.catalog, new Map(changed.map((one) => [one.id, { ...one, enabled }])), at);
}

function dimensionFor(tenant: Tenant, { by, dimensionId }: DimensionName): Dimension | StructureRefusal {
  const dimension = dimensionNamed(tenant, dimensionId, by);
  if (dimension !== undefined) return dimension;
  const problem = { kind: 'unknown', subject: 'dimension', value: dimensionId } as const;
  return { problem, failure: structureErrors.dimensionNotUnique(dimensionId) };
}

/** By a code within the archive given, since codes repeat across archives; an id is found in any where none is given. */
function addressedItem(tenant: Tenant, value: string, name: DimensionName): CatalogEntry | StructureRefusal {
  const dimension = name.dimensionId === '' ? null : dimensionFor(tenant, name);
  if (isRefusal(dimension)) return dimension;
  return itemNamed(value, name.by, dimension, tenant, itemsOf(tenant));
}

function* itemAfter(
  before: CatalogEntry,
  given: GivenItem,
  tenant: Tenant,
  manner: ItemWriteOptions,
): StoreTask<CatalogEntry | StructureRefusal> {
  const after = changedItem(before, given, tenant, manner);
  if (isRefusal(after) || given.visibility === undefined) return after;
  const visibility = yield* resolveVisibility(given.visibility, manner.by, tenant);
  if (isRefusal(visibility)) return visibility;
  return { ...after, extensions: { ...after.extensions, hose: { ...hoseOfItem(after), visibility } } };
}

function replaced(
  now: Tenant,
  catalog: CatalogName,
  changes: ReadonlyMap<string, CatalogEntry>,
  at: number,
): Decision<WrittenItems> {
  const catalogs = now.parts.catalogs.map((entry) => {
    const after = entry.catalog === catalog ? changes.get(entry.id) : undefined;
    if (after === undefined) return entry;
    const ofHose = hoseOfItem(after);
    const hose = { ...ofHose, version: (ofHose.version ?? 1) + 1 };
    return { ...after, updatedAt: at, extensions: { ...after.extensions, hose } };
  });
  const tenant = changes.size === 0 ? now : new Tenant({ ...now.parts, catalogs, updatedAt: at });
  return decided(now, tenant, catalog, [...changes.keys()]);
}

function decided(now: Tenant, tenant: Tenant, catalog: CatalogName, ids: readonly string[]): Decision<WrittenItems> {
  const effects: readonly Effect[] = tenant === now ? [] : [{ write: 'tenant', now, parts: tenant.parts }];
  return { answer: { tenant, items: ids.flatMap((id) => tenant.catalog(catalog).get(id) ?? []) }, effects };
}

/** The company as it is in this work. */
export function* nowOf({ tenant }: Caller): StoreTask<Tenant> {
  return (yield* load('tenant', { number: tenant.number })) ?? tenant;
}
