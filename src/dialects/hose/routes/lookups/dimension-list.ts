import type { CatalogEntry } from '../../../../directory/catalog.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import type { Call, Reply, Route } from '../../../dialect.ts';
import type { Caller } from '../../auth/caller.ts';
import {
  dimensionNamed,
  dimensionsOf,
  itemIdOf,
  itemsOf,
  showItem,
  showItemWithVisibility,
  showRawItem,
} from '../../lookups/dimensions.ts';
import { answer, errorReply } from '../../protocol/errors.ts';
import { authenticated } from '../../auth/guarded-route.ts';
import { pageOf, windowOf } from '../paging.ts';
import { missing, refusalReply } from '../../auth/structure-refusal.ts';

const path = '/api/openapi/v1/dimensions';

function list({ tenant }: Caller, call: Call): Reply {
  const window = windowOf(call, tenant);
  if ('kind' in window) return errorReply(window);
  const all = [...dimensionsOf(tenant).values()];
  const items = all
    .slice(window.offset, window.offset + window.limit)
    .map(({ id, name, active, code }) => ({ id, name, active, code }));
  return answer({ count: all.length, items });
}

/** An archive that there is not has no items (contract 5.7) [proposed]. */
function items(show: (entry: CatalogEntry, tenant: Tenant) => object): Route['answer'] {
  return authenticated('general-directory', ({ tenant }, call) => {
    const { query } = call;
    const window = windowOf(call, tenant);
    if ('kind' in window) return errorReply(window);
    const dimensionId = query.get('dimensionId') ?? '';
    const dimension = dimensionId === '' ? null : dimensionNamed(tenant, dimensionId, 'id');
    if (dimension === undefined) return answer({ count: 0, items: [] });
    const entries = dimension === null ? itemsOf(tenant) : tenant.catalog(dimension.catalog).all;
    const page = pageOf(entries, window, query, tenant);
    return answer({ count: page.count, items: page.items.map((entry) => show(entry, tenant)) });
  });
}

/** The key by which a query searches items, in all archives; repeated codes and names return all items [proposed]. */
const CARRIES = {
  id: (entry: CatalogEntry, value: string) => itemIdOf(entry) === value,
  code: (entry: CatalogEntry, value: string) => entry.code === value,
  name: (entry: CatalogEntry, value: string) => entry.name.value === value,
} as const;

function named(by: keyof typeof CARRIES): Route['answer'] {
  return authenticated('general-directory', ({ tenant }, { query }) => {
    const value = query.get(by) ?? '';
    if (value === '') return refusalReply(missing(by));
    const found = itemsOf(tenant).filter((entry) => CARRIES[by](entry, value));
    const shown = found.map((entry) => showRawItem(entry, tenant));
    return answer(by === 'id' ? { value: shown[0] ?? null } : { count: shown.length, items: shown });
  });
}

/** Lists of archives and their items, and look-ups of items. */
export const dimensionListRoutes: readonly Route[] = [
  { operation: 'dimensions.list', method: 'GET', path, answer: authenticated('general-directory', list) },
  { operation: 'dimensions.items', method: 'GET', path: `${path}/items`, answer: items(showItem) },
  {
    operation: 'dimensions.items.withVisibility',
    method: 'GET',
    path: `${path}/items/withVisibility`,
    answer: items(showItemWithVisibility),
  },
  { operation: 'dimensions.items.withAll', method: 'GET', path: `${path}/items/withAll`, answer: items(showRawItem) },
  { operation: 'dimensions.items.byId', method: 'GET', path: `${path}/getDimensionById`, answer: named('id') },
  { operation: 'dimensions.items.byCode', method: 'GET', path: `${path}/getDimensionByCode`, answer: named('code') },
  { operation: 'dimensions.items.byName', method: 'GET', path: `${path}/getDimensionByName`, answer: named('name') },
];
