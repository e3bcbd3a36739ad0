import { normalizeEmail } from '../../../../../directory/lookup.ts';
import { e164 } from '../../../../../directory/employees/phone.ts';
import { isInService } from '../../../../../directory/employees/employee.ts';
import type { Refusal } from '../../../protocol/errors.ts';
import type { UserProblem } from '../errors.ts';
import { certifiedSeatsAvailable, contactSeatsAvailable } from '../../capacity-rules.ts';
import { dottedLeadersLoopless, leaderLoopless } from '../../rules/policy.ts';
import type { UserRule } from '../facts.ts';

/* What the company allows, what only one may have, and how many. [contract feishu-contact.md 2.7, 7.9, 9.1, 9.2] */

function refuse(field: string, problem: UserProblem): Refusal<UserProblem> {
  return { problem, fields: [field] };
}

/** Outside China no mainland number is taken. 44018 */
export const mobileNotMainland: UserRule = ({ settings, after, fields }) =>
  settings.brand === 'lark' && 'mobile' in fields && after.mobile?.country === '86'
    ? refuse('mobile', { kind: 'forbidden', subject: 'mobile.mainland' })
    : null;

/** 41410 */
export const primaryFirst: UserRule = ({ placement }) =>
  placement?.isMisflagged === true ? refuse('orders', { kind: 'invalid', subject: 'mainDepartment' }) : null;

/** 44022, for both codes that the directory API has for loops */
export const leadersLoopless: UserRule = (facts) =>
  leaderLoopless(facts) === null && dottedLeadersLoopless(facts) === null
    ? null
    : refuse('leader_user_id', { kind: 'invalid', subject: 'leader' });

/** Mobile and mail that belong to two accounts of the platform, as the company file says. 41003 */
export const accountsAgree: UserRule = ({ settings, after, fields }) => {
  const { mobile, email } = after;
  if (mobile === null || email === null || !('mobile' in fields || 'email' in fields)) return null;
  const isConflict = settings.account_conflicts.some(
    (pair) => pair.mobile === e164(mobile) && normalizeEmail(pair.email) === normalizeEmail(email),
  );
  return isConflict ? refuse('mobile', { kind: 'taken', subject: 'account' }) : null;
};

/** 44024 */
export const enterpriseEmailNobodysWorkMail: UserRule = ({ workMailHolders, before }) =>
  workMailHolders.some((holder) => holder.id !== before.id && isInService(holder))
    ? refuse('enterprise_email', { kind: 'taken', subject: 'workMail' })
    : null;

/** On create alone. 41007 */
export const certifiedForOneMore: UserRule = (facts) =>
  facts.write === 'create' ? certifiedSeatsAvailable(facts) : null;

/** On create alone. 44023 */
export const contactSeatFree: UserRule = (facts) => (facts.write === 'create' ? contactSeatsAvailable(facts) : null);

/** The creation rate limit. 44009 */
export const createdSlowly: UserRule = ({ write, isTooFast, settings }) =>
  write === 'create' && isTooFast()
    ? { problem: { kind: 'too-long', subject: 'creations', limit: settings.create_burst_limit ?? 0 }, fields: [] }
    : null;
