import type { FieldRow } from '../../../../connectors/connector.ts';
import type { ComposeProblem, Intent } from '../../../../connectors/writing.ts';
import type { Braked, Counts } from '../brake.ts';
import { countedOf } from './counted.ts';

/**
 * Returns what the brake counts without the changes of people that no request can carry. They are not sent, so the number to
 * type would be one that no step of the plan shows.
 */
export function withoutNotSent(
  counts: Counts,
  intents: readonly Intent[],
  problems: readonly Pick<ComposeProblem, 'subject' | 'field'>[],
  rows: readonly Pick<FieldRow, 'field' | 'effects'>[],
  isOverwrite: (subject: string, field: string) => boolean,
): Counts {
  const left: Partial<Record<Braked, number>> = { ...counts };
  for (const intent of intents) {
    if (intent.operation !== 'update') continue;
    const { subject, fields } = intent;
    const own = problems.filter((one) => one.subject === subject);
    for (const row of rows) {
      const change = fields[row.field];
      if (change === undefined || !own.some(({ field }) => field === null || field === row.field)) continue;
      for (const kind of countedOf(row, change.to, isOverwrite(subject, row.field))) left[kind] = (left[kind] ?? 0) - 1;
    }
  }
  return Object.fromEntries(Object.entries(left).filter(([, number]) => number > 0));
}
