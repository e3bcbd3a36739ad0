import type { Effect, StoreTask } from '../store.ts';
import { Tenant, type TenantData } from '../tenant.ts';
import { changedFields, type Change, type Origin } from './change.ts';
import { companyRecord, isPartKind, PART_LISTS, subjectOf, type CompanyPart, type PartKind } from './company-change.ts';
import { keysOf, valueAt, withValueAt } from './record-path.ts';
import { about, chosenFields, conflict, isWithin, newestOther, type FieldChoice } from './undo-fields.ts';
import type { PartUndone } from './undo-login.ts';
import { partRefusals } from './undo-part-rules.ts';

/** A company while changes of it are taken back: all that is written of it is one effect. */
export class CompanyUndo {
  #tenant: Tenant;
  readonly #before: Tenant;
  readonly #origin: Origin;
  readonly #undoes = new Map<string, number>();

  constructor(tenant: Tenant, origin: Origin) {
    this.#before = tenant;
    this.#tenant = tenant;
    this.#origin = origin;
  }

  /** The company as it is after what was taken back so far. */
  get tenant(): Tenant {
    return this.#tenant;
  }

  put(parts: TenantData, { kind, employee, number }: Change): void {
    this.#tenant = new Tenant({ ...parts, updatedAt: this.#origin.at });
    // Of several changes of one thing the oldest is the one it goes back behind.
    this.#undoes.set(`${kind} ${employee}`, number);
  }

  effects(): readonly Effect[] {
    if (this.#tenant === this.#before) return [];
    const { number: _number, ...parts } = this.#tenant.parts;
    return [{ write: 'tenant', now: this.#before, parts, origin: this.#origin, undoes: this.#undoes }];
  }
}

type Request = FieldChoice & { readonly withoutConflicts: boolean; readonly origin: Origin };

/** Takes back a change of a department, an entry of a list, a field, an app, or the company's own settings. */
export function* undoPart(request: Request, change: Change, company: CompanyUndo): StoreTask<PartUndone> {
  const { kind, employee: subject } = change;
  const { parts } = request.tenant;
  // A finished job is no state that could be taken back.
  if (kind === 'job') return nothing(change, 'nothing');
  if (!isPartKind(kind)) return yield* changedBack(request, change, companyRecord(parts), company);
  const values = Object.values(change.fields);
  const list: readonly CompanyPart[] = parts[PART_LISTS[kind]];
  const now = list.find((part) => subjectOf(part) === subject) ?? null;
  const isWhole = 'id' in change.fields;
  if (isWhole && request.fields !== undefined) return nothing(change, 'only-whole');
  if (isWhole && values.every(([before]) => before === null)) return yield* removed(request, change, now, company);
  if (isWhole) return yield* restored(request, change, now, company);
  return now === null ? nothing(change, 'gone') : yield* changedBack(request, change, now, company);
}

function nothing(change: Change, reason: Parameters<typeof conflict>[2], by?: number): PartUndone {
  return { fields: {}, conflicts: [conflict(change, null, reason, by)] };
}

function* removed(
  request: Request,
  change: Change,
  now: CompanyPart | null,
  company: CompanyUndo,
): StoreTask<PartUndone> {
  if (now === null) return nothing(change, 'gone');
  const by = yield* newestOther(request, change);
  if (by > change.number) return nothing(change, 'changed-since', by);
  const conflicts = yield* refusals(request, change, now, null);
  if (conflicts.length > 0) return { fields: {}, conflicts };
  company.put(withPart(request.tenant.parts, change.kind as PartKind, now, null), change);
  return { fields: changedFields(now, null), conflicts: [] };
}

function* restored(
  request: Request,
  change: Change,
  now: CompanyPart | null,
  company: CompanyUndo,
): StoreTask<PartUndone> {
  if (now !== null) return nothing(change, 'gone');
  let record: object = {};
  for (const [path, [value]] of Object.entries(change.fields)) {
    record = withValueAt(record, keysOf(path, [record]), value);
  }
  // What the change log has of a part is all of it but its date, and members that were null or empty.
  const kind = change.kind as PartKind;
  const after = {
    ...EMPTY[kind],
    ...record,
    ...(isDated(kind) ? { updatedAt: request.origin.at } : {}),
  } as CompanyPart;
  const conflicts = yield* refusals(request, change, null, after);
  if (conflicts.length > 0) return { fields: {}, conflicts };
  company.put(withPart(request.tenant.parts, kind, null, after), change);
  return { fields: changedFields(null, after), conflicts: [] };
}

/** Gives a part, or the company itself, the values that a change replaced. */
function* changedBack(request: Request, change: Change, now: object, company: CompanyUndo): StoreTask<PartUndone> {
  const { chosen, conflicts } = yield* chosenFields(request, change, (path) => valueAt(now, keysOf(path, [now])));
  if ('key' in change.fields) return nothing(change, 'nothing');
  for (;;) {
    let after = now;
    for (const [path, [before]] of chosen) after = withValueAt(after, keysOf(path, [now]), before);
    const found = yield* refusals(request, change, now, after);
    const dropped = found.flatMap(({ field }) => field ?? []);
    if (dropped.length === 0 || !request.withoutConflicts) {
      const fields = changedFields(now, after);
      if (found.length === 0 && Object.keys(fields).length > 0)
        company.put(written(request, change, now, after), change);
      return { fields: found.length === 0 ? fields : {}, conflicts: [...conflicts, ...found] };
    }
    conflicts.push(...found);
    for (const path of chosen.keys()) if (dropped.some((field) => isWithin(path, field))) chosen.delete(path);
  }
}

function* refusals(request: Request, change: Change, now: object | null, after: object | null) {
  const { kind } = change;
  if (!isPartKind(kind)) return [];
  const found = yield* partRefusals(request.tenant, kind, now as CompanyPart | null, after as CompanyPart | null);
  return found.map((refusal) => ({ ...about(change), ...refusal }));
}

function written({ tenant, origin }: Request, { kind }: Change, now: object, after: object): TenantData {
  const { parts } = tenant;
  if (isPartKind(kind)) {
    const dated = isDated(kind) ? { ...after, updatedAt: origin.at } : after;
    return withPart(parts, kind, now as CompanyPart, withoutNulls(kind, dated) as CompanyPart);
  }
  const { loginRealm, sandbox, targets, ...record } = after as Partial<TenantData>;
  const { loginRealm: _realm, sandbox: _sandbox, targets: _targets, ...others } = parts;
  return {
    ...others,
    ...record,
    ...(typeof loginRealm === 'string' ? { loginRealm } : {}),
    ...(sandbox === undefined || sandbox === null ? {} : { sandbox }),
    ...(targets === undefined || targets === null ? {} : { targets }),
  };
}

/** What a part has in every member of which the change log has nothing. */
const EMPTY: Readonly<Record<PartKind, object>> = {
  department: { parent: null, ids: {}, extensions: {} },
  'catalog-entry': { parent: null, ids: {}, extensions: {} },
  'custom-field': { ids: {}, catalog: null, extensions: {} },
  app: { settings: {} },
};

function isDated(kind: PartKind): boolean {
  return kind === 'department' || kind === 'catalog-entry';
}

/** An app has no member that is null: what it lacks is absent. */
function withoutNulls(kind: PartKind, part: object): object {
  return kind === 'app' ? Object.fromEntries(Object.entries(part).filter(([, value]) => value !== null)) : part;
}

/** The company with a part as it is now, without it, or with one more. */
function withPart(parts: TenantData, kind: PartKind, now: CompanyPart | null, after: CompanyPart | null): TenantData {
  const member = PART_LISTS[kind];
  const all: readonly CompanyPart[] = parts[member];
  const list = now === null ? [...all, after] : all.flatMap((one) => (one === now ? (after ?? []) : one));
  const { removedDepartments } = parts;
  // A department that is there again was not removed.
  const isBack = kind === 'department' && now === null && removedDepartments !== undefined;
  const removed = isBack ? { removedDepartments: removedDepartments.filter(({ id }) => id !== after?.id) } : {};
  return { ...parts, [member]: list, ...removed };
}
