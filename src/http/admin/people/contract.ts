import type { Activation, EmployeeStatus } from '../../../directory/employees/employee.ts';
import type { Employee } from '../../../directory/employees/employee.ts';

/* Types of the published package: what they lead to needs no types of Node. */

/** Something with an id and a name, e.g. a department. */
export interface NamedThing {
  /** Own id. */
  readonly id: string;
  readonly name: string;
}

/** A person as a row of a list; what the record refers to has its name beside it. */
export interface EmployeeRow {
  /** Own id. */
  readonly id: string;
  readonly name: string;
  readonly alias: string | null;
  readonly job_number: string | null;
  /** The main one. */
  readonly department: NamedThing | null;
  /** How many departments there are besides. */
  readonly more_departments: number;
  readonly job_title: NamedThing | null;
  /** E.164. */
  readonly mobile: string | null;
  readonly email: string | null;
  readonly status: EmployeeStatus;
  readonly activation: Activation;
  readonly frozen: boolean;
  readonly external: boolean;
  /** `YYYY-MM-DD`. */
  readonly join_date: string | null;
  readonly left_on: string | null;
  /** ISO 8601, UTC. */
  readonly updated_at: string;
  readonly last_change: { readonly number: number; readonly at: string; readonly platform: string } | null;
}

/** `GET /mingce/v1/companies/{key}/employees`. */
export interface EmployeeList {
  readonly employees: readonly EmployeeRow[];
  /** How many there are in all; null while that is not known yet. */
  readonly total: number | null;
  /** Where the next page begins; null where there is no more. */
  readonly next: number | null;
  /** Values of `sort`. */
  readonly sortable: readonly string[];
  /** How far the index is by which people are searched, filtered and sorted: below 1 it is being made, and nothing is found yet. */
  readonly index: number;
}

/** Where a value of a record is from. */
export interface ValueOrigin {
  /** The number of the change. */
  readonly change: number;
  readonly at: string;
  readonly platform: string;
  readonly app: string | null;
  readonly operation: string;
  readonly request: string;
}

/** `GET /mingce/v1/companies/{key}/employees/{id}`. */
export interface EmployeeView extends EmployeeRow {
  /** The whole record, by the names of its history. */
  readonly record: Employee;
  /** Names of what the record refers to, by own id: departments, people, entries of lists. */
  readonly names: Readonly<Record<string, string>>;
  /** From the root down to the main department. */
  readonly department_path: readonly NamedThing[];
  /** From the direct leader up; of a long line the first 50. */
  readonly reports_to: readonly NamedThing[];
  /** Direct reports; of many the first 50, and how many there are. */
  readonly direct_reports: { readonly total: number; readonly employees: readonly NamedThing[] };
  /** Who signs in with the same account, in which companies; of many the first 50. */
  readonly account: {
    readonly id: string;
    readonly mobile: string | null;
    readonly email: string | null;
    readonly staff_of: readonly { readonly company: string; readonly employee: string }[];
  } | null;
  /** Only with `?why=true`: where each value is from, by the names of the history. */
  readonly why?: Readonly<Record<string, ValueOrigin>>;
}

/** One department of a tree. */
export interface DepartmentRow {
  /** Own id. */
  readonly id: string;
  readonly parent: string | null;
  readonly name: string;
  readonly code: string;
  readonly enabled: boolean;
  readonly order: number;
  /** Its ids on the platforms, by id space. */
  readonly ids: Readonly<Record<string, string>>;
  readonly leaders: readonly (NamedThing & { readonly deputy: boolean })[];
  /** People in service in it, and in it or below, each counted once. */
  readonly people: number;
  readonly people_below: number;
}

/** `GET /mingce/v1/companies/{key}/departments`, each after its parent. */
export interface DepartmentList {
  readonly departments: readonly DepartmentRow[];
}

/** `GET /mingce/v1/search`: what a text finds, at most eight of each. */
export interface SearchView {
  /** The share of the index of people that is made: below 1 people may be missing. */
  readonly index: number;
  readonly employees: readonly (EmployeeRow & { readonly matched: 'id' | 'text' })[];
  readonly departments: readonly (NamedThing & { readonly code: string })[];
  readonly requests: readonly {
    readonly id: string;
    readonly at: string;
    readonly platform: string;
    readonly operation: string | null;
    readonly code: string | null;
  }[];
  readonly errors: readonly {
    readonly platform: string;
    readonly id: string;
    readonly title: { readonly zh: string; readonly en: string };
  }[];
}
