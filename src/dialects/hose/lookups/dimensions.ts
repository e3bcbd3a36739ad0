import type { CatalogEntry, CatalogName } from '../../../directory/catalog.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { spaces } from '../model/ids.ts';
import { settingsOf } from '../model/settings.ts';
import { formatTime } from '../model/time-zone.ts';

/** One 自定义档案: a list of items. */
export interface Dimension {
  /** `<corporation>:<name>` [public: dimensions/get-dimensions.md]. */
  readonly id: string;
  readonly name: string;
  readonly catalog: CatalogName;
  readonly code: string;
  readonly active: boolean;
}

/** The archives that every company has, which are the shared lists of job levels and job titles. */
export const PRESETS: ReadonlyMap<string, CatalogName> = new Map([
  ['职级预置', 'job-level'],
  ['岗位预置', 'job-title'],
]);

/** The list that an archive of this name is. */
export function catalogOfDimension(name: string): CatalogName {
  return PRESETS.get(name) ?? `dimension:${name}`;
}

/** The archive that a list is, by its name; null for a shared list that Hose does not know. */
export function dimensionNameOf(catalog: CatalogName): string | null {
  for (const [name, preset] of PRESETS) if (preset === catalog) return name;
  return catalog.startsWith('dimension:') ? catalog.slice('dimension:'.length) : null;
}

const DIMENSIONS = Symbol('hose dimensions');

/** The company's archives by their names: those of every company, those without items too, then those in use. */
export function dimensionsOf(tenant: Tenant): ReadonlyMap<string, Dimension> {
  return tenant.derived(DIMENSIONS, ({ catalogs }) => {
    const { corporationId, dimensions = [] } = settingsOf(tenant);
    const all = new Map<string, Dimension>();
    const add = (name: string, code: string, active: boolean): void => {
      if (!all.has(name))
        all.set(name, { id: `${corporationId}:${name}`, name, catalog: catalogOfDimension(name), code, active });
    };
    for (const { name, code, active } of dimensions) add(name, code, active);
    for (const name of PRESETS.keys()) add(name, '', true);
    for (const { catalog } of catalogs) {
      const name = dimensionNameOf(catalog);
      if (name !== null) add(name, '', true);
    }
    return all;
  });
}

/** The archive that a request names, by its id or as the only one with a code. */
export function dimensionNamed(tenant: Tenant, value: string, by: 'id' | 'code'): Dimension | undefined {
  const found = [...dimensionsOf(tenant).values()].filter((one) => value !== '' && one[by] === value);
  return found.length === 1 ? found[0] : undefined;
}

const ITEMS = Symbol('hose items');

/** The items of all archives in order of creation. */
export function itemsOf(tenant: Tenant): readonly CatalogEntry[] {
  return tenant.derived(ITEMS, ({ catalogs }) => catalogs.filter(({ catalog }) => dimensionNameOf(catalog) !== null));
}

/** Who may choose an item: Hose's ids, as sent. */
export interface Visibility {
  readonly fullVisible: boolean;
  readonly staffs: readonly string[];
  readonly roles: readonly string[];
  readonly departments: readonly string[];
  readonly departmentsIncludeChildren: boolean;
}

/** Everybody. */
const FULLY_VISIBLE: Visibility = {
  fullVisible: true,
  staffs: [],
  roles: [],
  departments: [],
  departmentsIncludeChildren: true,
};

/** What Hose alone knows of an item. */
export interface HoseItem {
  readonly visibility?: Visibility;
  /** Counts its changes. */
  readonly version?: number;
  /** By hand or through the API. */
  readonly channel?: 'MANUAL' | 'API';
}

/** What Hose alone knows of this item. */
export function hoseOfItem({ extensions }: CatalogEntry): HoseItem {
  // Written by this dialect alone.
  return (extensions['hose'] as HoseItem | undefined) ?? {};
}

/** Hose's id of an item. */
export function itemIdOf(entry: CatalogEntry): string {
  return entry.ids[spaces.entry] ?? entry.id;
}

function placeOf(entry: CatalogEntry, tenant: Tenant): { readonly dimensionId: string; readonly parentId: string } {
  const above = entry.parent === null ? undefined : tenant.catalog(entry.catalog).get(entry.parent);
  const name = dimensionNameOf(entry.catalog) ?? '';
  return {
    dimensionId: dimensionsOf(tenant).get(name)?.id ?? '',
    parentId: above === undefined ? '' : itemIdOf(above),
  };
}

/** The item as the plain list tells it [public: dimensions/get-dimension-items.md]. */
export function showItem(entry: CatalogEntry, tenant: Tenant): object {
  return {
    id: itemIdOf(entry),
    name: entry.name.value,
    active: entry.enabled,
    code: entry.code,
    ...placeOf(entry, tenant),
    updateTime: formatTime(entry.updatedAt, tenant),
    createTime: formatTime(entry.createdAt, tenant),
  };
}

/** The same with who may choose it [public: dimensions/get-dimension-items-visibility.md]. */
export function showItemWithVisibility(entry: CatalogEntry, tenant: Tenant): object {
  return { ...showItem(entry, tenant), visibility: hoseOfItem(entry).visibility ?? FULLY_VISIBLE };
}

/** The item as the call that made it among others tells it [public: dimensions/batch-creat-dimension-items.md]. */
export function showMadeItem(entry: CatalogEntry, tenant: Tenant): object {
  const { dimensionId, parentId } = placeOf(entry, tenant);
  return {
    id: itemIdOf(entry),
    dimensionId,
    code: entry.code,
    name: entry.name.value,
    visibility: hoseOfItem(entry).visibility ?? FULLY_VISIBLE,
    parentId,
    form: null,
    payAccountIds: null,
    departments: null,
  };
}

/** All fields of the item [public: dimensions/get-dimension-items-withAll.md]. */
export function showRawItem(entry: CatalogEntry, tenant: Tenant): object {
  const { version = 1, channel = 'MANUAL', visibility = FULLY_VISIBLE } = hoseOfItem(entry);
  const { dimensionId, parentId } = placeOf(entry, tenant);
  return {
    version,
    active: entry.enabled,
    createTime: entry.createdAt,
    updateTime: entry.updatedAt,
    name: entry.name.value,
    nameSpell: null,
    code: entry.code,
    corporationId: settingsOf(tenant).corporationId,
    parentId,
    id: itemIdOf(entry),
    dimensionId,
    channel,
    orders: entry.order,
    visibility,
    payAccountIds: [],
    form: null,
    leaf: !hasChildren(tenant).has(`${entry.catalog} ${entry.id}`),
  };
}

const PARENTS = Symbol('hose items with others below');

function hasChildren(tenant: Tenant): ReadonlySet<string> {
  return tenant.derived(
    PARENTS,
    ({ catalogs }) =>
      new Set(catalogs.flatMap(({ catalog, parent }) => (parent === null ? [] : `${catalog} ${parent}`))),
  );
}
