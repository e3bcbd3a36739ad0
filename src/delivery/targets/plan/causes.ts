import type { Unforeseen } from '../../../connectors/writing.ts';
import type { MissCause } from '../../../directory/targets/step-outcome.ts';
import type { ItemResult } from './plan.ts';

/**
 * Puts an answer that was not foreseen down to a reason: somebody changed the tenant meanwhile, something was assumed that
 * could not be read, or, where neither is so, a rule of ours is wrong.
 */
export function causeOf(
  item: ItemResult,
  predicted: ItemResult | undefined,
  hasMoved: boolean,
  assumptionOf: (item: Unforeseen) => string | null,
): MissCause {
  if (hasMoved || item.shown === 'other') return 'race';
  const isDropped = item.fate === 'dropped' || item.shown === 'dropped';
  const isWritten = item.fate === 'written' && !isDropped;
  if (assumptionOf({ ...item, isWritten, isDropped }) !== null) return 'assumption';
  // What was refused on the copy only was refused for what the copy assumes.
  if (predicted === undefined || predicted.fate !== 'refused') return 'rule';
  return assumptionOf({ ...predicted, isWritten: false, isDropped: false }) === null ? 'rule' : 'assumption';
}

/** Whether an item was predicted as it came. */
export function isForeseen(predicted: readonly ItemResult[], item: ItemResult): boolean {
  return predicted.some(
    ({ subject, field, fate, code, shown }) =>
      subject === item.subject &&
      field === item.field &&
      fate === item.fate &&
      code === item.code &&
      shown === item.shown,
  );
}
