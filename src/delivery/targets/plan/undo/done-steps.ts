import type { Delivery, DeliveryFilter, TargetStore } from '../../../../directory/targets/target-store.ts';
import { TargetError } from '../../../../directory/targets/target-view.ts';
import { doneStep, type UndoRequest } from './undo.ts';

/** Deliveries that are read at one time. */
const AT_ONCE = 500;

/** Reads what a plan, or one delivery, did to a target, as it is taken back. Throws `TargetError` where it did nothing. */
export async function undoOf(
  store: Pick<TargetStore, 'deliveries'>,
  consumer: string,
  of: string,
): Promise<UndoRequest> {
  const found = [
    ...(await all(store, consumer, { plan: of })),
    ...(await store.deliveries(consumer, { ids: [of], limit: 1 })),
  ];
  const done = found.filter(({ state }) => state === 'verified' || state === 'partial');
  if (done.length === 0) throw new TargetError('missing', 'It did nothing there that could be taken back.');
  return { of, steps: done.toSorted((a, b) => a.number - b.number).map(doneStep) };
}

async function all(
  store: Pick<TargetStore, 'deliveries'>,
  consumer: string,
  filter: Pick<DeliveryFilter, 'plan'>,
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
