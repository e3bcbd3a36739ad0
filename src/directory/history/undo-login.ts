import { load, type Effect, type StoreTask } from '../store.ts';
import type { Change, ChangedFields, Origin } from './change.ts';
import type { UndoConflict } from './undo-conflict.ts';
import { chosenFields, conflict, type FieldChoice } from './undo-fields.ts';

/** A change of anything but an employee, as far as it is taken back. */
export interface PartUndone {
  readonly fields: ChangedFields;
  readonly conflicts: readonly UndoConflict[];
  readonly effects?: readonly Effect[];
}

/** Gives a login the identifiers back that it had, unless another login has one of them by now. */
export function* undoLogin(
  request: FieldChoice & { readonly withoutConflicts: boolean; readonly origin: Origin },
  change: Change,
): StoreTask<PartUndone> {
  const { tenant, origin } = request;
  const now = (yield* load('accounts-by', { by: 'id', values: [change.employee] })).get(change.employee);
  if (now === undefined) return { fields: {}, conflicts: [conflict(change, null, 'gone')] };
  const identifiers = { mobile: now.mobile, email: now.email };
  const { chosen, conflicts } = yield* chosenFields(request, change, (path) =>
    path === 'mobile' || path === 'email' ? identifiers[path] : null,
  );
  const fields: Record<string, readonly [unknown, unknown]> = {};
  for (const [path, [before, after]] of chosen) {
    if (path !== 'mobile' && path !== 'email') continue;
    const value = typeof before === 'string' ? before : null;
    const { realm } = now;
    const values = value === null ? [] : [value];
    const asked = { by: path, values, ...(realm === undefined ? {} : { realm }) } as const;
    const [holder] = (yield* load('accounts-by', asked)).values();
    if (holder !== undefined && holder.id !== now.id) {
      conflicts.push(conflict(change, path, 'taken'));
      continue;
    }
    identifiers[path] = value;
    fields[path] = [after, before];
  }
  if (Object.keys(fields).length === 0) return { fields, conflicts };
  const { memberships: _memberships, ...before } = now;
  const effect: Effect = {
    write: 'account',
    account: { ...before, ...identifiers },
    changed: { tenant: tenant.number, before },
    origin,
    undoes: change.number,
  };
  return { fields, conflicts, effects: [effect] };
}
