import type { Problem } from '../../../directory/errors.ts';
import {
  DEPARTMENT_CODES as D,
  EMPLOYEE_CODES as E,
  GENERIC_CODES as G,
  LIFECYCLE_CODES as L,
  withIds,
  type Code,
} from './codes.ts';

/** Why a rule says no, and to which fields of the request, as the caller writes them. */
export interface Refusal {
  readonly problem: Problem;
  readonly fields: readonly string[];
}

/** Returns what words a refusal of one field whose path begins so. */
export function refuseUnder(prefix: string): (field: string, problem: Problem) => Refusal {
  return (field, problem) => ({ problem, fields: [prefix + field] });
}

type Answers = Readonly<Record<string, Code>>;

// By subject. What is not listed has no code of its own and gets 2220001 with the field named. [derived, contract 1.4]
const INVALID: Answers = {
  mobile: E.mobileInvalid,
  email: E.emailInvalid,
  enterpriseEmail: E.enterpriseEmailInvalid,
  employee_id: E.employeeIdInvalid,
  extensionNumber: E.extensionInvalid,
  joinDate: E.joinDateInvalid,
  resignDate: E.resignDateInvalid,
  resignReason: E.resignReasonInvalid,
  resignType: E.resignTypeInvalid,
  dottedLeaders: E.dottedLeaderInvalid,
  custom: E.customFieldInvalid,
  name: E.nameSensitive,
  mainDepartment: E.mainDepartmentNotFirst,
  subscriptionIds: E.seatsInvalid,
  body: G.badRequest,
  request: G.fieldsInvalid,
};
const TOO_LONG: Answers = {
  name: E.nameTooLong,
  'name.en-US': E.englishNameTooLong,
  alias: E.aliasTooLong,
  mobile: E.mobileInvalid,
  email: E.emailInvalid,
  enterpriseEmail: E.enterpriseEmailTooLong,
  extensionNumber: E.extensionTooLong,
  dottedLeaders: E.dottedLeadersTooMany,
  departments: E.departmentsTooMany,
  creations: L.createdTooFast,
  'return.members': L.returnDepartmentFull,
  'return.certifiedSeats': L.returnCertifiedSeats,
  'return.billingSeats': L.returnBillingSeats,
  'return.tenantMembers': L.returnTenantLimit,
  'return.contactSeats': L.returnContactSeats,
  'departments.members': E.departmentFull,
  seats: E.seatsInsufficient,
  certified_seat_limit: E.certifiedSeatsExceeded,
  billing_seat_limit: E.billingSeatsExceeded,
};
const MISSING: Answers = {
  contact: E.contactMissing,
  mobile: E.mobileRequired,
  email: E.emailRequired,
  departments: E.departmentsEmpty,
  subscriptionIds: E.seatsEmpty,
};
const TAKEN: Answers = {
  mobile: E.mobileTaken,
  email: E.emailTaken,
  enterpriseEmail: E.enterpriseEmailTaken,
  recycledMail: E.enterpriseEmailRecycled,
  jobNumber: E.jobNumberTaken,
  extensionNumber: E.extensionTaken,
  employee_id: E.employeeIdTaken,
  return: L.returnDuplicated,
};
const UNKNOWN: Answers = {
  departments: E.departmentUnknown,
  workCountry: E.workCountryInvalid,
  workPlace: E.workPlaceUnknown,
  employmentType: E.employeeTypeUnknown,
  jobTitle: E.jobTitleInvalid,
  mailDomain: E.enterpriseDomainUnavailable,
  geoName: E.geoUnknown,
  open_id: G.openIdUnknown,
  union_id: G.unionIdUnknown,
  employee_id: G.employeeIdUnknown,
};
const DISABLED: Answers = {
  departments: E.departmentDisabled,
  workCountry: E.workCountryInvalid,
  workPlace: E.workPlaceUnknown,
  employmentType: E.employeeTypeInactive,
  jobTitle: E.jobTitleInvalid,
  custom: E.customFieldInvalid,
  geoName: E.geoNotActivated,
};
const LOCKED: Answers = {
  mobile: E.mobileVerified,
  frozen: E.founderFrozen,
  resignation: E.resignationLocked,
  founder: L.founderDeleted,
  resurrected: L.deletedTooSoon,
  status: L.statusNotUpdated,
  leaving: L.leavingInProcess,
  joining: L.joinRefused,
};
const FORBIDDEN: Answers = {
  tenant: E.operationForbidden,
  employee: E.recordForbidden,
  dependent: E.dependentForbidden,
  mobile: E.mobileForeign,
  geoName: E.geoForbidden,
  subscriptionIds: E.seatsForbidden,
  return: L.returnNotAllowed,
  'return.plan': L.planTooLow,
  open_id: G.openIdOfOtherApp,
  union_id: G.unionIdOfOtherTenant,
  'union_id.kind': G.userIdOfOtherTenant,
};

/** How the platform says it. */
export function answerTo(problem: Problem): Code {
  const { subject } = problem;
  switch (problem.kind) {
    case 'invalid':
      return INVALID[subject] ?? G.paramInvalid;
    case 'too-long':
      return TOO_LONG[subject] ?? G.paramInvalid;
    case 'missing':
      return MISSING[subject] ?? G.paramInvalid;
    case 'taken':
      return TAKEN[subject] ?? G.paramInvalid;
    case 'unknown': {
      const code = UNKNOWN[subject] ?? G.paramInvalid;
      return code.msg.endsWith(': ') ? withIds(code, [problem.value]) : code;
    }
    case 'disabled':
      return DISABLED[subject] ?? G.paramInvalid;
    case 'ambiguous':
      return G.paramInvalid;
    case 'loop':
      return problem.subject === 'leader' ? E.leaderLoop : E.dottedLeaderLoop;
    case 'locked':
      return LOCKED[subject] ?? G.paramInvalid;
    case 'forbidden':
      return FORBIDDEN[subject] ?? E.recordForbidden;
    case 'left':
      return subject === 'employee' ? E.recordForbidden : G.paramInvalid;
    default:
      problem satisfies never;
      return G.internal;
  }
}

/** Codes that do not say by themselves which field is meant. */
const VAGUE: ReadonlySet<number> = new Set([G.paramInvalid.code, D.requestInvalid.code]);

/** Returns whether the answer names the fields, because its code does not say which one is meant. */
export function namesFields({ problem }: Refusal, { code }: Code): boolean {
  return problem.kind === 'left' || VAGUE.has(code);
}
