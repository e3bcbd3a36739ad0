import type { App } from '../directory/auth/app.ts';
import type { Account } from '../directory/auth/account.ts';
import type { Employee } from '../directory/employees/employee.ts';
import type { FaultEffect, FaultMatch } from '../directory/faults/fault.ts';
import type { Tenant } from '../directory/tenant.ts';

/** Something that becomes otherwise by the passing of time alone. */
export interface DueItem {
  /** When, in epoch milliseconds as the company has it. */
  readonly at: number;
  /** The dialect's own name for this kind of thing, e.g. `licence`. */
  readonly kind: string;
  /** Which one, by an id or name that the company file or the platform has for it. */
  readonly subject: string;
  /** Own id of the employee whose this is; absent where it is of no employee. */
  readonly employee?: string;
  /** How it is before and after. */
  readonly was: string;
  readonly is: string;
}

/** How a code is worded that the dialect itself does not know. */
export interface Wording {
  /** Null where it is not documented; then the platform's usual one is taken. */
  readonly status: number | null;
  /** The sentence; `{}` is a part that varies. */
  readonly message: string;
}

/** What a refusal is worded with. */
export interface RefusalFacts {
  readonly tenant: Tenant;
  readonly app: App;
  /** The operation's name in `coverage.ts`. */
  readonly operation: string;
  /** When it is answered, in epoch milliseconds as the company has it. */
  readonly at: number;
  /** What the sentence names, in its order. */
  readonly values?: Readonly<Record<string, string | number>>;
  /** Asked where the dialect does not know the code. */
  readonly wording?: () => Wording | null;
  /** For how much longer a limit holds. */
  readonly secondsLeft?: number;
}

/** A rule that makes calls fail as they fail on the platform, to be used by its name. */
export interface FaultPreset {
  readonly effect: FaultEffect;
  readonly match?: FaultMatch;
  readonly share?: number;
  readonly times?: number;
}

/** What a request is repaired with: the company, and some of its people. */
export interface RepairFacts {
  readonly tenant: Tenant;
  readonly app: App;
  /** Some people of the company, those in service first. */
  readonly people: readonly Employee[];
  readonly query: URLSearchParams;
  /** Eight digits that differ with each question: what is made of them is taken by none. */
  readonly unused: string;
  /** Takes the place of the secret of the app. */
  readonly secret: string;
  readonly operation: string;
}

/** What a refused request may contain instead, as far as only the platform knows. */
export interface Repairs {
  /** Values that a member or a parameter of this name may have, the best first; `name[]` for the entries of a list. */
  readonly values: (facts: RepairFacts) => Readonly<Record<string, readonly unknown[]>>;
  /** Members and parameters that name something that is there: with another value they name something else. */
  readonly references: readonly string[];
  /** The ids of each employee and department, where requests may name them by several; absent where a parameter says by which. */
  readonly synonyms?: (facts: RepairFacts) => readonly (readonly string[])[];
  /**
   * What a member without effect was meant as: the name and the form under which its value has one; null where that is not
   * known. Absent: only names that are close are tried.
   */
  readonly meant?: (
    member: { readonly name: string; readonly value: unknown; readonly beside: Readonly<Record<string, unknown>> },
    tenant: Tenant,
  ) => { readonly name: string; readonly value: unknown } | null;
  /** What a parameter of the query may be. */
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  /** Parameters of the query, and members of the body, that an operation may need and that its schema does not name. */
  readonly needed?: Readonly<Record<string, readonly string[]>>;
  /** Settings that decide about a code, or about an answer with this text, beside those whose description names the code. */
  readonly settings?: Readonly<Record<string, readonly string[]>>;
}

/** A person as a comparison needs them: the record and what it refers to. */
export interface PersonFacts {
  readonly tenant: Tenant;
  readonly employee: Employee;
  readonly account: Account | null;
  /** The people that the record refers to. */
  readonly people: readonly Employee[];
}

/** What a call is made of besides its operation; a caller fills in the rest. */
export interface CallStart {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Null where the operation takes none. */
  readonly body: object | null;
}

/** Fields of a person that a form can write through each platform that has them. */
export const EDIT_FIELDS = [
  'name',
  'alias',
  'gender',
  'mobile',
  'email',
  'job_number',
  'job_title',
  'join_date',
  'note',
  'departments',
  'leader',
] as const;
export type EditField = (typeof EDIT_FIELDS)[number];

/**
 * New values as the record has them: a mobile in E.164 form; a title, departments and a leader by their own ids, the main
 * department first; null empties.
 */
export type Edits = Readonly<Partial<Record<Exclude<EditField, 'departments'>, string | null>>> & {
  readonly departments?: readonly string[];
};

/** What a person is to become. */
export interface EditFacts {
  readonly tenant: Tenant;
  readonly employee: Employee;
  readonly edits: Edits;
  /** The new leader; null where none is set, or the company has no such employee. */
  readonly leader: Employee | null;
}

/** The call that writes new values of a person. */
export interface EditCall extends CallStart {
  readonly operation: string;
  readonly body: object;
  /** Whether an app may as a rule make the call. */
  readonly suits: (app: App) => boolean;
  /** Fields that the operation does not take. */
  readonly left: readonly EditField[];
  /** Which field each member of the body writes, by the name that verdicts give it; parts of a member belong to its field. */
  readonly members: Readonly<Record<string, EditField>>;
}

/** One call that may show a person. */
export interface PersonAsk {
  /** The operation's name in `coverage.ts`. */
  readonly operation: string;
  /** Null where the platform has no way to name the person in it. */
  readonly request: (person: PersonFacts) => {
    readonly query?: Readonly<Record<string, string>>;
    readonly body?: object;
  } | null;
  /** Finds the person in an answer; null where the answer does not show them. */
  readonly find: (answer: unknown, person: PersonFacts) => Readonly<Record<string, unknown>> | null;
}

/** A rule that explains why a platform shows a value as it does. */
export interface ShownRule {
  /** Where the rule is from: the contract's marks. */
  readonly mark: 'seed' | 'public' | 'live' | 'derived' | 'proposed';
  readonly en: string;
  readonly zh: string;
  /** The vendor's page. */
  readonly link?: string;
}

/** Where a platform shows a field of the record, and how it means the same. */
export interface ShownField {
  /** As the page writes it, e.g. `base_info.mobile` or `11003`; null: it is written and never returned. */
  readonly at: string | null;
  /** The value as it is shown; undefined where it is not there. */
  readonly value: (shown: Readonly<Record<string, unknown>>) => unknown;
  /** Whether a value that is there means what the record says. */
  readonly means: (value: unknown, person: PersonFacts) => boolean;
  readonly rule: ShownRule;
}

/** One way in which apps read a person on a platform. */
export interface PersonReader {
  /** Tells it from others of the platform, e.g. `contacts`. */
  readonly name: string;
  /** Tried in this order until one shows the person. */
  readonly asks: readonly PersonAsk[];
  /** Whether an app may make these calls. */
  readonly suits: (app: App) => boolean;
  /** By the names of the comparison, e.g. `mobile`; what is absent the platform does not have. */
  readonly fields: (tenant: Tenant) => Readonly<Partial<Record<PersonField, ShownField>>>;
}

/** The fields of a person that are compared. */
export const PERSON_FIELDS = [
  'name',
  'second_name',
  'alias',
  'gender',
  'mobile',
  'email',
  'enterprise_email',
  'telephone',
  'extension_number',
  'work_station',
  'department',
  'leader',
  'job_number',
  'job_title',
  'job_level',
  'job_family',
  'work_place',
  'work_country',
  'employment_type',
  'join_date',
  'status',
  'account_state',
  'external',
  'seated',
  'login_mobile',
  'login_email',
  'note',
] as const;
export type PersonField = (typeof PERSON_FIELDS)[number];
