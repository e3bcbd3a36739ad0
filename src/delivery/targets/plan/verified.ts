import type { OutcomeItem, OutcomeSubject, StepOutcome } from '../../../directory/targets/step-outcome.ts';
import type { DoneDelivery, SubjectKind, Verified } from '../../../directory/targets/target-store.ts';

/** What of a step says what both sides agree on. */
type Done = Pick<StepOutcome, 'operation' | 'subjects' | 'items' | 'made'>;

/**
 * Returns what a step that was read back made the same on both sides. A value that a read shows otherwise is not agreed on;
 * one that no read can show counts as sent, so that it is noticed when ours changes.
 */
export function verifiedOf({ operation, subjects, items, made }: Done): readonly Verified[] {
  const madeIds = new Map(made);
  return subjects.flatMap((one): Verified[] => {
    const own = items.filter(({ subject }) => subject === one.subject);
    if (!own.some(({ fate }) => fate === 'written')) return [];
    const liveId = madeIds.get(one.subject) ?? one.liveId;
    const matchedBy = operation.endsWith('create') ? { matchedBy: 'made' } : {};
    return [
      {
        kind: kindOf(operation),
        subject: one.subject,
        fields: agreedFields(operation, one, own),
        ...(liveId === null ? {} : { liveId, ...matchedBy }),
      },
    ];
  });
}

/** Returns what the operation of a step is done to. */
export function kindOf(operation: string): SubjectKind {
  return operation.startsWith('department-') ? 'department' : 'employee';
}

function agreedFields(
  operation: string,
  { changes }: OutcomeSubject,
  items: readonly OutcomeItem[],
): Verified['fields'] {
  return agreedChanges(operation, changes, (field) => {
    const item = items.find((one) => one.field === field);
    return item === undefined ? undefined : isAgreed(item);
  });
}

/**
 * Returns the sent values that count as agreed. `isAgreedOn` says so of a field, and of the person where the field is null;
 * undefined: nothing is said of it.
 */
export function agreedChanges<Value>(
  operation: string,
  changes: Readonly<Record<string, { readonly to: Value }>>,
  isAgreedOn: (field: string | null) => boolean | undefined,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    Object.entries(changes).flatMap(([field, { to }]): (readonly [string, Value])[] => {
      // A freeze has no field in its request: what is said of the person is said of it.
      const isAgreed = isAgreedOn(field) ?? (operation === 'freeze' ? isAgreedOn(null) : undefined);
      return isAgreed === true ? [[field, to]] : [];
    }),
  );
}

/** Whether a written value counts as there by what a read shows: it is as it was sent, or in a place that no read shows. */
export function isTaken(shown: string | null): boolean {
  return shown === 'as-sent' || shown === 'unreadable';
}

function isAgreed({ fate, shown }: OutcomeItem): boolean {
  return fate === 'written' && isTaken(shown);
}

/** Returns whether all of it arrived, some of it, or nothing. */
export function deliveredState(items: readonly OutcomeItem[]): DoneDelivery['state'] {
  if (items.every(isAgreed)) return 'verified';
  return items.some(({ fate }) => fate === 'written' || fate === 'dropped') ? 'partial' : 'dead';
}
