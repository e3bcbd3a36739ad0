import { isInService, type Employee } from '../../../../directory/employees/employee.ts';
import { load, type StoreTask } from '../../../../directory/store.ts';
import type { Reply, Route } from '../../../dialect.ts';
import type { Caller } from '../../auth/caller.ts';
import { isDepartmentInScope } from '../../auth/data-scope.ts';
import { pageErrorReply, type IdKinds, type OperationContext } from '../../auth/guarded-route.ts';
import { membersOf, type MemberPage } from '../../employees/contact/members.ts';
import { unknownDepartments } from '../../employees/contact/unknown-users.ts';
import { showUsers } from '../../employees/contact/view-data.ts';
import { contactRoute } from '../../employees/operation-routes.ts';
import { departmentNamed } from '../../model/ids.ts';
import { CONTACT_PAGE_CODES } from '../../protocol/codes.ts';
import { USER_READ_CODES } from '../../protocol/contact/user-codes.ts';
import { errorReply, successReply } from '../../protocol/envelope.ts';
import { readPageSize, type PageLimits } from '../../protocol/list-paging.ts';
import { decodeCursor, encodeCursor, pageAfter, pagedList, type Cursor } from '../../protocol/query/query-paging.ts';

const path = '/open-apis/contact/v3/users';

/** Page sizes of the two lists; both answer a size that is too large with the same code. [contract feishu-contact.md 1.3, 2.6] */
const MEMBER_PAGES: PageLimits = { usual: 10, most: 50, sizeInvalid: CONTACT_PAGE_CODES.userSize };
const USER_PAGES: PageLimits = { usual: 20, most: 100, sizeInvalid: CONTACT_PAGE_CODES.userSize };

/** 获取部门直属用户列表; `fetch_child` is passed over, as the platform does. [contract feishu-contact.md 2.6] */
const findByDepartment = contactRoute({
  operation: 'contact.user.find-by-department',
  method: 'GET',
  path: `${path}/find_by_department`,
  violationsIn: ({ query }) =>
    departmentIn(query) === '' ? [{ field: 'department_id', value: '', description: 'department_id is required' }] : [],
  answer: (operation, kinds) => listMembers(operation, kinds, departmentIn(operation.call.query), MEMBER_PAGES),
});

function departmentIn(query: URLSearchParams): string {
  return query.get('department_id') ?? '';
}

/** 获取用户列表, deprecated: without a department, the employees that the contact scope lists one by one. */
const list = contactRoute({
  operation: 'contact.user.list',
  method: 'GET',
  path,
  answer: (operation, kinds) => {
    const department = departmentIn(operation.call.query);
    return department === ''
      ? listIndependent(operation, kinds)
      : listMembers(operation, kinds, department, USER_PAGES);
  },
});

/** Lists of people. They come before `:user_id`. */
export const userLists: readonly Route[] = [findByDepartment, list];

async function listMembers(
  operation: OperationContext,
  kinds: IdKinds,
  department: string,
  limits: PageLimits,
): Promise<Reply> {
  const { call, caller, exchange } = operation;
  const { tenant } = caller;
  const found = departmentNamed(tenant, kinds.departmentKind, department);
  if (found === undefined) return errorReply(exchange, unknownDepartments(kinds.departmentKind, [department]));
  if (!isDepartmentInScope(caller, found.id)) return errorReply(exchange, USER_READ_CODES.departmentForbidden);
  const sized = readPageSize(call.query, limits);
  if (!('size' in sized)) return pageErrorReply(exchange, sized);
  const paged = pagedList(caller, operation.name, found.id);
  const after = decodeCursor(call.query.get('page_token'), paged);
  if (after === undefined) return errorReply(exchange, CONTACT_PAGE_CODES.token);
  return reply(
    operation,
    kinds,
    (next) => encodeCursor(paged, next),
    () => membersOf(tenant.number, found.id, after, sized.size),
  );
}

async function listIndependent(operation: OperationContext, kinds: IdKinds): Promise<Reply> {
  const { call, caller, exchange } = operation;
  const sized = readPageSize(call.query, USER_PAGES);
  if (!('size' in sized)) return pageErrorReply(exchange, sized);
  const paged = pagedList(caller, 'contact.user.list');
  const after = decodeCursor(call.query.get('page_token'), paged);
  if (after === undefined) return errorReply(exchange, CONTACT_PAGE_CODES.token);
  return reply(
    operation,
    kinds,
    (next) => encodeCursor(paged, next),
    () => independent(caller, after, sized.size),
  );
}

/** Returns the employees that the contact scope lists one by one; the scope of all lists none. [contract feishu-contact.md 2.6] */
function* independent({ range, tenant }: Caller, after: Cursor | null, size: number): StoreTask<MemberPage> {
  const listed = range === 'all' ? [] : range.employees;
  const people = yield* load('employees-by-id', { tenant: tenant.number, ids: listed });
  const here = listed.flatMap((id): Employee[] => {
    const employee = people.get(id);
    return employee !== undefined && isInService(employee) ? [employee] : [];
  });
  const { things, next } = pageAfter(here, after, size);
  return { employees: things, next };
}

async function reply(
  { call, caller, context, exchange }: OperationContext,
  kinds: IdKinds,
  tokenOf: (next: Cursor) => string,
  find: () => StoreTask<MemberPage>,
): Promise<Reply> {
  const { items, next } = await context.store.read(() => shown(caller, kinds, call.origin, find));
  return successReply(exchange, {
    has_more: next !== null,
    ...(next === null ? {} : { page_token: tokenOf(next) }),
    items,
  });
}

function* shown(
  caller: Caller,
  kinds: IdKinds,
  origin: string,
  find: () => StoreTask<MemberPage>,
): StoreTask<{ readonly items: readonly object[]; readonly next: Cursor | null }> {
  const { employees, next } = yield* find();
  return { items: yield* showUsers(caller, employees, 'list', kinds, origin), next };
}
