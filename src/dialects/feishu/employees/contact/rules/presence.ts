import type { Refusal } from '../../../protocol/errors.ts';
import type { UserProblem } from '../errors.ts';
import { contactPresent, mobileKept } from '../../rules/policy.ts';
import type { UserFacts, UserRule } from '../facts.ts';

/* What must be there, before any of it is looked at. [contract feishu-contact.md 2.6, 2.7, 9.2] */

type Missing = Extract<UserProblem, { kind: 'missing' }>['subject'];

function missing(field: string, subject: Missing): Refusal<UserProblem> {
  return { problem: { kind: 'missing', subject }, fields: [field] };
}

/** 41006 of create, 40016 of put */
export const nameGiven: UserRule = ({ body, write }) =>
  write !== 'patch' && body.name === undefined ? missing('name', 'name') : null;

/** 41040 */
export const nameFilled: UserRule = ({ body }) =>
  body.name === '' ? { problem: { kind: 'invalid', subject: 'name.empty' }, fields: ['name'] } : null;

/** A malformed mobile counts as one: a later rule refuses it. */
function hasMobile({ given, after }: UserFacts): boolean {
  return given.mobile === undefined ? after.mobile !== null : given.mobile.phone !== null;
}

function hasEmail({ given, after }: UserFacts): boolean {
  return (given.email ?? after.email ?? '') !== '';
}

/** 41009 */
export const someContactGiven: UserRule = (facts) => {
  if (facts.write === 'patch') return contactPresent(facts);
  return hasMobile(facts) || hasEmail(facts) ? null : missing('mobile', 'contact');
};

/** In a mainland company only; outside China a mail is enough. 41010 */
export const mobilePresent: UserRule = (facts) => {
  const { settings, write } = facts;
  if (settings.brand === 'lark') return null;
  if (write === 'patch') return mobileKept(facts);
  return !settings.mobile_required || hasMobile(facts) ? null : missing('mobile', 'mobile');
};

/** 41041 */
export const departmentsGiven: UserRule = ({ body, write }) =>
  write !== 'patch' && body.department_ids === undefined ? missing('department_ids', 'departments.assigned') : null;

/** 41059 of create, 41015 of put */
export const employeeTypeGiven: UserRule = ({ body, write }) =>
  write !== 'patch' && body.employee_type === undefined ? missing('employee_type', 'employmentType') : null;

/** 44002 */
export const ordersWithDepartments: UserRule = ({ body, write }) =>
  write === 'patch' && (body.orders?.length ?? 0) > 0 && body.department_ids === undefined
    ? missing('department_ids', 'departments.ordered')
    : null;
