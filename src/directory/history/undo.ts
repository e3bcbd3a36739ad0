import { deepEqual } from '../../lib/json-equal.ts';
import { changedFields, type Change, type ChangedFields, type Origin } from './change.ts';
import { emptyEmployee, type Employee } from '../employees/employee.ts';
import { keysOf, valueAt, withValueAt } from './record-path.ts';
import { load, type Effect, type StoreTask } from '../store.ts';
import type { Tenant } from '../tenant.ts';
import { plainText } from '../text.ts';
import type { UndoConflict, UndoReason } from './undo-conflict.ts';
import { undoRefusals } from './undo-rules.ts';

/** What is to be taken back. */
export interface UndoRequest {
  readonly tenant: Tenant;
  /** The newest first. */
  readonly changes: readonly Change[];
  /** Only these fields; absent: all. */
  readonly fields?: readonly string[];
  /** Whether the fields that can be taken back are, where others cannot. */
  readonly withoutConflicts: boolean;
  readonly origin: Origin;
}

/** One change that is taken back. */
export interface Undone {
  readonly change: number;
  readonly employee: string;
  readonly fields: ChangedFields;
}

/** What would be written to take changes back, and what keeps some of it from that. */
export interface UndoPlan {
  readonly undone: readonly Undone[];
  readonly conflicts: readonly UndoConflict[];
  readonly effects: readonly Effect[];
}

/** So far a history is followed back. */
const MAX_HISTORY = 1_000;

/** Thinks out how changes are taken back; nothing is to be written where there are conflicts that were not allowed. */
export function* planUndo(request: UndoRequest): StoreTask<UndoPlan> {
  const { tenant, changes } = request;
  const ids = [...new Set(changes.map(({ employee }) => employee))];
  const found = yield* load('employees-by-id', { tenant: tenant.number, ids });
  const states = new Map<string, Employee | null>(ids.map((id) => [id, found.get(id) ?? null]));
  const undone: Undone[] = [];
  const conflicts: UndoConflict[] = [];
  const effects: Effect[] = [];
  for (const change of changes) {
    const before = states.get(change.employee) ?? null;
    const step = yield* stepOf(request, change, before);
    conflicts.push(...step.conflicts);
    if (step.after === undefined) continue;
    const { after } = step;
    const fields = changedFields(before, after);
    if (Object.keys(fields).length === 0) continue;
    states.set(change.employee, after);
    undone.push({ change: change.number, employee: change.employee, fields });
    const { origin } = request;
    effects.push({
      write: 'employee',
      tenant: tenant.number,
      before,
      after,
      fields,
      origin,
      undoes: change.number,
    });
  }
  return { undone, conflicts, effects };
}

/** How an employee is after one change was taken back; without `after` where nothing of it can be. */
interface Step {
  readonly after?: Employee | null;
  readonly conflicts: readonly UndoConflict[];
}

function* stepOf(request: UndoRequest, change: Change, now: Employee | null): StoreTask<Step> {
  const values = Object.values(change.fields);
  if (values.length === 0) return refused(change, 'nothing');
  const isCreation = change.previous === 0 && values.every(([before]) => before === null);
  const isRemoval = values.every(([, after]) => after === null) && 'name' in change.fields;
  if (isCreation || isRemoval) {
    if (request.fields !== undefined) return refused(change, 'only-whole');
    return isCreation ? yield* removed(request, change, now) : yield* restored(request, change, now);
  }
  return now === null ? refused(change, 'gone') : yield* changedBack(request, change, now);
}

/** Nothing of a change can be taken back. */
function refused(change: Change, reason: UndoReason, by?: number): Step {
  return { conflicts: [{ ...about(change), field: null, reason, ...(by === undefined ? {} : { by }) }] };
}

/** Takes an employee away who was made. */
function* removed(request: UndoRequest, change: Change, now: Employee | null): StoreTask<Step> {
  if (now === null) return refused(change, 'gone');
  const by = yield* newestOther(request, change.employee);
  if (by > change.number) return refused(change, 'changed-since', by);
  const conflicts = yield* undoRefusals(request.tenant, change, now, null);
  return conflicts.length === 0 ? { after: null, conflicts } : { conflicts };
}

/** The number of the newest change of an employee that is not taken back as well; 0 where there is none. */
function* newestOther({ tenant, changes }: UndoRequest, employee: string): StoreTask<number> {
  const also = new Set(changes.map(({ number }) => number));
  const history = yield* load('history', { tenant: tenant.number, employee, limit: also.size + 1 });
  return history.find(({ number }) => !also.has(number))?.number ?? 0;
}

/** Brings an employee back who was removed, as the change log has the record. */
function* restored(request: UndoRequest, change: Change, now: Employee | null): StoreTask<Step> {
  if (now !== null) return refused(change, 'gone');
  const { tenant, origin } = request;
  const createdAt = yield* firstInstant(tenant.number, change);
  let after: Employee = { ...emptyEmployee(change.employee, plainText(''), createdAt), updatedAt: origin.at };
  for (const [path, [value]] of Object.entries(change.fields)) {
    after = withValueAt(after, keysOf(path, [after]), value);
  }
  if (after.account !== null) {
    const accounts = yield* load('accounts-by', { by: 'id', values: [after.account] });
    if (accounts.size === 0) after = { ...after, account: null };
  }
  const conflicts = yield* undoRefusals(tenant, change, null, after);
  return conflicts.length === 0 ? { after, conflicts } : { conflicts };
}

function* firstInstant(tenant: number, last: Change): StoreTask<number> {
  let first = last;
  for (let steps = 0; first.previous > 0 && steps < MAX_HISTORY; steps++) {
    const before = yield* load('change', { tenant, number: first.previous });
    if (before === null) break;
    first = before;
  }
  return first.origin.at;
}

/** Gives an employee the values that a change replaced. */
function* changedBack(request: UndoRequest, change: Change, now: Employee): StoreTask<Step> {
  const { tenant, fields, withoutConflicts, origin } = request;
  const conflicts: UndoConflict[] = [];
  for (const field of fields ?? []) {
    const isThere = Object.keys(change.fields).some((path) => isWithin(path, field));
    if (!isThere && request.changes.length === 1) conflicts.push({ ...about(change), field, reason: 'nothing' });
  }
  const chosen = new Map(
    Object.entries(change.fields).filter(
      ([path]) => fields === undefined || fields.some((field) => isWithin(path, field)),
    ),
  );
  for (const [path, [, written]] of chosen) {
    if (deepEqual(valueAt(now, keysOf(path, [now])), written ?? null)) continue;
    const by = yield* laterChange(tenant.number, change, path);
    conflicts.push({ ...about(change), field: path, reason: 'changed-since', ...(by === undefined ? {} : { by }) });
    chosen.delete(path);
  }
  for (;;) {
    let after = now;
    for (const [path, [before]] of chosen) after = withValueAt(after, keysOf(path, [now]), before);
    if (chosen.size > 0) after = { ...after, updatedAt: origin.at };
    const refusals = yield* undoRefusals(tenant, change, now, after);
    conflicts.push(...refusals);
    const dropped = refusals.flatMap(({ field }) => field ?? []);
    if (!withoutConflicts || dropped.length === 0) return { after, conflicts };
    for (const path of chosen.keys()) if (dropped.some((field) => isWithin(path, field))) chosen.delete(path);
  }
}

/** The number of the first change of a field after one, as far as the history is followed. */
function* laterChange(tenant: number, change: Change, path: string): StoreTask<number | undefined> {
  const history = yield* load('history', { tenant, employee: change.employee, limit: MAX_HISTORY });
  return history.findLast(
    ({ number, fields }) =>
      number > change.number && Object.keys(fields).some((one) => isWithin(one, path) || isWithin(path, one)),
  )?.number;
}

/** Whether a path is a member or lies below it: `ids.space` within `ids`. */
function isWithin(path: string, member: string): boolean {
  return path === member || path.startsWith(`${member}.`);
}

function about({ number, employee }: Change): Pick<UndoConflict, 'change' | 'employee'> {
  return { change: number, employee };
}
