import { loadAll, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { SPACE } from './ids.ts';

/** Returns the ids that an employee's seats add and remove, by which the holders of a seat are counted. */
export function seatIds(was: readonly string[], will: readonly string[]): Readonly<Record<string, string | null>> {
  const ids: Record<string, string | null> = {};
  for (const id of was) if (!will.includes(id)) ids[SPACE.seat(id)] = null;
  for (const id of will) ids[SPACE.seat(id)] = id;
  return ids;
}

/** How many hold a seat of each subscription, in the order asked. */
export function seatsTaken(
  { number }: Tenant,
  asked: readonly { readonly subscription: string; readonly upTo: number }[],
): StoreTask<readonly number[]> {
  return loadAll(
    'count-by',
    asked.map(({ subscription, upTo }) => ({
      tenant: number,
      space: `id:${SPACE.seat(subscription)}` as const,
      value: subscription,
      upTo,
    })),
  );
}
