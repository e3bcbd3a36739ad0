import type { Department } from '../../../../directory/departments/department.ts';
import type { Call, Reply, Route } from '../../../dialect.ts';
import { isDepartmentInScope } from '../../auth/data-scope.ts';
import type { IdKinds, OperationContext } from '../../auth/guarded-route.ts';
import { unknownDepartments } from '../../departments/contact/errors.ts';
import { childrenIn, departmentsOfScope, levelsBelow } from '../../departments/contact/listing.ts';
import { departmentPageReply } from '../../departments/contact/page.ts';
import { contactRoute } from '../../employees/operation-routes.ts';
import { departmentNamed, ROOT } from '../../model/ids.ts';
import { CONTACT_DEPARTMENT_CODES as D } from '../../protocol/contact-department-codes.ts';
import { CONTACT_PAGE_CODES } from '../../protocol/codes.ts';
import { errorReply, type FieldViolation } from '../../protocol/envelope.ts';
import { queryFlag } from '../../protocol/query/query-flag.ts';
import { pagedList } from '../../protocol/query/query-paging.ts';

const path = '/open-apis/contact/v3/departments';
const LIMITS = {
  usual: 10,
  most: 50,
  sizeInvalid: CONTACT_PAGE_CODES.departmentSize,
  tokenInvalid: CONTACT_PAGE_CODES.token,
} as const;

/** 获取子部门列表 [public: c3/department/children] */
const children = contactRoute({
  operation: 'contact.department.children',
  method: 'GET',
  path: `${path}/:department_id/children`,
  violationsIn: fetchChildInvalid,
  answer: (operation, kinds) => answerBelow(operation, kinds, operation.call.params['department_id'] ?? ''),
});

/** 获取部门列表, deprecated: what is below a parent, or what the app's scope names. [public: old/department/list] */
const list = contactRoute({
  operation: 'contact.department.list',
  method: 'GET',
  path,
  violationsIn: fetchChildInvalid,
  answer: (operation, kinds) => answerBelow(operation, kinds, parentIn(operation.call.query)),
});

function fetchChildInvalid({ query }: Call): readonly FieldViolation[] {
  return queryFlag(query, 'fetch_child') === undefined
    ? [{ field: 'fetch_child', value: '', description: 'type mismatch, expect boolean' }]
    : [];
}

/** Returns the parent that the query names; an empty one counts as absent. */
function parentIn(query: URLSearchParams): string | null {
  const id = query.get('parent_department_id') ?? '';
  return id === '' ? null : id;
}

/** Lists what is below a department, or below the caller's scope where none is named. */
async function answerBelow(operation: OperationContext, kinds: IdKinds, parentId: string | null): Promise<Reply> {
  const { call, caller, exchange } = operation;
  const { tenant } = caller;
  const isDeep = queryFlag(call.query, 'fetch_child') === true;
  const parent = parentId === null ? null : departmentNamed(tenant, kinds.departmentKind, parentId);
  if (parent === undefined) return errorReply(exchange, unknownDepartments(kinds.departmentKind, [parentId ?? '']));
  if (parent !== null && !isDepartmentInScope(caller, parent.id)) return errorReply(exchange, D.forbidden);
  const departments = parent === null ? departmentsOfScope(caller, isDeep) : below(operation, parent, isDeep);
  const paged = pagedList(caller, operation.name, parent?.id ?? '', isDeep);
  return departmentPageReply(operation, kinds, paged, LIMITS, departments);
}

function below({ caller: { tenant } }: OperationContext, parent: Department, isDeep: boolean): readonly Department[] {
  return isDeep ? levelsBelow(tenant, [parent]) : childrenIn(tenant, parent.id);
}

const PARENT_LIMITS = { ...LIMITS, usual: 20, sizeInvalid: D.parentPageSizeInvalid } as const;

/** 获取父部门信息: from the department's parent upwards, as far as the app may see them. [public: c3/department/parent] */
const parents = contactRoute({
  operation: 'contact.department.parent',
  method: 'GET',
  path: `${path}/parent`,
  answer: async (operation, kinds) => {
    const { call, caller, exchange } = operation;
    const id = call.query.get('department_id') ?? '';
    if (id === '') return errorReply(exchange, D.departmentMissing);
    if (id === ROOT) return errorReply(exchange, D.rootRefused);
    const department = departmentNamed(caller.tenant, kinds.departmentKind, id);
    if (department === undefined) return errorReply(exchange, unknownDepartments(kinds.departmentKind, [id]));
    if (!isDepartmentInScope(caller, department.id)) return errorReply(exchange, D.forbidden);
    const above = caller.tenant.departments
      .pathTo(department.id)
      .filter((one) => one.parent !== null && one.id !== department.id && isDepartmentInScope(caller, one.id))
      .toReversed();
    const paged = pagedList(caller, 'contact.department.parent', department.id);
    return departmentPageReply(operation, kinds, paged, PARENT_LIMITS, above);
  },
});

/** Lists of departments. */
export const contactDepartmentLists: readonly Route[] = [list, children, parents];
