import type { Employee } from '../../../directory/employees/employee.ts';
import type { Gather } from '../../../directory/store.ts';
import type { Reply, Route } from '../../dialect.ts';
import type { Caller } from '../auth/caller.ts';
import { ABNORMAL } from '../protocol/codes.ts';
import { isWrong, pageOf, pageSizeOf } from '../protocol/query-conditions.ts';
import { filteredPage, readEmployeeFilter } from '../employees/read/filter.ts';
import { searchedPage } from '../employees/read/search.ts';
import { succeed } from '../protocol/envelope.ts';
import { employeeShown } from '../employees/read/view.ts';
import { guarded } from '../employees/lifecycle/authenticated.ts';
import { idKindsOf, refuseFor, refuseShape, type Guarded, type IdKinds } from '../auth/guarded-route.ts';
import { operationRefusal } from '../auth/operation-permission.ts';
import { pagedList, pageTokenOf, type PagedList, type PagePlace } from '../protocol/query-paging.ts';
import { EmployeeSearchBody, FilterBody } from '../protocol/query-schemas.ts';
import { fieldErrorsOf, gatherForEmployees, selectionFor, viewOf, type Gathered } from '../employees/read/view-data.ts';
import type { Selection } from '../protocol/required-fields.ts';
import { bodyReader } from '../protocol/body-validation.ts';
import { refuseWrong } from '../protocol/query-refusal.ts';

const readFilter = bodyReader(FilterBody);
const readSearch = bodyReader(EmployeeSearchBody);

/** 批量获取员工列表 */
const employeeFilter: Route = {
  operation: 'employee.filter',
  method: 'POST',
  path: '/open-apis/directory/v1/employees/filter',
  body: FilterBody,
  answer: guarded('employee.filter', async (guarded) => {
    const { call, caller, exchange } = guarded;
    const kinds = idKindsOf(call.query);
    const { body, ...read } = readFilter(call.body);
    if (body === null || kinds.violations.length > 0)
      return refuseShape(exchange, 'violations' in read ? read.violations : [], kinds.violations);
    const refusal = operationRefusal(caller, 'employee.filter');
    if (refusal !== null) return refuseFor(exchange, refusal);
    const size = pageSizeOf(body.page_request);
    if (typeof size !== 'number') return refuseWrong(exchange, size);
    const filter = readEmployeeFilter(body.filter?.conditions ?? []);
    if (isWrong(filter)) return refuseWrong(exchange, filter);
    const list = pagedList(caller, 'employee.filter', kinds.departmentKind, filter);
    const page = pageOf(body.page_request, list);
    if (isWrong(page)) return refuseWrong(exchange, page);
    const find = (): Gather<Found> => filteredPage(caller, kinds.departmentKind, filter, page);
    return await listed(guarded, kinds, list, body.required_fields ?? [], find);
  }),
};

/** 搜索员工信息 */
const employeeSearch: Route = {
  operation: 'employee.search',
  method: 'POST',
  path: '/open-apis/directory/v1/employees/search',
  body: EmployeeSearchBody,
  answer: guarded('employee.search', async (guarded) => {
    const { call, caller, exchange } = guarded;
    const kinds = idKindsOf(call.query);
    const { body, ...read } = readSearch(call.body);
    if (body === null || kinds.violations.length > 0)
      return refuseShape(exchange, 'violations' in read ? read.violations : [], kinds.violations);
    const refusal = operationRefusal(caller, 'employee.search');
    if (refusal !== null) return refuseFor(exchange, refusal);
    const search = { text: body.query, withResigned: body.filter?.contain_resigned_employee === true };
    const list = pagedList(caller, 'employee.search', search);
    const page = pageOf(body.page_request, list);
    if (isWrong(page)) return refuseWrong(exchange, page);
    const find = (): Gather<Found> => searchedPage(caller, search, page);
    return await listed(guarded, kinds, list, body.required_fields ?? [], find);
  }),
};

/** Lists of employees. */
export const employeeLists: readonly Route[] = [employeeFilter, employeeSearch];

interface Found {
  readonly employees: readonly Employee[];
  readonly next: PagePlace | null;
}

/** Shows a page of whomever a list finds. */
async function listed(
  { call, house, caller, exchange }: Guarded,
  kinds: IdKinds,
  list: PagedList,
  requiredFields: readonly string[],
  find: () => Gather<Found>,
): Promise<Reply> {
  const selection = selectionFor(caller, requiredFields);
  const { employees, next, gathered } = await house.store.read(() => gather(caller, selection, find));
  const view = viewOf(caller, gathered, kinds, call.origin);
  const fieldErrors = fieldErrorsOf(selection);
  return succeed(exchange, {
    employees: employees.map((employee) => employeeShown(employee, selection, view)),
    page_response: next === null ? { has_more: false } : { has_more: true, page_token: pageTokenOf(list, next) },
    abnormals:
      fieldErrors === null
        ? []
        : employees.map(({ id }) => ({ id: view.idOf(id), row_error: ABNORMAL.ok, field_errors: fieldErrors })),
  });
}

function* gather(
  caller: Caller,
  selection: Selection,
  find: () => Gather<Found>,
): Gather<Found & { readonly gathered: Gathered }> {
  const { employees, next } = yield* find();
  return { employees, next, gathered: yield* gatherForEmployees(caller, employees, selection) };
}
