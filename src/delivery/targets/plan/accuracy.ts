import type { OutcomeItem, StepOutcome } from '../../../directory/targets/step-outcome.ts';
import type { PredictionResult } from '../../../directory/targets/target-store.ts';

/** Fates that say nothing about the platform's rules: nothing was judged. */
const NOT_JUDGED: ReadonlySet<string> = new Set(['limit', 'wait', 'token', 'not-sent', 'doubt']);

/**
 * Compares each item of a step that reached the target with what was predicted of it. A miss brings a sample without any
 * value of a person.
 */
export function comparedOf({
  operation,
  predicted,
  items,
}: Pick<StepOutcome, 'operation' | 'predicted' | 'items'>): readonly PredictionResult[] {
  const before = new Map(predicted.map((item) => [keyOf(item), item]));
  const results: PredictionResult[] = [];
  for (const item of items) {
    if (NOT_JUDGED.has(item.fate)) continue;
    const said = before.get(keyOf(item));
    before.delete(keyOf(item));
    results.push(resultOf(operation, said, item));
  }
  // Something was predicted of it, and nothing was said of it.
  if (results.length > 0) for (const said of before.values()) results.push(resultOf(operation, said, undefined));
  return results;
}

function resultOf(
  operation: string,
  predicted: OutcomeItem | undefined,
  real: OutcomeItem | undefined,
): PredictionResult {
  const isHit = said(predicted) === said(real);
  // A code is more than a field: of refusals it is the code that was foreseen, or was not.
  const what = real?.code ?? predicted?.code ?? real?.field ?? predicted?.field ?? 'whole';
  const field = real?.field ?? predicted?.field ?? null;
  const sample = isHit ? null : JSON.stringify({ field, predicted: shownOf(predicted), real: shownOf(real) });
  return { operation, what, isHit, sample, ...(isHit ? {} : { cause: real?.cause ?? 'rule' }) };
}

function said(item: OutcomeItem | undefined): string {
  return JSON.stringify(shownOf(item));
}

function shownOf(item: OutcomeItem | undefined): Pick<OutcomeItem, 'fate' | 'code' | 'shown'> | null {
  return item === undefined ? null : { fate: item.fate, code: item.code, shown: item.shown };
}

function keyOf({ subject, field }: OutcomeItem): string {
  return `${subject}\n${field ?? ''}`;
}
