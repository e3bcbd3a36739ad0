import isEmailModule from 'validator/lib/isEmail.js';
import { dayInChina, startOfDayInChina } from '../../../lib/time/day.ts';
import type { Employee, EmployeeStatus } from '../../../directory/employees/employee.ts';
import type { Problem } from '../../../directory/errors.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { plainText, withTranslation, withValue } from '../../../directory/text.ts';
import { OPTION_ID, optionIdOf } from '../model/ids.ts';
import type { Canonical } from '../model/roster-fields.ts';
import { keepsJobTitles } from '../roster/roster.ts';
import { phoneOf, wecomOf, type RosterValue } from '../protocol/wire.ts';

/** What an attribute is read and written with. */
export interface AttributeContext {
  readonly employee: Employee;
  readonly tenant: Tenant;
  /** What the roster itself keeps under the field's id. */
  readonly kept: RosterValue | undefined;
}

/** What writing an attribute does: members of the shared record, and what the roster itself keeps (null: nothing). */
export interface AttributeWrite {
  readonly members?: Partial<Employee>;
  readonly kept?: RosterValue | null;
}

/** One attribute of the shared record as a roster field tells it. */
export interface Attribute {
  /** Its place in the shared record; undefined: the roster itself keeps it. */
  readonly place: (context: AttributeContext) => string | undefined;
  readonly read: (context: AttributeContext) => RosterValue | null;
  /** Null empties it; a problem is the refusal of the value. The value is of the field's type. */
  readonly write: (context: AttributeContext, value: RosterValue | null) => AttributeWrite | Problem;
}

/** Whether a write was refused. */
export function isProblem(written: AttributeWrite | Problem): written is Problem {
  return 'kind' in written;
}

// CommonJS: Node's default import is the function, and carries itself under the name that its types know.
const { default: isEmail } = isEmailModule;

type TextMember = 'alias' | 'telephone' | 'extensionNumber' | 'email' | 'jobNumber' | 'note';

function textAttribute(member: TextMember): Attribute {
  return {
    place: () => member,
    read: ({ employee }) => employee[member],
    write: (_told, value) => ({ members: { [member]: value === null ? null : textOf(value) } }),
  };
}

// Only `readValue` makes values, by the field's own type, which is checked against the attribute when data is loaded.
function textOf(value: RosterValue): string {
  return typeof value === 'string' ? value : '';
}
function numberOf(value: RosterValue | null): number {
  return typeof value === 'number' ? value : 0;
}

const STATUS: Readonly<Record<EmployeeStatus, number | null>> = {
  'pre-hire': 1,
  'pre-hire-cancelled': null,
  probation: 2,
  regular: 3,
  'pre-resigned': 4,
  resigned: 5,
};

/** A list of some companies, returned as its entries' names; without a list it is a text that only the roster keeps. */
function listed(catalog: 'job-level' | 'work-place', member: 'jobLevel' | 'workPlace'): Attribute {
  const isKept = (tenant: Tenant): boolean => tenant.catalog(catalog).all.length > 0;
  return {
    place: ({ tenant }) => (isKept(tenant) ? member : undefined),
    read: ({ employee, tenant, kept }) => {
      const id = employee[member];
      const entry = id === null ? undefined : tenant.catalog(catalog).get(id);
      return entry?.name.value ?? (isKept(tenant) ? null : (kept ?? null));
    },
    write: ({ tenant }, value) => {
      if (value === null) return { members: { [member]: null }, kept: null };
      if (!isKept(tenant)) return { kept: value };
      const entry = tenant.catalog(catalog).named(textOf(value));
      if (entry === undefined || !entry.enabled) return { kind: 'unknown', subject: member, value: textOf(value) };
      return { members: { [member]: entry.id }, kept: null };
    },
  };
}

/** How each attribute of the contract's section 6 is read and written. */
export const ATTRIBUTES: Readonly<Record<Canonical, Attribute>> = {
  name: {
    place: () => 'name.value',
    read: ({ employee }) => employee.name.value,
    write: ({ employee }, value) => ({ members: { name: withValue(employee.name, textOf(value ?? '')) } }),
  },
  nickname: {
    ...textAttribute('alias'),
    // One who never had an alias is not the same as one whose alias was taken away.
    write: ({ employee }, value) => ({
      members: { alias: value === null ? (employee.alias === null ? null : '') : textOf(value) },
    }),
  },
  english_name: {
    place: ({ tenant }) => `name.i18n.${tenant.parts.secondLocale}`,
    read: ({ employee, tenant }) => employee.name.i18n[tenant.parts.secondLocale] ?? null,
    write: ({ employee, tenant }, value) => ({
      members: { name: withTranslation(employee.name, tenant.parts.secondLocale, textOf(value ?? '')) },
    }),
  },
  mobile: {
    place: () => 'mobile',
    read: ({ employee: { mobile } }) =>
      mobile === null ? null : { value_country_code: mobile.country, value_mobile: mobile.number },
    write: (_told, value) => ({ members: { mobile: value === null ? null : phoneOf(value) } }),
  },
  email: {
    ...textAttribute('email'),
    write: (_told, value) =>
      value !== null && !isEmail(textOf(value))
        ? { kind: 'invalid', subject: 'email' }
        : { members: { email: value === null ? null : textOf(value) } },
  },
  gender: {
    place: () => 'gender',
    // The third one that another platform knows has no option here.
    read: ({ employee: { gender } }) => (gender === 1 || gender === 2 ? gender : null),
    write: (_told, value) => {
      const gender = numberOf(value);
      if (gender !== 0 && gender !== 1 && gender !== 2) return { kind: 'invalid', subject: 'gender' };
      return { members: { gender } };
    },
  },
  job_number: textAttribute('jobNumber'),
  join_date: {
    place: () => 'joinDate',
    // The number as written until the day is another one; then midnight of that day. [proposed]
    read: ({ employee: { joinDate }, kept }) => {
      if (joinDate === null) return null;
      if (typeof kept === 'string' && dayOf(kept) === joinDate) return kept;
      return String(startOfDayInChina(joinDate) / 1000);
    },
    write: (_told, value) => {
      if (value === null) return { members: { joinDate: null }, kept: null };
      const joinDate = dayOf(textOf(value));
      return joinDate === null ? { kind: 'invalid', subject: 'joinDate' } : { members: { joinDate }, kept: value };
    },
  },
  employment_type: {
    place: () => 'employmentType',
    read: ({ employee }) => (employee.employmentType === 0 ? null : employee.employmentType),
    write: (_told, value) => ({ members: { employmentType: numberOf(value) } }),
  },
  position: {
    place: ({ tenant }) => (keepsJobTitles(tenant.parts) ? 'jobTitle' : undefined),
    read: ({ employee, tenant, kept }) => {
      if (!keepsJobTitles(tenant.parts)) return kept ?? null;
      const title = employee.jobTitle === null ? undefined : tenant.catalog('job-title').get(employee.jobTitle);
      return title === undefined ? null : optionIdOf(title);
    },
    write: ({ tenant }, value) => {
      if (value === null) return { members: { jobTitle: null }, kept: null };
      if (!keepsJobTitles(tenant.parts)) return { kept: value };
      const option = String(numberOf(value));
      const title = tenant.catalog('job-title').by(OPTION_ID, option);
      if (title === undefined || !title.enabled) return { kind: 'unknown', subject: 'jobTitle', value: option };
      return { members: { jobTitle: title.id }, kept: null };
    },
  },
  job_level: listed('job-level', 'jobLevel'),
  telephone: textAttribute('telephone'),
  extension_number: textAttribute('extensionNumber'),
  work_station: {
    place: () => 'workStation',
    read: ({ employee }) => employee.workStation?.value ?? null,
    write: ({ employee: { workStation } }, value) => {
      if (value === null) return { members: { workStation: null } };
      const text = textOf(value);
      return { members: { workStation: workStation === null ? plainText(text) : withValue(workStation, text) } };
    },
  },
  work_place: listed('work-place', 'workPlace'),
  note: textAttribute('note'),
  status: {
    place: () => 'status',
    read: ({ employee }) => STATUS[employee.status],
    // Field 12004 is refused before anyone comes here; a company may have given the attribute another id.
    write: () => ({ kind: 'forbidden', subject: 'status' }),
  },
};

/** The day in China at so many seconds since 1970; null where that is not a day with four digits to its year. */
function dayOf(seconds: string): string | null {
  const instant = Number(seconds) * 1000;
  // 0001-01-02 to 9999-12-30, so that no zone moves it out of the four digits.
  if (!Number.isFinite(instant) || instant < -62_135_510_400_000 || instant > 253_402_185_600_000) return null;
  return dayInChina(instant);
}

/** Whole years from the day at those seconds until today in China, as text; null where that is not yet, or no day. */
export function fullYears(seconds: RosterValue | null, at: number): string | null {
  const from = typeof seconds === 'string' ? dayOf(seconds) : null;
  if (from === null) return null;
  const today = dayInChina(at);
  const years = Number(today.slice(0, 4)) - Number(from.slice(0, 4)) - (today.slice(5) < from.slice(5) ? 1 : 0);
  return years < 0 ? null : String(years);
}

/** What the roster itself keeps of an employee under a field's id. */
export function storedValue(employee: Employee, key: string): RosterValue | undefined {
  return wecomOf(employee).values[key];
}
