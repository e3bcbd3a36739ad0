import type { Employee } from '../../../directory/employees/employee.ts';
import type { StoreTask } from '../../../directory/store.ts';
import type { Reply, Route } from '../../dialect.ts';
import type { Caller } from '../auth/caller.ts';
import { ABNORMAL } from '../protocol/codes.ts';
import { isWrong, readQueryPage, pageSizeOf } from '../protocol/query/query-conditions.ts';
import { filteredPage, readEmployeeFilter } from '../employees/read/filter.ts';
import { searchedPage } from '../employees/read/search.ts';
import { successReply } from '../protocol/envelope.ts';
import { serializeEmployeeView } from '../employees/read/view.ts';
import { directoryRead } from '../employees/operation-routes.ts';
import type { IdKinds, OperationContext } from '../auth/guarded-route.ts';
import { pagedList, encodeCursor, type PagedList, type Cursor } from '../protocol/query/query-paging.ts';
import { EmployeeSearchBody, FilterBody } from '../protocol/query/query-schemas.ts';
import {
  fieldErrorsOf,
  loadForEmployees,
  selectionFor,
  viewOf,
  type LoadedEmployees,
} from '../employees/read/view-data.ts';
import type { Selection } from '../protocol/required-fields.ts';
import { queryErrorReply } from '../protocol/query/query-refusal.ts';

/** 批量获取员工列表 */
const employeeFilter = directoryRead({
  operation: 'employee.filter',
  method: 'POST',
  path: '/open-apis/directory/v1/employees/filter',
  body: FilterBody,
  answer: async (operation, kinds, body) => {
    const { caller, exchange } = operation;
    const size = pageSizeOf(body.page_request);
    if (typeof size !== 'number') return queryErrorReply(exchange, size);
    const filter = readEmployeeFilter(body.filter?.conditions ?? []);
    if (isWrong(filter)) return queryErrorReply(exchange, filter);
    const list = pagedList(caller, 'employee.filter', kinds.departmentKind, filter);
    const page = readQueryPage(body.page_request, list);
    if (isWrong(page)) return queryErrorReply(exchange, page);
    const find = (): StoreTask<Found> => filteredPage(caller, kinds.departmentKind, filter, page);
    return await listed(operation, kinds, list, body.required_fields ?? [], find);
  },
});

/** 搜索员工信息 */
const employeeSearch = directoryRead({
  operation: 'employee.search',
  method: 'POST',
  path: '/open-apis/directory/v1/employees/search',
  body: EmployeeSearchBody,
  answer: async (operation, kinds, body) => {
    const { caller, exchange } = operation;
    const search = { text: body.query, withResigned: body.filter?.contain_resigned_employee === true };
    const list = pagedList(caller, 'employee.search', search);
    const page = readQueryPage(body.page_request, list);
    if (isWrong(page)) return queryErrorReply(exchange, page);
    const find = (): StoreTask<Found> => searchedPage(caller, search, page);
    return await listed(operation, kinds, list, body.required_fields ?? [], find);
  },
});

/** Lists of employees. */
export const employeeLists: readonly Route[] = [employeeFilter, employeeSearch];

interface Found {
  readonly employees: readonly Employee[];
  readonly next: Cursor | null;
}

/** Shows a page of whomever a list finds. */
async function listed(
  { call, context, caller, exchange }: OperationContext,
  kinds: IdKinds,
  list: PagedList,
  requiredFields: readonly string[],
  find: () => StoreTask<Found>,
): Promise<Reply> {
  const selection = selectionFor(caller, requiredFields);
  const { employees, next, loaded } = await context.store.read(() => loadPage(caller, selection, find));
  const view = viewOf(caller, loaded, kinds, call.origin);
  const fieldErrors = fieldErrorsOf(selection);
  return successReply(exchange, {
    employees: employees.map((employee) => serializeEmployeeView(employee, selection, view)),
    page_response: next === null ? { has_more: false } : { has_more: true, page_token: encodeCursor(list, next) },
    abnormals:
      fieldErrors === null
        ? []
        : employees.map(({ id }) => ({ id: view.idOf(id), row_error: ABNORMAL.ok, field_errors: fieldErrors })),
  });
}

function* loadPage(
  caller: Caller,
  selection: Selection,
  find: () => StoreTask<Found>,
): StoreTask<Found & { readonly loaded: LoadedEmployees }> {
  const { employees, next } = yield* find();
  return { employees, next, loaded: yield* loadForEmployees(caller, employees, selection) };
}
