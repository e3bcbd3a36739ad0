import { e164, type Phone } from '../../../directory/employees/phone.ts';
import { normalizeEmail } from '../../../directory/lookup.ts';
import type { Department } from '../../../directory/departments/department.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import type { LoginIndex } from '../../../directory/auth/logins.ts';
import type { Rule as DialectRule } from '../../rule.ts';
import type { UpdateVariant } from './api-version.ts';
import type { FormEntry } from './form.ts';
import { isActive } from './view.ts';
import type { StaffProblem } from '../protocol/errors.ts';
import type { StaffRequest } from '../protocol/wire.ts';

/** Why a rule refuses, and which field of the request. */
export interface Refusal {
  readonly field: string;
  readonly problem: StaffProblem;
}

/** A department as a request names it. */
export interface NamedDepartment {
  readonly field: 'defaultDepartment' | 'departments';
  readonly value: string;
  readonly found: Department | 'unknown' | 'not-unique';
}

/** Everything the rules may ask about one update. */
export interface Facts {
  readonly request: StaffRequest;
  readonly variant: UpdateVariant;
  readonly employee: Employee;
  /** The phone that `cellphone` names; null where it is none, undefined where none was sent or it is to be cleared. */
  readonly phone: Phone | null | undefined;
  /** The default first; empty where the request leaves departments alone. */
  readonly departments: readonly NamedDepartment[];
  readonly form: readonly FormEntry[] | undefined;
  readonly logins: LoginIndex;
}

/** One demand of Hose: null where it is met. */
export type Rule = DialectRule<Facts, Refusal>;

/** `name` is required even where it does not change [seed]; blanks alone are none [proposed]. */
export function nameGiven(request: StaffRequest): Refusal | null {
  const isGiven = request.name !== undefined && request.name.trim() !== '';
  return isGiven ? null : { field: 'name', problem: { kind: 'missing', subject: 'name' } };
}

/** By id: there is such a staff, and it is active [proposed]. */
export function staffFound(found: readonly Employee[], value: string): Employee | Refusal {
  const [employee] = found;
  if (employee === undefined) return staffUnknown(value);
  return isActive(employee) ? employee : staffLeft;
}

/** By code: only active staff count; one who left is reported only where no other carries the code [proposed]. */
export function staffUnique(carriers: readonly Employee[], code: string): Employee | Refusal {
  const here = carriers.filter(isActive);
  const [employee] = here;
  if (employee === undefined) return carriers.length === 1 ? staffLeft : staffUnknown(code);
  if (here.length === 1) return employee;
  return { field: 'staffId', problem: { kind: 'ambiguous', subject: 'employee', value: code } };
}

const staffLeft: Refusal = { field: 'staffId', problem: { kind: 'left', subject: 'employee' } };

function staffUnknown(value: string): Refusal {
  return { field: 'staffId', problem: { kind: 'unknown', subject: 'employee', value } };
}

/** A phone holds digits and ASCII parentheses only [public: contacts/add-staffs.md; for update proposed]. */
export const phoneWritten: Rule = ({ phone }) =>
  phone === null ? { field: 'cellphone', problem: { kind: 'invalid', subject: 'mobile' } } : null;

/** `email` may be left out, but not be `""` [seed]. */
export const emailNotEmpty: Rule = ({ request }) =>
  request.email === '' ? { field: 'email', problem: { kind: 'missing', subject: 'email' } } : null;

/** A mail address has one `@` with something on both sides [proposed]. */
export const emailWritten: Rule = ({ request: { email } }) =>
  email === undefined || /^[^@]+@[^@]+$/.test(email)
    ? null
    : { field: 'email', problem: { kind: 'invalid', subject: 'email' } };

/** `departments` and `defaultDepartment` come both or not at all [seed], and neither empty [seed: at least one]. */
export const departmentsTogether: Rule = ({ request: { departments, defaultDepartment } }) => {
  if (departments === undefined && defaultDepartment === undefined) return null;
  const problem = { kind: 'missing', subject: 'departments' } as const;
  if (departments === undefined || departments.length === 0) return { field: 'departments', problem };
  if (defaultDepartment === undefined || defaultDepartment === '') return { field: 'defaultDepartment', problem };
  return null;
};

/** Each department exists, is in use and is for this kind of staff; a code names exactly one [seed]. */
export const departmentsKnown: Rule = ({ departments }) => {
  for (const { field, value, found } of departments) {
    if (found === 'not-unique') return { field, problem: { kind: 'ambiguous', subject: field, value } };
    if (found === 'unknown') return { field, problem: { kind: 'unknown', subject: 'departments', value } };
  }
  return null;
};

/** The default is one of the departments [seed]; `v1` lets the first take its place. */
export const defaultAmongDepartments: Rule = ({ departments: [byDefault, ...named], variant }) => {
  if (byDefault === undefined || !variant.checksDefault) return null;
  const isAmong = named.some(({ found }) => found === byDefault.found);
  return isAmong
    ? null
    : { field: 'defaultDepartment', problem: { kind: 'invalid', subject: 'mainDepartment', value: byDefault.value } };
};

/** Each key of the form is a field of the company's [seed: since v1.1]; the first in the order sent is named [proposed]. */
export const formFieldsKnown = ({ form, variant }: Pick<Facts, 'form' | 'variant'>): Refusal | null => {
  if (form === undefined || !variant.checksFieldNames) return null;
  const stranger = form.find(({ status }) => status === 'not-a-field');
  return stranger === undefined
    ? null
    : {
        field: `staffCustomForm.${stranger.key}`,
        problem: { kind: 'unknown', subject: 'custom', value: stranger.key },
      };
};

/** Each value of the form is of its field's type, and names something that may be chosen [seed: rankType, postType]. */
export const formValuesKnown = ({ form }: Pick<Facts, 'form'>): Refusal | null => {
  for (const { key, status } of form ?? []) {
    const field = `staffCustomForm.${key}`;
    if (status === 'unresolved') return { field, problem: { kind: 'unknown', subject: 'custom.value', value: key } };
    if (status === 'mistyped') return { field, problem: { kind: 'invalid', subject: 'custom.value' } };
  }
  return null;
};

/** The login phone that the update sets, or null where it sets none: the flag without a phone has no effect [proposed]. */
export function loginMobile(request: StaffRequest, phone: Phone | null | undefined): string | null {
  return request.modifyAccountPhone && phone !== null && phone !== undefined ? e164(phone) : null;
}

/** The login e-mail that the update sets, all letters small [seed]; null where it sets none. */
export function loginEmail(request: StaffRequest): string | null {
  return request.modifyAccountEmail && request.email !== undefined ? normalizeEmail(request.email) : null;
}

/** All companies share one index of logins, and none is longer than a mail address or a number can be [proposed]. */
export const MAX_LOGIN_LENGTH = { mobile: 33, email: 254 } as const;

/** A login can be one. */
const loginsShort: Rule = ({ request, phone }) => {
  if ((loginMobile(request, phone)?.length ?? 0) > MAX_LOGIN_LENGTH.mobile)
    return { field: 'cellphone', problem: { kind: 'invalid', subject: 'mobile' } };
  return (loginEmail(request)?.length ?? 0) > MAX_LOGIN_LENGTH.email
    ? { field: 'email', problem: { kind: 'invalid', subject: 'email' } }
    : null;
};

/** The new login phone is not registered with a company in use [seed]. */
export const loginMobileUnique: Rule = ({ request, phone, logins, employee }) => {
  const mobile = loginMobile(request, phone);
  return mobile !== null && logins.isTaken('mobile', mobile, employee)
    ? { field: 'cellphone', problem: { kind: 'taken', subject: 'account.mobile' } }
    : null;
};

/** Nor is the new login e-mail [seed], compared without case. */
export const loginEmailUnique: Rule = ({ request, logins, employee }) => {
  const email = loginEmail(request);
  return email !== null && logins.isTaken('email', email, employee)
    ? { field: 'email', problem: { kind: 'taken', subject: 'account.email' } }
    : null;
};

/** What is asked of an update once its staff is found, in the order of contract 2.10 [proposed]. */
export const rules: readonly Rule[] = [
  phoneWritten,
  emailNotEmpty,
  emailWritten,
  loginsShort,
  departmentsTogether,
  departmentsKnown,
  defaultAmongDepartments,
  formFieldsKnown,
  formValuesKnown,
  loginMobileUnique,
  loginEmailUnique,
];
