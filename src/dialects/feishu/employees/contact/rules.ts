import type { Refusal } from '../../protocol/errors.ts';
import { billingSeatsAvailable, departmentsHaveCapacity, seatsLeft } from '../capacity-rules.ts';
import {
  emailWellFormed,
  enterpriseEmailShort,
  enterpriseEmailWellFormed,
  mobileWellFormed,
  nameNotSensitive,
} from '../rules/format.ts';
import {
  departmentsInScope,
  domainAvailable,
  emailBesideForeignMobile,
  mobileDomestic,
  mobileUnverified,
  singleDepartment,
} from '../rules/policy.ts';
import { employeeTypeKnown, geoActivated, geoKnown, imageKeysKnown } from '../rules/references.ts';
import { founderUnfrozen } from '../rules/status.ts';
import {
  emailUnique,
  employeeIdUnique,
  enterpriseEmailNotRecycled,
  enterpriseEmailUnique,
  jobNumberUnique,
  mobileUnique,
} from '../rules/uniqueness.ts';
import type { UserProblem } from './errors.ts';
import type { UserFacts, UserRule } from './facts.ts';
import {
  departmentsFilled,
  departmentsWithin,
  genderKnown,
  joinTimeValid,
  nicknameShort,
  ordersOfDepartments,
  parametersSensible,
  titleShort,
  userEnglishNameShort,
  userIdShort,
  userIdUnspaced,
  userNameShort,
} from './rules/format.ts';
import {
  accountsAgree,
  certifiedForOneMore,
  contactSeatFree,
  createdSlowly,
  enterpriseEmailNobodysWorkMail,
  leadersLoopless,
  mobileNotMainland,
  primaryFirst,
} from './rules/policy.ts';
import {
  departmentsGiven,
  employeeTypeGiven,
  mobilePresent,
  nameFilled,
  nameGiven,
  ordersWithDepartments,
  someContactGiven,
} from './rules/presence.ts';
import {
  attributesValid,
  departmentsUsable,
  employeeTypeNamed,
  employeeTypeUsable,
  jobFamilyUsable,
  jobLevelUsable,
  leaderNotOneself,
  leadersValid,
  userGeoWritable,
  userSeatsGiven,
  userSeatsValid,
  userSeatsWritable,
} from './rules/references.ts';
import {
  departedKept,
  fieldsPermitted,
  joinedFirst,
  movedSlowly,
  sourceOpen,
  userReached,
  workspaceKept,
} from './rules/standing.ts';

/** Whether the person may be written at all: of patch and put alone. */
const STANDING: readonly UserRule[] = [
  userReached,
  fieldsPermitted,
  sourceOpen,
  departedKept,
  workspaceKept,
  joinedFirst,
  founderUnfrozen,
  movedSlowly,
];

/** Everything the contact API demands of a write, in the order in which it answers. [contract feishu-contact.md 9.2] */
const RULES: readonly UserRule[] = [
  // presence
  nameGiven,
  nameFilled,
  someContactGiven,
  mobilePresent,
  departmentsGiven,
  employeeTypeGiven,
  ordersWithDepartments,
  // format and limits
  userNameShort,
  userEnglishNameShort,
  nicknameShort,
  nameNotSensitive,
  mobileWellFormed,
  userIdUnspaced,
  userIdShort,
  emailWellFormed,
  enterpriseEmailShort,
  enterpriseEmailWellFormed,
  genderKnown,
  joinTimeValid,
  titleShort,
  parametersSensible,
  departmentsFilled,
  departmentsWithin,
  ordersOfDepartments,
  // references
  departmentsUsable,
  leaderNotOneself,
  leadersValid,
  employeeTypeNamed,
  employeeTypeKnown,
  employeeTypeUsable,
  jobLevelUsable,
  jobFamilyUsable,
  imageKeysKnown,
  attributesValid,
  userGeoWritable,
  geoActivated,
  geoKnown,
  userSeatsWritable,
  userSeatsGiven,
  userSeatsValid,
  // range
  departmentsInScope,
  // policy
  mobileNotMainland,
  mobileDomestic,
  emailBesideForeignMobile,
  mobileUnverified,
  domainAvailable,
  primaryFirst,
  singleDepartment,
  leadersLoopless,
  // uniqueness
  mobileUnique,
  employeeIdUnique,
  emailUnique,
  accountsAgree,
  enterpriseEmailNotRecycled,
  enterpriseEmailUnique,
  enterpriseEmailNobodysWorkMail,
  jobNumberUnique,
  // capacity
  departmentsHaveCapacity,
  seatsLeft,
  certifiedForOneMore,
  billingSeatsAvailable,
  contactSeatFree,
  createdSlowly,
];

/** The first demand that is not met. */
export function firstUserRefusal(facts: UserFacts): Refusal<UserProblem> | null {
  for (const rule of facts.write === 'create' ? RULES : [...STANDING, ...RULES]) {
    const refusal = rule(facts);
    if (refusal !== null) return refusal;
  }
  return null;
}
