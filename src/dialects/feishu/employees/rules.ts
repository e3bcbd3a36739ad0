import type { Refusal } from '../protocol/errors.ts';
import type { Facts, Rule } from './facts.ts';
import {
  departmentsHaveCapacity,
  billingSeatsAvailable,
  certifiedSeatsAvailable,
  seatsLeft,
} from './rules/capacity.ts';
import {
  aliasShort,
  dottedLeadersFew,
  emailWellFormed,
  employeeIdWellFormed,
  englishNameShort,
  enterpriseEmailShort,
  enterpriseEmailWellFormed,
  extensionShort,
  extensionWellFormed,
  joinDateValid,
  mobileWellFormed,
  nameNotSensitive,
  nameShort,
  departmentsNamed,
  resignDateValid,
  resignReasonKnown,
  resignTypeKnown,
  weightsWellFormed,
} from './rules/format.ts';
import {
  customFieldsValid,
  departmentsDistinct,
  departmentsEnabled,
  departmentsKnown,
  dottedLeadersValid,
  employeeTypeActive,
  employeeTypeKnown,
  geoActivated,
  geoKnown,
  geoWritable,
  imageKeysKnown,
  jobFamilyValid,
  jobLevelValid,
  jobTitleValid,
  leaderInService,
  leaderKnown,
  seatsGiven,
  seatsValid,
  seatsWritable,
  workCountryValid,
  workPlaceValid,
} from './rules/references.ts';
import {
  contactPresent,
  departmentsInScope,
  domainAvailable,
  dottedLeadersLoopless,
  emailBesideForeignMobile,
  leaderLoopless,
  leadersReached,
  mainDepartmentFirst,
  mobileDomestic,
  mobileKept,
  mobileUnverified,
  resignationMatching,
  singleDepartment,
} from './rules/policy.ts';
import {
  departedFieldsKept,
  employeeReached,
  founderUnfrozen,
  resignationOfLeaving,
  sourceUnlocked,
  workspaceNotExited,
} from './rules/status.ts';
import {
  emailUnique,
  employeeIdUnique,
  enterpriseEmailNotRecycled,
  enterpriseEmailUnique,
  extensionUnique,
  jobNumberUnique,
  mobileUnique,
} from './rules/uniqueness.ts';

/** Everything the platform demands of an update, in the order in which it answers. [derived, contract 2.8] */
export const RULES: readonly Rule[] = [
  // S7 record; an unknown id is answered before facts are gathered
  employeeReached,
  workspaceNotExited,
  sourceUnlocked,
  // S8 status
  departedFieldsKept,
  resignationOfLeaving,
  founderUnfrozen,
  // S9 field format
  nameShort,
  englishNameShort,
  aliasShort,
  nameNotSensitive,
  mobileWellFormed,
  employeeIdWellFormed,
  emailWellFormed,
  enterpriseEmailShort,
  enterpriseEmailWellFormed,
  departmentsNamed,
  dottedLeadersFew,
  extensionShort,
  extensionWellFormed,
  joinDateValid,
  resignDateValid,
  resignReasonKnown,
  resignTypeKnown,
  weightsWellFormed,
  departmentsDistinct,
  // S10 references
  departmentsKnown,
  departmentsEnabled,
  leaderKnown,
  leaderInService,
  dottedLeadersValid,
  workCountryValid,
  workPlaceValid,
  employeeTypeKnown,
  employeeTypeActive,
  jobTitleValid,
  jobLevelValid,
  jobFamilyValid,
  imageKeysKnown,
  customFieldsValid,
  geoWritable,
  geoActivated,
  geoKnown,
  seatsWritable,
  seatsGiven,
  seatsValid,
  // S11 dependent permission
  departmentsInScope,
  leadersReached,
  // S12 policy across fields
  contactPresent,
  mobileKept,
  mobileDomestic,
  emailBesideForeignMobile,
  mobileUnverified,
  domainAvailable,
  mainDepartmentFirst,
  singleDepartment,
  leaderLoopless,
  dottedLeadersLoopless,
  resignationMatching,
  // S13 uniqueness
  mobileUnique,
  employeeIdUnique,
  emailUnique,
  enterpriseEmailNotRecycled,
  enterpriseEmailUnique,
  jobNumberUnique,
  extensionUnique,
  // S14 capacity
  departmentsHaveCapacity,
  seatsLeft,
  certifiedSeatsAvailable,
  billingSeatsAvailable,
];

/** The first demand that is not met. */
export function firstRefusal(facts: Facts, rules: readonly Rule[] = RULES): Refusal | null {
  for (const rule of rules) {
    const refusal = rule(facts);
    if (refusal !== null) return refusal;
  }
  return null;
}
