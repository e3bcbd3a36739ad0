import { deepEqual } from '../../lib/json-equal.ts';
import type { Department } from './department.ts';
import type { Subject } from '../errors.ts';
import type { TenantData } from '../tenant.ts';

/*
 * Rules of every tree of departments: one root, no loops, parents that exist, ids that are unique. Limits, names and
 * permissions are each platform's own; whether a department has members is asked of the store as `members-in`, within
 * the same write.
 */

/** A company after a change of its tree, or why the tree cannot be changed. */
export type DepartmentEdit = TenantData | TreeProblem;

/** Why a tree cannot be changed. */
export type TreeProblem =
  | { readonly kind: 'locked'; readonly subject: 'department' | 'children' | 'parent' }
  | { readonly kind: 'unknown'; readonly subject: 'department' | 'parent'; readonly value: string }
  | { readonly kind: 'loop'; readonly subject: 'parent' }
  /** Another department has the id of this space. */
  | { readonly kind: 'taken'; readonly subject: Subject };

/** Whether the tree cannot be changed so. */
export function isRefused(edit: DepartmentEdit): edit is TreeProblem {
  return 'kind' in edit;
}

/**
 * The company with this department: added as the last one, or in the place of the one with the same own id. The very
 * same parts where that says nothing new.
 */
export function withDepartment(parts: TenantData, department: Department, at: number): DepartmentEdit {
  const { departments } = parts;
  const before = departments.find(({ id }) => id === department.id);
  if (before !== undefined && deepEqual({ ...department, updatedAt: before.updatedAt }, before)) return parts;
  const problem = misplaced(departments, department, before) ?? namedTwice(departments, department);
  if (problem !== null) return problem;
  const after = { ...department, updatedAt: at };
  return {
    ...parts,
    departments:
      before === undefined ? [...departments, after] : departments.map((one) => (one === before ? after : one)),
    updatedAt: at,
  };
}

/** The company without a department that has none below it. */
export function withoutDepartment(parts: TenantData, id: string, at: number): DepartmentEdit {
  const { departments } = parts;
  const gone = departments.find((department) => department.id === id);
  if (gone === undefined) return { kind: 'unknown', subject: 'department', value: id };
  if (gone.parent === null) return { kind: 'locked', subject: 'department' };
  if (departments.some(({ parent }) => parent === id)) return { kind: 'locked', subject: 'children' };
  const left = departments.filter((department) => department !== gone);
  return { ...parts, departments: left, removedDepartments: removedAfter(parts, left, at), updatedAt: at };
}

/** So many removed departments of a company are remembered, the latest ones; our own bound. [proposed] */
const MAX_REMOVED = 1_000;

/** The departments that were removed, once only these are left. One whose id is in use again is not among them. */
export function removedAfter(
  { departments, removedDepartments = [] }: Pick<TenantData, 'departments' | 'removedDepartments'>,
  left: readonly Department[],
  at: number,
): readonly Department[] {
  const here = new Set(left.map(({ id }) => id));
  const gone = departments.filter(({ id, parent }) => parent !== null && !here.has(id));
  const known = removedDepartments.filter(({ id }) => !here.has(id));
  if (gone.length === 0 && known.length === removedDepartments.length) return removedDepartments;
  return [...known, ...gone.map((one) => ({ ...one, updatedAt: at }))].slice(-MAX_REMOVED);
}

function misplaced(
  departments: readonly Department[],
  { id, parent }: Department,
  before: Department | undefined,
): TreeProblem | null {
  // The root is where it is: nothing takes its place, and it goes below nothing.
  if ((before?.parent === null) !== (parent === null)) return { kind: 'locked', subject: 'parent' };
  if (parent === null || parent === before?.parent) return null;
  const parents = new Map(departments.map((one) => [one.id, one.parent]));
  if (!parents.has(parent)) return { kind: 'unknown', subject: 'parent', value: parent };
  for (let above: string | null | undefined = parent; typeof above === 'string'; above = parents.get(above)) {
    if (above === id) return { kind: 'loop', subject: 'parent' };
  }
  return null;
}

function namedTwice(departments: readonly Department[], { id, ids }: Department): TreeProblem | null {
  for (const one of departments) {
    if (one.id === id) continue;
    for (const space in ids)
      if (one.ids[space] !== undefined && one.ids[space] === ids[space]) return { kind: 'taken', subject: space };
  }
  return null;
}
