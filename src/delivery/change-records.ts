import type { ChangedThing, ChangeWithRecord } from '../dialects/events.ts';
import { emptyEmployee } from '../directory/employees/employee.ts';
import type { Change } from '../directory/history/change.ts';
import { isPartKind, PART_LISTS, subjectOf, type CompanyPart } from '../directory/history/company-change.ts';
import { keysOf, withValueAt } from '../directory/history/record-path.ts';
import { load, type StoreTask } from '../directory/store.ts';
import type { Tenant } from '../directory/tenant.ts';
import { plainText } from '../directory/text.ts';

/** So many newer changes of one employee or thing are undone in memory; of more the present record is taken. */
const MAX_NEWER = 1_000;

/**
 * Adds to each change the record right before and right after it. They are worked out from the record as it is now, by
 * undoing what came later, so only a reader that lags asks for more than the present records.
 */
export function* withRecords(tenant: Tenant, changes: readonly Change[]): StoreTask<readonly ChangeWithRecord[]> {
  const things = new Map<number, ChangedThing>();
  for (const some of Map.groupBy(changes, ({ kind, employee }) => `${kind} ${employee}`).values()) {
    const [first] = some;
    if (first === undefined) continue;
    const found = yield* recordsOf(tenant, first, some);
    for (const [number, thing] of found) things.set(number, thing);
  }
  return changes.flatMap((change) => {
    const thing = things.get(change.number);
    return thing === undefined ? [] : [{ tenant, change, thing }];
  });
}

function* recordsOf(
  tenant: Tenant,
  { kind, employee: subject }: Change,
  changes: readonly Change[],
): StoreTask<ReadonlyMap<number, ChangedThing>> {
  if (kind === 'employee') {
    const found = yield* load('employees-by-id', { tenant: tenant.number, ids: [subject] });
    const now = found.get(subject) ?? null;
    return yield* walkedBack(tenant, changes, now, subject, (before, after) => ({ kind, before, after }));
  }
  if (!isPartKind(kind)) return new Map(changes.map(({ number }) => [number, { kind, before: null, after: null }]));
  const list: readonly CompanyPart[] = tenant.parts[PART_LISTS[kind]];
  const now = list.find((part) => subjectOf(part) === subject) ?? null;
  // A part of a list has the type of the list's kind.
  const thing = (before: object | null, after: object | null): ChangedThing =>
    ({ kind, before, after }) as unknown as ChangedThing;
  return yield* walkedBack(tenant, changes, now, subject, thing);
}

/** Goes back from the record as it is now, over what came after the changes, through each of them. */
function* walkedBack<Thing extends object>(
  tenant: Tenant,
  changes: readonly Change[],
  now: Thing | null,
  subject: string,
  thing: (before: Thing | null, after: Thing | null) => ChangedThing,
): StoreTask<ReadonlyMap<number, ChangedThing>> {
  const things = new Map<number, ChangedThing>();
  const last = changes.at(-1);
  if (last === undefined) return things;
  const { kind } = last;
  const isSelfContained = changes.length === 1 && (isMaking(last) || isRemoval(last));
  const about = {
    tenant: tenant.number,
    employee: subject,
    limit: MAX_NEWER,
    after: last.number,
    ...(kind === 'employee' ? {} : { kind }),
    ...(kind === 'employee' && now === null ? { isRemoved: true as const } : {}),
  };
  // What makes or removes a record holds all of it.
  const newer = isSelfContained ? [] : yield* load('history', about);
  let after = newer.reduce<Thing | null>((record, change) => stateBefore(record, change), now);
  for (const change of changes.toReversed()) {
    if (isRemoval(change)) after = null;
    else if (isMaking(change)) after = builtFrom<Thing>(change, 1);
    const before = stateBefore(after, change);
    things.set(change.number, thing(before, after));
    after = before;
  }
  return things;
}

/** The record as it was before a change, from how it was after it. */
function stateBefore<Thing extends object>(after: Thing | null, change: Change): Thing | null {
  if (isMaking(change)) return null;
  if (isRemoval(change)) return builtFrom<Thing>(change, 0);
  if (after === null) return null;
  return Object.entries(change.fields).reduce(
    (record, [path, [before]]) => withValueAt(record, keysOf(path, [record]), before ?? null),
    after,
  );
}

function isMaking({ kind, fields }: Change): boolean {
  const [before, after] = fields[kind === 'employee' ? 'name' : 'id'] ?? [null, null];
  return before === null && after !== null;
}

function isRemoval({ kind, fields }: Change): boolean {
  const [before, after] = fields[kind === 'employee' ? 'name' : 'id'] ?? [null, null];
  return before !== null && after === null;
}

/** Builds a record from a change that has all of it, on its side before (0) or after (1). */
function builtFrom<Thing extends object>(change: Change, side: 0 | 1): Thing {
  const { at } = change.origin;
  const empty: object =
    change.kind === 'employee'
      ? emptyEmployee(change.employee, plainText(''), at)
      : { parent: null, ids: {}, extensions: {}, createdAt: at, updatedAt: at };
  const record = Object.entries(change.fields).reduce(
    (built, [path, values]) =>
      values[side] === null ? built : withValueAt(built, keysOf(path, [built]), values[side]),
    empty,
  );
  // A change that makes or removes a record has each of its members that differs from the empty one.
  return record as Thing;
}
