import { load, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { settingsOf } from '../model/settings.ts';

/** Counts the free paid seats; infinite where they are not limited, and then nothing is loaded. */
export function* freeSeats(tenant: Tenant): StoreTask<number> {
  const { seats } = settingsOf(tenant);
  if (seats === null) return Number.POSITIVE_INFINITY;
  // Loaded first: it locks the seats until this transaction is done.
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
