import type { EmployeePageQuery } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { Call } from '../../dialect.ts';
import { pageLimit, settingsOf } from '../model/settings.ts';
import { parseTime } from '../model/time-zone.ts';
import { versionOf } from '../protocol/api-paths.ts';
import type { StaffProblem } from '../protocol/errors.ts';

/** A whole number as a query parameter, or null: whatever is none counts as missing [proposed]. */
function wholeNumber(text: string | null): number | null {
  return text !== null && /^[0-9]{1,15}$/.test(text) ? Number(text) : null;
}

/** `start` is a row offset, `count` the size of a page (contract 0.4) [public]; how large, is the version's affair. */
export function windowOf(
  { path, query }: Call,
  tenant: Tenant,
): { readonly offset: number; readonly limit: number } | StaffProblem {
  const offset = wholeNumber(query.get('start'));
  if (offset === null) return { kind: 'missing', subject: 'start参数' };
  const limit = wholeNumber(query.get('count'));
  if (limit === null) return { kind: 'missing', subject: 'count参数' };
  const most = pageLimit(settingsOf(tenant), versionOf(path));
  return limit > most ? { kind: 'too-long', subject: 'count', limit: most } : { offset, limit };
}

/** From ≥ startDate to ≤ endDate of the last change; null where one of them is no time. */
export function datesOf(
  query: URLSearchParams,
  tenant: Tenant,
): Pick<EmployeePageQuery, 'updatedFrom' | 'updatedTo'> | null {
  const times: { updatedFrom?: number; updatedTo?: number } = {};
  for (const [name, bound] of [
    ['startDate', 'updatedFrom'],
    ['endDate', 'updatedTo'],
  ] as const) {
    const text = query.get(name) ?? '';
    if (text === '') continue;
    const instant = parseTime(text, tenant);
    if (instant === null) return null;
    times[bound] = instant;
  }
  return times;
}

/** In what order a list is. */
export function orderOf(query: URLSearchParams): EmployeePageQuery['order'] {
  if (query.get('orderBy') !== 'updateTime') return 'created';
  return query.get('orderByType') === 'desc' ? 'updated-descending' : 'updated';
}

/** A page of what a company has few of, in order of creation or last change; null where a date is no time. */
export function pageOf<Thing extends { readonly updatedAt: number }>(
  things: readonly Thing[],
  { offset, limit }: { readonly offset: number; readonly limit: number },
  query: URLSearchParams,
  tenant: Tenant,
): { readonly count: number; readonly items: readonly Thing[] } {
  const between = datesOf(query, tenant);
  // The list of items answers a wrong date so (contract 5.7) [proposed].
  if (between === null) return { count: 0, items: [] };
  const { updatedFrom = -Infinity, updatedTo = Infinity } = between;
  const chosen = things.filter(({ updatedAt }) => updatedAt >= updatedFrom && updatedAt <= updatedTo);
  const order = orderOf(query);
  if (order === 'updated') chosen.sort((a, b) => a.updatedAt - b.updatedAt);
  else if (order === 'updated-descending') chosen.sort((a, b) => b.updatedAt - a.updatedAt);
  return { count: chosen.length, items: chosen.slice(offset, offset + limit) };
}
