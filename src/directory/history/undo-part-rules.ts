import { isObject } from '../../lib/json-equal.ts';
import type { CatalogEntry } from '../catalog.ts';
import type { CustomField } from '../custom-field.ts';
import type { Department } from '../departments/department.ts';
import type { Employee } from '../employees/employee.ts';
import { load, type StoreTask } from '../store.ts';
import type { Tenant } from '../tenant.ts';
import type { CompanyPart, PartKind } from './company-change.ts';
import type { UndoConflict } from './undo-conflict.ts';

/** Why a part cannot be as it was. */
export type PartRefusal = Pick<UndoConflict, 'field' | 'reason' | 'holder'>;

/** Returns what keeps a part of a company from being removed, made again or changed back. */
export function* partRefusals(
  tenant: Tenant,
  kind: PartKind,
  before: CompanyPart | null,
  after: CompanyPart | null,
): StoreTask<readonly PartRefusal[]> {
  if (after === null) return before === null ? [] : yield* uses(tenant, kind, before);
  switch (kind) {
    case 'department':
      return yield* departmentRefusals(tenant, before as Department | null, after as unknown as Department);
    case 'catalog-entry': {
      const { catalog, parent, ids } = after as unknown as CatalogEntry;
      const isOrphan = parent !== null && tenant.catalog(catalog).get(parent) === undefined;
      const others = tenant.catalog(catalog).all.filter(({ id }) => id !== after.id);
      return [...(isOrphan ? [refusal('parent', 'unknown')] : []), ...takenIds(ids, others)];
    }
    case 'custom-field': {
      const { ids } = after as unknown as CustomField;
      return takenIds(
        ids,
        tenant.customFields.all.filter(({ id }) => id !== after.id),
      );
    }
    case 'app':
      return [];
  }
}

function refusal(field: string | null, reason: UndoConflict['reason'], holder?: string): PartRefusal {
  return { field, reason, ...(holder === undefined ? {} : { holder }) };
}

/** An id of a platform is one thing's only. */
function takenIds(
  ids: Readonly<Record<string, string>>,
  others: readonly { readonly ids: Readonly<Record<string, string>> }[],
): readonly PartRefusal[] {
  return Object.entries(ids).flatMap(([space, value]) =>
    others.some((other) => other.ids[space] === value) ? [refusal(`ids.${space}`, 'taken')] : [],
  );
}

function* departmentRefusals(
  { number, departments }: Tenant,
  before: Department | null,
  after: Department,
): StoreTask<readonly PartRefusal[]> {
  const { id, parent, name, ids, leaders } = after;
  const found: PartRefusal[] = [];
  if (parent === null) {
    if (departments.root.id !== id) found.push(refusal('parent', 'taken'));
  } else {
    if (departments.get(parent) === undefined) found.push(refusal('parent', 'unknown'));
    else if (departments.isWithin(parent, new Set([id]))) found.push(refusal('parent', 'loop'));
    const isMoved = before?.parent !== parent || before.name.value !== name.value;
    const siblings = departments.childrenOf(parent).filter((one) => one.id !== id);
    if (isMoved && siblings.some((one) => one.name.value === name.value)) found.push(refusal('name', 'taken'));
  }
  found.push(
    ...takenIds(
      ids,
      departments.all.filter((one) => one.id !== id),
    ),
  );
  const had = new Set(before?.leaders.map(({ employee }) => employee));
  const fresh = leaders.map(({ employee }) => employee).filter((employee) => !had.has(employee));
  if (fresh.length === 0) return found;
  const known = yield* load('employees-by-id', { tenant: number, ids: fresh });
  return fresh.every((employee) => known.has(employee)) ? found : [...found, refusal('leaders', 'unknown')];
}

/** Who or what refers to a part that would go. */
function* uses(
  { number, departments, parts }: Tenant,
  kind: PartKind,
  part: CompanyPart,
): StoreTask<readonly PartRefusal[]> {
  const { id } = part;
  const inUse = [refusal(null, 'in-use')];
  switch (kind) {
    case 'department': {
      if (departments.childrenOf(id).length > 0) return inUse;
      const expected = { tenant: number, space: 'expected-department' as const, value: id, upTo: 1 };
      const isNeeded =
        (yield* load('members-in', { tenant: number, departments: [id] })) > 0 ||
        (yield* load('count-by', expected)) > 0;
      return isNeeded ? inUse : [];
    }
    case 'catalog-entry': {
      const { catalog } = part as unknown as CatalogEntry;
      if (parts.catalogs.some((entry) => entry.catalog === catalog && entry.parent === id)) return inUse;
      return yield* usedBy(number, (employee) => contains(employee, id));
    }
    case 'custom-field':
      return yield* usedBy(number, ({ custom }) => Object.hasOwn(custom, id));
    case 'app':
      return [];
  }
}

/** So many employees are looked at together. */
const BATCH_SIZE = 500;

/** Returns the first employee whose record refers to something, as a refusal; none where no record does. */
export function* usedBy(tenant: number, refers: (employee: Employee) => boolean): StoreTask<readonly PartRefusal[]> {
  for (let after = 0, more = true; more;) {
    const piece = yield* load('employees-from', { tenant, after, limit: BATCH_SIZE });
    const holder = piece.find(({ employee }) => refers(employee));
    if (holder !== undefined) return [refusal(null, 'in-use', holder.employee.id)];
    after = piece.at(-1)?.place ?? 0;
    more = piece.length === BATCH_SIZE;
  }
  return [];
}

/** Whether a value is anywhere in a record: a reference to an entry may be in any field. */
export function contains(value: unknown, wanted: string): boolean {
  if (value === wanted) return true;
  if (Array.isArray(value)) return value.some((one) => contains(one, wanted));
  return isObject(value) && Object.values(value).some((one) => contains(one, wanted));
}
