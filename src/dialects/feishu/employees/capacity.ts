import type { ChangedFields } from '../../../directory/history/change.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { load, loadAll, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { FeishuEmployee } from '../model/employee-extension.ts';
import { SPACE } from '../model/ids.ts';
import { settingsOf, type Settings } from '../model/settings.ts';

/** What a write adds to the numbers that a company limits. */
export interface AddedToCompany {
  /** Own ids of the departments that the employee joins. */
  readonly departments: readonly string[];
  /** Subscriptions of which the employee takes a seat. */
  readonly subscriptions: readonly string[];
  /** Whether the company has one employee more afterwards: on create and on return. */
  readonly isNewPerson: boolean;
}

/** What is full, and how many employees the company has with this write. */
export interface Capacity {
  /** Own ids of departments joined that have no place left. */
  readonly fullDepartments: readonly string[];
  /** Seats of the first subscription taken that has none left; null where there is none. */
  readonly exhaustedSeats: number | null;
  /** At most how many are in service after the write, and exactly so where that is over a limit; null where no limit asks for them. */
  readonly people: number | null;
}

/** Nothing was counted, because no limit can be affected. */
export const NOT_COUNTED: Capacity = { fullDepartments: [], exhaustedSeats: null, people: null };

const SUBSCRIPTIONS = 'extensions.feishu.subscriptionIds';

/** Returns whether an update that changes these fields can meet a limit; nothing is counted for the others. */
export function canMeetLimit({ certified_seat_limit, billing_seat_limit }: Settings, fields: ChangedFields): boolean {
  return (
    certified_seat_limit !== null || billing_seat_limit !== null || 'departments' in fields || SUBSCRIPTIONS in fields
  );
}

/** Returns what a write adds. A new person joins all departments, also those that an old record still names. */
export function addedBy(
  { before, after, extensionBefore, extensionAfter }: Changed,
  isNewPerson: boolean,
): AddedToCompany {
  if (isNewPerson) {
    const departments = after.departments.map(({ department }) => department);
    return { departments, subscriptions: extensionAfter.subscriptionIds, isNewPerson };
  }
  return {
    departments: departmentsJoined({ before, after }),
    subscriptions: extensionAfter.subscriptionIds.filter((id) => !extensionBefore.subscriptionIds.includes(id)),
    isNewPerson,
  };
}

interface Changed {
  readonly before: Employee;
  readonly after: Employee;
  readonly extensionBefore: FeishuEmployee;
  readonly extensionAfter: FeishuEmployee;
}

/** Returns the departments that the employee joins. */
export function departmentsJoined({ before, after }: Pick<Changed, 'before' | 'after'>): readonly string[] {
  return after.departments
    .map(({ department }) => department)
    .filter((department) => !before.departments.some((membership) => membership.department === department));
}

/** Counts what the limits of the company are about, no further than each limit. */
export function* loadCapacity(
  tenant: Tenant,
  { departments, subscriptions, isNewPerson }: AddedToCompany,
): StoreTask<Capacity> {
  const settings = settingsOf(tenant);
  const { number } = tenant;
  const mostMembers = settings.department_member_limit;
  // A subscription without a number of seats is never full. [derived]
  const limited = settings.subscriptions.flatMap(({ subscription_id: id, total_seats: seats }) =>
    seats !== undefined && subscriptions.includes(id) ? [{ id, seats }] : [],
  );
  const counts = yield* loadAll('count-by', [
    ...departments.map((value) => ({ tenant: number, space: 'department', value, upTo: mostMembers }) as const),
    ...limited.map(
      ({ id, seats }) => ({ tenant: number, space: `id:${SPACE.seat(id)}`, value: id, upTo: seats }) as const,
    ),
  ]);
  const exhausted = limited.find(({ seats }, index) => (counts[departments.length + index] ?? 0) >= seats);
  return {
    fullDepartments: departments.filter((_id, index) => (counts[index] ?? 0) >= mostMembers),
    exhaustedSeats: exhausted?.seats ?? null,
    people: yield* loadPeople(tenant, settings, isNewPerson ? 1 : 0),
  };
}

/**
 * Those in service, whatever department they are in. The count of all who have not left is there at once, and never less:
 * only where it is over a limit are the ones to come, who take no seat yet, counted and left out. [contract 3.9]
 */
function* loadPeople({ number: tenant }: Tenant, settings: Settings, added: 0 | 1): StoreTask<number | null> {
  const limits = [
    settings.certified_seat_limit,
    settings.billing_seat_limit,
    settings.tenant_member_limit,
    settings.contact_seat_limit,
  ].filter((limit) => limit !== null);
  if (limits.length === 0) return null;
  const current = (yield* load('headcount', { tenant })) + added;
  if (current <= Math.min(...limits)) return current;
  return current - (yield* load('to-come', { tenant, space: `id:${SPACE.uid}` }));
}
