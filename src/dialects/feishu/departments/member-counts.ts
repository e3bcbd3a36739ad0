import type { Department, DepartmentTree } from '../../../directory/departments/department.ts';
import { isInService, type Employee } from '../../../directory/employees/employee.ts';
import { loadAll, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';

/** How many people are in a department. */
export interface MemberCounts {
  readonly direct: number;
  /** In it and in everything below it, each counted once. */
  readonly recursive: number;
}

/** The department's own id and those of everything below it. */
export function idsWithin(tree: DepartmentTree, id: string): readonly string[] {
  return [id, ...tree.descendantsOf(id).map((department) => department.id)];
}

/** How many people are in each of some departments, by own id. */
export function* memberCounts(
  { number: tenant, departments: tree }: Tenant,
  ids: Iterable<string>,
): StoreTask<ReadonlyMap<string, MemberCounts>> {
  const own = [...new Set(ids)];
  const within = own.map((id) => idsWithin(tree, id));
  const direct = yield* loadAll(
    'members-in',
    own.map((id) => ({ tenant, departments: [id] })),
  );
  const withChildren = within.filter((list) => list.length > 1);
  const recursive = yield* loadAll(
    'members-in',
    withChildren.map((departments) => ({ tenant, departments })),
  );
  const below = new Map(withChildren.map(([id = ''], index) => [id, recursive[index] ?? 0]));
  return new Map(
    own.map((id, index) => [id, { direct: direct[index] ?? 0, recursive: below.get(id) ?? direct[index] ?? 0 }]),
  );
}

/** What `department_count` shows: five numbers, each a string. [public: dir/department/mget] */
export function serializeCount(
  { id, leaders }: Department,
  tree: DepartmentTree,
  { direct, recursive }: MemberCounts,
  people: (id: string) => Employee | undefined,
): object {
  const within = new Set(idsWithin(tree, id));
  // Those who lead this very department, as far as they are among its people. [derived] No source says of which
  // departments the leaders are left out.
  const leading = [...new Set(leaders.map(({ employee }) => employee))].filter((leader) => {
    const employee = people(leader);
    if (employee === undefined || !isInService(employee)) return false;
    return employee.departments.some(({ department }) => within.has(department));
  });
  return {
    recursive_members_count: String(recursive),
    direct_members_count: String(direct),
    recursive_members_count_exclude_leaders: String(recursive - leading.length),
    recursive_departments_count: String(within.size - 1),
    direct_departments_count: String(tree.childrenOf(id).length),
  };
}
