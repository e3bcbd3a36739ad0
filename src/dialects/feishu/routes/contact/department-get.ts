import type { Department } from '../../../../directory/departments/department.ts';
import type { Reply, Route } from '../../../dialect.ts';
import { isDepartmentInScope } from '../../auth/data-scope.ts';
import { contactIdKindsOf, validationErrorReply, type OperationContext } from '../../auth/guarded-route.ts';
import { unknownDepartments } from '../../departments/contact/errors.ts';
import { contactDepartments } from '../../departments/contact/view.ts';
import { authenticated } from '../../employees/lifecycle/authenticated.ts';
import { contactRoute } from '../../employees/operation-routes.ts';
import { departmentNamed, removedDepartmentNamed } from '../../model/ids.ts';
import { CONTACT_DEPARTMENT_CODES as D } from '../../protocol/contact-department-codes.ts';
import { errorReply, successReply } from '../../protocol/envelope.ts';

const path = '/open-apis/contact/v3/departments';
const MAX_IDS = 50;

/** 获取单个部门信息 [public: c3/department/get] */
const get = contactRoute({
  operation: 'contact.department.get',
  method: 'GET',
  path: `${path}/:department_id`,
  answer: async ({ call, caller, context, exchange }, kinds) => {
    const id = call.params['department_id'] ?? '';
    const department = departmentNamed(caller.tenant, kinds.departmentKind, id);
    if (department === undefined) {
      const isRemoved = removedDepartmentNamed(caller.tenant, kinds.departmentKind, id) !== undefined;
      return errorReply(exchange, isRemoved ? D.deleted : unknownDepartments(kinds.departmentKind, [id]));
    }
    if (!isDepartmentInScope(caller, department.id)) return errorReply(exchange, D.forbidden);
    const [shown] = await context.store.read(() => contactDepartments(caller, kinds, [department]));
    return successReply(exchange, { department: shown });
  },
});

/** 批量获取部门信息 [public: c3/department/batch] */
const batch: Route = {
  operation: 'contact.department.batch',
  method: 'GET',
  path: `${path}/batch`,
  answer: authenticated('contact.department.batch', answerBatch),
};

/** Departments out of scope, and deleted ones, are left out; one that never was refuses all. [contract feishu-contact.md 9.1] */
async function answerBatch({ call, caller, context, exchange }: OperationContext): Promise<Reply> {
  const { tenant } = caller;
  const { violations, ...kinds } = contactIdKindsOf(call.query);
  const asked = call.query.getAll('department_ids');
  const tooMany =
    asked.length > MAX_IDS
      ? [{ field: 'department_ids', value: '', description: `the max len is ${String(MAX_IDS)}` }]
      : [];
  if (violations.length + tooMany.length > 0) return validationErrorReply(exchange, tooMany, violations);
  const ids = [...new Set(asked.filter((id) => id !== ''))];
  if (ids.length === 0) return errorReply(exchange, D.batchInvalid);
  const found: Department[] = [];
  const unknown: string[] = [];
  for (const id of ids) {
    const department = departmentNamed(tenant, kinds.departmentKind, id);
    if (department !== undefined) found.push(department);
    else if (removedDepartmentNamed(tenant, kinds.departmentKind, id) === undefined) unknown.push(id);
  }
  if (unknown.length > 0) return errorReply(exchange, unknownDepartments(kinds.departmentKind, unknown));
  const visible = found.filter(({ id }) => isDepartmentInScope(caller, id));
  if (visible.length === 0) return errorReply(exchange, D.forbidden);
  return successReply(exchange, { items: await context.store.read(() => contactDepartments(caller, kinds, visible)) });
}

/** Reads of departments by their ids. */
export const contactDepartmentReads: readonly Route[] = [batch, get];
