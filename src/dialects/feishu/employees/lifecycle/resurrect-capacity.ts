import type { LookupSpace } from '../../../../directory/lookup.ts';
import { load, loadAll, type StoreTask, type QueryParams } from '../../../../directory/store.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import { SPACE } from '../../model/ids.ts';
import { settingsOf, type Settings } from '../../model/settings.ts';

/** Whether there is room for one more. */
export interface RemainingCapacity {
  readonly settings: Settings;
  /** How many people are here without the one who comes; 0 where nothing limits them. */
  readonly people: number;
  /** Own ids of the departments that are full. */
  readonly fullDepartments: readonly string[];
  /** Subscriptions without a free seat. */
  readonly fullSubscriptions: readonly string[];
}

/** Counts what there is, as far as anything limits it, for someone who takes these places. */
export function* loadRemainingCapacity(
  tenant: Tenant,
  departments: readonly string[],
  subscriptionIds: readonly string[],
): StoreTask<RemainingCapacity> {
  const settings = settingsOf(tenant);
  const { department_member_limit: mostMembers, subscriptions } = settings;
  const limited = subscriptions.flatMap(({ subscription_id: id, total_seats: seats }) =>
    seats !== undefined && subscriptionIds.includes(id) ? [{ id, seats }] : [],
  );
  const countOf = (space: LookupSpace, value: string, upTo: number): QueryParams['count-by'] => ({
    tenant: tenant.number,
    space,
    value,
    upTo,
  });
  const counts = yield* loadAll('count-by', [
    ...departments.map((id) => countOf('department', id, mostMembers)),
    ...limited.map(({ id, seats }) => countOf(`id:${SPACE.seat(id)}`, id, seats)),
  ]);
  const isCounted = [
    settings.certified_seat_limit,
    settings.billing_seat_limit,
    settings.tenant_member_limit,
    settings.contact_seat_limit,
  ].some((limit) => limit !== null);
  return {
    settings,
    people: isCounted ? yield* load('headcount', { tenant: tenant.number }) : 0,
    fullDepartments: departments.filter((_id, index) => (counts[index] ?? 0) >= mostMembers),
    fullSubscriptions: limited.flatMap(({ id, seats }, index) =>
      (counts[departments.length + index] ?? 0) >= seats ? [id] : [],
    ),
  };
}
