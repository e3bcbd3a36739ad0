import type { Rule } from '../facts.ts';
import { RULES } from '../rules.ts';
import { dottedLeadersFew, dottedLeadersFewAtFirst } from '../rules/format.ts';
import { contactGiven, mobileGiven, seatsGivenAtFirst } from './create-only-rules.ts';
import { contactPresent, mobileKept } from '../rules/policy.ts';
import { employeeTypeKnown, employeeTypeKnownAtFirst, seatsGiven } from '../rules/references.ts';
import { employeeReached } from '../rules/status.ts';

/** Rules of an update that create replaces; null where create has none. */
const OTHERWISE: ReadonlyMap<Rule, Rule | null> = new Map<Rule, Rule | null>([
  // The employee does not exist yet, so the scope of the departments is checked instead.
  [employeeReached, null],
  [dottedLeadersFew, dottedLeadersFewAtFirst],
  [seatsGiven, seatsGivenAtFirst],
  [employeeTypeKnown, employeeTypeKnownAtFirst],
  [contactPresent, contactGiven],
  [mobileKept, mobileGiven],
]);

/** All rules of a creation, in the order in which the platform answers. */
export const CREATE_RULES: readonly Rule[] = RULES.flatMap((rule) => {
  const other = OTHERWISE.get(rule);
  return other === undefined ? [rule] : (other ?? []);
});
