import type { Employee } from '../directory/employees/employee.ts';
import { StoreBusyError } from '../directory/errors.ts';
import type {
  ChangeListener,
  Decision,
  Effect,
  Remaking,
  Snapshots,
  Store,
  StoreTask,
  TenantContents,
  TenantRewrite,
} from '../directory/store.ts';
import type { Tenant } from '../directory/tenant.ts';
import { applyAtOnce, applyEffects } from './apply-effects.ts';
import { CacheAdmission, TransactionContext } from './cache/transaction-context.ts';
import { TenantCache } from './cache/tenant-cache.ts';
import { TokenCache } from './cache/token-cache.ts';
import type { Engine, SqlTask, When, WriteResult } from './engine.ts';
import { countOf, countUp, endCount } from './queries/counts.ts';
import { advanceChangeOrder, ChangeOrderStaleError } from './queries/change-order.ts';
import { EmployeeCache } from './cache/employee-cache.ts';
import { scanEmployees } from './queries/employees.ts';
import { appSpace, findTenantRef, loadTenant, tenantKeys, tenantLock } from './queries/tenants.ts';
import { QueryRunner } from './query-runner.ts';
import { CompanyLockedError } from './rewriting/gates.ts';
import { CompanyRemaking, FEW, type StoreWithin } from './rewriting/remaking.ts';
import { BATCH_SIZE, loadAllEmployees, rewrite } from './rewriting/rewrite-tenant.ts';
import { StagedRewriting } from './rewriting/staged-rewriting.ts';
import { DeliveriesKept } from './kept/deliveries.ts';
import { RequestsKept } from './kept/requests.ts';
import { TargetsKept } from './kept/targets.ts';
import { CompanySnapshots } from './snapshots/company-snapshots.ts';
import type { RestoreResult } from './snapshots/restore.ts';

/** How often a company is gone through again because it was changed meanwhile, before everybody else is kept waiting. */
const PATIENCE = 4;

/**
 * The directory's store on any engine: words into statements, and memory of what seldom changes.
 *
 * Where other processes write the same data a token is asked for each time, and a company is believed as it is
 * remembered only if its version, asked for at the same time, is the same: what another node changed holds from its commit on.
 *
 * What is remembered, and every number that was given out, is of one database: when another one takes its place this
 * store is over, and a new one begins.
 */
export class EngineStore implements Store {
  readonly #engine: Engine;
  readonly #admission = new CacheAdmission();
  readonly #tenants: TenantCache;
  readonly #tokens: TokenCache;
  /** Null where others may write, too. */
  readonly #memory: EmployeeCache | null;
  readonly #queries: QueryRunner;
  /** How many writes had been undone when the memory was right. */
  #undone = 0;
  readonly #within: StoreWithin;
  readonly #whole: CompanyRemaking;
  readonly snapshots: Snapshots;
  readonly requests: RequestsKept;
  readonly deliveries: DeliveriesKept;
  readonly targets: TargetsKept;
  /** Takes notice of commits; null: the log has no reader. */
  #listener: ChangeListener | null = null;
  /** Why nothing is done any more: another database has taken the place of the one it was made for, or it is closed. */
  #isOver: string | null = null;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#tenants = new TenantCache(engine, this.#admission);
    this.#tokens = new TokenCache(engine, this.#admission);
    this.#memory = engine.isShared ? null : new EmployeeCache();
    this.#within = {
      flavor: engine.flavor,
      store: this,
      read: (work) => this.#read(work),
      write: (...given) => this.#write(...given),
      tenantNow: (number) => this.#tenants.load(number, new TransactionContext(false)),
      rewritten: (number) => {
        this.#memory?.clear();
        this.#forgetTenant(number);
      },
      isOver: () => this.#isOver !== null,
    };
    this.#whole = new CompanyRemaking(this.#within);
    this.#queries = new QueryRunner({
      engine,
      tenants: this.#tenants,
      tokens: this.#tokens,
      employees: this.#memory,
      gates: this.#whole.gates,
    });
    this.requests = new RequestsKept(this.#within);
    this.deliveries = new DeliveriesKept(this.#within);
    this.targets = new TargetsKept(this.#within);
    this.snapshots = new CompanySnapshots({
      flavor: engine.flavor,
      read: (work) => this.#read(work),
      write: (work) => this.#write(work),
      tenantAlone: (key) => this.#tenantAlone(key),
      run: (work, run) => this.#queries.run(work, run),
      restored: (result) => {
        this.#restored(result);
      },
    });
  }

  /** From now on everything is refused: a number from here names somebody else there. */
  end(why = 'everything was replaced meanwhile'): void {
    this.#isOver = why;
  }

  read<Answer>(work: () => StoreTask<Answer>): Promise<Answer> {
    return this.#read((run) => this.#queries.run(work(), run)).catch((error: unknown) => {
      if (error instanceof ChangeOrderStaleError) return this.#readInOrder(work);
      throw error;
    });
  }

  async #readInOrder<Answer>(work: () => StoreTask<Answer>): Promise<Answer> {
    // A step at a time, so that others are not kept waiting; the rest together with the work, so that nothing is missed.
    while (!(await this.#write(() => ended(advanceChangeOrder(this.#engine.flavor)))));
    return await this.#write((run) => ended(this.#queries.run(work(), run)));
  }

  // Every update comes through here, so that no promise more is made than the answer needs.
  write<Answer>(work: () => StoreTask<Decision<Answer>>): Promise<Answer> {
    return this.#write((run) => this.#decide(work(), run)).then(({ answer, effects }) => {
      if (this.#listener !== null) this.#tell(effects, this.#listener);
      return answer;
    });
  }

  onChange(listener: ChangeListener | null): void {
    this.#listener = listener;
  }

  tenant(number: number): Promise<Tenant | null> {
    return this.#read((run) => this.#tenants.load(number, run));
  }

  tenantByKey(key: string): Promise<Tenant | null> {
    return this.#tenantBy('key', key);
  }

  tenantByName(space: string, value: string): Promise<Tenant | null> {
    return this.#tenantBy('name', space, value);
  }

  tenantByApp(dialect: string, key: string): Promise<Tenant | null> {
    return this.#tenantBy('name', appSpace(dialect), key);
  }

  get isShared(): boolean {
    return this.#engine.isShared;
  }

  countUp(tenant: number, name: string): Promise<number> {
    return this.#write(() => ended(countUp(tenant, name)));
  }

  countOf(tenant: number, name: string): Promise<number> {
    return this.#read(() => countOf(tenant, name));
  }

  async endCount(tenant: number, name: string): Promise<void> {
    await this.#write(() => ended(endCount(tenant, name)));
  }

  tenantKeys(): Promise<readonly string[]> {
    return this.#read(tenantKeys);
  }

  async *employees(tenant: number): AsyncIterable<Employee> {
    let last: Employee | null = null;
    for (;;) {
      const after: Employee | null = last;
      await this.#whole.gates.waitFor(tenant);
      const piece: readonly Employee[] = await this.#read(() => scanEmployees(tenant, after, BATCH_SIZE));
      yield* piece;
      last = piece.at(-1) ?? null;
      if (last === null) return;
    }
  }

  async rewriteTenant<Answer>(
    key: string,
    work: (now: Tenant | null) => StoreTask<TenantRewrite<Answer>>,
  ): Promise<Answer> {
    let last = new TransactionContext(true);
    let answer: Answer;
    try {
      answer = await this.#write((run) => this.#rewrite(key, work, (last = run)));
    } catch (error) {
      if (last.removed !== null) this.#whole.gates.open(last.removed.tenant);
      throw error;
    }
    if (last.removed !== null) await this.#whole.finish(last.removed.staged, last.removed.tenant);
    this.#listener?.(null, false);
    return answer;
  }

  consider<Answer>(key: string, work: (now: TenantContents | null) => StoreTask<Answer>): Promise<Answer> {
    if (!this.#engine.isShared) return this.#whole.consider(key, work);
    return this.#read((run) => this.#consider(key, work, run));
  }

  async remakeTenant<Answer>(
    key: string,
    work: (now: TenantContents | null) => StoreTask<Remaking<Answer>>,
  ): Promise<Answer> {
    for (let turn = 0; turn < PATIENCE && !this.#engine.isShared; turn++) {
      const done = await this.#whole.remake(key, work);
      if (done === null) continue;
      this.#listener?.(null, false);
      return done.answer();
    }
    const answer = await this.#write((run) => ended(this.#remakeAlone(key, work, run)));
    this.#listener?.(null, false);
    return answer;
  }

  isReady(): Promise<boolean> {
    return this.#engine.isReady();
  }

  close(): Promise<void> {
    return this.#engine.close();
  }

  #tenantBy(by: 'key' | 'name', ...values: readonly string[]): Promise<Tenant | null> {
    return this.#read((run) => this.#tenants.loadByRef(findTenantRef(by, ...values), run));
  }

  /** Says which companies were written to. */
  #tell(effects: readonly Effect[], listener: ChangeListener): void {
    for (const effect of effects) {
      if (effect.write === 'employee') listener(effect.tenant, true);
      else if (effect.write === 'tenant') listener(effect.now.number, false);
      else if (effect.write === 'job') listener(effect.tenant, false);
      else if (effect.write === 'account') listener(effect.changed?.tenant ?? null, true);
    }
  }

  /** Forgets a company and all tokens, before the commit: the next work of the same group must already see the change. */
  #forgetTenant(number: number): void {
    this.#tenants.forget(number);
    this.#tokens.clear();
  }

  /** Takes notice of a restore, before the commit. */
  #restored({ restored: { tenant }, employees, accounts }: RestoreResult): void {
    if (employees === null) this.#memory?.clear();
    else for (const effect of employees) this.#memory?.write(effect);
    this.#listener?.(tenant, false);
    this.#forgetTenant(tenant);
    this.#whole.see(tenant, { accounts, employees: employees ?? [] });
  }

  /** Checks, where no other write can come between, whether the cache is still valid. */
  #settle(): void {
    if (this.#isOver !== null) throw new StoreBusyError(this.#isOver);
    // What was written and undone since must not be believed.
    if (this.#undone === this.#engine.rollbackCount) return;
    this.#undone = this.#engine.rollbackCount;
    this.#memory?.clear();
  }

  #read<Result>(work: (run: TransactionContext) => SqlTask<Result>): Promise<Result> {
    const result = this.#engine.read(() => {
      this.#settle();
      return work(new TransactionContext(false));
    });
    return this.#whole.gates.areOpen
      ? result
      : result.catch((error: unknown) => this.#pastGates(error, () => this.#read(work)));
  }

  /** Tries again once the company that was asked about is rewritten; rejects with any other error. */
  async #pastGates<Result>(error: unknown, again: () => Promise<Result>): Promise<Result> {
    if (!(error instanceof CompanyLockedError)) throw error;
    await error.opened();
    return await again();
  }

  #write<Result>(work: (run: TransactionContext) => SqlTask<WriteResult<Result>>, when?: When): Promise<Result> {
    let run = NOT_RUN;
    return this.#engine
      .write(() => {
        this.#settle();
        run = new TransactionContext(true);
        return work(run);
      }, when)
      .then(
        (result) => {
          this.#admission.keep(run);
          return result;
        },
        (error: unknown) => this.#pastGates(error, () => this.#write(work, when)),
      );
  }

  *#decide<Answer>(work: StoreTask<Decision<Answer>>, run: TransactionContext): SqlTask<WriteResult<Decision<Answer>>> {
    const decision = yield* this.#queries.run(work, run);
    const { effects } = decision;
    if (effects.length === 0) return { result: decision, deferred: [] };
    const { flavor } = this.#engine;
    const last = applyAtOnce(flavor, effects) ?? (yield* applyEffects(flavor, effects));
    for (const effect of effects) {
      for (const watch of this.#whole.watches) watch.see(effect);
      if (effect.write === 'employee') this.#memory?.write(effect, effects.length);
      else if (effect.write === 'tenant') this.#forgetTenant(effect.now.number);
      else if (effect.write === 'token') this.#tokens.forget(effect.token.hash);
      else if (effect.write === 'token-end') this.#tokens.forget(effect.hash);
    }
    return { result: decision, deferred: last };
  }

  *#consider<Answer>(
    key: string,
    work: (now: TenantContents | null) => StoreTask<Answer>,
    run: TransactionContext,
  ): SqlTask<Answer> {
    const tenant = yield* this.#tenants.loadByRef(findTenantRef('key', key), run);
    return yield* this.#queries.run(work(yield* this.#everything(tenant)), run);
  }

  *#everything(tenant: Tenant | null): SqlTask<TenantContents | null> {
    if (tenant === null) return null;
    return { tenant, ...(yield* loadAllEmployees(this.#engine.flavor, { tenant: tenant.number })) };
  }

  /** Plans and writes a company in one transaction that locks it. */
  *#remakeAlone<Answer>(
    key: string,
    work: (now: TenantContents | null) => StoreTask<Remaking<Answer>>,
    run: TransactionContext,
  ): SqlTask<Answer> {
    const tenant = yield* this.#tenantAlone(key);
    const remaking = yield* this.#queries.run(work(yield* this.#everything(tenant)), run);
    yield* this.#carryOutRewriting(tenant, remaking.rewriting(), run);
    return remaking.answer();
  }

  *#rewrite<Answer>(
    key: string,
    work: (now: Tenant | null) => StoreTask<TenantRewrite<Answer>>,
    run: TransactionContext,
  ): SqlTask<WriteResult<Answer>> {
    const tenant = yield* this.#tenantAlone(key);
    const rewriting = yield* this.#queries.run(work(tenant), run);
    yield* this.#carryOutRewriting(tenant, rewriting, run);
    return { result: rewriting.answer, deferred: [] };
  }

  *#carryOutRewriting(
    tenant: Tenant | null,
    rewriting: Omit<TenantRewrite<unknown>, 'answer'> | null,
    run: TransactionContext,
  ): SqlTask<void> {
    if (rewriting === null) return;
    if (rewriting.parts === null && tenant !== null && !this.#engine.isShared && (yield* isLarge(tenant.number))) {
      const staged = new StagedRewriting(this.#within);
      yield* staged.decideOnRemoval(tenant.number, rewriting.origin);
      this.#whole.gates.close(tenant.number, new Set());
      run.removed = { tenant: tenant.number, staged };
    } else if (rewriting.parts === undefined && rewriting.employees.length + rewriting.accounts.length === 0) return;
    const number = run.removed?.tenant ?? (yield* rewrite(this.#engine.flavor, tenant, rewriting));
    this.#within.rewritten(number);
    this.#whole.see(number, rewriting);
  }

  /** Loads a company and locks it for this transaction; null where there is none. */
  *#tenantAlone(key: string): SqlTask<Tenant | null> {
    const { flavor } = this.#engine;
    const alone = flavor.lock([`company ${key}`]);
    if (alone !== null) yield [alone];
    const known = (yield* findTenantRef('key', key))?.number ?? null;
    if (known !== null) this.#whole.gates.pass(known);
    const unshared = known === null ? null : flavor.lock([tenantLock(known)]);
    if (unshared !== null) yield [unshared];
    return known === null ? null : ((yield* loadTenant(known))?.tenant ?? null);
  }
}

/** The run of a work until it begins. */
const NOT_RUN = new TransactionContext(true);

/** Whether a company has more people than are removed in one transaction. */
function* isLarge(tenant: number): SqlTask<boolean> {
  const text = 'SELECT count(*) AS people FROM (SELECT 1 FROM employee WHERE tenant = $1 LIMIT $2) AS counted';
  const [[row] = []] = yield [{ text, params: [tenant, FEW + 1] }];
  return Number(row?.['people']) > FEW;
}

/** A write of which nothing is left to be run. */
function* ended<Result>(steps: SqlTask<Result>): SqlTask<WriteResult<Result>> {
  return { result: yield* steps, deferred: [] };
}
