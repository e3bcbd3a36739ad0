import { firstRefusal } from '../../../rule.ts';
import type { Refusal } from '../../protocol/errors.ts';
import type { RemainingCapacity } from './resurrect-capacity.ts';

/** One demand of who comes back: null when it is met. */
type RoomRule = (room: RemainingCapacity) => Refusal | null;

/** [public: dir/employee/resurrect] 2221140 */
const departmentsRoomy: RoomRule = ({ fullDepartments, settings }) =>
  fullDepartments.length === 0
    ? null
    : {
        problem: { kind: 'too-long', subject: 'return.members', limit: settings.department_member_limit },
        fields: ['employee_order_in_departments'],
      };

/** [seed] 2221253 */
const seatsFree: RoomRule = ({ fullSubscriptions: [full], settings }) => {
  if (full === undefined) return null;
  const { total_seats: limit = 0 } = settings.subscriptions.find((one) => one.subscription_id === full) ?? {};
  return { problem: { kind: 'too-long', subject: 'seats', limit }, fields: ['options.subscription_ids'] };
};

/** One more would be over the limit. [derived, contract 3.9 and 4.3] */
function peopleWithin(
  limitName: 'certified_seat_limit' | 'billing_seat_limit' | 'tenant_member_limit' | 'contact_seat_limit',
  subject: string,
): RoomRule {
  return ({ settings, people }) => {
    const limit = settings[limitName];
    return limit !== null && people + 1 > limit ? { problem: { kind: 'too-long', subject, limit }, fields: [] } : null;
  };
}

/** 2221140, 2221253, 2221273, 2221271, 2221272, 2221274 [public: dir/employee/resurrect]; ordered as contract 2.8 has it [derived] */
const FOR_RETURNERS: readonly RoomRule[] = [
  departmentsRoomy,
  seatsFree,
  peopleWithin('certified_seat_limit', 'return.certifiedSeats'),
  peopleWithin('billing_seat_limit', 'return.billingSeats'),
  peopleWithin('tenant_member_limit', 'return.tenantMembers'),
  peopleWithin('contact_seat_limit', 'return.contactSeats'),
];

/** Why there is no room for somebody who comes back. */
export function resurrectCapacityRefusal(room: RemainingCapacity): Refusal | null {
  return firstRefusal(room, FOR_RETURNERS);
}
