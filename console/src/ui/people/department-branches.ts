import type { DepartmentRow } from '../../../../src/http/admin/people/contract.ts';

/** What a tree needs of a department. */
export type Branch = Pick<DepartmentRow, 'id' | 'parent' | 'name' | 'people_below'>;

/** Returns the departments below each other one, in their order, and those without one above. */
export function belowEach(departments: readonly Branch[]): {
  readonly roots: readonly Branch[];
  readonly below: ReadonlyMap<string, readonly Branch[]>;
} {
  const below = new Map<string, Branch[]>(departments.map(({ id }) => [id, []]));
  const roots: Branch[] = [];
  for (const one of departments) ((one.parent === null ? undefined : below.get(one.parent)) ?? roots).push(one);
  return { roots, below };
}

/** Returns the ids of the departments above one, the next first. */
export function allAbove(departments: readonly Branch[], id: string): readonly string[] {
  const parents = new Map(departments.map((one) => [one.id, one.parent]));
  const ids: string[] = [];
  for (let at = parents.get(id) ?? null; at !== null && !ids.includes(at); at = parents.get(at) ?? null) ids.push(at);
  return ids;
}
