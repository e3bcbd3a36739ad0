import type { Refusal } from '../protocol/errors.ts';
import type { Rule } from './facts.ts';

function departmentsWithin(subject: 'departments.members' | 'return.members'): Rule {
  return ({ capacity: { fullDepartments }, settings: { department_member_limit: limit } }) =>
    fullDepartments.length === 0
      ? null
      : { problem: { kind: 'too-long', subject, limit }, fields: ['employee.employee_order_in_departments'] };
}

/** A department that is joined has a place left; an employee who is in it already stays. [seed] 2221125 */
export const departmentsHaveCapacity = departmentsWithin('departments.members');

/** Of a subscription that is taken a seat is left; an employee who has one already keeps it. [seed] 2221253 */
export const seatsLeft: Rule = ({ capacity: { exhaustedSeats: limit } }) =>
  limit === null
    ? null
    : { problem: { kind: 'too-long', subject: 'seats', limit }, fields: ['options.subscription_ids'] };

type PeopleLimit = 'certified_seat_limit' | 'billing_seat_limit' | 'tenant_member_limit' | 'contact_seat_limit';
type TooMany = Extract<Refusal['problem'], { kind: 'too-long' }>['subject'];

/**
 * The company has no more people in service afterwards than the limit. An update adds none, so it is refused only in a company over
 * the limit already, whatever it changes [derived, after contact code 44052]; on create and return one more counts
 * [derived, contract 3.9 and 4.3]. Frozen employees count [public: suspend]; expected ones are not in service yet.
 */
function peopleWithin(setting: PeopleLimit, subject: TooMany): Rule {
  return ({ capacity: { people }, settings }) => {
    const limit = settings[setting];
    return people === null || limit === null || people <= limit
      ? null
      : { problem: { kind: 'too-long', subject, limit }, fields: [] };
  };
}

/** [seed] 2221111 */
export const certifiedSeatsAvailable = peopleWithin('certified_seat_limit', 'certified_seat_limit');

/** [seed] 2221112 */
export const billingSeatsAvailable = peopleWithin('billing_seat_limit', 'billing_seat_limit');

/** The contact API has a limit of its own. 44023 */
export const contactSeatsAvailable = peopleWithin('contact_seat_limit', 'contact_seat_limit');

/** 2221140, 2221253, 2221273, 2221271, 2221272, 2221274 [public: dir/employee/resurrect]; in the order of contract 2.8 [derived] */
export const RESURRECT_CAPACITY_RULES: readonly Rule[] = [
  departmentsWithin('return.members'),
  seatsLeft,
  peopleWithin('certified_seat_limit', 'return.certifiedSeats'),
  peopleWithin('billing_seat_limit', 'return.billingSeats'),
  peopleWithin('tenant_member_limit', 'return.tenantMembers'),
  peopleWithin('contact_seat_limit', 'return.contactSeats'),
];
