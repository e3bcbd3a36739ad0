import type { AccountWithMemberships } from '../auth/account.ts';
import type { Attachment } from '../attachment.ts';
import type { Change, ChangeKind } from '../history/change.ts';
import type { Employee } from '../employees/employee.ts';
import type { StoredInvitation } from '../employees/invitation.ts';
import type { LookupSpace } from '../lookup.ts';
import type { ReportingLine } from '../employees/reporting-line.ts';
import type { Tenant } from '../tenant.ts';
import type { Token } from '../auth/token.ts';

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
   * How many of those have not come yet, or will not; with `cancelled` only those who will not. They are found by an id
   * that everybody has one of, in this space: it costs as much as there are of them.
   */
  'to-come': { readonly tenant: number; readonly space: `id:${string}`; readonly cancelled?: true };
  /**
   * How many people are in any of these departments (own ids), each counted once; with `main` only those whose main
   * department is one of them.
   */
  'members-in': { readonly tenant: number; readonly departments: readonly string[]; readonly main?: true };
  /** For each of some departments (own ids) with people in it, their numbers in order of creation. */
  'places-in-departments': { readonly tenant: number; readonly departments: readonly string[] };
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
  /** Whose records the next changes of a company made, changed or removed; what changed is not read. */
  'changed-employees-after': Omit<QueryParams['changes-after'], 'tenant' | 'kinds'> & { readonly tenant: number };
  /** The numbers of the newest changes of some employees; who is not here has none. */
  'newest-changes-of': { readonly tenant: number; readonly ids: readonly string[] };
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

/** How far the log was looked at. */
export interface LogPage {
  /** The number of the last change that was looked at, of any company. */
  readonly upTo: number;
  /** Null, or the greatest number that was seen above one that is missing, and so is not passed yet. */
  readonly gap: number | null;
  /** Whether nothing more is there. */
  readonly isEnd: boolean;
}

/** The next changes. */
export interface ChangesAfter extends LogPage {
  readonly changes: readonly (Change & { readonly tenant: number })[];
}

/** Whose records the next changes are about, by employee with the newest of them. */
export interface ChangedEmployees extends LogPage {
  readonly newest: ReadonlyMap<string, number>;
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
  'to-come': number;
  'members-in': number;
  'places-in-departments': ReadonlyMap<string, readonly number[]>;
  'in-several-departments': readonly DepartmentsOfOne[];
  invitations: readonly StoredInvitation[];
  attachment: Attachment | null;
  'attachment-kind': string | null;
  everyone: AllEmployees;
  history: readonly Change[];
  change: Change | null;
  changes: ChangePage;
  'changes-after': ChangesAfter;
  'changed-employees-after': ChangedEmployees;
  'newest-changes-of': ReadonlyMap<string, number>;
  'change-writers': readonly string[] | null;
  'newest-change': number;
  'changed-since': boolean;
  'has-snapshot': boolean;
  token: Token | null;
  'newest-token': Token | null;
  'tokens-ending': { readonly total: number; readonly tokens: readonly Token[] };
}

/** All employees of a company in order of creation, and their accounts. */
export interface AllEmployees {
  readonly employees: readonly Employee[];
  /** By account id. */
  readonly accounts: ReadonlyMap<string, AccountWithMemberships>;
}
