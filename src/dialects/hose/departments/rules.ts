import type { Department } from '../../../directory/departments/department.ts';
import { isRefused, withDepartment } from '../../../directory/departments/department-edit.ts';
import type { TenantData } from '../../../directory/tenant.ts';
import { withValue } from '../../../directory/text.ts';
import { hoseOfDepartment, type GivenDepartment } from './view.ts';
import { spaces } from '../model/ids.ts';
import type { StructureRefusal } from '../auth/structure-refusal.ts';
import { structureErrors } from '../protocol/structure-codes.ts';

/** How an operation words what several operations refuse. */
export interface DepartmentWords {
  readonly nameTaken: StructureRefusal['failure'];
  readonly codeTaken: (code: string) => StructureRefusal['failure'];
}

/** Adding one, and updating, which has the same body [proposed]. */
export const singleMessages: DepartmentWords = {
  nameTaken: structureErrors.departmentNameTaken,
  codeTaken: () => structureErrors.departmentCodeTaken,
};

/** Adding many. */
export const batchMessages: DepartmentWords = {
  nameTaken: structureErrors.departmentNameTakenInBatch,
  codeTaken: structureErrors.departmentCodeTakenInBatch,
};

/** No such department, none that may be chosen, or one that cannot be above this one. */
export function departmentUnknown(value: string): StructureRefusal {
  return { problem: { kind: 'unknown', subject: 'departments', value }, failure: structureErrors.departmentUnknown };
}

/** A company after a department was added or changed. */
export interface DepartmentChange {
  readonly parts: TenantData;
  readonly after: Department;
}

/**
 * The company with the department as a request has it. The rules in this order [proposed]: the one above, its name
 * among its siblings, its code.
 */
export function putDepartment(
  parts: TenantData,
  before: Department,
  given: GivenDepartment,
  words: DepartmentWords,
  at: number,
): DepartmentChange | StructureRefusal {
  const parent = parentFor(parts.departments, before, given.parentId);
  if (parent === undefined) return departmentUnknown(given.parentId);
  const others = parts.departments.filter(({ id }) => id !== before.id);
  // Those that are inactive hold their names, but not their codes (contract 5.6) [public: contacts/add-departments.md].
  if (others.some((one) => one.parent === parent && one.name.value === given.name))
    return { problem: { kind: 'taken', subject: 'name' }, failure: words.nameTaken };
  // A code that it has already may be another's as well: the store allows that (contract 6.4).
  const isNewCode = given.code !== '' && given.code !== before.code;
  if (isNewCode && others.some((one) => one.enabled && one.code === given.code))
    return { problem: { kind: 'taken', subject: 'code' }, failure: words.codeTaken(given.code) };
  const after = changed(before, given, parent);
  const edit = withDepartment(parts, after, at);
  if (!isRefused(edit)) return { parts: edit, after: edit.departments.find(({ id }) => id === after.id) ?? after };
  // It would lie below itself, or the root below something [proposed].
  return departmentUnknown(given.parentId);
}

/** Own id of the department above; null for the root, undefined where there is none that may be chosen. */
function parentFor(
  departments: readonly Department[],
  before: Department,
  parentId: string,
): string | null | undefined {
  if (before.parent === null) return parentId === '' ? null : undefined;
  if (parentId === '') return departments.find(({ parent }) => parent === null)?.id;
  return departments.find((one) => one.ids[spaces.department] === parentId && one.enabled)?.id;
}

function changed(before: Department, { name, code, form, order }: GivenDepartment, parent: string | null): Department {
  const { form: old, ...others } = hoseOfDepartment(before);
  const kept = form === undefined ? old : (form ?? undefined);
  const ofHose = kept === undefined ? others : { ...others, form: kept };
  const { hose: _old, ...ofOthers } = before.extensions;
  return {
    ...before,
    name: withValue(before.name, name),
    code,
    parent,
    order: order ?? before.order,
    extensions: Object.keys(ofHose).length === 0 ? ofOthers : { ...ofOthers, hose: ofHose },
  };
}
