import type { CatalogEntry, CatalogName } from '../../../directory/catalog.ts';
import type { Route } from '../../dialect.ts';
import { pageErrorReply } from '../auth/guarded-route.ts';
import { LOOK_UP_CODES, type Code } from '../protocol/codes.ts';
import { errorReply, successReply } from '../protocol/envelope.ts';
import { authenticated } from '../employees/lifecycle/authenticated.ts';
import { entryIdOf, entryNamed } from '../model/ids.ts';
import { readPageRequest, pageOf, serializePage, type PageLimits } from '../protocol/list-paging.ts';
import { pagedList } from '../protocol/query/query-paging.ts';
import type { Operation } from '../protocol/operations.ts';
import type { Tenant } from '../../../directory/tenant.ts';

/** One shared list as the contact API shows it: page by page, and an entry at a time. */
export interface CatalogRouteOptions {
  readonly catalog: CatalogName;
  readonly list: Operation;
  readonly get: Operation;
  readonly path: string;
  /** The member in which a single entry is answered, which is also the beginning of the path's parameter. */
  readonly member: string;
  readonly limits: PageLimits;
  /** Whether `name` picks the entries of exactly that name. [derived] */
  readonly isNamed?: boolean;
  /** Which entries there are for callers; all where nothing is said. */
  readonly isShown?: (entry: CatalogEntry) => boolean;
  /** What is said of an id that nothing has. */
  readonly unknown: Code;
  readonly show: (entry: CatalogEntry, tenant: Tenant) => object;
}

/** The routes of one shared list. */
export function catalogRoutes(ways: CatalogRouteOptions): readonly Route[] {
  const { catalog, path, member, limits, show } = ways;
  const list: Route = {
    operation: ways.list,
    method: 'GET',
    path,
    answer: authenticated(ways.list, async ({ call, caller, exchange }) => {
      const { tenant } = caller;
      const name = ways.isNamed === true ? (call.query.get('name') ?? '') : '';
      const paged = pagedList(caller, ways.list, name);
      const wanted = readPageRequest(call.query, paged, limits);
      if (!('asked' in wanted)) return pageErrorReply(exchange, wanted);
      const { all: kept } = tenant.catalog(catalog);
      const all = ways.isShown === undefined ? kept : kept.filter(ways.isShown);
      const named = name === '' ? all : all.filter((entry) => entry.name.value === name);
      const page = pageOf(named, ({ id }) => id, paged, wanted.asked);
      if (page === null) return errorReply(exchange, limits.tokenInvalid ?? LOOK_UP_CODES.paramsInvalid);
      return successReply(
        exchange,
        serializePage(page, (entry) => show(entry, tenant)),
      );
    }),
  };
  const get: Route = {
    operation: ways.get,
    method: 'GET',
    path: `${path}/:${member}_id`,
    answer: authenticated(ways.get, async ({ call, caller: { tenant }, exchange }) => {
      const entry = entryNamed(tenant, catalog, call.params[`${member}_id`] ?? '');
      if (entry === undefined || ways.isShown?.(entry) === false) return errorReply(exchange, ways.unknown);
      return successReply(exchange, { [member]: show(entry, tenant) });
    }),
  };
  return [list, get];
}

/** The id of the entry above; `0` is the id of none, as in the employee's own job family. [derived] */
export function parentIdOf(entry: CatalogEntry, tenant: Tenant): string {
  const parent = entry.parent === null ? undefined : tenant.catalog(entry.catalog).get(entry.parent);
  return parent === undefined ? '0' : entryIdOf(parent);
}
