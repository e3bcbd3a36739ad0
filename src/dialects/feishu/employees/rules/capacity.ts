import { departmentsJoined, newSeats } from '../load-counts.ts';
import type { Rule } from '../facts.ts';

/** A department that is joined has room; whoever is there already stays. [seed] 2221125 */
export const departmentsHaveCapacity: Rule = (facts) => {
  const { counts, settings } = facts;
  if (counts.members.size === 0) return null;
  const limit = settings.department_member_limit;
  return departmentsJoined(facts).every((department) => (counts.members.get(department) ?? 0) < limit)
    ? null
    : {
        problem: { kind: 'too-long', subject: 'departments.members', limit },
        fields: ['employee.employee_order_in_departments'],
      };
};

/** Of a seat that is taken one is left; who has it already keeps it. [seed] 2221253 */
export const seatsLeft: Rule = (facts) => {
  if (facts.counts.seats.size === 0) return null;
  const full = newSeats(facts).find(([subscription, seats]) => (facts.counts.seats.get(subscription) ?? 0) >= seats);
  return full === undefined
    ? null
    : { problem: { kind: 'too-long', subject: 'seats', limit: full[1] }, fields: ['options.subscription_ids'] };
};

/**
 * An update adds nobody, so only a company that is over the limit already is refused, whatever is changed. [derived,
 * after contact code 44052] Frozen employees count [public: suspend], and so do those who are only expected. [derived]
 */
function peopleWithin(setting: 'certified_seat_limit' | 'billing_seat_limit'): Rule {
  return ({ counts: { people }, settings }) => {
    const limit = settings[setting];
    return people === null || limit === null || people <= limit
      ? null
      : { problem: { kind: 'too-long', subject: setting, limit }, fields: [] };
  };
}

/** [seed] 2221111 */
export const certifiedSeatsAvailable = peopleWithin('certified_seat_limit');

/** [seed] 2221112 */
export const billingSeatsAvailable = peopleWithin('billing_seat_limit');
