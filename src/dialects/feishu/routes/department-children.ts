import type { Department } from '../../../directory/departments/department.ts';
import type { Reply, Route } from '../../dialect.ts';
import { CHILDREN_CODES, CONTACT_PAGE_CODES } from '../protocol/codes.ts';
import { memberCounts } from '../departments/member-counts.ts';
import { allBelow, inOrder, type DepartmentView } from '../departments/view.ts';
import { errorReply, successReply, type FieldViolation } from '../protocol/envelope.ts';
import { authenticated } from '../employees/lifecycle/authenticated.ts';
import {
  contactIdKindsOf,
  pageErrorReply,
  validationErrorReply,
  type OperationContext,
} from '../auth/guarded-route.ts';
import { departmentIdOf, departmentNamed } from '../model/ids.ts';
import { readPageSize, type PageLimits } from '../protocol/list-paging.ts';
import { pagedList, encodeCursor, pageAfter, decodeCursor } from '../protocol/query-paging.ts';
import { isDepartmentInScope } from '../auth/data-scope.ts';
import { loadForDepartments, viewOf, type Gathered } from '../employees/read/view-data.ts';
import { localizedTextOf } from '../protocol/localized-text.ts';
import { answerToDepartment } from '../departments/errors.ts';

const OPERATION = 'contact.department.children';

/** [contract feishu-contact.md 3.2] */
const LIMITS: PageLimits = { usual: 10, most: 50, sizeInvalid: CONTACT_PAGE_CODES.departmentSize };

/** 获取子部门列表 [public: contact/department/children] */
export const departmentChildren: Route = {
  operation: OPERATION,
  method: 'GET',
  path: '/open-apis/contact/v3/departments/:department_id/children',
  answer: authenticated(OPERATION, answer),
};

async function answer({ call, caller, context, exchange }: OperationContext): Promise<Reply> {
  const { tenant } = caller;
  const { idKind, departmentKind, violations } = contactIdKindsOf(call.query);
  const text = (name: string): string => call.query.get(name) ?? '';
  const wrong: FieldViolation[] = [...violations];
  if (!['', 'true', 'false'].includes(text('fetch_child')))
    wrong.push({ field: 'fetch_child', value: '', description: 'type mismatch, expect boolean' });
  if (wrong.length > 0) return validationErrorReply(exchange, [], wrong);

  const id = call.params['department_id'] ?? '';
  const parent = departmentNamed(tenant, departmentKind, id);
  if (parent === undefined)
    return errorReply(exchange, answerToDepartment({ kind: 'unknown', subject: departmentKind, value: id }));
  if (!isDepartmentInScope(caller, parent.id)) return errorReply(exchange, CHILDREN_CODES.departmentForbidden);
  const sized = readPageSize(call.query, LIMITS);
  if (!('size' in sized)) return pageErrorReply(exchange, sized);
  const isDeep = text('fetch_child') === 'true';
  const list = pagedList(caller, OPERATION, parent.id, isDeep);
  const after = decodeCursor(text('page_token'), list);
  if (after === undefined) return errorReply(exchange, CONTACT_PAGE_CODES.token);

  const listed = isDeep ? allBelow(tenant, parent.id) : inOrder(tenant.departments.childrenOf(parent.id));
  const { things, next } = pageAfter(listed, after, sized.size);
  const members = new Set(['leaders']);
  const { gathered, counts } = await context.store.read(function* () {
    const people: Gathered = yield* loadForDepartments(caller, things, members);
    return {
      gathered: people,
      counts: yield* memberCounts(
        tenant,
        things.map((one) => one.id),
      ),
    };
  });
  const kinds = { idKind, departmentKind };
  const view = viewOf(caller, { ...gathered, counts }, kinds, call.origin);
  return successReply(exchange, {
    items: things.map((department) => serializeChild(department, view)),
    has_more: next !== null,
    ...(next === null ? {} : { page_token: encodeCursor(list, next) }),
  });
}

/** A department as the older API shows it. */
function serializeChild(department: Department, view: DepartmentView): object {
  const { tenant, departmentKind, counts, idOf } = view;
  const { default_value, i18n_value } = localizedTextOf(department.name);
  const parent = department.parent === null ? undefined : tenant.departments.get(department.parent);
  const leaders = department.leaders.flatMap(({ employee, deputy }) => {
    const leaderID = idOf(employee);
    return leaderID === undefined ? [] : [{ leaderType: deputy ? 2 : 1, leaderID }];
  });
  return {
    name: default_value,
    i18n_name: i18n_value,
    parent_department_id: parent === undefined ? '0' : departmentIdOf(parent, departmentKind),
    department_id: departmentIdOf(department, 'department_id'),
    open_department_id: departmentIdOf(department, 'open_department_id'),
    leader_user_id: leaders.find(({ leaderType }) => leaderType === 1)?.leaderID ?? '',
    order: String(department.order),
    member_count: counts.get(department.id)?.recursive ?? 0,
    status: { is_deleted: false },
    leaders,
  };
}
