import { createHash } from 'node:crypto';
import type { ConsumerClaim } from '../../../directory/deliveries.ts';
import type { StepOutcome } from '../../../directory/targets/step-outcome.ts';
import type { DoneDelivery, TargetStore } from '../../../directory/targets/target-store.ts';
import { settle } from '../settle.ts';
import { comparedOf } from './accuracy.ts';
import { deliveredState, kindOf, verifiedOf } from './verified.ts';

/** What keeping steps needs of the store. */
type Books = Pick<
  TargetStore,
  'linksOf' | 'putLinks' | 'agree' | 'deliveries' | 'keepDone' | 'countPredictions' | 'countBraked'
>;

/**
 * Keeps what steps of a plan came to: what both sides agree on since, how the predictions did, what the brake counts, and a
 * delivery for each subject with the values before. A step that was kept already is left out. Returns false where another
 * driver took over.
 */
export async function bookSteps(
  store: Books,
  claim: ConsumerClaim,
  outcomes: readonly StepOutcome[],
  now: number,
): Promise<boolean> {
  for (const outcome of outcomes) {
    const done = deliveriesOf(outcome);
    const [first] = done;
    if (first === undefined) continue;
    // A run that was cut off after this brings the step once more.
    if ((await store.deliveries(claim.id, { ids: [first.id], limit: 1 })).length > 0) continue;
    const isKept =
      (await settle(store, claim, verifiedOf(outcome), now)) &&
      (await store.countPredictions(claim, comparedOf(outcome), now)) &&
      (await store.countBraked(claim, countsOf(outcome), now)) &&
      (await store.keepDone(claim, done, now));
    if (!isKept) return false;
  }
  return true;
}

/** Returns a step as deliveries, one for each subject; their ids are the same for the same step. */
export function deliveriesOf({ plan, n, operation, subjects, predicted, items }: StepOutcome): readonly DoneDelivery[] {
  return subjects.map(({ subject, liveId, changes }) => {
    const own = items.filter((item) => item.subject === subject);
    const picked = (side: 'from' | 'to'): Readonly<Record<string, unknown>> =>
      Object.fromEntries(
        Object.entries(changes).flatMap(([field, change]) =>
          change[side] === undefined ? [] : [[field, change[side]]],
        ),
      );
    return {
      id: createHash('sha256')
        .update(JSON.stringify([plan, n, subject]))
        .digest('hex')
        .slice(0, 32),
      kind: kindOf(operation),
      subject,
      operation,
      plan,
      step: n,
      fromChange: 0,
      toChange: 0,
      predicted: predicted.filter((item) => item.subject === subject),
      state: deliveredState(own),
      intent: { live_id: liveId, before: picked('from'), sent: picked('to') },
      outcome: { items: own },
      attempts: [],
    };
  });
}

/** What was refused is not counted: it removed and overwrote nothing. */
function countsOf({ counts, items }: StepOutcome): Readonly<Record<string, number>> {
  if (!items.some(({ fate }) => fate === 'written' || fate === 'dropped')) return {};
  return Object.fromEntries(Object.entries(counts).flatMap(([what, n]) => (n === undefined ? [] : [[what, n]])));
}
