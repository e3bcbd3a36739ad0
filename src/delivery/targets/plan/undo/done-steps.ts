import type { UndoChoice } from '../../../../directory/targets/plan-view.ts';
import type { Delivery, DeliveryFilter, TargetStore } from '../../../../directory/targets/target-store.ts';
import { TargetError } from '../../../../directory/targets/target-view.ts';
import { doneStep, type UndoRequest } from './undo.ts';

/** Deliveries that are read at one time. */
const AT_ONCE = 500;

/** Reads what was done to a target, as it is taken back. Throws `TargetError` where it was nothing. */
export async function undoOf(
  store: Pick<TargetStore, 'deliveries'>,
  consumer: string,
  choice: UndoChoice,
): Promise<UndoRequest> {
  const found = typeof choice === 'string' ? await ofId(store, consumer, choice) : await since(store, consumer, choice);
  const done = found.filter(({ state }) => state === 'verified' || state === 'partial');
  if (done.length === 0) throw new TargetError('missing', 'It did nothing there that could be taken back.');
  const of = typeof choice === 'string' ? choice : `${choice.employee} ${new Date(choice.since).toISOString()}`;
  return { of, steps: done.toSorted((a, b) => a.number - b.number).map(doneStep) };
}

async function ofId(
  store: Pick<TargetStore, 'deliveries'>,
  consumer: string,
  id: string,
): Promise<readonly Delivery[]> {
  return [
    ...(await all(store, consumer, { plan: id })),
    ...(await store.deliveries(consumer, { ids: [id], limit: 1 })),
  ];
}

/** What was done of an employee since a time. A delivery counts by its last request. */
async function since(
  store: Pick<TargetStore, 'deliveries'>,
  consumer: string,
  choice: Exclude<UndoChoice, string>,
): Promise<readonly Delivery[]> {
  const subject = { kind: 'employee', subject: choice.employee } as const;
  const found = await all(store, consumer, { subject });
  return found.filter(({ attempts, updatedAt }) => (attempts.at(-1)?.at ?? updatedAt) >= choice.since);
}

async function all(
  store: Pick<TargetStore, 'deliveries'>,
  consumer: string,
  filter: Pick<DeliveryFilter, 'plan' | 'subject'>,
): Promise<readonly Delivery[]> {
  const found: Delivery[] = [];
  for (let before: number | undefined; ;) {
    const page = await store.deliveries(consumer, {
      ...filter,
      limit: AT_ONCE,
      ...(before === undefined ? {} : { before }),
    });
    found.push(...page);
    before = page.at(-1)?.number;
    if (page.length < AT_ONCE) return found;
  }
}
