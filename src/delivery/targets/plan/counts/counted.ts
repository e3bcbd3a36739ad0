import type { Effect, FieldRow, LiveValue } from '../../../../connectors/connector.ts';
import type { Operation, OperationRow } from '../../../../connectors/writing.ts';
import { isNone } from '../authority.ts';
import type { Braked, Counts } from '../brake.ts';

/** Returns what the brake counts of one field of a person who is there. */
export function countedOf(
  row: Pick<FieldRow, 'field' | 'effects'>,
  to: LiveValue,
  isOverwrite: boolean,
): readonly Braked[] {
  const { field, effects = [] } = row;
  return [
    ...(isOverwrite ? (['overwrite'] as const) : []),
    ...(isNone(to) ? (['clear'] as const) : []),
    ...(field === 'name' ? (['rename'] as const) : []),
    ...(field === 'department' ? (['move'] as const) : []),
    ...(field === 'frozen' ? (['freeze'] as const) : []),
    ...(effects.some(({ effect }) => effect === 'login' || effect === 'reset-activation') ? (['login'] as const) : []),
    ...(isTold(effects) ? (['message'] as const) : []),
  ];
}

/** Whether the platform sends the employee a message, without being asked to. */
export function isTold(effects: readonly Effect[]): boolean {
  return effects.some(({ effect, when }) => (effect === 'sms' || effect === 'mail') && when !== 'on-request');
}

/** One subject of a request, as it is counted. */
interface CountedSubject {
  readonly subject: string;
  readonly changes: Readonly<Record<string, { readonly to: LiveValue }>>;
}

/** What of a platform says what a request sets off. */
interface CountedFacts {
  readonly fields: readonly FieldRow[];
  readonly operations: Readonly<Partial<Record<Operation, OperationRow>>>;
}

/**
 * Returns what the brake counts of one request. Of several requests about the same person only the first counts what is
 * done to the person as a whole; `counted` remembers it.
 */
export function countsOf(
  operation: Operation,
  subjects: readonly CountedSubject[],
  { fields, operations }: CountedFacts,
  isOverwrite: (subject: string, field: string) => boolean = () => false,
  counted = new Set<string>(),
): Counts {
  const counts: Partial<Record<Braked, number>> = {};
  const add = (kind: Braked): void => void (counts[kind] = (counts[kind] ?? 0) + 1);
  for (const { subject, changes } of subjects) {
    if (operation === 'update') {
      for (const [field, { to }] of Object.entries(changes)) {
        const row = fields.find((one) => one.field === field);
        const kinds: readonly Braked[] =
          row === undefined ? (isNone(to) ? ['clear'] : []) : countedOf(row, to, isOverwrite(subject, field));
        kinds.forEach(add);
      }
      continue;
    }
    const key = `${operation} ${subject}`;
    if (counted.has(key)) continue;
    counted.add(key);
    add(operation);
    if (operation === 'create' && isTold(operations.create?.effects ?? [])) add('message');
  }
  return counts;
}
