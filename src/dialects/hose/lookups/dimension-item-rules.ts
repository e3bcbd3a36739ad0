import type { CatalogEntry } from '../../../directory/catalog.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { withValue } from '../../../directory/text.ts';
import { isObject } from '../../../lib/json-equal.ts';
import { MAX_IN_LINE, MAX_IN_LIST } from '../protocol/bounds.ts';
import { hoseOfItem, itemIdOf, type Dimension, type Visibility } from './dimensions.ts';
import { missing, malformedBody, type StructureRefusal } from '../auth/structure-refusal.ts';
import { structureErrors } from '../protocol/structure-codes.ts';

/** Characters of an item's name [public: dimensions/creat-dimension-items.md]. */
const MAX_IN_NAME = 300;

/** An item as a request describes it; what is absent stays as it is. */
export interface GivenItem {
  readonly name?: string;
  readonly code?: string;
  readonly parentId?: string;
  readonly visibility?: Visibility;
}

/** Reads an item; all of it must be there but who may choose it, unless it is an item that there is. */
export function readItem(body: Readonly<Record<string, unknown>>, isNew: boolean): GivenItem | StructureRefusal {
  const texts: Record<string, string> = {};
  for (const member of ['name', 'code', 'parentId']) {
    const text = body[member];
    if (text === undefined || text === null) {
      if (isNew) return missing(member);
    } else if (typeof text === 'string' && (member === 'name' || text.length <= MAX_IN_LINE)) texts[member] = text;
    else return malformedBody;
  }
  if (texts['name'] === '') return missing('name');
  if ((texts['name'] ?? '').length > MAX_IN_NAME)
    return {
      problem: { kind: 'too-long', subject: 'name', limit: MAX_IN_NAME },
      failure: structureErrors.itemNameTooLong,
    };
  const visibility = readVisibility(body['visibility'], isNew);
  if (visibility === null) return malformedBody;
  if (visibility !== undefined && isForNobody(visibility))
    return { problem: { kind: 'missing', subject: 'visibility' }, failure: structureErrors.visibilityEmpty };
  return visibility === undefined ? texts : { ...texts, visibility };
}

function isForNobody({ fullVisible, staffs, roles, departments }: Visibility): boolean {
  return !fullVisible && staffs.length + roles.length + departments.length === 0;
}

/**
 * Who may choose it, as sent; undefined where nothing is said, null for a wrong type. Without `fullVisible` a new item is
 * for everybody [public: dimensions/creat-dimension-items.md], and one that there is for those who are named
 * [public: dimensions/update-dimension-items.md].
 */
function readVisibility(value: unknown, isNew: boolean): Visibility | null | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) return null;
  const { departmentsIncludeChildren = true } = value;
  const fullVisible = value['fullVisible'] ?? isNew;
  const [staffs, roles, departments] = [
    textsIn(value['staffs']),
    textsIn(value['roles']),
    textsIn(value['departments']),
  ];
  if (typeof fullVisible !== 'boolean' || typeof departmentsIncludeChildren !== 'boolean') return null;
  if (staffs === null || roles === null || departments === null) return null;
  return { fullVisible, staffs, roles, departments, departmentsIncludeChildren };
}

function textsIn(value: unknown): readonly string[] | null {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || value.length > MAX_IN_LIST) return null;
  return value.every((one) => typeof one === 'string' && one.length <= MAX_IN_LINE) ? value : null;
}

/** How an operation names what is above, and words what it refuses. */
export interface ItemWriteOptions {
  readonly by: 'id' | 'code';
  readonly aboveUnknown: (above: string, code: string) => StructureRefusal['failure'];
  readonly codeTaken: (code: string) => StructureRefusal['failure'];
  /** Whether an item that is off keeps its code from others. */
  readonly keepsCodesOfDisabled: boolean;
}

/**
 * The item as a request has it. The rules in this order [proposed]: the one above, its name beside its siblings, its
 * code in its archive.
 */
export function changedItem(
  before: CatalogEntry,
  given: GivenItem,
  tenant: Tenant,
  { by, aboveUnknown, codeTaken, keepsCodesOfDisabled }: ItemWriteOptions,
): CatalogEntry | StructureRefusal {
  const parent = given.parentId === undefined ? before.parent : parentFor(before, given.parentId, tenant, by);
  if (parent === undefined) {
    const value = given.parentId ?? '';
    const failure =
      by === 'code' ? structureErrors.itemAboveNotUnique(value) : aboveUnknown(value, given.code ?? before.code);
    return { problem: { kind: 'unknown', subject: 'parent', value }, failure };
  }
  const name = given.name ?? before.name.value;
  const code = given.code ?? before.code;
  const others = tenant.catalog(before.catalog).all.filter(({ id }) => id !== before.id);
  const isMoved =
    parent !== before.parent || name !== before.name.value || !tenant.catalog(before.catalog).get(before.id);
  if (isMoved && others.some((one) => one.parent === parent && one.name.value === name))
    return { problem: { kind: 'taken', subject: 'name' }, failure: structureErrors.itemNameTaken(name) };
  // What it has already stays its own, also where another has it by hand.
  const isNewCode = code !== '' && code !== before.code;
  if (isNewCode && others.some((one) => one.code === code && (keepsCodesOfDisabled || one.enabled)))
    return { problem: { kind: 'taken', subject: 'code' }, failure: codeTaken(code) };
  const ofHose = hoseOfItem(before);
  const visibility = given.visibility ?? ofHose.visibility;
  return {
    ...before,
    name: withValue(before.name, name),
    code,
    parent,
    extensions: { ...before.extensions, hose: visibility === undefined ? ofHose : { ...ofHose, visibility } },
  };
}

/** Own id of what is above; null for the top, undefined where there is nothing that may be chosen. */
function parentFor(
  before: CatalogEntry,
  parentId: string,
  tenant: Tenant,
  by: 'id' | 'code',
): string | null | undefined {
  if (parentId === '') return null;
  const catalog = tenant.catalog(before.catalog);
  const carriers = catalog.all.filter((one) => one.enabled && (by === 'code' ? one.code : itemIdOf(one)) === parentId);
  const parent = carriers.length === 1 ? carriers[0] : undefined;
  // An item cannot lie below itself [proposed].
  const isBelow = parent === before || catalog.descendantsOf(before.id).some(({ id }) => id === parent?.id);
  return parent === undefined || isBelow ? undefined : parent.id;
}

/** The item that a path names. */
export function itemNamed(
  value: string,
  by: 'id' | 'code',
  dimension: Dimension | null,
  tenant: Tenant,
  all: readonly CatalogEntry[],
): CatalogEntry | StructureRefusal {
  const items = dimension === null ? all : tenant.catalog(dimension.catalog).all;
  const found = items.filter((one) => value !== '' && (by === 'code' ? one.code : itemIdOf(one)) === value);
  const [item] = found;
  if (item !== undefined && (by === 'id' || found.length === 1)) return item;
  const problem = { kind: by === 'code' ? 'ambiguous' : 'unknown', subject: 'item', value } as const;
  return { problem, failure: by === 'code' ? structureErrors.itemNotUnique(value) : structureErrors.itemUnknown };
}
