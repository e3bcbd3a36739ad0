import type { HeldAccount } from '../directory/account.ts';
import type { Employee } from '../directory/employee.ts';
import { DirectoryError } from '../directory/errors.ts';
import type {
  Answers,
  Decision,
  Effect,
  Gather,
  Question,
  Rewriting,
  Store,
  TenantContents,
} from '../directory/store.ts';
import type { Tenant } from '../directory/tenant.ts';
import type { Token } from '../directory/token.ts';
import { Recent } from '../lib/recent.ts';
import { accountsBy, saveAccount } from './accounts.ts';
import { history } from './changes.ts';
import {
  countBy,
  employeePage,
  employeesAfter,
  employeesBy,
  employeesById,
  lineAbove,
  writeEmployee,
} from './employees.ts';
import type { Engine, Steps } from './engine.ts';
import { StoreUnusable } from './engine.ts';
import { PostgresEngine } from './engines/postgres.ts';
import { SqliteEngine } from './engines/sqlite.ts';
import { migrate } from './migrate.ts';
import {
  appSpace,
  loadTenant,
  removeIdleAccounts,
  removeTenant,
  saveTenant,
  tenantKeys,
  tenantNumber,
  tenantVersion,
  type LoadedTenant,
} from './tenants.ts';
import { endToken, forgetOldTokens, newestToken, saveToken, tokenByHash } from './tokens.ts';

/** How many companies and tokens are remembered. */
const TENANTS_REMEMBERED = 1_000;
const TOKENS_REMEMBERED = 50_000;
const PIECE = 500;

/**
 * Opens the store named by `sqlite:<file>` or `postgres://…`, brought up to today's tables. Throws `StoreUnusable` with
 * a sentence.
 */
export async function openStore(url: string): Promise<Store> {
  const engine = await engineFor(url);
  try {
    await migrate(engine);
  } catch (error) {
    await engine.close();
    throw error;
  }
  const store = new EngineStore(engine);
  await store.listen();
  return store;
}

async function engineFor(url: string): Promise<Engine> {
  const [, scheme = '', rest = ''] = /^([a-z]+):(.*)$/s.exec(url) ?? [];
  if (scheme === 'sqlite' && rest !== '') return new SqliteEngine(rest);
  if (scheme === 'postgres' || scheme === 'postgresql') return await PostgresEngine.open(url);
  throw new StoreUnusable(
    `The store "${scheme}:…" is not known. Give --store sqlite:FILE or postgres://USER:PASSWORD@HOST:PORT/DATABASE, or leave it out.`,
  );
}

/** The directory's store on any engine: words into statements, and memory of what seldom changes. */
class EngineStore implements Store {
  readonly #engine: Engine;
  readonly #tenants = new Recent<number, LoadedTenant>(TENANTS_REMEMBERED);
  readonly #tokens = new Recent<string, Token>(TOKENS_REMEMBERED);

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Hears what other nodes change, so that nothing remembered outlives it. */
  listen(): Promise<void> {
    return this.#engine.listen((message) => {
      const [what, which] = message?.split(' ') ?? [];
      if (what === 'tenant') this.#tenants.delete(Number(which));
      if (what === 'token' && which !== undefined) this.#tokens.delete(which);
      else this.#tokens.clear();
      if (message === null) this.#tenants.clear();
    });
  }

  read<Answer>(work: () => Gather<Answer>): Promise<Answer> {
    return this.#engine.read(() => this.#gather(work(), false));
  }

  async write<Answer>(work: () => Gather<Decision<Answer>>): Promise<Answer> {
    const decision = await this.#write(() => this.#decide(work()));
    return decision.answer;
  }

  tenant(number: number): Promise<Tenant | null> {
    return this.#engine.read(() => this.#tenant(number, false));
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
    return this.#engine.read(tenantKeys);
  }

  async *employees(tenant: number): AsyncIterable<Employee> {
    let last: Employee | null = null;
    for (;;) {
      const after: Employee | null = last;
      const piece: readonly Employee[] = await this.#engine.read(() => employeesAfter(tenant, after, PIECE));
      yield* piece;
      last = piece.at(-1) ?? null;
      if (last === null) return;
    }
  }

  rewriteTenant<Answer>(key: string, work: (now: TenantContents | null) => Gather<Rewriting<Answer>>): Promise<Answer> {
    return this.#write(() => this.#rewrite(key, work));
  }

  isReady(): Promise<boolean> {
    return this.#engine.isReady();
  }

  close(): Promise<void> {
    return this.#engine.close();
  }

  async #tenantBy(by: 'key' | 'name', ...values: readonly string[]): Promise<Tenant | null> {
    const remembered = this.#tenant.bind(this);
    return await this.#engine.read(function* (): Steps<Tenant | null> {
      const number = yield* tenantNumber(by, ...values);
      return number === null ? null : yield* remembered(number, false);
    });
  }

  *#tenant(number: number, locking: boolean): Steps<Tenant | null> {
    const known = this.#tenants.get(number);
    const shared = locking ? this.#engine.flavor.share(tenantLock(number)) : null;
    if (shared !== null) {
      // Another node may have changed the company a moment ago, and must not do so before this transaction is done.
      const [, rows = []] = yield [shared, tenantVersion(number)];
      if (known !== undefined && Number(rows[0]?.['version']) === known.version) return known.tenant;
    } else if (known !== undefined) return known.tenant;
    const loaded = yield* loadTenant(number);
    if (loaded === null) return null;
    this.#tenants.set(number, loaded);
    return loaded.tenant;
  }

  *#token(hash: string, locking: boolean): Steps<Token | null> {
    // Where another node may end the token, a write asks the database and holds on to the row.
    const lock = locking ? this.#engine.flavor.lock([`token ${hash}`]) : null;
    if (lock !== null) yield [lock];
    const known = lock === null ? this.#tokens.get(hash) : undefined;
    if (known !== undefined) return known;
    const token = yield* tokenByHash({ hash });
    if (token !== null) this.#tokens.set(hash, token);
    return token;
  }

  async #write<Result>(work: () => Steps<Result>): Promise<Result> {
    try {
      return await this.#engine.write(work);
    } catch (error) {
      // Works of one group see each other's writes, so something may be remembered that was rolled back.
      if (!(error instanceof DirectoryError)) {
        this.#tenants.clear();
        this.#tokens.clear();
      }
      throw error;
    }
  }

  *#decide<Answer>(work: Gather<Decision<Answer>>): Steps<Decision<Answer>> {
    const decision = yield* this.#gather(work, true);
    for (const effect of decision.effects) {
      yield* carryOut(this.#engine, effect);
      // Forgotten before the commit: the next work of the same group must already see the change.
      if (effect.write === 'token') this.#tokens.delete(effect.token.hash);
      else if (effect.write === 'token-end') {
        this.#tokens.delete(effect.hash);
        const told = this.#engine.flavor.tell(`token ${effect.hash}`);
        if (told !== null) yield [told];
      }
    }
    return decision;
  }

  *#rewrite<Answer>(key: string, work: (now: TenantContents | null) => Gather<Rewriting<Answer>>): Steps<Answer> {
    const alone = this.#engine.flavor.lock([`company ${key}`]);
    if (alone !== null) yield [alone];
    const known = yield* tenantNumber('key', key);
    const unshared = known === null ? null : this.#engine.flavor.lock([tenantLock(known)]);
    if (unshared !== null) yield [unshared];
    const tenant = known === null ? null : ((yield* loadTenant(known))?.tenant ?? null);
    const now = tenant === null ? null : yield* contentsOf(this.#engine, tenant);
    const rewriting = yield* this.#gather(work(now), true);
    const number = yield* rewrite(this.#engine, tenant, rewriting);
    this.#tenants.delete(number);
    const told = this.#engine.flavor.tell(`tenant ${String(number)}`);
    if (told !== null) yield [told];
    // Tokens of a company that may have gone, or of an app that may have changed, are looked up afresh.
    this.#tokens.clear();
    return rewriting.answer;
  }

  /** Answers a work's questions until it is done. */
  *#gather<Result>(work: Gather<Result>, locking: boolean): Steps<Result> {
    let step = work.next();
    while (step.done !== true) {
      const asked = step.value;
      if (isOne(asked)) step = work.next(yield* this.#answer(asked, locking));
      else {
        const answers: unknown[] = [];
        for (const question of asked) answers.push(yield* this.#answer(question, locking));
        step = work.next(answers);
      }
    }
    return step.value;
  }

  #answer(question: Question, locking: boolean): Steps<Answers[Question['ask']]> {
    const { flavor } = this.#engine;
    switch (question.ask) {
      case 'tenant':
        return this.#tenant(question.number, locking);
      case 'employees-by':
        return employeesBy(flavor, locking, question);
      case 'employees-by-id':
        return employeesById(flavor, locking, question);
      case 'line-above':
        return lineAbove(flavor, question);
      case 'count-by':
        return countBy(question);
      case 'accounts-by':
        return accountsBy(flavor, locking, question);
      case 'employee-page':
        return employeePage(question);
      case 'history':
        return history(question);
      case 'token':
        return this.#token(question.hash, locking);
      case 'newest-token':
        return newestToken(question);
    }
  }
}

/** Shared by whoever relies on a company, held alone by whoever changes it. */
function tenantLock(number: number): string {
  return `tenant ${String(number)}`;
}

function isOne(asked: Question | readonly Question[]): asked is Question {
  return !Array.isArray(asked);
}

function* carryOut(engine: Engine, effect: Effect): Steps<void> {
  switch (effect.write) {
    case 'employee':
      yield* writeEmployee(engine.flavor, effect);
      return;
    case 'account':
      yield [saveAccount(effect.account)];
      return;
    case 'token':
      yield [saveToken(effect.token), forgetOldTokens(effect.token)];
      return;
    case 'token-end':
      yield [endToken(effect.hash)];
      return;
  }
}

function* contentsOf(engine: Engine, tenant: Tenant): Steps<TenantContents> {
  const employees: Employee[] = [];
  for (;;) {
    const piece = yield* employeesAfter(tenant.number, employees.at(-1) ?? null, PIECE);
    if (piece.length === 0) break;
    employees.push(...piece);
  }
  const ids = employees.flatMap((employee) => employee.account ?? []);
  const accounts: ReadonlyMap<string, HeldAccount> = yield* accountsBy(engine.flavor, false, { by: 'id', values: ids });
  return { tenant, employees, accounts };
}

function* rewrite<Answer>(engine: Engine, now: Tenant | null, rewriting: Rewriting<Answer>): Steps<number> {
  if (rewriting.parts === null) {
    if (now !== null) yield [...removeTenant(now.number), removeIdleAccounts];
    return now?.number ?? 0;
  }
  if (rewriting.parts !== undefined) yield* refuseNamesOfOthers(now, rewriting.parts);
  const number = rewriting.parts === undefined ? (now?.number ?? 0) : yield* saveTenant(now, rewriting.parts);
  for (const account of rewriting.accounts) yield [saveAccount(account)];
  for (const employee of rewriting.employees) {
    yield* writeEmployee(engine.flavor, { write: 'employee', tenant: number, ...employee, origin: rewriting.origin });
  }
  if (rewriting.accounts.length > 0 || rewriting.employees.length > 0) yield [removeIdleAccounts];
  return number;
}

/** A platform's name for a company, or an app's key, belongs to one company only. */
function* refuseNamesOfOthers(
  now: Tenant | null,
  parts: {
    readonly names: Readonly<Record<string, string>>;
    readonly apps: readonly { readonly dialect: string; readonly key: string }[];
  },
): Steps<void> {
  const names = [...Object.entries(parts.names), ...parts.apps.map((app) => [appSpace(app.dialect), app.key] as const)];
  for (const [space, value] of names) {
    const holder = yield* tenantNumber('name', space, value);
    if (holder !== null && holder !== now?.number)
      throw new DirectoryError({ kind: 'taken', subject: `${space} ${value}` });
  }
}
