import type { Employee } from '../../../../directory/employees/employee.ts';
import { loadAll, type StoreTask } from '../../../../directory/store.ts';
import type { Cursor } from '../../protocol/query/query-paging.ts';

/** A piece of a list of members, and where the next one begins; null at the end. */
export interface MemberPage {
  readonly employees: readonly Employee[];
  readonly next: Cursor | null;
}

/** Records that are read together. */
const BATCH_SIZE = 500;

interface Ranked {
  readonly employee: Employee;
  readonly rank: number;
  readonly place: number;
}

/** Larger weights first, then in order of arrival. [contract feishu-contact.md 2.6] */
function byRank(one: Omit<Ranked, 'employee'>, other: Omit<Ranked, 'employee'>): number {
  return other.rank - one.rank || one.place - other.place;
}

/** Says in a cursor that all members behind it have the weight of the last one, so that they follow by arrival. */
const ALIKE = 1;

/**
 * Returns a page of the direct members of a department. As weights order them, a page looks at all members until those
 * that are left weigh alike, which most departments' members do from the first page on: from there on a page reads little
 * more than itself. No more than a page is held at a time.
 */
export function* membersOf(
  tenant: number,
  department: string,
  after: Cursor | null,
  size: number,
): StoreTask<MemberPage> {
  if (after?.[2] === ALIKE) return yield* alikeMembers(tenant, department, after, size);
  const shown = after === null ? null : { rank: Number(after[0]), place: Number(after[1]) };
  let best: Ranked[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (let from = 0, isMore = true; isMore;) {
    const piece = yield* membersFrom(tenant, department, from, BATCH_SIZE);
    for (const ranked of piece.members) {
      if (shown !== null && byRank(shown, ranked) >= 0) continue;
      best.push(ranked);
      least = Math.min(least, ranked.rank);
    }
    // One more than a page only says that the list goes on.
    best = best.toSorted(byRank).slice(0, size + 1);
    ({ last: from, isMore } = piece);
  }
  const last = best[size - 1];
  return pageOf(best, size, last?.rank === least);
}

/** A page of those who weigh as much as the last one shown, by arrival. A member whose weight changed meanwhile may be missed. */
function* alikeMembers(tenant: number, department: string, after: Cursor, size: number): StoreTask<MemberPage> {
  const rank = Number(after[0]);
  const found: Ranked[] = [];
  for (let from = Number(after[1]), isMore = true; isMore && found.length <= size;) {
    const piece = yield* membersFrom(tenant, department, from, Math.min(size + 1, BATCH_SIZE));
    found.push(...piece.members.filter((member) => member.rank === rank));
    ({ last: from, isMore } = piece);
  }
  return pageOf(found, size, true);
}

function pageOf(members: readonly Ranked[], size: number, isAlike: boolean): MemberPage {
  const page = members.slice(0, size);
  const last = page.at(-1);
  const isMore = members.length > size && last !== undefined;
  const next: Cursor | null = isMore ? [last.rank, last.place, ...(isAlike ? [ALIKE] : [])] : null;
  return { employees: page.map(({ employee }) => employee), next };
}

/** Those in service, and those to join. [contract feishu-contact.md 2.6] */
const SPACES = ['department', 'expected-department'] as const;

/** Reads the next members by arrival. */
function* membersFrom(
  tenant: number,
  department: string,
  after: number,
  limit: number,
): StoreTask<{ readonly members: readonly Ranked[]; readonly last: number; readonly isMore: boolean }> {
  const pieces = yield* loadAll(
    'employees-from',
    SPACES.map((space) => ({ tenant, after, limit, having: { space, value: department } })),
  );
  // Behind the place where the first full piece ends, somebody of it may be missing between those of the other.
  const full = pieces.filter((piece) => piece.length === limit);
  const end = Math.min(...full.map((piece) => piece.at(-1)?.place ?? 0));
  const read = pieces
    .flat()
    .filter(({ place }) => place <= end)
    .sort((one, other) => one.place - other.place);
  const members = read.map(({ employee, place }): Ranked => {
    const rank = employee.departments.find((one) => one.department === department)?.rank ?? 0;
    return { employee, rank, place };
  });
  return { members, last: read.at(-1)?.place ?? 0, isMore: full.length > 0 };
}
