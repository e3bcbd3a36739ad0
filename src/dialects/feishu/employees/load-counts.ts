import type { ChangedFields } from '../../../directory/change.ts';
import { load, loadAll, type StoreTask } from '../../../directory/store.ts';
import type { Counts, Facts } from './facts.ts';
import { SPACE } from '../model/ids.ts';
import type { Settings } from '../model/settings.ts';

/** Nothing was counted. */
export const NO_COUNTS: Counts = { members: new Map(), seats: new Map(), people: null };

/** Whether a limit can have to do with an update that changes something: nothing is counted for the others. */
export function isLimited({ certified_seat_limit, billing_seat_limit }: Settings, fields: ChangedFields): boolean {
  return (
    certified_seat_limit !== null || billing_seat_limit !== null || 'departments' in fields || SUBSCRIPTIONS in fields
  );
}

const SUBSCRIPTIONS = 'extensions.feishu.subscriptionIds';

/** Departments that the employee joins. */
export function departmentsJoined({ before, after }: Pick<Facts, 'before' | 'after'>): readonly string[] {
  return after.departments
    .map(({ department }) => department)
    .filter((department) => !before.departments.some((membership) => membership.department === department));
}

/** Seats that the employee takes, each with how many there are; one without a number of them is never full. [derived] */
export function newSeats({
  extensionBefore,
  extensionAfter,
  settings,
}: Pick<Facts, 'extensionBefore' | 'extensionAfter' | 'settings'>): readonly (readonly [
  subscription: string,
  seats: number,
])[] {
  return settings.subscriptions.flatMap(({ subscription_id, total_seats }) =>
    total_seats !== undefined &&
    extensionAfter.subscriptionIds.includes(subscription_id) &&
    !extensionBefore.subscriptionIds.includes(subscription_id)
      ? [[subscription_id, total_seats] as const]
      : [],
  );
}

/** Counts what the limits of the company speak of. */
export function* loadCounts(
  facts: Pick<Facts, 'tenant' | 'settings' | 'before' | 'after' | 'extensionBefore' | 'extensionAfter'>,
): StoreTask<Counts> {
  const { settings } = facts;
  const tenant = facts.tenant.number;
  const joined = departmentsJoined(facts);
  const taken = newSeats(facts);
  const counted = yield* loadAll('count-by', [
    ...joined.map((value) => ({ tenant, space: 'department', value, upTo: settings.department_member_limit }) as const),
    ...taken.map(([value, upTo]) => ({ tenant, space: `id:${SPACE.seat(value)}`, value, upTo }) as const),
  ]);
  return {
    members: new Map(joined.map((department, index) => [department, counted[index] ?? 0])),
    seats: new Map(taken.map(([subscription], index) => [subscription, counted[joined.length + index] ?? 0])),
    people:
      settings.certified_seat_limit === null && settings.billing_seat_limit === null
        ? null
        : yield* load('headcount', { tenant }),
  };
}
