import type { Department } from '../../../../directory/departments/department.ts';
import type { Reply, Route } from '../../../dialect.ts';
import { isDepartmentInScope } from '../../auth/data-scope.ts';
import { contactIdKindsOf, validationErrorReply, type OperationContext } from '../../auth/guarded-route.ts';
import { unknownDepartments } from '../../departments/contact/errors.ts';
import { childrenIn, departmentsOfScope, levelsBelow } from '../../departments/contact/listing.ts';
import { departmentPageReply } from '../../departments/contact/page.ts';
import { authenticated } from '../../employees/lifecycle/authenticated.ts';
import { departmentNamed, ROOT } from '../../model/ids.ts';
import { CONTACT_DEPARTMENT_CODES as D } from '../../protocol/contact-department-codes.ts';
import { CONTACT_PAGE_CODES } from '../../protocol/codes.ts';
import { errorReply, type FieldViolation } from '../../protocol/envelope.ts';
import type { Operation } from '../../protocol/operations.ts';
import { pagedList } from '../../protocol/query-paging.ts';

const path = '/open-apis/contact/v3/departments';
const LIMITS = {
  usual: 10,
  most: 50,
  sizeInvalid: CONTACT_PAGE_CODES.departmentSize,
  tokenInvalid: CONTACT_PAGE_CODES.token,
} as const;

/** 获取子部门列表 [public: c3/department/children] */
const children: Route = {
  operation: 'contact.department.children',
  method: 'GET',
  path: `${path}/:department_id/children`,
  answer: authenticated('contact.department.children', (guarded) =>
    answerBelow(guarded, 'contact.department.children', guarded.call.params['department_id'] ?? ''),
  ),
};

/** 获取部门列表, deprecated: what is below a parent, or what the app's scope names. [public: old/department/list] */
const list: Route = {
  operation: 'contact.department.list',
  method: 'GET',
  path,
  answer: authenticated('contact.department.list', (guarded) =>
    answerBelow(guarded, 'contact.department.list', parentIn(guarded.call.query)),
  ),
};

/** The parent that is named; an empty one is as absent. */
function parentIn(query: URLSearchParams): string | null {
  const id = query.get('parent_department_id') ?? '';
  return id === '' ? null : id;
}

/** Lists what is below a department, or below the caller's scope where none is named. */
async function answerBelow(guarded: OperationContext, operation: Operation, parentId: string | null): Promise<Reply> {
  const { call, caller, exchange } = guarded;
  const { tenant } = caller;
  const { violations, ...kinds } = contactIdKindsOf(call.query);
  const fetchChild = call.query.get('fetch_child') ?? '';
  const wrong: FieldViolation[] = [...violations];
  if (!['', 'true', 'false'].includes(fetchChild))
    wrong.push({ field: 'fetch_child', value: '', description: 'type mismatch, expect boolean' });
  if (wrong.length > 0) return validationErrorReply(exchange, [], wrong);
  const isDeep = fetchChild === 'true';
  const parent = parentId === null ? null : departmentNamed(tenant, kinds.departmentKind, parentId);
  if (parent === undefined) return errorReply(exchange, unknownDepartments(kinds.departmentKind, [parentId ?? '']));
  if (parent !== null && !isDepartmentInScope(caller, parent.id)) return errorReply(exchange, D.forbidden);
  const departments = parent === null ? departmentsOfScope(caller, isDeep) : below(guarded, parent, isDeep);
  const paged = pagedList(caller, operation, parent?.id ?? '', isDeep);
  return departmentPageReply(guarded, kinds, paged, LIMITS, departments);
}

function below({ caller: { tenant } }: OperationContext, parent: Department, isDeep: boolean): readonly Department[] {
  return isDeep ? levelsBelow(tenant, [parent]) : childrenIn(tenant, parent.id);
}

const PARENT_LIMITS = { ...LIMITS, usual: 20, sizeInvalid: D.parentPageSizeInvalid } as const;

/** 获取父部门信息: from the department's parent upwards, as far as the app may see them. [public: c3/department/parent] */
const parents: Route = {
  operation: 'contact.department.parent',
  method: 'GET',
  path: `${path}/parent`,
  answer: authenticated('contact.department.parent', async (guarded) => {
    const { call, caller, exchange } = guarded;
    const { violations, ...kinds } = contactIdKindsOf(call.query);
    if (violations.length > 0) return validationErrorReply(exchange, [], violations);
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
    return departmentPageReply(guarded, kinds, paged, PARENT_LIMITS, above);
  }),
};

/** Lists of departments. */
export const contactDepartmentLists: readonly Route[] = [list, children, parents];
