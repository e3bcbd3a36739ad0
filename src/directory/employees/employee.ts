import type { CustomValue } from '../custom-field.ts';
import type { Membership } from './membership.ts';
import type { Phone } from './phone.ts';
import type { LocalText } from '../text.ts';

/** The employment status, from expected to resigned. */
export type EmployeeStatus = 'pre-hire' | 'pre-hire-cancelled' | 'probation' | 'regular' | 'pre-resigned' | 'resigned';

/** How far the person has come in joining the company's workspace. */
export type Activation = 'not-joined' | 'not-activated' | 'active' | 'exited';

/** The one record of one person in one tenant, independent of any dialect. */
export interface Employee {
  /** Own stable id, unique in the tenant; never changes. */
  readonly id: string;
  /** The ids that platforms know the employee by, keyed by id space; changing one never moves another. */
  readonly ids: Readonly<Record<string, string>>;
  /** The account whose login identifiers the person signs in with; null where the person has none. */
  readonly account: string | null;

  readonly name: LocalText;
  /** Null when never set; `""` when cleared. */
  readonly alias: string | null;
  readonly gender: 0 | 1 | 2 | 3;

  /** Contact data, apart from what the person logs in with. */
  readonly mobile: Phone | null;
  /** Work mail with its letters as written; compared without case. */
  readonly email: string | null;
  readonly enterpriseEmail: string | null;
  readonly enterpriseEmailAliases: readonly string[];
  readonly telephone: string | null;
  readonly extensionNumber: string | null;

  readonly departments: readonly Membership[];
  /** One of the departments; null when there are none. */
  readonly mainDepartment: string | null;
  /** Employee id of the direct leader. */
  readonly leader: string | null;
  /** Employee ids of the dotted-line leaders. */
  readonly dottedLeaders: readonly string[];

  readonly jobNumber: string | null;
  /** Catalogue entry ids. */
  readonly jobTitle: string | null;
  readonly jobLevel: string | null;
  readonly jobFamily: string | null;
  readonly workPlace: string | null;
  readonly workCountry: string | null;
  readonly workStation: LocalText | null;
  /** Number of an employee type; 0 is unknown. */
  readonly employmentType: number;
  /** `YYYY-MM-DD`. */
  readonly joinDate: string | null;
  readonly note: string | null;

  readonly status: EmployeeStatus;
  /** `YYYY-MM-DD`, set when the employee left. */
  readonly leftOn: string | null;
  readonly activation: Activation;
  readonly frozen: boolean;
  /** Whether the account is usable: it holds a paid seat. */
  readonly seated: boolean;
  /** Someone from outside the company. */
  readonly external: boolean;

  /** Values of the tenant's own fields, keyed by field id. */
  readonly custom: Readonly<Record<string, CustomValue>>;
  /** What one platform alone knows, keyed by dialect; typed and read by that dialect only. */
  readonly extensions: Readonly<Record<string, unknown>>;

  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Epoch milliseconds of the last change. */
  readonly updatedAt: number;
}

/** Returns whether the employee works here now; most uniqueness rules are about these. */
export function isInService(employee: Employee): boolean {
  return employee.status !== 'resigned' && employee.status !== 'pre-hire' && employee.status !== 'pre-hire-cancelled';
}

/** Returns a record with only an id and a name, from which an employee is created. */
export function emptyEmployee(id: string, name: LocalText, at: number): Employee {
  return {
    id,
    ids: {},
    account: null,
    name,
    alias: null,
    gender: 0,
    mobile: null,
    email: null,
    enterpriseEmail: null,
    enterpriseEmailAliases: [],
    telephone: null,
    extensionNumber: null,
    departments: [],
    mainDepartment: null,
    leader: null,
    dottedLeaders: [],
    jobNumber: null,
    jobTitle: null,
    jobLevel: null,
    jobFamily: null,
    workPlace: null,
    workCountry: null,
    workStation: null,
    employmentType: 0,
    joinDate: null,
    note: null,
    status: 'regular',
    leftOn: null,
    activation: 'active',
    frozen: false,
    seated: true,
    external: false,
    custom: {},
    extensions: {},
    createdAt: at,
    updatedAt: at,
  };
}
