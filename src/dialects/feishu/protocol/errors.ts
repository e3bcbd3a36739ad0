import type { Problem } from '../../../directory/errors.ts';
import { keyOf, type Answers, type ProblemIn } from '../../answers.ts';
import {
  DEPARTMENT_CODES as D,
  EMPLOYEE_CODES as E,
  GENERIC_CODES as G,
  LIFECYCLE_CODES as L,
  withIds,
  type Code,
} from './codes.ts';

/** Why a rule refuses, and which fields of the request, as the caller writes them. */
export interface Refusal<Known extends Problem = EmployeeProblem> {
  readonly problem: Known;
  readonly fields: readonly string[];
}

/** Returns a function that makes the refusal of one field whose path begins with the prefix. */
export function refuseUnder<Known extends Problem = EmployeeProblem>(
  prefix: string,
): (field: string, problem: Known) => Refusal<Known> {
  return (field, problem) => ({ problem, fields: [prefix + field] });
}

/** Every problem of the rules of employees, by kind and subject. [contract 1.4, 2.7] */
const ANSWERS = {
  'invalid mobile': E.mobileInvalid,
  'invalid email': E.emailInvalid,
  'invalid enterpriseEmail': E.enterpriseEmailInvalid,
  'invalid employee_id': E.employeeIdInvalid,
  'invalid extensionNumber': E.extensionInvalid,
  'invalid joinDate': E.joinDateInvalid,
  'invalid resignDate': E.resignDateInvalid,
  'invalid resignReason': E.resignReasonInvalid,
  'invalid resignType': E.resignTypeInvalid,
  'invalid dottedLeaders': E.dottedLeaderInvalid,
  'invalid custom': E.customFieldInvalid,
  'invalid name': E.nameSensitive,
  'invalid mainDepartment': E.mainDepartmentNotFirst,
  'invalid subscriptionIds': E.seatsInvalid,
  'invalid body': G.badRequest,
  'invalid request': G.fieldsInvalid,
  'too-long name': E.nameTooLong,
  'too-long name.en-US': E.englishNameTooLong,
  'too-long alias': E.aliasTooLong,
  'too-long mobile': E.mobileInvalid,
  'too-long email': E.emailInvalid,
  'too-long enterpriseEmail': E.enterpriseEmailTooLong,
  'too-long extensionNumber': E.extensionTooLong,
  'too-long dottedLeaders': E.dottedLeadersTooMany,
  'too-long departments': E.departmentsTooMany,
  'too-long creations': L.createdTooFast,
  'too-long return.members': L.returnDepartmentFull,
  'too-long return.certifiedSeats': L.returnCertifiedSeats,
  'too-long return.billingSeats': L.returnBillingSeats,
  'too-long return.tenantMembers': L.returnTenantLimit,
  'too-long return.contactSeats': L.returnContactSeats,
  'too-long departments.members': E.departmentFull,
  'too-long seats': E.seatsInsufficient,
  'too-long certified_seat_limit': E.certifiedSeatsExceeded,
  'too-long billing_seat_limit': E.billingSeatsExceeded,
  'missing contact': E.contactMissing,
  'missing mobile': E.mobileRequired,
  'missing email': E.emailRequired,
  'missing departments': E.departmentsEmpty,
  'missing subscriptionIds': E.seatsEmpty,
  'taken mobile': E.mobileTaken,
  'taken email': E.emailTaken,
  'taken enterpriseEmail': E.enterpriseEmailTaken,
  'taken recycledMail': E.enterpriseEmailRecycled,
  'taken jobNumber': E.jobNumberTaken,
  'taken extensionNumber': E.extensionTaken,
  'taken employee_id': E.employeeIdTaken,
  'taken return': L.returnDuplicated,
  'unknown departments': E.departmentUnknown,
  'unknown workCountry': E.workCountryInvalid,
  'unknown workPlace': E.workPlaceUnknown,
  'unknown employmentType': E.employeeTypeUnknown,
  'unknown jobTitle': E.jobTitleInvalid,
  'unknown mailDomain': E.enterpriseDomainUnavailable,
  'unknown geoName': E.geoUnknown,
  'unknown open_id': G.openIdUnknown,
  'unknown union_id': G.unionIdUnknown,
  'unknown employee_id': G.employeeIdUnknown,
  'disabled departments': E.departmentDisabled,
  'disabled workCountry': E.workCountryInvalid,
  'disabled workPlace': E.workPlaceUnknown,
  'disabled employmentType': E.employeeTypeInactive,
  'disabled jobTitle': E.jobTitleInvalid,
  'disabled custom': E.customFieldInvalid,
  'disabled geoName': E.geoNotActivated,
  'locked mobile': E.mobileVerified,
  'locked frozen': E.founderFrozen,
  'locked resignation': E.resignationLocked,
  'locked founder': L.founderDeleted,
  'locked resurrected': L.deletedTooSoon,
  'locked status': L.statusNotUpdated,
  'locked leaving': L.leavingInProcess,
  'locked joining': L.joinRefused,
  'forbidden tenant': E.operationForbidden,
  'forbidden employee': E.recordForbidden,
  'forbidden dependent': E.dependentForbidden,
  'forbidden mobile': E.mobileForeign,
  'forbidden geoName': E.geoForbidden,
  'forbidden subscriptionIds': E.seatsForbidden,
  'forbidden return': L.returnNotAllowed,
  'forbidden return.plan': L.planTooLow,
  'forbidden open_id': G.openIdOfOtherApp,
  'forbidden union_id': G.unionIdOfOtherTenant,
  'forbidden union_id.kind': G.userIdOfOtherTenant,
  'loop leader': E.leaderLoop,
  'loop dottedLeaders': E.dottedLeaderLoop,
  'left employee': E.recordForbidden,
  // These have no code of their own: 2220001 with the field named. [derived, contract 1.4]
  'invalid rank': G.paramInvalid,
  'invalid rankAmongOwn': G.paramInvalid,
  'invalid departments.repeated': G.paramInvalid,
  'invalid avatarKey': G.paramInvalid,
  'invalid backgroundImageKey': G.paramInvalid,
  'too-long contact_seat_limit': G.paramInvalid,
  'unknown receiver': G.paramInvalid,
  'unknown avatarKey': G.paramInvalid,
  'unknown backgroundImageKey': G.paramInvalid,
  'unknown jobLevel': G.paramInvalid,
  'unknown jobFamily': G.paramInvalid,
  'disabled jobLevel': G.paramInvalid,
  'disabled jobFamily': G.paramInvalid,
  'left leader': G.paramInvalid,
  'left receiver': G.paramInvalid,
} satisfies Answers<Code>;

/** A problem that has a row above: the compiler finds a subject that has none. */
export type EmployeeProblem = ProblemIn<typeof ANSWERS>;

/** Returns the platform's code for a problem. */
export function answerTo(problem: EmployeeProblem): Code {
  const code: Code = ANSWERS[keyOf(problem)];
  return problem.kind === 'unknown' && code.msg.endsWith(': ') ? withIds(code, [problem.value]) : code;
}

/** Codes that do not say by themselves which field is meant. */
const VAGUE: ReadonlySet<number> = new Set([G.paramInvalid.code, D.requestInvalid.code]);

/** Returns whether the answer names the fields, because its code does not say which one is meant. */
export function namesFields({ problem }: Refusal<Problem>, { code }: Code): boolean {
  return problem.kind === 'left' || VAGUE.has(code);
}
