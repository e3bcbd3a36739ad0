import { load, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { settingsOf } from '../model/settings.ts';

/** Paid seats that nobody has; infinite where nobody counts them, and then nothing is asked. */
export function* freeSeats(tenant: Tenant): StoreTask<number> {
  const { seats } = settingsOf(tenant);
  if (seats === null) return Number.POSITIVE_INFINITY;
  // Asked first, as it lets nobody else take a seat before this work is done.
  yield* load('headcount', { tenant: tenant.number });
  const { total } = yield* load('employee-page', {
    tenant: tenant.number,
    offset: 0,
    limit: 1,
    seated: true,
    order: 'created',
  });
  return seats - total;
}
