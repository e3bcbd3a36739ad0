import type { Dialect } from '../../dialects/dialect.ts';
import { COMPANY_FILE, type Change, type ChangeKind, type Origin } from '../../directory/history/change.ts';
import { load, type ChangePage, type Decision, type Store, type StoreTask } from '../../directory/store.ts';
import type { Tenant } from '../../directory/tenant.ts';
import { employeesNamed } from '../employees-named.ts';
import { planUndo, type UndoPlan } from '../../directory/history/undo.ts';
import { changeView, conflictView, undoneView } from './change-view.ts';
import type { ChangeLine, ChangeList, ChangeQuery, UndoAnswer, UndoOptions } from './contract.ts';

/** So many changes are answered at one time. */
export const MAX_CHANGES = 1_000;
/** So many changes of one request are taken back at once. */
const MAX_UNDONE = 1_000;
const USUAL_LIMIT = 100;

/** What histories are made of. */
export interface HistoryOptions {
  readonly store: () => Store;
  readonly dialects: readonly Dialect[];
  /** Returns the present instant as a company has it. */
  readonly now: (tenant: Tenant) => number;
}

/** Why there is no history or undo. */
export type HistoryErrorReason = 'no-company' | 'no-employee' | 'several-employees' | 'no-change' | 'too-many-changes';

/** A history or undo that cannot be, in one sentence. */
export class HistoryError extends Error {
  readonly reason: HistoryErrorReason;

  constructor(reason: HistoryErrorReason, message: string) {
    super(message);
    this.name = 'HistoryError';
    this.reason = reason;
  }
}

/** The histories of companies, and how changes are taken back. Rejects with `HistoryError`. */
export class CompanyHistory {
  readonly #options: HistoryOptions;

  constructor(options: HistoryOptions) {
    this.#options = options;
  }

  /** Returns the changes of a company, newest first. */
  async feed(
    key: string,
    { platform, before, limit = USUAL_LIMIT, subject, ...about }: ChangeQuery,
  ): Promise<ChangeList> {
    const { number } = await this.#tenant(key);
    if (subject !== undefined) return await this.#ofSubject(number, subject, { kind: about.kind, before, limit });
    const filter = {
      tenant: number,
      limit,
      before: before ?? null,
      ...(platform === undefined ? {} : { dialect: platform }),
      ...about,
    };
    const { changes, next } = await this.#store.read(() => load('changes', filter));
    return { changes: changes.map(changeView), next };
  }

  /** Returns the changes of an employee, newest first, by any id of any platform; of one field if that is named. */
  async of(key: string, id: string, field: string | null, limit = USUAL_LIMIT): Promise<ChangeList> {
    const tenant = await this.#tenant(key);
    const found = await this.#store.read(() => employeesNamed(this.#options.dialects, tenant, id));
    const [employee] = found;
    if (employee === undefined) {
      throw new HistoryError('no-employee', 'There is no such employee in this company.');
    }
    if (found.length > 1) {
      const ids = found.map((one) => one.id).join(', ');
      throw new HistoryError(
        'several-employees',
        `Several employees have this id; ask for one of them by the own id: ${ids}.`,
      );
    }
    const about = { tenant: tenant.number, employee: employee.id, limit: MAX_CHANGES };
    const history = (await this.#store.read(() => load('history', about))).map(changeView);
    return { changes: history.filter((line) => field === null || isOfField(line, field)).slice(0, limit), next: null };
  }

  /** Takes a change back in one transaction; with conflicts nothing is written, unless what has none was asked for. */
  async undo(key: string, number: number, options: UndoOptions, requestId: string): Promise<UndoAnswer> {
    const tenant = await this.#tenant(key);
    const { plan = false, only } = options;
    const at = this.#options.now(tenant);
    const origin: Origin = { dialect: 'admin', operation: 'undo', app: null, request: requestId, at };
    const store = this.#store;
    const undone = plan
      ? await store.read(() => planned(tenant, number, options, origin))
      : await store.write(() => decided(tenant, number, options, origin));
    if (undone === null) throw new HistoryError('no-change', 'This company has no such change.');
    const { conflicts } = undone;
    const isWritten = plan || conflicts.length === 0 || only !== undefined;
    return {
      planned: plan,
      undone: isWritten ? undone.undone.map(undoneView) : [],
      conflicts: conflicts.map(conflictView),
      not_taken_back: NOT_TAKEN_BACK,
    };
  }

  async #ofSubject(
    tenant: number,
    subject: string,
    { kind, before, limit }: { kind: ChangeKind | undefined; before: number | undefined; limit: number },
  ): Promise<ChangeList> {
    const of = { tenant, employee: subject, limit: MAX_CHANGES };
    const isEmployee = kind === undefined || kind === 'employee';
    const there = await this.#store.read(() => load('history', isEmployee ? of : { ...of, kind }));
    // An employee who was removed has a history, too, of which the feed shows each change.
    const isSought = isEmployee && there.length === 0;
    const found = isSought ? await this.#store.read(() => load('history', { ...of, isRemoved: true })) : there;
    const wanted = found.filter(({ number }) => before === undefined || number < before);
    return { changes: wanted.slice(0, limit).map(changeView), next: null };
  }

  get #store(): Store {
    return this.#options.store();
  }

  async #tenant(key: string): Promise<Tenant> {
    const tenant = await this.#store.tenantByKey(key);
    if (tenant === null) throw new HistoryError('no-company', `There is no company "${key}".`);
    return tenant;
  }
}

/** What went out, or is kept apart from the record. */
const NOT_TAKEN_BACK = ['invitations', 'messages', 'tokens', 'files'] as const;

/** Whether a change is one of a field, by the record's name or its last part. */
function isOfField({ fields }: ChangeLine, field: string): boolean {
  return Object.keys(fields).some(
    (path) => path === field || path.startsWith(`${field}.`) || path.endsWith(`.${field}`),
  );
}

function* planned(
  tenant: Tenant,
  number: number,
  { fields, request = false, only }: UndoOptions,
  origin: Origin,
): StoreTask<UndoPlan | null> {
  const change = yield* load('change', { tenant: tenant.number, number });
  if (change === null) return null;
  const changes = request ? yield* ofRequest(tenant.number, change) : [change];
  if (changes.length > MAX_UNDONE) {
    throw new HistoryError(
      'too-many-changes',
      `The request made more than ${String(MAX_UNDONE)} changes; apply the company file from before it instead.`,
    );
  }
  const chosen = fields === undefined ? {} : { fields };
  return yield* planUndo({ tenant, changes, ...chosen, withoutConflicts: only !== undefined, origin });
}

function* decided(
  { number: tenantNumber }: Tenant,
  number: number,
  options: UndoOptions,
  origin: Origin,
): StoreTask<Decision<UndoPlan | null>> {
  const tenant = yield* load('tenant', { number: tenantNumber });
  const plan = tenant === null ? null : yield* planned(tenant, number, options, origin);
  if (plan === null || (plan.conflicts.length > 0 && options.only === undefined)) return { answer: plan, effects: [] };
  return { answer: plan, effects: plan.effects };
}

/** The changes that the request of one of them made, newest first. */
function* ofRequest(tenant: number, { number, origin }: Change): StoreTask<readonly Change[]> {
  const { request, dialect } = origin;
  // What one request changed was written together, so these are neighbours; a company file may be written in pieces.
  let before: number | null = dialect === COMPANY_FILE ? null : number + MAX_UNDONE;
  const found: Change[] = [];
  for (;;) {
    const page: ChangePage = yield* load('changes', { tenant, request, before, limit: MAX_UNDONE + 1 });
    found.push(...page.changes);
    const isPast = page.changes.length === 0 && (page.next ?? 0) <= number;
    if (page.next === null || isPast || found.length > MAX_UNDONE) return found;
    before = page.next;
  }
}
