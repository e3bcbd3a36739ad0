import type { Rule } from '../facts.ts';
import { RULES } from '../rules.ts';
import { dottedLeadersFew, dottedLeadersFewAtFirst } from '../rules/format.ts';
import { contactGiven, mobileGiven, seatsGivenAtFirst } from './create-only-rules.ts';
import { contactPresent, mobileKept } from '../rules/policy.ts';
import { seatsGiven } from '../rules/references.ts';
import { employeeReached } from '../rules/status.ts';

/** What is demanded otherwise of somebody who is created than of an update; null where nothing is. */
const OTHERWISE: ReadonlyMap<Rule, Rule | null> = new Map<Rule, Rule | null>([
  // Nobody is there yet to be in scope; the departments are looked at.
  [employeeReached, null],
  [dottedLeadersFew, dottedLeadersFewAtFirst],
  [seatsGiven, seatsGivenAtFirst],
  [contactPresent, contactGiven],
  [mobileKept, mobileGiven],
]);

/** Everything the platform demands of somebody who is created, in the order in which it answers. */
export const CREATE_RULES: readonly Rule[] = RULES.flatMap((rule) => {
  const other = OTHERWISE.get(rule);
  return other === undefined ? [rule] : (other ?? []);
});
