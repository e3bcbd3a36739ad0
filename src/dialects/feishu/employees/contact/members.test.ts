import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Employee } from '../../../../directory/employees/employee.ts';
import type { EmployeeScan, PositionedEmployee, StoreTask } from '../../../../directory/store.ts';
import type { Cursor } from '../../protocol/query/query-paging.ts';
import { membersOf, type MemberPage } from './members.ts';

/* Pages of a department's members: their order, and how many records they read. */

/** Members by their weights; the place of each is its position, from 1. */
function membersWith(
  ranks: readonly (number | null)[],
  isExpected: (at: number) => boolean = () => false,
): readonly PositionedEmployee[] {
  return ranks.map((rank, index) => ({
    // Of a record only this is looked at.
    employee: {
      id: `e${String(index + 1)}`,
      status: isExpected(index) ? 'pre-hire' : 'regular',
      departments: [{ department: 'rd', rank, rankAmongOwn: null }],
    } as unknown as Employee,
    place: index + 1,
  }));
}

/** Runs a task against members at hand; returns its answer and how many records were read. */
function run(task: StoreTask<MemberPage>, members: readonly PositionedEmployee[]): { page: MemberPage; read: number } {
  let read = 0;
  for (let step = task.next(); ;) {
    if (step.done === true) return { page: step.value, read };
    const pieces = (step.value as unknown as readonly EmployeeScan[]).map(({ after, limit, having }) => {
      const status = having?.space === 'department' ? 'regular' : 'pre-hire';
      return members.filter(({ employee, place }) => employee.status === status && place > after).slice(0, limit);
    });
    read += pieces.flat().length;
    step = task.next(pieces);
  }
}

function allPages(members: readonly PositionedEmployee[], size: number): { ids: string[]; reads: number[] } {
  const ids: string[] = [];
  const reads: number[] = [];
  for (let after: Cursor | null = null; ;) {
    const { page, read } = run(membersOf(1, 'rd', after, size), members);
    ids.push(...page.employees.map(({ id }) => id));
    reads.push(read);
    if (page.next === null) return { ids, reads };
    after = page.next;
  }
}

test('everybody comes once, larger weights first, then by arrival, in pages of any size', () => {
  fc.assert(
    fc.property(
      fc.array(fc.option(fc.integer({ min: 0, max: 4 })), { maxLength: 60 }),
      fc.integer({ min: 1, max: 20 }),
      fc.infiniteStream(fc.boolean()),
      (ranks, size, expected) => {
        const states = ranks.map(() => expected.next().value === true);
        const members = membersWith(ranks, (at) => states[at] === true);
        const sorted = members.toSorted((one, other) => {
          const [a, b] = [one, other].map(({ place }) => ranks[place - 1] ?? 0);
          return (b ?? 0) - (a ?? 0) || one.place - other.place;
        });
        expect(allPages(members, size).ids).toEqual(sorted.map(({ employee }) => employee.id));
      },
    ),
  );
});

describe('of 10,000 members in pages of 50', () => {
  test('who all weigh alike, each page after the first reads one record more than itself', () => {
    const { ids, reads } = allPages(membersWith(Array.from({ length: 10_000 }, () => null)), 50);
    expect(ids).toHaveLength(10_000);
    expect(reads[0]).toBe(10_000);
    expect(Math.max(...reads.slice(1))).toBe(51);
  });

  test('some of them with weights, only the pages of those look at all members', () => {
    const { ids, reads } = allPages(
      membersWith(Array.from({ length: 10_000 }, (_none, at) => (at % 100 === 0 ? at : 0))),
      50,
    );
    expect(ids).toHaveLength(10_000);
    // A hundred have a weight, so that two pages hold them; the second ends with them.
    expect(reads.filter((read) => read === 10_000).length).toBeLessThanOrEqual(3);
    expect(Math.max(...reads.slice(3))).toBeLessThanOrEqual(102);
  });
});
