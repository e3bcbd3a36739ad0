import { isInService, type Employee } from '../../../../directory/employees/employee.ts';
import { load, type StoreTask } from '../../../../directory/store.ts';
import type { Cursor } from '../../protocol/query-paging.ts';

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

/**
 * A page of the direct members of a department. All of them are looked at for each page, since weights order them; no
 * more than a page of them is held at a time.
 */
export function* membersOf(
  tenant: number,
  department: string,
  after: Cursor | null,
  size: number,
): StoreTask<MemberPage> {
  const shown = after === null ? null : { rank: Number(after[0]), place: Number(after[1]) };
  let best: Ranked[] = [];
  for (let from = 0, isMore = true; isMore;) {
    const having = { space: 'department', value: department } as const;
    const piece = yield* load('employees-from', { tenant, after: from, limit: BATCH_SIZE, having });
    for (const { employee, place } of piece) {
      const rank = employee.departments.find((one) => one.department === department)?.rank ?? 0;
      const ranked = { employee, rank, place };
      if (isInService(employee) && (shown === null || byRank(shown, ranked) < 0)) best.push(ranked);
    }
    // One more than a page only says that the list goes on.
    best = best.toSorted(byRank).slice(0, size + 1);
    from = piece.at(-1)?.place ?? 0;
    isMore = piece.length === BATCH_SIZE;
  }
  const page = best.slice(0, size);
  const last = page.at(-1);
  const next: Cursor | null = best.length > size && last !== undefined ? [last.rank, last.place] : null;
  return { employees: page.map(({ employee }) => employee), next };
}
