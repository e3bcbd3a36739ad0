import type { FieldRow } from '../../../connectors/connector.ts';
import type { DeliveryPatch, Verified } from '../../../directory/targets/target-store.ts';
import { refusedAtOf } from './kept.ts';
import type { Prepared } from './prepare.ts';
import { agreedFields } from './prove.ts';
import { heldMs } from './retries.ts';
import { stopping } from './send.ts';

/** A delivery of which nothing is sent now. */
export type Unsent = Extract<Prepared, { readonly do: 'close' | 'hold' | 'give-up' | 'foreseen' }>;

/** Returns what becomes of a delivery of which nothing is sent. */
export function patchOf(one: Unsent, now: number): DeliveryPatch {
  const { id, state, toChange: covers, attempt } = one.delivery;
  switch (one.do) {
    case 'close': {
      // After a doubt the look shows that it was done.
      const isDone = state === 'doubt' && one.reason === 'equal';
      return { id, state: isDone ? 'verified' : 'equal', covers, outcome: { reason: one.reason, code: null } };
    }
    case 'hold':
      return {
        id,
        state: 'held',
        dueAt: now + heldMs(one.delivery),
        attempt: attempt + 1,
        outcome: { reason: 'held', code: null, fields: one.fields, ...refusedAtOf(one.delivery) },
      };
    case 'foreseen':
      return stopping(one.delivery, one.next, one.verdicts, now, one.taken);
    case 'give-up':
      return { id, state: 'dead', covers, outcome: { reason: one.why, code: null, fields: one.fields } };
  }
}

/** Returns what both sides agree on of deliveries that have nothing to send. */
export function agreedOf(prepared: readonly Prepared[], rows: readonly FieldRow[]): readonly Verified[] {
  return prepared.flatMap((one): readonly Verified[] => {
    if (one.do !== 'close' || one.agreed === undefined) return [];
    const { own, live, link, ownOf } = one.agreed;
    const fields = agreedFields({ own, live, ownOf }, rows);
    const liveId = link?.liveId ?? live.id;
    return [{ kind: 'employee', subject: own.id, liveId, fields, delivered: one.delivery.toChange }];
  });
}
