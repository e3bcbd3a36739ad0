import type { ComposeProblem, Intent } from '../../../../connectors/writing.ts';
import { changesOf } from '../rehearse.ts';
import type { Counts } from '../brake.ts';
import { countsOf } from './counted.ts';

/**
 * Returns what the brake counts without the changes of people that no request can carry. They are not sent, so the number to
 * type would be one that no step of the plan shows.
 */
export function withoutNotSent(
  counts: Counts,
  intents: readonly Intent[],
  problems: readonly Pick<ComposeProblem, 'subject' | 'field'>[],
  facts: Parameters<typeof countsOf>[2],
  isOverwrite: (subject: string, field: string) => boolean,
): Counts {
  const problemsOf = Map.groupBy(problems, ({ subject }) => subject);
  const notSent = intents.flatMap((intent) => {
    const { operation, subject } = intent;
    const own = problemsOf.get(subject);
    if (operation !== 'update' || own === undefined) return [];
    const isWhole = own.some(({ field }) => field === null);
    const fields = new Set<string>(own.flatMap(({ field }) => field ?? []));
    return [{ subject, changes: changesOf(intent, isWhole ? null : fields) }];
  });
  const less = countsOf('update', notSent, facts, isOverwrite);
  return Object.fromEntries(
    Object.entries(counts).flatMap(([kind, number]) => {
      const left = number - (less[kind as keyof Counts] ?? 0);
      return left > 0 ? [[kind, left]] : [];
    }),
  );
}
