import type { ConsumerClaim } from '../../directory/deliveries.ts';
import type { Delivery, TargetStore } from '../../directory/targets/target-store.ts';
import { TargetError } from '../../directory/targets/target-view.ts';
import { outcomeOf, type KeptOutcome } from './continuous/kept.ts';

type Deliveries = Pick<TargetStore, 'deliveries' | 'settle'>;

/** So many deliveries are looked through by one command. */
const MOST = 1_000;

/**
 * Lets deliveries go that the brake holds back: of each kind the number must be the one that waits, as for a plan. Returns how
 * many go. Throws {@link TargetError}.
 */
export async function release(
  store: Deliveries,
  claim: ConsumerClaim,
  counts: Readonly<Record<string, number>>,
  now: number,
): Promise<number> {
  const staged = await store.deliveries(claim.id, { states: ['staged'], limit: MOST });
  const waiting = stagedCounts(staged);
  for (const [kind, count] of Object.entries(counts)) {
    if (waiting[kind] !== count) {
      throw new TargetError(
        'refused',
        `${String(waiting[kind] ?? 0)} of ${kind} wait, not ${String(count)}; repeat the number.`,
      );
    }
  }
  const patches = staged.flatMap((delivery) => {
    const { staged: kinds = [], allowed = [] } = outcomeOf(delivery) ?? { staged: [], allowed: [] };
    const now = kinds.filter((kind) => counts[kind] !== undefined);
    if (now.length === 0) return [];
    const left = kinds.filter((kind) => counts[kind] === undefined);
    const outcome: KeptOutcome = { reason: 'brake', code: null, staged: left, allowed: [...allowed, ...now] };
    const state = left.length > 0 ? ('staged' as const) : ('waiting' as const);
    return [{ id: delivery.id, state, dueAt: 0, outcome }];
  });
  if (!(await store.settle(claim, patches, now))) throw busy();
  return patches.filter(({ state }) => state === 'waiting').length;
}

/** Returns how many deliveries the brake holds back, by kind. */
function stagedCounts(staged: readonly Delivery[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const one of staged) for (const kind of outcomeOf(one)?.staged ?? []) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function busy(): TargetError {
  return new TargetError('busy', 'Another command or node works on this target; try again when it is done.');
}
