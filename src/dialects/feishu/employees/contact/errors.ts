import { USER_CODES as U } from '../../protocol/contact/user-codes.ts';
import type { UserWrite } from '../../protocol/contact/user-body.ts';
import type { Code } from '../../protocol/codes.ts';
import { keyOf, type Answers, type ProblemIn } from '../../../answers.ts';
import { answerTo, type EmployeeProblem } from '../../protocol/errors.ts';

/** By kind and subject. [contract feishu-contact.md 2.7] */
const ANSWERS = {
  'forbidden employee': U.userForbidden,
  'forbidden fields': U.fieldForbidden,
  'forbidden dependent': U.departmentForbidden,
  'forbidden mobile': U.mobileForeign,
  'forbidden mobile.mainland': U.mobileMainland,
  'forbidden geoName': U.geoForbidden,
  'forbidden subscriptionIds': U.seatsForbidden,
  'left employee': U.userResigned,
  'left leader': U.leaderResigned,
  'locked source': U.sourceLocked,
  'locked exited': U.userExited,
  'locked unjoined': U.userUnjoined,
  'locked frozen': U.founderFrozen,
  'locked rate': U.updateLocked,
  'locked mobile': U.mobileVerified,
  'missing name': U.nameMissing,
  'missing contact': U.contactMissing,
  'missing mobile': U.mobileCleared,
  'missing email': U.emailMissing,
  'missing departments': U.departmentUnknown,
  'missing departments.assigned': U.departmentsMissing,
  'missing departments.ordered': U.ordersAlone,
  'missing employmentType': U.employeeTypeMissing,
  'missing avatarKey': U.avatarEmpty,
  'missing subscriptionIds': U.seatsEmpty,
  'missing custom.id': U.attributeUnset,
  'missing custom.value': U.attributeValueUnset,
  'missing custom.text': U.attributeTextUnset,
  'missing custom.url': U.attributeUrlUnset,
  'unknown custom.id': U.attributeUnknown,
  'invalid name.empty': U.nameEmpty,
  'invalid name': U.nameSensitive,
  'too-long name': U.nameTooLong,
  'too-long name.en-US': U.englishNameTooLong,
  'too-long alias': U.nicknameTooLong,
  'invalid mobile': U.mobileInvalid,
  'invalid user_id': U.userIdInvalid,
  'too-long user_id': U.userIdTooLong,
  'invalid email': U.emailInvalid,
  'too-long enterpriseEmail': U.enterpriseEmailTooLong,
  'invalid enterpriseEmail': U.enterpriseEmailInvalid,
  'invalid gender': U.genderInvalid,
  'invalid joinTime': U.joinTimeInvalid,
  'too-long jobTitle': U.titleTooLong,
  'invalid param': U.paramInvalid,
  'too-long departments.count': U.departmentsTooMany,
  'invalid orders': U.ordersInvalid,
  'unknown departments': U.departmentUnknown,
  'disabled departments': U.departmentUnknown,
  'loop leader': U.leaderSelf,
  'invalid leader': U.leaderInvalid,
  'unknown employmentType': U.employeeTypeInvalid,
  'disabled employmentType': U.employeeTypeInactive,
  'unknown jobLevel': U.jobLevelInvalid,
  'disabled jobLevel': U.jobLevelInvalid,
  'unknown jobFamily': U.jobFamilyInvalid,
  'disabled jobFamily': U.jobFamilyInvalid,
  'unknown avatarKey': U.avatarInvalid,
  'invalid avatarKey': U.avatarInvalid,
  'disabled geoName': U.geoClosed,
  'unknown geoName': U.geoUnknown,
  'invalid subscriptionIds': U.seatsInvalid,
  'unknown mailDomain': U.domainUnavailable,
  'invalid mainDepartment': U.primaryNotFirst,
  'too-long departments': U.departmentsSingle,
  'taken mobile': U.mobileTaken,
  'taken employee_id': U.userIdTaken,
  'taken email': U.emailTaken,
  'taken account': U.accountConflict,
  'taken recycledMail': U.enterpriseEmailRecycled,
  'taken enterpriseEmail': U.enterpriseEmailTaken,
  'taken workMail': U.enterpriseEmailElsewhere,
  'taken jobNumber': U.jobNumberTaken,
  'too-long departments.members': U.departmentFull,
  'too-long seats': U.seatsExceeded,
  'too-long certified_seat_limit': U.certifiedSeats,
  'too-long billing_seat_limit': U.billingSeats,
  'too-long contact_seat_limit': U.contactSeats,
  'too-long creations': U.createdTooFast,
} satisfies Answers<Code>;

type OwnProblem = ProblemIn<typeof ANSWERS>;
/** A problem of create, patch and put of a user: one of their own, or one of employees. */
export type UserProblem = OwnProblem | EmployeeProblem;

/** Codes of one of the writes that differ from those of the others. */
const OTHERWISE: Readonly<Record<UserWrite, Readonly<Partial<Record<keyof typeof ANSWERS, Code>>>>> = {
  create: { 'missing mobile': U.mobileMissing, 'missing employmentType': U.employeeTypeInvalid },
  patch: {
    'missing departments': U.departmentNone,
    'unknown departments': U.departmentNone,
    'disabled departments': U.departmentNone,
    'too-long billing_seat_limit': U.planExpired,
    'forbidden subscriptionIds': U.seatsForbiddenPatch,
  },
  put: {
    'missing name': U.putWithoutName,
    'locked exited': U.userExitedPut,
    'too-long billing_seat_limit': U.planExpired,
  },
};

/** Returns the code of create, patch or put of a user for a problem. */
export function answerToUser(problem: UserProblem, write: UserWrite): Code {
  if (!isOwn(problem)) return answerTo(problem);
  const key = keyOf(problem);
  const code = OTHERWISE[write][key] ?? ANSWERS[key];
  return problem.kind === 'too-long' && NAMES.has(key) ? worded(code, problem.limit) : code;
}

/** Problems whose sentence says how long a name may be, which is less outside China. [contract feishu-contact.md 2.7] */
const NAMES: ReadonlySet<keyof typeof ANSWERS> = new Set(['too-long name', 'too-long name.en-US', 'too-long alias']);

function worded(code: Code, limit: number): Code {
  return { ...code, msg: code.msg.replace(/\d+/, String(limit)) };
}

function isOwn(problem: UserProblem): problem is OwnProblem {
  return Object.hasOwn(ANSWERS, keyOf(problem));
}
