import { LruCache } from '../lib/lru-cache.ts';
import type { Clock } from '../lib/time/clock.ts';
import { callCounts, type CallCounts } from './call-windows.ts';
import { RecentLists } from './recent-lists.ts';
import type { ClientLimit } from './limits.ts';

/** What counts against the limits of a platform, and what need not be read again because of them. */
export interface TenantLimits {
  readonly counts: CallCounts;
  readonly lists: RecentLists;
}

/** Returns limits of which nothing is used. */
export function unusedLimits(limits: readonly ClientLimit[], clock: Clock): TenantLimits {
  return { counts: callCounts(limits, clock), lists: new RecentLists(limits, clock) };
}

/** Tenants that are remembered, with each share of their limits that is used. */
const TENANTS = 1_000;

/**
 * The limits of every tenant that this process asks. A platform counts by app and tenant, whatever its calls are for: plans,
 * probes and deliveries that come one after the other count as one.
 */
export class LimitsByTenant {
  readonly #clock: Clock;
  readonly #counts = new LruCache<string, CallCounts>(TENANTS);
  readonly #lists = new LruCache<string, RecentLists>(TENANTS);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Returns the limits of a tenant; those that are shared out otherwise are counted apart. */
  of(tenant: string, limits: readonly ClientLimit[]): TenantLimits {
    const clock = this.#clock;
    return {
      counts: kept(this.#counts, JSON.stringify([tenant, limits]), () => callCounts(limits, clock)),
      lists: kept(this.#lists, tenant, () => new RecentLists(limits, clock)),
    };
  }
}

function kept<Value>(all: LruCache<string, Value>, key: string, begin: () => Value): Value {
  const found = all.get(key) ?? begin();
  all.set(key, found);
  return found;
}
