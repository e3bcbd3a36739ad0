import type { Rule } from '../../../rule.ts';
import type { AccountWithMemberships } from '../../../../directory/auth/account.ts';
import type { Department } from '../../../../directory/departments/department.ts';
import type { Employee } from '../../../../directory/employees/employee.ts';
import { normalizeEmail } from '../../../../directory/lookup.ts';
import { e164 } from '../../../../directory/employees/phone.ts';
import type { EmployeeOf } from '../../../../directory/store.ts';
import { isSamePerson, type Persons } from '../persons.ts';
import {
  emailNotEmpty,
  emailWritten,
  formFieldsKnown,
  formValuesKnown,
  MAX_LOGIN_LENGTH,
  nameGiven,
  phoneWritten,
  type Facts,
  type Refusal,
} from '../rules.ts';
import { isActive } from '../view.ts';
import type { Addition, NewcomerRequest } from '../../protocol/wire-create.ts';

/** Somebody of this corporation who has the phone or the mail of the request already. */
export interface ContactHolder {
  readonly field: 'cellphone' | 'email';
  /** What they share, as sent. */
  readonly value: string;
  readonly employee: Employee;
}

/** What the rules may ask of an addition besides what they ask of an update. */
export interface CreateFacts extends Facts {
  readonly addition: Addition;
  readonly newcomer: NewcomerRequest;
  readonly namesakes: readonly ContactHolder[];
  /** Who of them left and is here again with this; undefined where the newcomer is somebody else. */
  readonly returning: Employee | undefined;
  /** The account that is registered with the phone in a corporation in use: its id is the person's, whatever was sent. */
  readonly registeredPhone: AccountWithMemberships | undefined;
  /** The same with the mail. */
  readonly registeredMail: AccountWithMemberships | undefined;
  /** Who has the `userid` of the request, in this corporation or another. */
  readonly namedAlike: readonly EmployeeOf[];
  /** The account whose id that is. */
  readonly accountNamed: AccountWithMemberships | undefined;
  readonly persons: Persons;
  /** Whether someone in this corporation has the staff id. */
  readonly isStaffTaken: (id: string) => boolean;
}

const MAX_USERID_LENGTH = 254;

type CreateRule = Rule<CreateFacts, Refusal>;

/** Someone from outside has a phone [public: contacts/add-staffs.md]; so has each of a batch, in the words there are [proposed]. */
const phoneGiven: CreateRule = ({ newcomer, addition, phone }) => {
  if (phone !== undefined) return null;
  if (newcomer.external) return { field: 'cellphone', problem: { kind: 'missing', subject: 'external.mobile' } };
  return addition === 'batch' ? { field: 'cellphone', problem: { kind: 'invalid', subject: 'mobile' } } : null;
};

/** Anyone has a phone or a mail [public: contacts/add-staffs.md, the sentence proposed]. */
const contactGiven: CreateRule = ({ phone, request }) =>
  phone === undefined && request.email === undefined
    ? { field: 'cellphone', problem: { kind: 'missing', subject: 'contact' } }
    : null;

/** Logins, and the ids of those who log in, share one index over all companies [proposed]. */
const loginsShort: CreateRule = ({ phone, request, newcomer }) => {
  if ((newcomer.userid?.length ?? 0) > MAX_USERID_LENGTH)
    return { field: 'userid', problem: { kind: 'invalid', subject: 'userid' } };
  if (phone !== undefined && phone !== null && e164(phone).length > MAX_LOGIN_LENGTH.mobile)
    return { field: 'cellphone', problem: { kind: 'invalid', subject: 'mobile' } };
  return (request.email?.length ?? 0) > MAX_LOGIN_LENGTH.email
    ? { field: 'email', problem: { kind: 'invalid', subject: 'email' } }
    : null;
};

/** Departments and a default are given [public: contacts/add-staffs.md]. */
const departmentsGiven: CreateRule = ({ request: { departments, defaultDepartment } }) => {
  const problem = { kind: 'missing', subject: 'departments' } as const;
  if (departments === undefined || departments.length === 0) return { field: 'departments', problem };
  if (defaultDepartment === undefined || defaultDepartment === '') return { field: 'defaultDepartment', problem };
  return null;
};

/** Each department exists and is for this kind of staff [public: contacts/add-staffs.md; of unknown ids proposed]. */
const departmentsExist: CreateRule = ({ departments }) => {
  const stranger = departments.find(({ found }) => !isDepartment(found));
  return stranger === undefined
    ? null
    : {
        field: stranger.field,
        problem: { kind: 'unknown', subject: 'newcomer.departments', value: stranger.value },
      };
};

function isDepartment(found: Department | 'unknown' | 'not-unique'): found is Department {
  return typeof found !== 'string';
}

/** No active staff has the phone or the mail [public: contacts/add-staffs.md]. */
const contactFree: CreateRule = ({ namesakes, addition }) => {
  const other = namesakes.find(({ employee }) => isActive(employee));
  return other === undefined ? null : taken(other.field, addition, other.value);
};

/**
 * The `userid` is unused in every corporation of the installation (hose-more 6, row 2). It is ignored where the phone is
 * registered, and may belong to the same person, who has the phone or the mail.
 */
const userFree: CreateRule = (facts) => {
  const { newcomer, registeredPhone, accountNamed, returning, addition } = facts;
  const { userid } = newcomer;
  if (userid === undefined || registeredPhone !== undefined) return null;
  const holders = facts.namedAlike.filter(({ employee }) => employee !== returning);
  const isNobodys = holders.length === 0 && (accountNamed === undefined || returning !== undefined);
  if (isNobodys || personNamed(facts) !== undefined) return null;
  if (addition === 'batch') return taken('userid', addition, userid);
  return holders.some(({ employee, tenantInUse }) => tenantInUse && isActive(employee))
    ? { field: 'userid', problem: { kind: 'taken', subject: 'userid' } }
    : { field: 'userid', problem: { kind: 'taken', subject: 'account.id', value: userid } };
};

/** The account of the one whose id was sent, where phone or mail say that it is the same person. */
export function personNamed({
  namedAlike,
  accountNamed,
  persons,
  phone,
  request,
}: Pick<CreateFacts, 'namedAlike' | 'accountNamed' | 'persons' | 'phone' | 'request'>):
  | AccountWithMemberships
  | undefined {
  const mobile = phone === undefined || phone === null ? null : e164(phone);
  const email = request.email === undefined ? null : normalizeEmail(request.email);
  const accounts = [...namedAlike.map(({ employee }) => persons.accountOf(employee)), accountNamed];
  return accounts.find((account) => account !== undefined && isSamePerson(account, mobile, email));
}

function taken(field: string, addition: Addition, value: string): Refusal {
  return { field, problem: { kind: 'taken', subject: addition === 'batch' ? 'newcomers' : 'newcomer', value } };
}

/** What is asked of an addition, in the order of an update's checks, and of people last [proposed]. */
export const CREATE_RULES: readonly CreateRule[] = [
  ({ request }) => nameGiven(request),
  phoneWritten,
  emailNotEmpty,
  emailWritten,
  loginsShort,
  phoneGiven,
  contactGiven,
  departmentsGiven,
  departmentsExist,
  formFieldsKnown,
  formValuesKnown,
  contactFree,
  userFree,
];
