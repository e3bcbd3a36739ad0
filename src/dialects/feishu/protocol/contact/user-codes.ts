import type { Code } from '../codes.ts';
import type { UserWrite } from './user-body.ts';

function refused(code: number, msg: string, status = 400): Code {
  return { status, code, msg };
}

/** What reads of users say. [contract feishu-contact.md 2.7, 9.1] */
export const USER_READ_CODES = {
  paramInvalid: refused(40001, 'param is invalid'),
  departmentForbidden: refused(40004, 'no dept authority error', 403),
  userForbidden: refused(41050, 'no user authority error'),
} as const satisfies Readonly<Record<string, Code>>;

/** What create, patch and put say, double spaces and spellings kept. [contract feishu-contact.md 2.7] */
export const USER_CODES = {
  paramInvalid: refused(40001, 'param error'),
  departmentForbidden: refused(40004, 'no dept authority error', 403),
  putWithoutName: refused(40016, 'name can not be null in updateRequest error'),
  otherRequest: refused(40021, 'no a same request error'),
  mobileTaken: refused(41001, 'mobile has already exist error'),
  emailTaken: refused(41002, 'email has already exist error'),
  accountConflict: refused(41003, 'user account conflict error', 409),
  mobileInvalid: refused(41004, 'mobile is invalid error'),
  emailInvalid: refused(41005, 'email is invalid error'),
  nameMissing: refused(41006, 'no user name error'),
  certifiedSeats: refused(41007, 'exceed uncertain tenant seat limit error'),
  billingSeats: refused(41008, 'exceed bill seat limit error'),
  contactMissing: refused(41009, 'no email or mobile error'),
  mobileMissing: refused(41010, 'no mobile error'),
  mobileCleared: refused(41010, 'mobile can not be null error'),
  userIdTaken: refused(41011, 'userID already exist error'),
  userIdInvalid: refused(41012, 'userID is invalid error'),
  nameSensitive: refused(41014, 'user name sensitive error'),
  employeeTypeMissing: refused(41015, 'employee type can not be null error'),
  departmentFull: refused(41016, 'department has too many users  error'),
  departmentUnknown: refused(41017, 'department not exist error'),
  departmentNone: refused(41017, 'no department error'),
  ordersInvalid: refused(41025, 'order department invalid error'),
  departmentsSingle: refused(41029, 'create or update user multi department error'),
  leaderSelf: refused(41030, 'set leader to oneself error'),
  departmentsTooMany: refused(41033, 'user in too many departments  error'),
  enterpriseEmailTaken: refused(41034, 'Business email is occupied'),
  enterpriseEmailInvalid: refused(41035, 'Business email format is incorrect'),
  avatarInvalid: refused(41036, 'avatar key is invalid error'),
  genderInvalid: refused(41038, 'gender is invalid error'),
  nameEmpty: refused(41040, 'user name is null error'),
  departmentsMissing: refused(41041, 'department id is not assigned  error'),
  joinTimeInvalid: refused(41042, 'join time is invalid error'),
  userIdTooLong: refused(41043, 'employee id is not valid error'),
  attributeUnset: refused(41044, 'Custom attribute is not set error'),
  attributeUnknown: refused(41045, 'Custom attribute id is not exist error'),
  attributeValueUnset: refused(41046, 'Custom attribute value is not set error'),
  attributeTextUnset: refused(41047, 'Custom attribute href text  is null error'),
  attributeUrlUnset: refused(41048, 'Custom attribute href url  is null error'),
  userForbidden: refused(41050, 'no user authority error'),
  fieldForbidden: refused(41056, 'no field authority error', 403),
  employeeTypeInvalid: refused(41059, 'invalid employee type error'),
  employeeTypeInactive: refused(41060, 'inactive employee type error'),
  titleTooLong: refused(41063, 'job_title length exceed 100 character'),
  enterpriseEmailTooLong: refused(41068, 'Number of email aliases exceeds the upper limit'),
  enterpriseEmailRecycled: refused(41069, 'Business email is in the recycle bin'),
  nameTooLong: refused(41070, 'name length exceed 255 character'),
  englishNameTooLong: refused(41071, 'en_name length exceed 255 character'),
  nicknameTooLong: refused(41072, 'nickname length exceed 255 character'),
  primaryNotFirst: refused(41410, 'user primary dept must be the first department in the order'),
  userResigned: refused(42006, 'user has resigned error'),
  domainUnavailable: refused(44001, 'business email domain not available error'),
  ordersAlone: refused(44002, 'update order must update department together'),
  avatarEmpty: refused(44003, 'avatarkey and description cannot be empty when update resigned user'),
  createdTooFast: refused(44009, 'this tenant has been create too many users recently'),
  userUnjoined: refused(44010, 'unJoined user not allow to update'),
  userExited: refused(44011, 'exited user not allow to update'),
  userExitedPut: refused(44011, 'existed user not allow to update'),
  mobileMainland: refused(44018, 'lark not support +86 mobile'),
  mobileForeign: refused(44019, 'feishu only support +86 mobile'),
  emailMissing: refused(44020, 'mobile and email need together exist'),
  leaderResigned: refused(44021, 'leader is resigned'),
  leaderInvalid: refused(44022, 'leaderID is Invalid'),
  contactSeats: refused(44023, 'exceed feature contact seat limit'),
  enterpriseEmailElsewhere: refused(44024, "User enterprise email has already been registered as a member's account"),
  updateLocked: refused(44025, 'update user lock error,wait some seconds and retry'),
  founderFrozen: refused(44036, 'freeze tenant founder is forbidden'),
  geoUnknown: refused(44038, 'req set user geo not find in geo list'),
  mobileVerified: refused(44038, 'this user can not been update by security issues'),
  geoForbidden: refused(44039, 'not set geo name auth'),
  geoClosed: refused(44040, 'tenant not open mg not set geo name'),
  jobLevelInvalid: refused(44044, 'invalid job level id'),
  jobFamilyInvalid: refused(44045, 'invalid job family id'),
  seatsEmpty: refused(44046, 'user license subscription id must not empty in multi-license tenant'),
  seatsExceeded: refused(44047, 'license subscription id exceed limit'),
  seatsInvalid: refused(44048, 'user license subscription id invalid'),
  seatsForbidden: refused(44050, 'no permission for subscriptions', 403),
  seatsForbiddenPatch: refused(44050, 'not set subscription ids auth', 403),
  jobNumberTaken: refused(44051, 'employee_no already existed'),
  planExpired: refused(44052, 'Unable to edit members because your current plan has expired'),
  sourceLocked: refused(44053, 'Unable to edit data from external data sources'),
} as const satisfies Readonly<Record<string, Code>>;

/** The write is done but for a city or title that could not be made: a failure that has an effect. [contract 2.7] */
export function halfWritten(write: UserWrite, isCity: boolean, isTitle: boolean): Code {
  const [verb, first] = write === 'create' ? ['create', 44054] : ['update', 44057];
  const what = isCity && isTitle ? 'city and job title' : isCity ? 'city' : 'job title';
  const number = first + (isCity && isTitle ? 2 : isCity ? 0 : 1);
  return refused(number, `${verb} user success and create ${what} fail`);
}

/** What delete says. [contract feishu-contact.md 2.7, 9.1] */
export const USER_DELETE_CODES = {
  userForbidden: refused(41050, 'no user authority error', 403),
  departmentForbidden: refused(40004, 'no dept authority error', 403),
  founder: refused(44037, 'tenant manager cannot be deleted'),
  lifeCycleOnly: refused(
    44062,
    "According to the settings, this member's account can only be deleted through Member life cycle.",
  ),
  tooSoon: refused(44042, 'User is in resurrect progress, retry later'),
  acceptorInvalid: refused(41052, 'acceptor id is invalid error'),
} as const satisfies Readonly<Record<string, Code>>;

/** What resurrect says. [contract feishu-contact.md 2.7, 9.2] */
export const USER_RESURRECT_CODES = {
  notResigned: refused(44033, 'User not resigned'),
  inProcess: refused(44034, 'User is in delete progress, retry later'),
  tooLate: refused(44028, 'Exceed recoverable time'),
  planTooLow: refused(44041, 'No feature access to resurrect'),
  notAllowed: refused(44029, 'No access to resurrect'),
  mobileTaken: refused(44030, 'Mobile duplicated'),
  emailTaken: refused(44031, 'Email duplicated'),
  userIdTaken: refused(44032, 'UserID duplicated'),
} as const satisfies Readonly<Record<string, Code>>;

/** What update_user_id says. [contract feishu-contact.md 2.6, 2.7] */
export const USER_ID_CODES = {
  missing: refused(41054, 'new user id is required  error'),
  taken: refused(41011, 'userID already exists error'),
  tooOften: refused(41013, 'exceed userID update limit error'),
} as const satisfies Readonly<Record<string, Code>>;
