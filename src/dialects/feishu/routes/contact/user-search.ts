import type { Employee } from '../../../../directory/employees/employee.ts';
import { isInService } from '../../../../directory/employees/employee.ts';
import type { StoreTask } from '../../../../directory/store.ts';
import type { Route } from '../../../dialect.ts';
import type { Caller } from '../../auth/caller.ts';
import { isInScope } from '../../auth/data-scope.ts';
import { pageErrorReply, validationErrorReply } from '../../auth/guarded-route.ts';
import { fieldsFor } from '../../employees/contact/view-data.ts';
import { serializeUser, type UserView } from '../../employees/contact/view.ts';
import { authenticated } from '../../employees/lifecycle/authenticated.ts';
import { nameContains } from '../../employees/read/search.ts';
import { scanEmployees, type ScanResult } from '../../employees/read/scan.ts';
import { MAX_IN_QUERY } from '../../protocol/bounds.ts';
import { CONTACT_PAGE_CODES } from '../../protocol/codes.ts';
import type { UserField } from '../../protocol/contact/user-fields.ts';
import { errorReply, rawReply } from '../../protocol/envelope.ts';
import { readPageSize, type PageLimits } from '../../protocol/list-paging.ts';
import { decodeCursor, encodeCursor, pagedList } from '../../protocol/query/query-paging.ts';

const OPERATION = 'search.user';
const LIMITS: PageLimits = { usual: 20, most: 200, sizeInvalid: CONTACT_PAGE_CODES.userSize };

/** Always shown, but for `user_id`, which has a scope of its own. [contract feishu-contact.md 2.6] */
const SHOWN: readonly UserField[] = ['avatar', 'department_ids', 'name', 'open_id'];

/** 搜索用户: by a part of the name, among the employees that the user sees. */
export const userSearch: Route = {
  operation: OPERATION,
  method: 'GET',
  path: '/open-apis/search/v1/user',
  answer: authenticated(OPERATION, async ({ call, caller, context, exchange }) => {
    const text = call.query.get('query') ?? '';
    const wrong =
      text === '' ? 'query is required' : text.length > MAX_IN_QUERY ? `the max len is ${String(MAX_IN_QUERY)}` : '';
    if (wrong !== '') return validationErrorReply(exchange, [], [{ field: 'query', value: '', description: wrong }]);
    const sized = readPageSize(call.query, LIMITS);
    if (!('size' in sized)) return pageErrorReply(exchange, sized);
    const list = pagedList(caller, OPERATION, text);
    const after = decodeCursor(call.query.get('page_token'), list);
    if (after === undefined) return errorReply(exchange, CONTACT_PAGE_CODES.token);
    const { employees, next } = await context.store.read(() =>
      named(caller, text.toLowerCase(), Number(after?.[0] ?? 0), sized.size),
    );
    const view: UserView = {
      tenant: caller.tenant,
      reader: caller.ids,
      departmentKind: 'open_department_id',
      fields: [...SHOWN, ...fieldsFor(caller, 'list').filter((field) => field === 'user_id')],
      origin: call.origin,
      founder: null,
      idOf: () => undefined,
    };
    return rawReply(exchange, 200, {
      code: 0,
      msg: 'ok',
      data: {
        has_more: next !== null,
        page_token: next === null ? '' : encodeCursor(list, [next]),
        users: employees.map((employee) => serializeUser(employee, view)),
      },
    });
  }),
};

function named(caller: Caller, text: string, after: number, size: number): StoreTask<ScanResult> {
  const isMeant = (employee: Employee): boolean =>
    isInService(employee) && nameContains(employee.name, text) && isInScope(caller, employee);
  return scanEmployees({ tenant: caller.tenant.number, having: null, isMeant }, after, size);
}
