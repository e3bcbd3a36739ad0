import type { Account, AccountWithMemberships } from './auth/account.ts';
import type { Attachment } from './attachment.ts';
import type { Change, ChangedFields, ChangeKind, ChangeNote, Origin } from './history/change.ts';
import type { Deliveries } from './deliveries.ts';
import type { Employee } from './employees/employee.ts';
import type { Invitation, StoredInvitation } from './employees/invitation.ts';
import type { KeptRequests } from './kept-requests.ts';
import type { LookupSpace } from './lookup.ts';
import type { ReportingLine } from './employees/reporting-line.ts';
import type { Restored, RestoreOptions, Snapshot, SnapshotRequest } from './snapshots.ts';
import type { Tenant, TenantData } from './tenant.ts';
import type { Token } from './auth/token.ts';

/**
 * What can be asked of the store. Inside a write each question about named values also reserves them: no other
 * transaction can claim one of them, or change a record in the answer, before this one is done.
 */
export interface QueryParams {
  /** A company by its number, as it is inside this transaction. */
  tenant: { readonly number: number };
  /** The numbers of companies that have an app of a publisher, the oldest first. */
  'tenants-of-publisher': { readonly dialect: string; readonly publisher: string; readonly limit: number };
  /**
   * Employees with a value; values that no employee has are left out. Where many share a value, these are at least the
   * first `upTo` of those in service, of the expected, of the cancelled and of the resigned; absent: two, which shows
   * whether another employee has the value, and whether it names one person.
   */
  'employees-by': {
    readonly tenant: number;
    readonly space: LookupSpace;
    readonly values: readonly string[];
    readonly upTo?: number;
  };
  /**
   * Employees of any company in the realm of one, found by an id that a platform gives a person for all of them; only of
   * a space that the store keeps in order for that. The oldest come first.
   */
  'employees-anywhere': { readonly space: LookupSpace; readonly values: readonly string[]; readonly realmOf: number };
  /** Employees by their own ids; unknown ones are left out. */
  'employees-by-id': { readonly tenant: number; readonly ids: readonly string[] };
  /** Everyone found by going up a reporting line from these employees, themselves included. */
  'line-above': { readonly tenant: number; readonly line: ReportingLine; readonly from: readonly string[] };
  /** How many employees have the value, counted no further than `upTo`. */
  'count-by': { readonly tenant: number; readonly space: LookupSpace; readonly value: string; readonly upTo: number };
  /**
   * Accounts found by id or login identifier, each with its memberships. Identifiers are those of a realm: of the one that
   * is named, or that of a company; absent: the realm of companies that name none.
   */
  'accounts-by': {
    readonly by: 'id' | 'mobile' | 'email';
    readonly values: readonly string[];
    readonly realm?: string;
    readonly realmOf?: number;
  };
  /** A page of a tenant's employees in order of creation or last change, and how many there are in all. */
  'employee-page': EmployeePageQuery;
  /** The next employees in order of creation, for lists that go on where one page ended. */
  'employees-from': EmployeeScan;
  /** How many people there are who have not left; those still expected are among them. */
  headcount: { readonly tenant: number };
  /**
   * How many people are in any of these departments (own ids), each counted once; with `main` only those whose main
   * department is one of them.
   */
  'members-in': { readonly tenant: number; readonly departments: readonly string[]; readonly main?: true };
  /** The people who are in more than one department each; as many as there are, which is few. */
  'in-several-departments': { readonly tenant: number };
  /** The newest invitations of a tenant, newest first; with `before` those older than that number. */
  invitations: { readonly tenant: number; readonly before: number | null; readonly limit: number };
  /** A file that was handed in, by its id. */
  attachment: { readonly tenant: number; readonly id: string };
  /** What such a file is for, without the file. */
  'attachment-kind': { readonly tenant: number; readonly id: string };
  /** All employees of a tenant, for work on a company as a whole; the caller must have memory for all of them. */
  everyone: { readonly tenant: number };
  /**
   * The newest changes of one employee, newest first; with `kind` those of something else, with `after` only those with a
   * greater number. An employee who was removed has a history only with `isRemoved`.
   */
  history: {
    readonly tenant: number;
    readonly employee: string;
    readonly limit: number;
    readonly kind?: Exclude<ChangeKind, 'employee'>;
    readonly after?: number;
    readonly isRemoved?: true;
  };
  /** One change of a company by its number. */
  change: { readonly tenant: number; readonly number: number };
  /** The newest changes of a company, newest first. */
  changes: ChangeFilter;
  /**
   * The next changes of a company, or of all where that is null, oldest first. `settled` is the number up to which a
   * missing one is known to be of nothing.
   */
  'changes-after': {
    readonly tenant: number | null;
    readonly after: number;
    readonly limit: number;
    readonly settled: number;
    readonly kinds?: readonly ChangeKind[];
  };
  /** The transactions that may yet commit a change with a lower number than one that was read; null: not known. */
  'change-writers': Readonly<Record<never, never>>;
  /** The number of the newest change of any company; 0 where there is none. */
  'newest-change': Readonly<Record<never, never>>;
  /** Whether something was changed after that number, by another dialect than one. */
  'changed-since': { readonly tenant: number; readonly change: number; readonly except: string };
  /** Whether a company has a snapshot of this name. */
  'has-snapshot': { readonly tenant: number; readonly name: string };
  /** A token by its hash. */
  token: { readonly hash: string };
  /** The token of an app that expires last and can be derived again; null where there is none. */
  'newest-token': { readonly tenant: number; readonly app: string; readonly kind: string };
  /** The tokens of a company that end after one instant and up to another, the earliest first, and how many there are. */
  'tokens-ending': { readonly tenant: number; readonly from: number; readonly to: number; readonly limit: number };
}

/** Which changes of a company are meant; those of all where a member is absent. */
export interface ChangeFilter {
  readonly tenant: number;
  readonly limit: number;
  /** Only those with a smaller number; null: from the newest. */
  readonly before: number | null;
  readonly kind?: ChangeKind;
  readonly dialect?: string;
  readonly operation?: string;
  readonly app?: string;
  readonly request?: string;
  /** Only those at or after this instant, in epoch milliseconds. */
  readonly since?: number;
}

/** Some changes, newest first, and the number before which to go on; null where all were looked at. */
export interface ChangePage {
  readonly changes: readonly Change[];
  readonly next: number | null;
}

/** The next changes, and how far the log was looked at. */
export interface ChangesAfter {
  readonly changes: readonly (Change & { readonly tenant: number })[];
  /** The number of the last change that was looked at, of any company. */
  readonly upTo: number;
  /** Null, or the greatest number that was seen above one that is missing, and so is not passed yet. */
  readonly gap: number | null;
  /** Whether nothing more is there. */
  readonly isEnd: boolean;
}

/** Which employees a page shows. */
export interface EmployeePageQuery {
  readonly tenant: number;
  /** How many to pass over, and how many to show at most. */
  readonly offset: number;
  readonly limit: number;
  /** Only those who are here (true) or who left (false); absent: both. */
  readonly active?: boolean;
  readonly external?: boolean;
  readonly seated?: boolean;
  /** Last changed at or after / at or before, in epoch milliseconds. */
  readonly updatedFrom?: number;
  readonly updatedTo?: number;
  readonly order: 'created' | 'updated' | 'updated-descending';
}

/** Which employees come next. */
export interface EmployeeScan {
  readonly tenant: number;
  /** The place after which to begin; 0 is the beginning. */
  readonly after: number;
  readonly limit: number;
  /** Only those found by this value; absent: all. */
  readonly having?: { readonly space: LookupSpace; readonly value: string };
}

/** An employee and the place in order of creation, which never changes. */
export interface PositionedEmployee {
  readonly employee: Employee;
  readonly place: number;
}

/** An employee, and the company it is of. */
export interface EmployeeOf {
  readonly employee: Employee;
  readonly tenant: number;
  readonly tenantInUse: boolean;
}

/** The departments of one person by own ids, and the main one of them. */
export interface DepartmentsOfOne {
  readonly departments: readonly string[];
  readonly main: string | null;
}

/** What the store answers, by question. */
export interface QueryResults {
  tenant: Tenant | null;
  'tenants-of-publisher': readonly number[];
  'employees-by': ReadonlyMap<string, readonly Employee[]>;
  'employees-anywhere': ReadonlyMap<string, readonly EmployeeOf[]>;
  'employees-by-id': ReadonlyMap<string, Employee>;
  'line-above': ReadonlySet<string>;
  'count-by': number;
  'accounts-by': ReadonlyMap<string, AccountWithMemberships>;
  'employee-page': { readonly total: number; readonly employees: readonly Employee[] };
  'employees-from': readonly PositionedEmployee[];
  headcount: number;
  'members-in': number;
  'in-several-departments': readonly DepartmentsOfOne[];
  invitations: readonly StoredInvitation[];
  attachment: Attachment | null;
  'attachment-kind': string | null;
  everyone: AllEmployees;
  history: readonly Change[];
  change: Change | null;
  changes: ChangePage;
  'changes-after': ChangesAfter;
  'change-writers': readonly string[] | null;
  'newest-change': number;
  'changed-since': boolean;
  'has-snapshot': boolean;
  token: Token | null;
  'newest-token': Token | null;
  'tokens-ending': { readonly total: number; readonly tokens: readonly Token[] };
}

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

/** All employees of a company in order of creation, and their accounts. */
export interface AllEmployees {
  readonly employees: readonly Employee[];
  /** By account id. */
  readonly accounts: ReadonlyMap<string, AccountWithMemberships>;
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
}

/** One employee made (no `before`), changed, or removed (no `after`). */
export interface EmployeeRewrite {
  readonly before: Employee | null;
  readonly after: Employee | null;
  readonly fields: ChangedFields;
}
