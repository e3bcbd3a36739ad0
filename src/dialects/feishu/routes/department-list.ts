import type { Department } from '../../../directory/departments/department.ts';
import type { Route } from '../../dialect.ts';
import type { Caller } from '../auth/caller.ts';
import { ABNORMAL } from '../protocol/codes.ts';
import {
  isWrong,
  readQueryPage,
  pageSizeOf,
  readConditions,
  type Filterable,
  type FilterCondition,
} from '../protocol/query/query-conditions.ts';
import { isDepartmentField, selectDepartment, type DepartmentSelection } from '../departments/required-fields.ts';
import { allBelow, serializeDepartmentView, inOrder } from '../departments/view.ts';
import { nameContains } from '../employees/read/search.ts';
import { successReply } from '../protocol/envelope.ts';
import { directoryRead } from '../employees/operation-routes.ts';
import type { IdKinds, OperationContext } from '../auth/guarded-route.ts';
import { departmentIdOf, departmentNamed, removedDepartmentNamed, type DepartmentIdKind } from '../model/ids.ts';
import { pagedList, encodeCursor, pageAfter } from '../protocol/query/query-paging.ts';
import { isDepartmentInScope, reachesRemoved } from '../auth/data-scope.ts';
import { DepartmentMgetBody, DepartmentSearchBody, FilterBody } from '../protocol/query/query-schemas.ts';
import { fieldErrorsOf, loadForDepartments, viewOf } from '../employees/read/view-data.ts';
import { queryErrorReply } from '../protocol/query/query-refusal.ts';

const path = '/open-apis/directory/v1/departments';

/** 批量获取部门信息 */
const departmentMget = directoryRead({
  operation: 'department.mget',
  method: 'POST',
  path: `${path}/mget`,
  body: DepartmentMgetBody,
  answer: async (operation, kinds, body) => {
    const { caller, exchange } = operation;
    const found: Department[] = [];
    const missing: object[] = [];
    for (const id of new Set(body.department_ids)) {
      const department = departmentNamed(caller.tenant, kinds.departmentKind, id);
      const removed =
        department === undefined ? removedDepartmentNamed(caller.tenant, kinds.departmentKind, id) : undefined;
      if (removed !== undefined && reachesRemoved(caller, removed)) found.push(removed);
      else if (department === undefined && removed === undefined) {
        // As mget of employees says it of a person. [derived]
        missing.push({ id, row_error: ABNORMAL.ok, field_errors: { department_id: ABNORMAL.userMissing } });
      } else if (department !== undefined && isDepartmentInScope(caller, department.id)) found.push(department);
      else missing.push({ id, row_error: ABNORMAL.noPermission, field_errors: {} });
    }
    const { departments, abnormals } = await shown(operation, kinds, found, body.required_fields);
    return successReply(exchange, { departments, abnormals: [...missing, ...abnormals] });
  },
});

const PARENT = 'parent_department_id';
const ENABLED = 'enabled_status';

/** The endpoint page has the parent and `eq` alone; a client in use asks for enabled ones too. [contract feishu-contact.md 7.1 row 17] */
const FILTERABLE: Readonly<Record<string, Filterable>> = {
  [PARENT]: { operators: ['eq'], type: 'string' },
  [ENABLED]: { operators: ['eq'], type: 'boolean' },
};

/** 批量获取部门列表 */
const departmentFilter = directoryRead({
  operation: 'department.filter',
  method: 'POST',
  path: `${path}/filter`,
  body: FilterBody,
  answer: async (operation, kinds, body) => {
    const { caller, exchange } = operation;
    const size = pageSizeOf(body.page_request);
    if (typeof size !== 'number') return queryErrorReply(exchange, size);
    const filter = readConditions(body.filter?.conditions ?? [], FILTERABLE, isDepartmentField);
    if (isWrong(filter)) return queryErrorReply(exchange, filter);
    const list = pagedList(caller, 'department.filter', kinds.departmentKind, filter);
    const page = readQueryPage(body.page_request, list);
    if (isWrong(page)) return queryErrorReply(exchange, page);
    const { things, next } = pageAfter(filtered(caller, kinds.departmentKind, filter), page.after, page.size);
    return successReply(exchange, {
      ...(await shown(operation, kinds, things, body.required_fields ?? [])),
      page_response: next === null ? { has_more: false } : { has_more: true, page_token: encodeCursor(list, next) },
    });
  },
});

/** Without a condition all departments below the root are listed, each before what is below it. [derived] */
function filtered(caller: Caller, kind: DepartmentIdKind, filter: readonly FilterCondition[]): readonly Department[] {
  const { tenant } = caller;
  const parents = filter
    .filter(({ field }) => field === PARENT)
    .map(({ values: [id] }) => departmentNamed(tenant, kind, String(id)));
  const states = filter.filter(({ field }) => field === ENABLED).map(({ values: [state] }) => state);
  const [parent] = parents;
  const listed =
    parents.length === 0
      ? allBelow(tenant, tenant.departments.root.id)
      : parent === undefined || parents.some((one) => one !== parent)
        ? []
        : inOrder(tenant.departments.childrenOf(parent.id));
  return listed.filter(
    ({ id, enabled }) => states.every((state) => state === enabled) && isDepartmentInScope(caller, id),
  );
}

/** The most matches with an app's token. [public: dir/department/search] */
const MAX_MATCHES = 100;

/** 搜索部门 */
const departmentSearch = directoryRead({
  operation: 'department.search',
  method: 'POST',
  path: `${path}/search`,
  body: DepartmentSearchBody,
  answer: async (operation, kinds, body) => {
    const { caller, exchange } = operation;
    const isExact = body.filter?.exactly_match_by_name === true;
    const list = pagedList(caller, 'department.search', body.query, isExact);
    const page = readQueryPage(body.page_request, list);
    if (isWrong(page)) return queryErrorReply(exchange, page);
    const all = searched(caller, body.query, isExact);
    const matches = caller.user === null ? all.slice(0, MAX_MATCHES) : all;
    const { things, next } = pageAfter(matches, page.after, page.size);
    return successReply(exchange, {
      ...(await shown(operation, kinds, things, body.required_fields ?? [])),
      page_response: next === null ? { has_more: false } : { has_more: true, page_token: encodeCursor(list, next) },
    });
  },
});

/** Departments whose name, in any language, has the text in it, or is it; in the order they were made. [derived] */
function searched(caller: Caller, text: string, isExact: boolean): readonly Department[] {
  const folded = text.toLowerCase();
  return caller.tenant.departments.all.filter(({ id, name, parent }) => {
    if (parent === null) return false;
    const isMatch = isExact
      ? name.value === text || Object.values(name.i18n).includes(text)
      : nameContains(name, folded);
    return isMatch && isDepartmentInScope(caller, id);
  });
}

/** Reads of departments. */
export const departmentLists: readonly Route[] = [departmentMget, departmentFilter, departmentSearch];

interface Shown {
  readonly departments: readonly object[];
  readonly abnormals: readonly object[];
}

async function shown(
  { call, caller, context }: OperationContext,
  kinds: IdKinds,
  departments: readonly Department[],
  requiredFields: readonly string[],
): Promise<Shown> {
  const selection: DepartmentSelection = selectDepartment(caller, requiredFields);
  const { members } = selection;
  const loaded = await context.store.read(() => loadForDepartments(caller, departments, members));
  const view = viewOf(caller, loaded, kinds, call.origin);
  const fieldErrors = fieldErrorsOf(selection);
  return {
    departments: departments.map((department) => serializeDepartmentView(department, members, view)),
    abnormals:
      fieldErrors === null
        ? []
        : departments.map((department) => ({
            id: departmentIdOf(department, kinds.departmentKind),
            row_error: ABNORMAL.ok,
            field_errors: fieldErrors,
          })),
  };
}
