import type { Employee } from '../directory/employees/employee.ts';
import { StoreBusyError } from '../directory/errors.ts';
import type {
  QueryResults,
  Decision,
  StoreTask,
  Query,
  QueryParams,
  Remaking,
  TenantRewrite,
  Store,
  TenantContents,
} from '../directory/store.ts';
import type { Tenant } from '../directory/tenant.ts';
import type { Token } from '../directory/auth/token.ts';
import { LruCache } from '../lib/lru-cache.ts';
import { accountsBy } from './queries/accounts.ts';
import { attachmentById, attachmentKind } from './queries/attachments.ts';
import { history } from './queries/changes.ts';
import { applyEffects } from './apply-effects.ts';
import { countBy, scanEmployees, employeesBy, employeesById, lineAbove, membersIn } from './queries/employees.ts';
import { queryUnderLock, type WriteResult, type Engine, type Statement, type SqlTask } from './engine.ts';
import { CompanyLockedError } from './gates.ts';
import { employeesAnywhere } from './employees-anywhere.ts';
import { countCurrentEmployees } from './queries/headcount.ts';
import { newestInvitations } from './queries/invitations.ts';
import { EmployeeCache } from './queries/employee-cache.ts';
import { employeePage, employeesFrom } from './queries/employee-pages.ts';
import { advanceChangeOrder, ChangeOrderStaleError } from './queries/change-order.ts';
import { loadAllEmployees, BATCH_SIZE, rewrite } from './rewrite-tenant.ts';
import { CompanyRemaking, FEW, type StoreWithin } from './remaking.ts';
import { StagedRewriting } from './staged-rewriting.ts';
import {
  appSpace,
  loadTenant,
  tenantKeys,
  tenantLock,
  findTenantRef,
  tenantsOfPublisher,
  tenantVersion,
  type LoadedTenant,
  type TenantRef,
} from './queries/tenants.ts';
import { runInParallel } from './run-in-parallel.ts';
import { latestToken, tokenByHash } from './queries/tokens.ts';

/** How many companies and tokens are remembered. */
const TENANTS_REMEMBERED = 1_000;
const TOKENS_REMEMBERED = 50_000;
/** How often a company is gone through again because it was changed meanwhile, before everybody else is kept waiting. */
const PATIENCE = 4;

/** One run of a work: what it may believe, and what is to be remembered once it ended well. */
class TransactionContext {
  readonly isWrite: boolean;
  /** Companies as they are for this run. */
  readonly tenants = new Map<number, LoadedTenant>();
  /** Which versions of companies there are, as far as this run happened to be told. */
  readonly versions = new Map<number, number>();
  /** The number of a company that is to be removed a piece at a time, once that is decided. */
  removed: { readonly tenant: number; readonly staged: StagedRewriting } | null = null;
  readonly learnt: { readonly forgotten: number; readonly remember: () => void }[] = [];

  constructor(isWrite: boolean) {
    this.isWrite = isWrite;
  }
}

/**
 * The directory's store on any engine: words into statements, and memory of what seldom changes.
 *
 * Where other processes write the same data a token is asked for each time, and a company is believed as it is
 * remembered only if its version, asked for at the same time, is still the same. So what another node changed holds
 * here from its commit on, and no node need tell another.
 *
 * What is remembered, and every number that was given out, is of one database: when another one takes its place this
 * store is over, and a new one begins.
 */
export class EngineStore implements Store {
  readonly #engine: Engine;
  readonly #tenants = new LruCache<number, LoadedTenant>(TENANTS_REMEMBERED);
  readonly #tokens = new LruCache<string, Token>(TOKENS_REMEMBERED);
  /** Null where others may write, too. */
  readonly #memory: EmployeeCache | null;
  /** How many writes had been undone when the memory was right. */
  #undone = 0;
  /** How often something was forgotten. */
  #forgotten = 0;
  readonly #within: StoreWithin;
  readonly #whole: CompanyRemaking;
  /** Whether another database has taken the place of the one it was made for. */
  #isOver = false;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#memory = engine.isShared ? null : new EmployeeCache();
    this.#within = {
      flavor: engine.flavor,
      store: this,
      read: (work) => this.#read(work),
      write: (work) => this.#write(work),
      tenantNow: (number) => this.#tenant(number, new TransactionContext(false)),
      rewritten: (number) => {
        this.#memory?.clear();
        this.#forget({ tenant: number });
      },
      isOver: () => this.#isOver,
    };
    this.#whole = new CompanyRemaking(this.#within);
  }

  /** From now on everything is refused: a number from here names somebody else there. */
  end(): void {
    this.#isOver = true;
  }

  async read<Answer>(work: () => StoreTask<Answer>): Promise<Answer> {
    try {
      return await this.#read((run) => this.#gather(work(), run));
    } catch (error) {
      if (!(error instanceof ChangeOrderStaleError)) throw error;
    }
    // A step at a time, so that others are not kept waiting; the rest together with the work, so that nothing is missed.
    while (!(await this.#write(() => ended(advanceChangeOrder(this.#engine.flavor)))));
    return await this.#write((run) => ended(this.#gather(work(), run)));
  }

  async write<Answer>(work: () => StoreTask<Decision<Answer>>): Promise<Answer> {
    const decision = await this.#write((run) => this.#decide(work(), run));
    return decision.answer;
  }

  tenant(number: number): Promise<Tenant | null> {
    return this.#read((run) => this.#tenant(number, run));
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
      if (done !== null) return done.answer();
    }
    return await this.#write((run) => ended(this.#remakeAlone(key, work, run)));
  }

  isReady(): Promise<boolean> {
    return this.#engine.isReady();
  }

  close(): Promise<void> {
    return this.#engine.close();
  }

  #tenantBy(by: 'key' | 'name', ...values: readonly string[]): Promise<Tenant | null> {
    return this.#read((run) => this.#tenantSigned(findTenantRef(by, ...values), run));
  }

  *#tenantSigned(asked: SqlTask<TenantRef | null>, run: TransactionContext): SqlTask<Tenant | null> {
    const sign = yield* asked;
    if (sign === null) return null;
    run.versions.set(sign.number, sign.version);
    return yield* this.#tenant(sign.number, run);
  }

  *#tenant(number: number, run: TransactionContext): SqlTask<Tenant | null> {
    const known = this.#tenants.get(number);
    if (this.#engine.isShared) {
      const sure = run.tenants.get(number);
      if (sure !== undefined) return sure.tenant;
      const version = yield* this.#version(number, run);
      if (known !== undefined && known.version === version) {
        run.tenants.set(number, known);
        return known.tenant;
      }
    } else if (known !== undefined) return known.tenant;
    const loaded = yield* loadTenant(number);
    if (loaded === null) return null;
    run.tenants.set(number, loaded);
    this.#learn(run, () => {
      this.#tenants.set(number, loaded);
    });
    return loaded.tenant;
  }

  /** Which version of a company there is; in a write nobody changes it before that is done. */
  *#version(number: number, run: TransactionContext): SqlTask<number | null> {
    const told = run.isWrite ? undefined : run.versions.get(number);
    if (told !== undefined) return told;
    const shared = run.isWrite ? this.#engine.flavor.sharedLock(tenantLock(number)) : null;
    const [row] = yield* queryUnderLock(shared, tenantVersion(number));
    return row === undefined ? null : Number(row['version']);
  }

  *#token(about: QueryParams['token'], run: TransactionContext): SqlTask<Token | null> {
    const { flavor, isShared } = this.#engine;
    const known = isShared ? undefined : this.#tokens.get(about.hash);
    if (known !== undefined) return known;
    const found = yield* tokenByHash(flavor, run.isWrite, about);
    if (found === null) return null;
    const { token, tenantVersion: version } = found;
    if (version !== null) run.versions.set(token.tenant, version);
    if (!isShared) {
      this.#learn(run, () => {
        this.#tokens.set(about.hash, token);
      });
    }
    return token;
  }

  /** Remembers something that was loaded; in a write only once that is kept, and unless it was changed meanwhile. */
  #learn(run: TransactionContext, remember: () => void): void {
    if (run.isWrite) run.learnt.push({ forgotten: this.#forgotten, remember });
    else remember();
  }

  /** Forgets at once, before the commit: the next work of the same group must already see the change. */
  #forget(what: { readonly tenant?: number; readonly token?: string }): void {
    this.#forgotten++;
    if (what.tenant !== undefined) this.#tenants.delete(what.tenant);
    if (what.token !== undefined) this.#tokens.delete(what.token);
    // Tokens of a company that may have gone, or of an app that may have changed, are looked up afresh.
    else this.#tokens.clear();
  }

  /** Looks, where nobody else can come in between, whether what is remembered is still so. */
  #settle(): void {
    if (this.#isOver) throw new StoreBusyError('everything was replaced meanwhile');
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
    return this.#whole.gates.areOpen ? result : this.#pastGates(result, () => this.#read(work));
  }

  /** The result, or that of another try once the company that was asked about is rewritten. */
  async #pastGates<Result>(result: Promise<Result>, again: () => Promise<Result>): Promise<Result> {
    try {
      return await result;
    } catch (error) {
      if (!(error instanceof CompanyLockedError)) throw error;
      await error.opened();
      return await again();
    }
  }

  async #write<Result>(work: (run: TransactionContext) => SqlTask<WriteResult<Result>>): Promise<Result> {
    let run = new TransactionContext(true);
    let result: Result;
    try {
      result = await this.#engine.write(() => {
        this.#settle();
        run = new TransactionContext(true);
        return work(run);
      });
    } catch (error) {
      if (!(error instanceof CompanyLockedError)) throw error;
      await error.opened();
      return await this.#write(work);
    }
    for (const { forgotten, remember } of run.learnt) if (forgotten === this.#forgotten) remember();
    return result;
  }

  *#decide<Answer>(work: StoreTask<Decision<Answer>>, run: TransactionContext): SqlTask<WriteResult<Decision<Answer>>> {
    const decision = yield* this.#gather(work, run);
    const { effects } = decision;
    if (effects.length === 0) return { result: decision, deferred: [] };
    const last = yield* applyEffects(this.#engine.flavor, effects);
    for (const effect of effects) {
      for (const watch of this.#whole.watches) watch.see(effect);
      if (effect.write === 'employee') this.#memory?.write(effect);
      else if (effect.write === 'tenant') this.#forget({ tenant: effect.now.number });
      else if (effect.write === 'token') this.#forget({ token: effect.token.hash });
      else if (effect.write === 'token-end') this.#forget({ token: effect.hash });
    }
    return { result: decision, deferred: last };
  }

  *#consider<Answer>(
    key: string,
    work: (now: TenantContents | null) => StoreTask<Answer>,
    run: TransactionContext,
  ): SqlTask<Answer> {
    const tenant = yield* this.#tenantSigned(findTenantRef('key', key), run);
    return yield* this.#gather(work(yield* this.#everything(tenant)), run);
  }

  *#everything(tenant: Tenant | null): SqlTask<TenantContents | null> {
    if (tenant === null) return null;
    return { tenant, ...(yield* loadAllEmployees(this.#engine.flavor, { tenant: tenant.number })) };
  }

  /** Thinks about a company and writes it in one transaction, in which nobody else writes it. */
  *#remakeAlone<Answer>(
    key: string,
    work: (now: TenantContents | null) => StoreTask<Remaking<Answer>>,
    run: TransactionContext,
  ): SqlTask<Answer> {
    const tenant = yield* this.#tenantAlone(key);
    const remaking = yield* this.#gather(work(yield* this.#everything(tenant)), run);
    yield* this.#carryOutRewriting(tenant, remaking.rewriting(), run);
    return remaking.answer();
  }

  *#rewrite<Answer>(
    key: string,
    work: (now: Tenant | null) => StoreTask<TenantRewrite<Answer>>,
    run: TransactionContext,
  ): SqlTask<WriteResult<Answer>> {
    const tenant = yield* this.#tenantAlone(key);
    const rewriting = yield* this.#gather(work(tenant), run);
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

  /** A company that nobody else writes before this transaction is done; null where there is none. */
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

  /** Answers a work's questions until it is done; those asked together in as many round trips as one of them takes. */
  *#gather<Result>(work: StoreTask<Result>, run: TransactionContext): SqlTask<Result> {
    let step = work.next();
    while (step.done !== true) {
      const asked = step.value;
      if (!this.#whole.gates.areOpen) this.#whole.gates.passAll(asked);
      step = work.next(
        isOne(asked)
          ? (this.#known(asked) ?? (yield* this.#answer(asked, run)))
          : asked.length === 0
            ? yield NO_STATEMENTS
            : yield* runInParallel<unknown>(asked.map((question) => this.#answer(question, run))),
      );
    }
    return step.value;
  }

  /** The answer to a question that need not be asked, for the many of that kind: without a step. */
  #known(question: Query): QueryResults[Query['ask']] | undefined {
    if (this.#memory === null) return undefined;
    switch (question.ask) {
      case 'employees-by': {
        const { found, missing } = this.#memory.get(question);
        return missing.length === 0 ? found : undefined;
      }
      case 'tenant':
        return this.#tenants.get(question.number)?.tenant;
      case 'token':
        return this.#tokens.get(question.hash);
      default:
        return undefined;
    }
  }

  *#employeesBy(
    about: QueryParams['employees-by'],
    run: TransactionContext,
  ): SqlTask<ReadonlyMap<string, readonly Employee[]>> {
    const memory = this.#memory;
    const { flavor } = this.#engine;
    if (memory === null) return yield* employeesBy(flavor, run.isWrite, about);
    const { found, missing } = memory.get(about);
    if (missing.length === 0) return found;
    const asked = yield* employeesBy(flavor, run.isWrite, { ...about, values: missing });
    memory.put(about, asked);
    for (const [value, employees] of asked) found.set(value, employees);
    return found;
  }

  *#employeesById(
    about: QueryParams['employees-by-id'],
    run: TransactionContext,
  ): SqlTask<ReadonlyMap<string, Employee>> {
    const memory = this.#memory;
    const { flavor } = this.#engine;
    if (memory === null) return yield* employeesById(flavor, run.isWrite, about);
    const { found, missing } = memory.getById(about);
    if (missing.length === 0) return found;
    const asked = yield* employeesById(flavor, run.isWrite, { ...about, ids: missing });
    memory.keepById(about, asked);
    for (const [id, employee] of asked) found.set(id, employee);
    return found;
  }

  *#accountsBy(about: QueryParams['accounts-by'], isWrite: boolean): SqlTask<QueryResults['accounts-by']> {
    const found = yield* accountsBy(this.#engine.flavor, isWrite, about);
    if (!this.#whole.gates.areOpen) this.#whole.gates.passMembers(found);
    return found;
  }

  *#employeesAnywhere(
    about: QueryParams['employees-anywhere'],
    isWrite: boolean,
  ): SqlTask<QueryResults['employees-anywhere']> {
    const found = yield* employeesAnywhere(this.#engine.flavor, isWrite, about);
    if (!this.#whole.gates.areOpen) this.#whole.gates.passEmployees(found);
    return found;
  }

  #answer(question: Query, run: TransactionContext): SqlTask<QueryResults[Query['ask']]> {
    const { flavor } = this.#engine;
    const { isWrite } = run;
    switch (question.ask) {
      case 'tenant':
        return this.#tenant(question.number, run);
      case 'tenants-of-publisher':
        return tenantsOfPublisher(question);
      case 'employees-by':
        return this.#employeesBy(question, run);
      case 'employees-by-id':
        return this.#employeesById(question, run);
      case 'employees-anywhere':
        return this.#employeesAnywhere(question, isWrite);
      case 'line-above':
        return lineAbove(flavor, isWrite, question);
      case 'count-by':
        return countBy(flavor, isWrite, question);
      case 'accounts-by':
        return this.#accountsBy(question, isWrite);
      case 'employee-page':
        return employeePage(flavor, isWrite, question, this.#memory);
      case 'employees-from':
        return employeesFrom(flavor, question, this.#memory);
      case 'headcount':
        return countCurrentEmployees(flavor, isWrite, question);
      case 'members-in':
        return membersIn(flavor, question);
      case 'invitations':
        return newestInvitations(question);
      case 'attachment':
        return attachmentById(question);
      case 'attachment-kind':
        return attachmentKind(question);
      case 'everyone':
        return loadAllEmployees(flavor, question);
      case 'history':
        return history(question);
      case 'token':
        return this.#token(question, run);
      case 'newest-token':
        return latestToken(flavor, isWrite, question);
    }
  }
}

/** Whether a company has more people than are removed in one transaction. */
function* isLarge(tenant: number): SqlTask<boolean> {
  const text = 'SELECT count(*) AS people FROM (SELECT 1 FROM employee WHERE tenant = $1 LIMIT $2) AS counted';
  const [[row] = []] = yield [{ text, params: [tenant, FEW + 1] }];
  return Number(row?.['people']) > FEW;
}

const NO_STATEMENTS: readonly Statement[] = [];

/** A write of which nothing is left to be run. */
function* ended<Result>(steps: SqlTask<Result>): SqlTask<WriteResult<Result>> {
  return { result: yield* steps, deferred: [] };
}

function isOne(asked: Query | readonly Query[]): asked is Query {
  return !Array.isArray(asked);
}
