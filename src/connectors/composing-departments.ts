import { problem } from './composing.ts';
import type { FieldName, LiveValue, Words } from './connector.ts';
import type { ComposeProblem, DepartmentUpdate, Known, PartField } from './writing.ts';

/** The departments of a person as live ids, the main one first; or why they cannot be named. */
export type DepartmentIds =
  | { readonly ids: readonly string[]; readonly changed: readonly ('department' | 'mainDepartment')[] }
  | { readonly problems: readonly ComposeProblem[] };

const MAIN_OUTSIDE: Words = {
  en: 'The main department must be one of the departments.',
  zh: '主部门必须在所在部门中。',
};

/**
 * Returns the departments of somebody where they or the main one change; null where neither does. What does not change is
 * as it is there, since every platform is sent both together.
 */
export function departmentIds(
  subject: string,
  wanted: ReadonlyMap<FieldName, LiveValue>,
  known: Known,
): DepartmentIds | null {
  const changed = (['department', 'mainDepartment'] as const).filter((field) => wanted.has(field));
  if (changed.length === 0) return null;
  const refused = (why: ComposeProblem['why'], words?: Words): DepartmentIds => ({
    problems: changed.map((field) => problem(subject, field, why, words)),
  });
  const there = known.live.get(subject)?.values;
  const ids = wanted.has('department') ? linked(wanted.get('department'), known) : listOf(there?.department);
  const main = wanted.has('mainDepartment') ? linked(wanted.get('mainDepartment'), known)?.[0] : there?.mainDepartment;
  if (ids === null) return refused(wanted.has('department') ? 'not-linked' : 'incomplete');
  if (wanted.has('mainDepartment') && main === undefined) return refused('not-linked');
  if (wanted.has('mainDepartment') && !ids.includes(String(main))) return refused('incomplete', MAIN_OUTSIDE);
  // Where the main department is no longer among them, the first one takes its place.
  const first = typeof main === 'string' && ids.includes(main) ? main : ids[0];
  if (first === undefined) return refused('incomplete');
  return { ids: [first, ...ids.filter((id) => id !== first)], changed };
}

/**
 * Returns which members change of a department that has a name and a parent there, but no code; or why nothing can be sent.
 * `parent` is the live id of the one above, undefined where it is not linked; `theirParent` is the member that has it.
 */
export function nameAndParent(
  { subject, changed, name, parent: ours }: DepartmentUpdate,
  parent: string | undefined,
  theirParent: string,
): readonly PartField[] | ComposeProblem {
  if (changed.includes('parent') && parent === undefined) return problem(subject, 'parent', 'not-linked');
  if (changed.every((field) => field === 'code')) return problem(subject, 'code', 'not-writable');
  return changed.flatMap((field): readonly PartField[] => {
    if (field === 'code') return [];
    return field === 'name' ? [{ field, to: name, theirs: 'name' }] : [{ field, to: ours, theirs: theirParent }];
  });
}

function listOf(value: LiveValue | undefined): readonly string[] | null {
  return Array.isArray(value) ? (value as readonly string[]) : null;
}

/** Returns live ids of our departments; null where one is not linked. */
function linked(value: LiveValue | undefined, known: Known): readonly string[] | null {
  const ours = typeof value === 'string' ? [value] : (listOf(value) ?? []);
  const ids = ours.map((id) => known.departments.get(id));
  return ids.every((id) => id !== undefined) ? ids : null;
}
