import { deepEqual } from '../../lib/json-equal.ts';
import { load, type StoreTask } from '../store.ts';
import type { Tenant } from '../tenant.ts';
import type { Change } from './change.ts';
import type { UndoConflict, UndoReason } from './undo-conflict.ts';

/** So far a history is followed back. */
export const MAX_HISTORY = 1_000;

/** What decides which fields of a change are taken back. */
export interface FieldChoice {
  readonly tenant: Tenant;
  readonly changes: readonly Change[];
  readonly fields?: readonly string[];
}

/** The fields of a change that can be taken back, each with what it was and what the change made of it. */
export interface ChosenFields {
  readonly chosen: Map<string, readonly [before: unknown, after: unknown]>;
  readonly conflicts: UndoConflict[];
}

/** Returns what a conflict, or what was undone, says of its change. */
export function about({ number, kind, employee }: Change): Pick<UndoConflict, 'change' | 'kind' | 'employee'> {
  return { change: number, kind, employee };
}

/** Returns a conflict of a field, or of the whole change. */
export function conflict(change: Change, field: string | null, reason: UndoReason, by?: number): UndoConflict {
  return { ...about(change), field, reason, ...(by === undefined ? {} : { by }) };
}

/** Chooses the fields of a change that still hold what it wrote, of those that are asked for. */
export function* chosenFields(
  { tenant, changes, fields }: FieldChoice,
  change: Change,
  valueOf: (path: string) => unknown,
): StoreTask<ChosenFields> {
  const conflicts: UndoConflict[] = [];
  for (const field of fields ?? []) {
    const isThere = Object.keys(change.fields).some((path) => isWithin(path, field));
    if (!isThere && changes.length === 1) conflicts.push(conflict(change, field, 'nothing'));
  }
  const chosen = new Map(
    Object.entries(change.fields).filter(
      ([path]) => fields === undefined || fields.some((field) => isWithin(path, field)),
    ),
  );
  for (const [path, [, written]] of chosen) {
    if (deepEqual(valueOf(path), written ?? null)) continue;
    conflicts.push(conflict(change, path, 'changed-since', yield* laterChange(tenant.number, change, path)));
    chosen.delete(path);
  }
  return { chosen, conflicts };
}

/** The number of the newest change of the same that is not taken back as well; 0 where there is none. */
export function* newestOther({ tenant, changes }: FieldChoice, change: Change): StoreTask<number> {
  const also = new Set(changes.map(({ number }) => number));
  const history = yield* historyOf(tenant.number, change, also.size + 1);
  return history.find(({ number }) => !also.has(number))?.number ?? 0;
}

/** The number of the first change of a field after one, as far as the history is followed. */
function* laterChange(tenant: number, change: Change, path: string): StoreTask<number | undefined> {
  const history = yield* historyOf(tenant, change, MAX_HISTORY);
  return history.findLast(
    ({ number, fields }) =>
      number > change.number && Object.keys(fields).some((one) => isWithin(one, path) || isWithin(path, one)),
  )?.number;
}

function historyOf(tenant: number, { kind, employee }: Change, limit: number): StoreTask<readonly Change[]> {
  return load('history', { tenant, employee, limit, ...(kind === 'employee' ? {} : { kind }) });
}

/** Whether a path is a member or lies below it: `ids.space` within `ids`. */
export function isWithin(path: string, member: string): boolean {
  return path === member || path.startsWith(`${member}.`);
}
