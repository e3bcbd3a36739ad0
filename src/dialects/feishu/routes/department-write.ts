import type { Department } from '../../../directory/departments/department.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { Reply, Route } from '../../dialect.ts';
import type { IdKinds, OperationContext } from '../auth/guarded-route.ts';
import { runOperationWith, type OperationWork } from '../auth/run-operation.ts';
import { DepartmentBody } from '../departments/body-schemas.ts';
import { answerToDepartment, type DepartmentProblem } from '../departments/errors.ts';
import type { DepartmentRequest } from '../departments/facts.ts';
import { createDepartment, deleteDepartment, patchDepartment } from '../departments/write.ts';
import { directoryRoute } from '../employees/operation-routes.ts';

const path = '/open-apis/directory/v1/departments';

/** 创建部门 */
const departmentCreate = directoryRoute({
  operation: 'department.create',
  method: 'POST',
  path,
  body: DepartmentBody,
  answer: (operation, kinds, body) => {
    const { context, exchange } = operation;
    const request = requestOf(kinds, body);
    const id = context.ids.fresh('d');
    const newcomer = (tenant: Tenant): Department =>
      context.recordFactory.department(tenant, id, { value: '', i18n: {} }, tenant.departments.root.id, exchange.at);
    return run(operation, (caller, { at }) => createDepartment(request, newcomer, caller, at));
  },
});

/** 更新部门 */
const departmentPatch = directoryRoute({
  operation: 'department.patch',
  method: 'PATCH',
  path: `${path}/:department_id`,
  body: DepartmentBody,
  answer: (operation, kinds, body) => {
    const id = operation.call.params['department_id'] ?? '';
    const request = requestOf(kinds, body);
    return run(operation, (caller, { at }) => patchDepartment(id, request, caller, at));
  },
});

/** 删除部门 */
const departmentDelete = directoryRoute({
  operation: 'department.delete',
  method: 'DELETE',
  path: `${path}/:department_id`,
  answer: (operation, { departmentKind }) => {
    const id = operation.call.params['department_id'] ?? '';
    return run(operation, (caller, { at }) => deleteDepartment(id, departmentKind, caller, at));
  },
});

/** Changes of departments. */
export const departmentWrites: readonly Route[] = [departmentCreate, departmentPatch, departmentDelete];

function run(operation: OperationContext, work: OperationWork<DepartmentProblem>): Promise<Reply> {
  return runOperationWith<DepartmentProblem>(answerToDepartment, operation, work);
}

function requestOf({ idKind, departmentKind }: IdKinds, { department }: DepartmentBody): DepartmentRequest {
  return { idKind, departmentKind, given: department };
}
