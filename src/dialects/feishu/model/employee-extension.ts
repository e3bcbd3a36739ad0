import type { Employee } from '../../../directory/employees/employee.ts';
import { DIALECT } from './settings.ts';

/** A mail address that cannot be used before it is purged. */
export interface RecycledMail {
  readonly address: string;
  /** Epoch milliseconds. */
  readonly since: number;
}

/** The range of a user token: these departments with everything below, and these employees. */
export interface VisibleRange {
  readonly departments: readonly string[];
  readonly employees: readonly string[];
}

/** What this platform alone knows of an employee. */
export interface FeishuEmployee {
  readonly avatarKey: string | null;
  readonly backgroundImageKey: string | null;
  readonly description: string;
  /** The employee verified the mobile, so that administrators cannot change it (2221156). */
  readonly mobileVerified: boolean;
  /** `YYYY-MM-DD`; the planned or past last day, apart from the day the company recorded. */
  readonly resignDate: string | null;
  /** `0` is unset. */
  readonly resignReason: string;
  readonly resignRemark: string;
  /** `0` is unset. */
  readonly resignType: string;
  /** 1 admin console, 2 HR enterprise edition, 3 SCIM. */
  readonly dataSource: 1 | 2 | 3;
  readonly geoName: string;
  readonly subscriptionIds: readonly string[];
  /** When the person left the workspace, in epoch milliseconds; null where only the record's last change is known. */
  readonly exitedAt: number | null;
  /** The person refused to join the company (2221123). */
  readonly joinRefused: boolean;
  /** Epoch milliseconds; null for someone who never came back. */
  readonly resurrectedAt: number | null;
  /** When the resignation was done, in epoch milliseconds; null for who is here, or where only the day is known. */
  readonly resignedAt: number | null;
  /** Enterprise mail address and then its aliases at the moment of resignation, given back to who returns. */
  readonly mailboxAtResignation: readonly string[];
  /** Who receives what the employee left behind: own ids by the member of the request that named them. */
  readonly resourceReceivers: Readonly<Record<string, string>>;
  /** Own ids of the departments held when the employee left: what an app may touch is judged by them. */
  readonly departmentsAtResignation: readonly string[];
  /** Whether colleagues see the mobile; returned by the contact API only. [contract feishu-contact.md 2.1] */
  readonly mobileVisible: boolean;
  /** The instant of joining in seconds as written; returned while it falls on the day in the record. */
  readonly joinTime: number | null;
  /** A country's code as written that no country of the company has. [contract feishu-contact.md 2.1] */
  readonly country: string;
  /** The range of the employee's own user token by own ids; null: everyone. [contract feishu-contact.md 1.5] */
  readonly visible: VisibleRange | null;
  /** How often the employee_id was changed over the contact API (41013). */
  readonly userIdChanges: number;
  /** Enterprise mail addresses the employee had and gave up. */
  readonly recycledMail: readonly RecycledMail[];
}

const BLANK: FeishuEmployee = {
  avatarKey: null,
  backgroundImageKey: null,
  description: '',
  mobileVerified: false,
  resignDate: null,
  resignReason: '0',
  resignRemark: '',
  resignType: '0',
  dataSource: 1,
  geoName: '',
  subscriptionIds: [],
  exitedAt: null,
  joinRefused: false,
  resurrectedAt: null,
  resignedAt: null,
  mailboxAtResignation: [],
  resourceReceivers: {},
  departmentsAtResignation: [],
  mobileVisible: true,
  joinTime: null,
  country: '',
  visible: null,
  userIdChanges: 0,
  recycledMail: [],
};

/** What this platform alone knows of the employee. */
export function feishuOf(employee: Employee): FeishuEmployee {
  const kept = employee.extensions[DIALECT];
  // Only this file writes the extension, always through `extensionOf`.
  return kept === undefined ? BLANK : { ...BLANK, ...(kept as Partial<FeishuEmployee>) };
}

/** What is kept of it: the members that say anything, or undefined when none does. */
export function extensionOf(part: FeishuEmployee): Partial<FeishuEmployee> | undefined {
  let kept: Partial<Record<string, unknown>> | undefined;
  for (const member in part) {
    const name = member as keyof FeishuEmployee;
    const value = part[name];
    const blank = BLANK[name];
    const isSaid = typeof blank === 'object' && blank !== null ? !isEmpty(value as object) : value !== blank;
    if (isSaid) (kept ??= {})[name] = value;
  }
  return kept;
}

function isEmpty(value: object): boolean {
  for (const _member in value) return false;
  return true;
}
