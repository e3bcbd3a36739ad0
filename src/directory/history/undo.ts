import { changedFields, type Change, type ChangedFields, type ChangeKind, type Origin } from './change.ts';
import { emptyEmployee, type Employee } from '../employees/employee.ts';
import { keysOf, valueAt, withValueAt } from './record-path.ts';
import { load, type Effect, type StoreTask } from '../store.ts';
import type { Tenant } from '../tenant.ts';
import { plainText } from '../text.ts';
import type { UndoConflict, UndoReason } from './undo-conflict.ts';
import { about, chosenFields, conflict, isWithin, MAX_HISTORY, newestOther } from './undo-fields.ts';
import { undoLogin } from './undo-login.ts';
import { CompanyUndo, undoPart } from './undo-part.ts';
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
  readonly kind: ChangeKind;
  /** Own id of the employee, or what names another thing among those of its kind. */
  readonly employee: string;
  readonly fields: ChangedFields;
}

/** What would be written to take changes back, and what keeps some of it from that. */
export interface UndoPlan {
  readonly undone: readonly Undone[];
  readonly conflicts: readonly UndoConflict[];
  readonly effects: readonly Effect[];
}

/** Thinks out how changes are taken back; nothing is to be written where there are conflicts that were not allowed. */
export function* planUndo(request: UndoRequest): StoreTask<UndoPlan> {
  const { changes, origin } = request;
  const ids = [...new Set(changes.filter(isOfEmployee).map(({ employee }) => employee))];
  const found = yield* load('employees-by-id', { tenant: request.tenant.number, ids });
  const states = new Map<string, Employee | null>(ids.map((id) => [id, found.get(id) ?? null]));
  const company = new CompanyUndo(request.tenant, origin);
  const undone: Undone[] = [];
  const conflicts: UndoConflict[] = [];
  const effects: Effect[] = [];
  for (const change of changes) {
    const step = { ...request, tenant: company.tenant };
    if (!isOfEmployee(change)) {
      const taken = yield* change.kind === 'account' ? undoLogin(step, change) : undoPart(step, change, company);
      conflicts.push(...taken.conflicts);
      effects.push(...(taken.effects ?? []));
      if (Object.keys(taken.fields).length > 0) undone.push({ ...about(change), fields: taken.fields });
      continue;
    }
    const before = states.get(change.employee) ?? null;
    const { after, conflicts: kept } = yield* stepOf(step, change, before);
    conflicts.push(...kept);
    if (after === undefined) continue;
    const fields = changedFields(before, after);
    if (Object.keys(fields).length === 0) continue;
    states.set(change.employee, after);
    undone.push({ ...about(change), fields });
    const { number: tenant } = request.tenant;
    effects.push({ write: 'employee', tenant, before, after, fields, origin, undoes: change.number });
  }
  return { undone, conflicts, effects: [...company.effects(), ...effects] };
}

function isOfEmployee({ kind }: Change): boolean {
  return kind === 'employee';
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

function refused(change: Change, reason: UndoReason, by?: number): Step {
  return { conflicts: [conflict(change, null, reason, by)] };
}

/** Takes an employee away who was made. */
function* removed(request: UndoRequest, change: Change, now: Employee | null): StoreTask<Step> {
  if (now === null) return refused(change, 'gone');
  const by = yield* newestOther(request, change);
  if (by > change.number) return refused(change, 'changed-since', by);
  const conflicts = yield* undoRefusals(request.tenant, change, now, null);
  return conflicts.length === 0 ? { after: null, conflicts } : { conflicts };
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
  const { tenant, withoutConflicts, origin } = request;
  const { chosen, conflicts } = yield* chosenFields(request, change, (path) => valueAt(now, keysOf(path, [now])));
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
