import type { Store } from '../../../directory/store.ts';
import { dayInChina, startOfDayInChina, type Day } from '../../../lib/time/day.ts';
import { LruCache } from '../../../lib/lru-cache.ts';

const DAY_MS = 86_400_000;

/** So many days are remembered. (wecom-more 5.1) */
const REMEMBERED_DAYS = 31;
/** Companies whose days are remembered on this node. */
const MAX_COMPANIES = 10_000;

/** Who signed in on which day in China: own ids, for each company the last days. */
class ActiveDays {
  readonly #companies = new LruCache<number, Map<Day, Set<string>>>(MAX_COMPANIES);

  note(tenant: number, employee: string, at: number): void {
    let days = this.#companies.get(tenant);
    if (days === undefined) {
      days = new Map();
      this.#companies.set(tenant, days);
    }
    const today = dayInChina(at);
    const oldest = startOfDayInChina(today) - REMEMBERED_DAYS * DAY_MS;
    for (const day of days.keys()) if (startOfDayInChina(day) < oldest) days.delete(day);
    const active = days.get(today) ?? new Set();
    days.set(today, active.add(employee));
  }

  count(tenant: number, day: Day): number {
    return this.#companies.get(tenant)?.get(day)?.size ?? 0;
  }
}

const known = new WeakMap<Store, ActiveDays>();

/** Who was active in the companies of a store, as far as this node saw; nothing of it is kept. (wecom-more 13.1) */
export function activeDays(store: Store): ActiveDays {
  let days = known.get(store);
  if (days === undefined) {
    days = new ActiveDays();
    known.set(store, days);
  }
  return days;
}
