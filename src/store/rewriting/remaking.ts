import { inTurns } from '../../directory/in-turns.ts';
import type { EmployeeRewrite, StoreTask, Remaking, Store, TenantContents } from '../../directory/store.ts';
import { Turns } from '../../lib/turns.ts';
import type { Tenant } from '../../directory/tenant.ts';
import { watching, type PieceReader } from '../contents.ts';
import { ANYWHERE } from '../employees-anywhere.ts';
import { employeesById } from '../queries/employees.ts';
import type { WriteResult, SqlTask } from '../engine.ts';
import { CompanyLocks } from './gates.ts';
import { rewrite } from './rewrite-tenant.ts';
import { StagedRewriting, type LargeRewriting, type PieceWriter } from './staged-rewriting.ts';
import { findTenantRef, refuseNamesOfOthers, saveTenant } from '../queries/tenants.ts';
import type { Watch } from './watch.ts';

/** So many people and accounts are rewritten in one transaction; more are staged. */
export const FEW = 200;
/** A company of more people is staged even for few changes where a snapshot is taken of it, which copies everyone. */
const COPIED_AT_ONCE = 1_000;
/** So many who were changed while a rewriting was staged are thought about again in the transaction that decides. */
const LATE = 20;

/** What is needed of the store that this is part of. */
export interface StoreWithin extends PieceReader, PieceWriter {
  /** For questions like anybody's. */
  readonly store: Pick<Store, 'read'>;
  /** Takes notice that a company is not as it is remembered. */
  readonly rewritten: (tenant: number) => void;
}

/** A company that was gone through, and what was thought about it. */
interface Thought {
  readonly key: string;
  readonly watch: Watch;
  readonly tenant: Tenant | null;
  readonly remaking: Remaking<unknown>;
}

/** Rewrites whole companies in batches on an engine with one writer; other requests run in between. */
export class CompanyRemaking {
  readonly watches = new Set<Watch>();
  readonly gates = new CompanyLocks();
  readonly #within: StoreWithin;

  constructor(within: StoreWithin) {
    this.#within = within;
  }

  consider<Answer>(key: string, work: (now: TenantContents | null) => StoreTask<Answer>): Promise<Answer> {
    return this.#watching(key, (_watch, contents) => inTurns(this.#within.store, work(contents)));
  }

  /** What was thought, and was written; null where something else was changed meanwhile than people. */
  remake<Answer>(
    key: string,
    work: (now: TenantContents | null) => StoreTask<Remaking<Answer>>,
  ): Promise<Remaking<Answer> | null> {
    return this.#watching(key, async (watch, contents) => {
      const remaking = await inTurns(this.#within.store, work(contents));
      const thought = { key, watch, tenant: contents?.tenant ?? null, remaking };
      const rewriting = remaking.rewriting();
      const isLarge = rewriting !== null && takesLong(rewriting, contents?.employees.length ?? 0);
      const isDone = isLarge ? await this.#inPieces(thought, rewriting) : await this.#atOnce(thought);
      return isDone ? remaking : null;
    });
  }

  /** Applies a decided rewrite to a company, which is locked meanwhile. */
  async finish(staged: StagedRewriting, tenant: number): Promise<void> {
    try {
      await staged.finish();
    } catch (error) {
      // Waiting requests then fail on their own. Otherwise the company is half rewritten and must stay locked.
      if (this.#within.isOver()) this.gates.open(tenant);
      throw error;
    }
    this.#within.rewritten(tenant);
    this.gates.open(tenant);
  }

  #watching<Result>(
    key: string,
    use: (watch: Watch, contents: TenantContents | null) => Promise<Result>,
  ): Promise<Result> {
    return watching(this.#within, this, key, use);
  }

  #atOnce(thought: Thought): Promise<boolean> {
    const { flavor, write, rewritten } = this.#within;
    const work = function* (this: CompanyRemaking): SqlTask<WriteResult<boolean>> {
      if (!(yield* this.#isStill(thought))) return { result: false, deferred: [] };
      const { watch, tenant, remaking } = thought;
      yield* this.#thinkAgain(thought, [...watch.employees]);
      const rewriting = remaking.rewriting();
      if (rewriting === null) return { result: true, deferred: [] };
      const number = yield* rewrite(flavor, tenant, rewriting);
      rewritten(number);
      this.see(number, rewriting);
      return { result: true, deferred: [] };
    };
    return write(work.bind(this));
  }

  async #inPieces(thought: Thought, rewriting: LargeRewriting): Promise<boolean> {
    const staged = new StagedRewriting(this.#within, thought.remaking.progress);
    let tenant: number | null = null;
    try {
      await staged.stage(rewriting);
      const values = await valuesOf(rewriting);
      while (thought.watch.employees.size > LATE) await this.#restage(thought, staged, values);
      tenant = await this.#decide(thought, staged, values);
    } finally {
      if (tenant === null) await staged.discard().catch(() => undefined);
    }
    if (tenant === null) return false;
    await this.finish(staged, tenant);
    return true;
  }

  #restage(thought: Thought, staged: StagedRewriting, values: Set<string>): Promise<void> {
    const ids = thought.watch.takeEmployees(LATE);
    const work = function* (this: CompanyRemaking): SqlTask<WriteResult<void>> {
      yield* this.#thinkAgain(thought, ids);
      const employees = thought.remaking.rewriting()?.employees ?? [];
      yield* staged.restage(ids, employees);
      addValuesOf(values, employees, new Set(ids));
      return { result: undefined, deferred: [] };
    };
    return this.#within.write(work.bind(this));
  }

  /** Commits the staged rewrite and returns the company's number; null where it must be planned again. */
  async #decide(thought: Thought, staged: StagedRewriting, values: Set<string>): Promise<number | null> {
    const { flavor, write, rewritten } = this.#within;
    let closed: number | null = null;
    const work = function* (this: CompanyRemaking): SqlTask<WriteResult<number | null>> {
      if (!(yield* this.#isStill(thought))) return { result: null, deferred: [] };
      const { watch, tenant, remaking } = thought;
      const ids = [...watch.employees];
      yield* this.#thinkAgain(thought, ids);
      const rewriting = remaking.rewriting();
      if (rewriting === null) return { result: null, deferred: [] };
      yield* staged.restage(ids, rewriting.employees);
      const { parts } = rewriting;
      if (parts === undefined || parts === null) throw new Error('a company is remade with its parts');
      yield* refuseNamesOfOthers(tenant, parts);
      const number = yield* saveTenant(flavor, tenant, parts, { origin: rewriting.origin });
      yield* staged.decide(number);
      // From here on, also for what comes next in the same transaction.
      addValuesOf(values, rewriting.employees, new Set(ids));
      this.gates.close(number, values);
      closed = number;
      rewritten(number);
      this.see(number, rewriting);
      return { result: number, deferred: [] };
    };
    try {
      return await write(work.bind(this));
    } catch (error) {
      if (closed !== null) this.gates.open(closed);
      throw error;
    }
  }

  /** Whether nothing but people was changed since the company was gone through. */
  *#isStill({ key, watch, remaking }: Thought): SqlTask<boolean> {
    const known = (yield* findTenantRef('key', key))?.number ?? null;
    if (known !== watch.tenant || watch.isSpoilt || watch.isTenantChanged) return false;
    if (known !== null) this.gates.pass(known);
    for (const value of watch.accounts) if (remaking.concerns(value)) return false;
    return true;
  }

  *#thinkAgain({ watch, remaking }: Thought, ids: readonly string[]): SqlTask<void> {
    if (watch.tenant === null || ids.length === 0) return;
    const now = yield* employeesById(this.#within.flavor, true, { tenant: watch.tenant, ids });
    for (const id of ids) remaking.again(id, now.get(id) ?? null);
  }

  /** Tells all who go through companies of one that was rewritten. */
  see(tenant: number, rewriting: Pick<LargeRewriting, 'accounts' | 'employees'>): void {
    for (const watch of this.watches) watch.seeRewriting(tenant, rewriting);
  }
}

/** What is found in all companies at once and may change: accounts, by id and login identifier, and persons by their id. */
async function valuesOf({ accounts, employees }: LargeRewriting): Promise<Set<string>> {
  const turns = new Turns();
  const values = new Set<string>();
  for (const rewrite of employees) {
    addValues(values, rewrite);
    await turns.next();
  }
  for (const { id, mobile, email } of accounts) {
    for (const value of [id, mobile, email]) if (value !== null) values.add(value);
    await turns.next();
  }
  return values;
}

/** Adds the same of some employees. */
function addValuesOf(values: Set<string>, employees: readonly EmployeeRewrite[], ids: ReadonlySet<string>): void {
  if (ids.size === 0) return;
  for (const rewrite of employees) if (ids.has((rewrite.after ?? rewrite.before)?.id ?? '')) addValues(values, rewrite);
}

function addValues(values: Set<string>, { before, after }: EmployeeRewrite): void {
  const accounts = [before?.account, after?.account];
  for (const value of [...accounts, before?.ids[ANYWHERE], after?.ids[ANYWHERE]]) {
    if (value !== undefined && value !== null) values.add(value);
  }
}

/** Whether others would wait for a rewriting of a company of so many people that is done in one transaction. */
function takesLong({ employees, accounts, snapshot }: LargeRewriting, people: number): boolean {
  return employees.length + accounts.length > FEW || (snapshot !== undefined && people > COPIED_AT_ONCE);
}
