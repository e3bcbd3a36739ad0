import type { Query, QueryParams, QueryResults, StoreTask } from '../directory/store.ts';
import { employeesAnywhere } from './employees-anywhere.ts';
import type { Engine, SqlTask, Statement } from './engine.ts';
import type { CompanyLocks } from './rewriting/gates.ts';
import { accountsBy } from './queries/accounts.ts';
import { attachmentById, attachmentKind } from './queries/attachments.ts';
import {
  changedSince,
  changeNumbered,
  changedEmployeesAfter,
  changesAfter,
  changesOf,
  changeWriters,
  history,
  newestChange,
  newestChangesOf,
} from './queries/changes.ts';
import type { EmployeeCache } from './cache/employee-cache.ts';
import { employeePage, employeesFrom } from './queries/employee-pages.ts';
import {
  countBy,
  countToCome,
  employeesBy,
  employeesById,
  inSeveralDepartments,
  lineAbove,
  membersIn,
  placesInDepartments,
} from './queries/employees.ts';
import { countCurrentEmployees } from './queries/headcount.ts';
import { newestInvitations } from './queries/invitations.ts';
import { tenantsOfPublisher } from './queries/tenants.ts';
import { latestToken, tokensEnding } from './queries/tokens.ts';
import { loadAllEmployees } from './rewriting/rewrite-tenant.ts';
import { runInParallel } from './run-in-parallel.ts';
import { snapshotsOf } from './snapshots/kept.ts';
import type { TenantCache } from './cache/tenant-cache.ts';
import type { TokenCache } from './cache/token-cache.ts';
import type { TransactionContext } from './cache/transaction-context.ts';

/** How each kind of query is answered. */
type QueryTable = {
  readonly [Kind in keyof QueryParams]: (
    about: QueryParams[Kind],
    run: TransactionContext,
  ) => SqlTask<QueryResults[Kind]>;
};

/** How those that a cache may know are answered at once; undefined where it does not. */
type CacheTable = {
  readonly [Kind in keyof QueryParams]?: (about: QueryParams[Kind]) => QueryResults[Kind] | undefined;
};

/** What queries are answered from. */
export interface QuerySources {
  readonly engine: Engine;
  readonly tenants: TenantCache;
  readonly tokens: TokenCache;
  /** Null where others may write, too. */
  readonly employees: EmployeeCache | null;
  readonly gates: CompanyLocks;
}

/** Runs the tasks of the directory: answers their queries until they are done. */
export class QueryRunner {
  readonly #gates: CompanyLocks;
  readonly #queries: QueryTable;
  readonly #cached: CacheTable;

  constructor(sources: QuerySources) {
    this.#gates = sources.gates;
    this.#queries = queryTable(sources);
    this.#cached = cacheTable(sources);
  }

  /** Answers a task's queries; those asked together in as many round trips as one of them takes. */
  *run<Result>(work: StoreTask<Result>, run: TransactionContext): SqlTask<Result> {
    let step = work.next();
    while (step.done !== true) {
      const asked = step.value;
      if (!this.#gates.areOpen) this.#gates.passAll(asked);
      step = work.next(
        isOne(asked)
          ? (this.#known(asked) ?? (yield* this.#answer(asked, run)))
          : asked.length === 0
            ? yield NO_STATEMENTS
            : (this.#knownAll(asked) ??
              (yield* runInParallel<unknown>(asked.map((query) => this.#answer(query, run))))),
      );
    }
    return step.value;
  }

  /** The answer to a query that need not be asked, for the many of that kind: without a step. */
  #known(query: Query): QueryResults[Query['ask']] | undefined {
    // The entry of a kind takes the parameters of that kind.
    return (this.#cached[query.ask] as ((about: Query) => QueryResults[Query['ask']] | undefined) | undefined)?.(query);
  }

  /** The answers to queries of which none need be asked. */
  #knownAll(asked: readonly Query[]): readonly unknown[] | undefined {
    const answers: unknown[] = [];
    for (const query of asked) {
      const known = this.#known(query);
      if (known === undefined) return undefined;
      answers.push(known);
    }
    return answers;
  }

  #answer(query: Query, run: TransactionContext): SqlTask<QueryResults[Query['ask']]> {
    type Answer = (about: Query, run: TransactionContext) => SqlTask<QueryResults[Query['ask']]>;
    // The same.
    return (this.#queries[query.ask] as Answer)(query, run);
  }
}

function queryTable({ engine, tenants, tokens, employees, gates }: QuerySources): QueryTable {
  const { flavor } = engine;
  return {
    tenant: ({ number }, run) => tenants.load(number, run),
    token: (about, run) => tokens.load(about, run),
    'tenants-of-publisher': tenantsOfPublisher,
    *'employees-by'(about, { isWrite }) {
      if (employees === null) return yield* employeesBy(flavor, isWrite, about);
      const { found, missing } = employees.get(about);
      if (missing.length === 0) return found;
      const loaded = yield* employeesBy(flavor, isWrite, { ...about, values: missing });
      employees.put(about, loaded);
      for (const [value, holders] of loaded) found.set(value, holders);
      return found;
    },
    *'employees-by-id'(about, { isWrite }) {
      if (employees === null) return yield* employeesById(flavor, isWrite, about);
      const { found, missing } = employees.getById(about);
      if (missing.length === 0) return found;
      const loaded = yield* employeesById(flavor, isWrite, { ...about, ids: missing });
      employees.keepById(about, loaded);
      for (const [id, employee] of loaded) found.set(id, employee);
      return found;
    },
    *'employees-anywhere'(about, run) {
      const realm = (yield* tenants.load(about.realmOf, run))?.parts.loginRealm ?? '';
      const found = yield* employeesAnywhere(flavor, run.isWrite, about, realm);
      if (!gates.areOpen) gates.passEmployees(found);
      return found;
    },
    *'accounts-by'(about, run) {
      const company = about.realmOf === undefined ? null : yield* tenants.load(about.realmOf, run);
      const realm = about.realm ?? company?.parts.loginRealm;
      const found = yield* accountsBy(flavor, run.isWrite, about, realm);
      if (!gates.areOpen) gates.passMembers(found);
      return found;
    },
    'line-above': (about, { isWrite }) => lineAbove(flavor, isWrite, about),
    'count-by': (about, { isWrite }) => countBy(flavor, isWrite, about),
    'employee-page': (about, { isWrite }) => employeePage(flavor, isWrite, about, employees),
    'employees-from': (about) => employeesFrom(flavor, about, employees),
    headcount: (about, { isWrite }) => countCurrentEmployees(flavor, isWrite, about),
    'to-come': countToCome,
    'members-in': (about) => membersIn(flavor, about),
    'places-in-departments': (about) => placesInDepartments(flavor, about),
    'in-several-departments': (about) => inSeveralDepartments(flavor, about),
    invitations: newestInvitations,
    attachment: (about, { isWrite }) => attachmentById(flavor, isWrite, about),
    'attachment-kind': attachmentKind,
    everyone: (about) => loadAllEmployees(flavor, about),
    history,
    change: changeNumbered,
    changes: changesOf,
    'changes-after': (about) => changesAfter(about, engine.isShared),
    'changed-employees-after': (about) => changedEmployeesAfter(about, engine.isShared),
    'newest-changes-of': (about) => newestChangesOf(flavor, about),
    'change-writers': () => changeWriters(flavor),
    'newest-change': newestChange,
    'changed-since': changedSince,
    'has-snapshot': function* ({ tenant, name }) {
      return (yield* snapshotsOf(tenant)).some((one) => one.name === name);
    },
    'tokens-ending': tokensEnding,
    'newest-token': (about, { isWrite }) => latestToken(flavor, isWrite, about),
  };
}

function cacheTable({ tenants, tokens, employees }: QuerySources): CacheTable {
  if (employees === null) return {};
  return {
    'employees-by': (about) => {
      const { found, missing } = employees.get(about);
      return missing.length === 0 ? found : undefined;
    },
    'employees-by-id': (about) => {
      const { found, missing } = employees.getById(about);
      return missing.length === 0 ? found : undefined;
    },
    tenant: ({ number }) => tenants.peek(number),
    token: ({ hash }) => tokens.peek(hash),
  };
}

const NO_STATEMENTS: readonly Statement[] = [];

function isOne(asked: Query | readonly Query[]): asked is Query {
  return !Array.isArray(asked);
}
