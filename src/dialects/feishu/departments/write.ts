import {
  isRefused,
  withDepartment,
  withoutDepartment,
  type TreeProblem,
} from '../../../directory/departments/department-edit.ts';
import type { Department } from '../../../directory/departments/department.ts';
import type { StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { Caller } from '../auth/caller.ts';
import { isDepartmentInScope } from '../auth/data-scope.ts';
import { tenantEffects, type OperationRefusal, type OperationResult } from '../auth/run-operation.ts';
import { departmentIdOf, departmentNamed, type DepartmentIdKind } from '../model/ids.ts';
import type { Refusal } from '../protocol/errors.ts';
import type { DepartmentProblem } from './errors.ts';
import { hasMembers, isExpected, loadDepartment, type DepartmentRequest } from './facts.ts';
import { removeDepartmentReferences } from './remove-references.ts';
import { firstDepartmentRefusal } from './rules.ts';
import { departmentOutcome } from './verdicts.ts';

/** Creates a department, or returns why not. */
export function* createDepartment(
  request: DepartmentRequest,
  newcomer: (tenant: Tenant) => Department,
  caller: Caller,
  at: number,
): StoreTask<OperationResult<DepartmentProblem>> {
  const facts = yield* loadDepartment(request, caller, null, newcomer(caller.tenant));
  const refusal = firstDepartmentRefusal(facts);
  if (refusal !== null) return { refusal };
  const data = { department_id: departmentIdOf(facts.after, request.departmentKind) };
  return written(request, caller.tenant, null, facts.after, data, at);
}

/** Changes a department, or returns why not. */
export function* patchDepartment(
  id: string,
  request: DepartmentRequest,
  caller: Caller,
  at: number,
): StoreTask<OperationResult<DepartmentProblem>> {
  const before = findTarget(caller, request.departmentKind, id);
  if ('problem' in before) return { refusal: before };
  const facts = yield* loadDepartment(request, caller, before, before);
  const refusal = firstDepartmentRefusal(facts);
  return refusal === null ? written(request, caller.tenant, before, facts.after, {}, at) : { refusal };
}

/**
 * Deletes a department, or returns why not. The order is [derived]: id, root, the department and its parent in the app's
 * scope, members, children. [public: dir/department/delete]
 */
export function* deleteDepartment(
  id: string,
  kind: DepartmentIdKind,
  caller: Caller,
  at: number,
): StoreTask<OperationResult<DepartmentProblem>> {
  const before = findTarget(caller, kind, id);
  if ('problem' in before) return { refusal: before };
  if (before.parent !== null && !isDepartmentInScope(caller, before.parent))
    return refused({ kind: 'forbidden', subject: 'dependent' }, 'department_id');
  const { tenant } = caller;
  if ((yield* hasMembers(tenant, before.id)) || (yield* isExpected(tenant, before.id)))
    return refused({ kind: 'locked', subject: 'members' }, 'department_id');
  const edit = withoutDepartment(tenant.parts, before.id, at);
  if (isRefused(edit)) return refused(treeProblem(edit), 'department_id');
  return { data: {}, effects: tenantEffects(tenant, removeDepartmentReferences(edit, before.id)) };
}

function refused(problem: DepartmentProblem, field: string): OperationRefusal<DepartmentProblem> {
  return { refusal: { problem, fields: [field] } };
}

/** Returns why the tree cannot be changed; which space a taken id is of does not matter here. */
function treeProblem(problem: TreeProblem): DepartmentProblem {
  return problem.kind === 'taken' ? { kind: 'taken', subject: 'ids' } : problem;
}

/** Returns the department that a path names, or why it may not be changed. */
function findTarget(caller: Caller, kind: DepartmentIdKind, id: string): Department | Refusal<DepartmentProblem> {
  const department = departmentNamed(caller.tenant, kind, id);
  const fields = ['department_id'];
  if (department === undefined) return { problem: { kind: 'unknown', subject: kind, value: id }, fields };
  // The root is the company itself. [derived]
  if (department.parent === null) return { problem: { kind: 'locked', subject: 'department' }, fields };
  return isDepartmentInScope(caller, department.id)
    ? department
    : { problem: { kind: 'forbidden', subject: 'employee' }, fields };
}

function written(
  { given }: DepartmentRequest,
  tenant: Tenant,
  before: Department | null,
  after: Department,
  data: object,
  at: number,
): OperationResult<DepartmentProblem> {
  const edit = withDepartment(tenant.parts, after, at);
  if (isRefused(edit)) return refused(treeProblem(edit), 'department');
  return { data, effects: tenantEffects(tenant, edit), outcome: departmentOutcome(given, before, after) };
}
