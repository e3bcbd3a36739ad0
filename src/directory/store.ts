import type { Account } from './auth/account.ts';
import type { Attachment } from './attachment.ts';
import type { ChangedFields, ChangeNote, Origin } from './history/change.ts';
import type { Deliveries } from './deliveries.ts';
import type { Employee } from './employees/employee.ts';
import type { Invitation } from './employees/invitation.ts';
import type { KeptRequests } from './kept-requests.ts';
import type { Restored, RestoreOptions, Snapshot, SnapshotRequest } from './snapshots.ts';
import type { TargetStore } from './targets/target-store.ts';
import type { Tenant, TenantData } from './tenant.ts';
import type { Token } from './auth/token.ts';
import type { AllEmployees, QueryParams, QueryResults } from './query/queries.ts';

export type {
  AllEmployees,
  ChangePage,
  ChangedEmployees,
  ChangesAfter,
  LogPage,
  DepartmentsOfOne,
  EmployeeOf,
  EmployeePageQuery,
  EmployeeScan,
  PositionedEmployee,
  QueryParams,
  QueryResults,
} from './query/queries.ts';

/** One question, tagged with its kind. */
export type Query = { [Kind in keyof QueryParams]: { readonly ask: Kind } & QueryParams[Kind] }[keyof QueryParams];

/**
 * Work that queries the store: a generator that yields queries, one or several at a time, and receives the results. It
 * may run again from the start, so it must have no side effects. Written this way, the same rules run without a single
 * promise on an embedded engine and with pipelined round trips on a remote one.
 *
 * What every request runs is a named function: a generator function created for each call is a new kind of object each
 * time, which costs the runtime more than the work itself.
 */
export type StoreTask<Result> = Generator<Query | readonly Query[], Result, unknown>;

/**
 * Lets others pass: a long work does it every few things that it has thought about. Where a work runs alone it does
 * nothing.
 */
export function* pause(): StoreTask<void> {
  yield NO_QUESTIONS;
}

const NO_QUESTIONS: readonly Query[] = [];

/** Asks one question: `const holders = yield* ask('employees-by', { … })`. */
export function* load<Kind extends keyof QueryParams>(
  kind: Kind,
  about: QueryParams[Kind],
): StoreTask<QueryResults[Kind]> {
  // The engine answers each question with the type that `QueryResults` promises for it.
  return (yield { ...about, ask: kind } as Query) as QueryResults[Kind];
}

/** Asks several questions of one kind in one round trip. */
export function* loadAll<Kind extends keyof QueryParams>(
  kind: Kind,
  about: readonly QueryParams[Kind][],
): StoreTask<readonly QueryResults[Kind][]> {
  if (about.length === 0) return [];
  return (yield about.map((one) => ({ ...one, ask: kind }) as Query)) as readonly QueryResults[Kind][];
}

/** What a transaction decided: the answer, and what to write if anything. */
export interface Decision<Answer> {
  readonly answer: Answer;
  readonly effects: readonly Effect[];
}

/** One thing to be written. An employee cannot be written without saying what changed and who asked. */
export type Effect =
  | {
      readonly write: 'employee';
      readonly tenant: number;
      readonly before: Employee | null;
      /** Null removes the record. */
      readonly after: Employee | null;
      readonly fields: ChangedFields;
      readonly origin: Origin;
      /** Why nothing was changed: `after` is `before` then, and only the history gets an entry. */
      readonly note?: ChangeNote;
      /** The number of the change that this one takes back. */
      readonly undoes?: number;
    }
  /** Changes anything of the company but its employees: departments, lists, settings. `now` is as asked for in this work. */
  | {
      readonly write: 'tenant';
      readonly now: Tenant;
      readonly parts: Omit<TenantData, 'number'>;
      /** Who asked for it; needed where something has a change of its own, see `attributed`. */
      readonly origin?: Origin;
      /** The numbers of the changes that this one takes back, by kind and subject. */
      readonly undoes?: ReadonlyMap<string, number>;
    }
  /** Appends that a job of the company is done; no record goes with it. */
  | {
      readonly write: 'job';
      readonly tenant: number;
      readonly id: string;
      readonly fields: ChangedFields;
      readonly origin: Origin;
    }
  | { readonly write: 'invitation'; readonly tenant: number; readonly invitation: Invitation }
  /** Keeps a file, in the place of one with the same id. */
  | { readonly write: 'attachment'; readonly tenant: number; readonly attachment: Attachment }
  | { readonly write: 'attachment-end'; readonly tenant: number; readonly ids: readonly string[] }
  | {
      readonly write: 'account';
      readonly account: Account;
      /** The company that asked for it, and how it was; absent: it is made with an employee, whose change names it. */
      readonly changed?: { readonly tenant: number; readonly before: Account | null };
      readonly origin?: Origin;
      readonly undoes?: number;
    }
  | { readonly write: 'token'; readonly token: Token }
  | { readonly write: 'token-end'; readonly hash: string };

/** Takes notice of a commit: of which company, null for any, and whether only employees were written. */
export type ChangeListener = (tenant: number | null, onlyEmployees: boolean) => void;

/** Keeps everything. All engines behave alike; `store.suite.ts` says how. */
export interface Store {
  /** Answers a work's questions from what is committed. */
  read<Answer>(work: () => StoreTask<Answer>): Promise<Answer>;
  /**
   * Runs a work alone on what it asks about, writes what it decides, and answers once that is durable. If the work
   * throws, nothing is written and the promise rejects with what was thrown. Rejects with `StoreBusyError` when nothing can
   * be written at all just now.
   */
  write<Answer>(work: () => StoreTask<Decision<Answer>>): Promise<Answer>;

  /** A company by its number, its key, or a name a platform knows it by. */
  tenant(number: number): Promise<Tenant | null>;
  tenantByKey(key: string): Promise<Tenant | null>;
  tenantByName(space: string, value: string): Promise<Tenant | null>;
  /** The tenant that has an app of this dialect with this key. */
  tenantByApp(dialect: string, key: string): Promise<Tenant | null>;
  /** The keys of all companies. */
  tenantKeys(): Promise<readonly string[]>;
  /** Every employee of a tenant in order of creation, a piece at a time. */
  employees(tenant: number): AsyncIterable<Employee>;

  /**
   * Makes a company, or changes everything about it in one transaction. The work sees the company as it is (null where
   * there is none), may ask more, and answers what to write.
   */
  rewriteTenant<Answer>(key: string, work: (now: Tenant | null) => StoreTask<TenantRewrite<Answer>>): Promise<Answer>;

  /**
   * Thinks about a company with everyone in it, as of one moment (null where there is none), a piece at a time, so that
   * others pass meanwhile.
   */
  consider<Answer>(key: string, work: (now: TenantContents | null) => StoreTask<Answer>): Promise<Answer>;

  /**
   * Makes a company, or changes anything about it and its people in one transaction, thinking a piece at a time. The
   * work sees the company as it is, and is asked again for those who were changed while it thought.
   */
  remakeTenant<Answer>(key: string, work: (now: TenantContents | null) => StoreTask<Remaking<Answer>>): Promise<Answer>;

  /** States of companies that are kept to be put back. */
  readonly snapshots: Snapshots;
  /** The journal of requests, where it is kept here. */
  readonly requests: KeptRequests;
  /** Those that follow the change log, and what they are sent. */
  readonly deliveries: Deliveries;
  /** What is kept of live tenants. */
  readonly targets: TargetStore;
  /** Calls back after each commit that may have appended changes; a new listener takes the place of the one before. */
  onChange(listener: ChangeListener | null): void;
  /** Whether other processes may write the same data. */
  readonly isShared: boolean;
  /** Counts one up under a company's name for something, over all processes; answers the count, from 1 on. */
  countUp(tenant: number, name: string): Promise<number>;
  /** Returns the count without changing it. */
  countOf(tenant: number, name: string): Promise<number>;
  /** Begins a count again. */
  endCount(tenant: number, name: string): Promise<void>;

  /** Whether the store can be read and written just now. */
  isReady(): Promise<boolean>;
  /** Finishes what was accepted and lets go of everything. */
  close(): Promise<void>;
}

/** States of companies that are kept to be put back. Each call rejects with `SnapshotError` where it cannot be. */
export interface Snapshots {
  /** The snapshots of a company, the oldest first. */
  list(key: string): Promise<readonly Snapshot[]>;
  /** Keeps a company as it is; `isAsApplied` says whether nothing of it was changed since its file was applied. */
  take(key: string, request: SnapshotRequest, isAsApplied: (now: Tenant) => StoreTask<boolean>): Promise<Snapshot>;
  /** Makes a company as it was, in one transaction. Employees keep their places in order of creation. */
  restore(key: string, name: string, options: RestoreOptions): Promise<Restored>;
  /** Removes a snapshot; false where there is none of that name. */
  remove(key: string, name: string): Promise<boolean>;
  /** A company with everyone in it, as kept. */
  contents(key: string, name: string): Promise<TenantContents>;
}

/** A company with everyone in it. */
export interface TenantContents extends AllEmployees {
  readonly tenant: Tenant;
}

/** How a company is to be rewritten. */
export interface TenantRewrite<Answer> {
  readonly answer: Answer;
  /** Absent: the company itself stays as it is. Null: it is removed with all it has. */
  readonly parts?: Omit<TenantData, 'number'> | null;
  /** The tenant's number is filled in by the store. */
  readonly employees: readonly EmployeeRewrite[];
  readonly accounts: readonly Account[];
  readonly origin: Origin;
  /** The snapshot to take of what was written, in the same transaction; null removes the one of the last file. */
  readonly snapshot?: SnapshotRequest | null;
  /** The number of a company whose files are copied. */
  readonly filesOf?: number;
}

/** How a company and its people are to be remade. */
export interface Remaking<Answer> {
  /** Asked for when it is done. */
  readonly answer: () => Answer;
  /** Asked for when everything has been thought about; null where nothing is to be written. */
  readonly rewriting: () => Omit<TenantRewrite<null>, 'answer'> | null;
  /** Thinks again about an employee who is now as given, or gone. */
  readonly again: (id: string, now: Employee | null) => void;
  /** Whether something of an account, its id or a login identifier, was thought about. */
  readonly concerns: (value: string) => boolean;
  /** Is called while much is written, with how many pieces are done. */
  readonly progress?: (done: number, of: number) => void;
}

/** One employee made (no `before`), changed, or removed (no `after`). */
export interface EmployeeRewrite {
  readonly before: Employee | null;
  readonly after: Employee | null;
  readonly fields: ChangedFields;
}
