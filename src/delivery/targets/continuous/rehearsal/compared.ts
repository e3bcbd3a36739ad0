import type { Fate, ItemVerdict, WrittenField } from '../../../../connectors/writing.ts';
import type { OutcomeItem } from '../../../../directory/targets/step-outcome.ts';
import { comparedOf } from '../../plan/accuracy.ts';
import { causeOf } from '../../plan/causes.ts';
import type { ItemResult, Shown } from '../../plan/plan.ts';
import { mustHold, type Context } from '../context.ts';
import type { KeptIntent } from '../kept.ts';

/** What became of one field; of null, of the employee as a whole. */
interface Real {
  readonly field: WrittenField | null;
  readonly fate: Fate;
  readonly code: string | null;
  readonly shown: Shown | null;
}

/** Counts how often what a rehearsal foresaw came to be, of the fields that the tenant said something of. */
export async function countForeseen(
  { store, target, live, now }: Context,
  { operation, predicted }: Pick<KeptIntent, 'operation' | 'predicted'>,
  subject: string,
  real: readonly Real[],
): Promise<void> {
  if (predicted === undefined) return;
  const fields = new Set<string | null>(real.map(({ field }) => field));
  const foreseen = new Map(predicted.filter(({ field }) => fields.has(field)).map((item) => [item.field, item]));
  const items = real
    .filter(({ field }) => foreseen.has(field))
    .map((one): OutcomeItem => {
      const item: ItemResult = { ...one, subject, message: '' };
      return { ...item, cause: causeOf(item, undefined, false, (asked) => live.writes.assumptionOf(asked)) };
    });
  const results = comparedOf({ operation, predicted: [...foreseen.values()], items });
  if (results.length > 0) mustHold(await store.targets.countPredictions(target, results, now()));
}

/** Returns what a read showed, as it is compared; `whole` is the name of the employee as a whole. */
export function realOf(shown: Readonly<Record<string, string>>, whole: string): readonly Real[] {
  return Object.entries(shown).map(([field, seen]) => ({
    field: field === whole ? null : (field as WrittenField),
    fate: 'written',
    code: null,
    // A read back has no other words.
    shown: seen as Shown,
  }));
}

/** Returns what was answered, as it is compared. */
export function refusedOf(verdicts: readonly ItemVerdict[]): readonly Real[] {
  return verdicts.map(({ field, fate, code }) => ({ field, fate, code, shown: null }));
}
