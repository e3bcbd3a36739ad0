import { deepEqual } from '../../../../lib/json-equal.ts';
import type { Department } from '../../../../directory/departments/department.ts';
import type { Employee } from '../../../../directory/employees/employee.ts';
import type { Membership } from '../../../../directory/employees/membership.ts';
import type { OrderGiven } from '../../protocol/contact/user-body.ts';
import { weight } from '../patch.ts';

/** The largest weight. [contract feishu-contact.md 9.1] */
export const MAX_WEIGHT = 2 ** 31 - 1;

/** Where a person will be, the main department first. */
export interface Placement {
  readonly departments: readonly Membership[];
  readonly main: string;
  /** Whether a department that is flagged as the primary one does not sort first (41410). */
  readonly isMisflagged: boolean;
}

/**
 * What `department_ids` and `orders` make of the departments of a person, who stays in some of them. All ids are known
 * and stand there once. [contract feishu-contact.md 2.4, 9.1]
 */
export function placementOf(
  before: Employee,
  given: readonly { readonly id: string; readonly department: Department }[],
  orders: readonly OrderGiven[],
): Placement {
  const old = new Map(before.departments.map((membership) => [membership.department, membership]));
  const wanted =
    orders.length === 0
      ? ranked(given.map(({ department }) => old.get(department.id)))
      : given.map(({ id, department }): Wanted => {
          const order = orders.find((one) => one.department_id === id);
          const stays = old.get(department.id);
          return {
            rank: order?.user_order ?? stays?.rank ?? 0,
            rankAmongOwn: order?.department_order ?? stays?.rankAmongOwn ?? 0,
            isFlagged: order?.is_primary_dept === true,
          };
        });
  const all = given.map(({ department: { id } }, position) => {
    const { rank = 0, rankAmongOwn = 0, isFlagged = false } = wanted[position] ?? {};
    const stays = old.get(id);
    const membership: Membership = {
      department: id,
      rank: weight(rank, stays?.rank),
      rankAmongOwn: weight(rankAmongOwn, stays?.rankAmongOwn),
    };
    return { membership, rankAmongOwn, isFlagged };
  });
  const flagged = all.filter(({ isFlagged }) => isFlagged);
  const most = Math.max(...all.map(({ rankAmongOwn }) => rankAmongOwn));
  const [primary] = flagged.length > 0 ? flagged : all.filter(({ rankAmongOwn }) => rankAmongOwn === most);
  const main = primary?.membership.department ?? '';
  const departments = all
    .toSorted((a, b) => Number(b === primary) - Number(a === primary) || b.rankAmongOwn - a.rankAmongOwn)
    .map(({ membership }) => membership);
  // What a read returned is accepted unchanged, even where another platform put the main department after others.
  if (main === before.mainDepartment && isSame(departments, before.departments) && flagged.length < 2)
    return { departments: before.departments, main, isMisflagged: false };
  const isMisflagged = flagged.length > 1 || (primary !== undefined && primary.rankAmongOwn < most);
  return { departments, main, isMisflagged };
}

interface Wanted {
  readonly rank: number;
  readonly rankAmongOwn: number;
  readonly isFlagged: boolean;
}

/** Without `orders` the first is the primary one: weights fall from the first to the last, and stay where they can. */
function ranked(stays: readonly (Membership | undefined)[]): readonly Wanted[] {
  const weights: number[] = [];
  let below: number | null = null;
  for (const stay of stays.toReversed()) {
    const kept: number = stay?.rankAmongOwn ?? 0;
    if (below === null) below = stay === undefined ? 1 : kept;
    else below = stay !== undefined && kept > below ? kept : below + 1;
    weights.unshift(below);
  }
  const isTooLarge = (weights[0] ?? 0) > MAX_WEIGHT;
  return stays.map((stay, position) => ({
    rank: stay?.rank ?? 0,
    rankAmongOwn: isTooLarge ? stays.length - position : (weights[position] ?? 0),
    isFlagged: false,
  }));
}

function isSame(one: readonly Membership[], other: readonly Membership[]): boolean {
  const sorted = (list: readonly Membership[]): readonly Membership[] =>
    list.toSorted((a, b) => (a.department < b.department ? -1 : 1));
  return deepEqual(sorted(one), sorted(other));
}
