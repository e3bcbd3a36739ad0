import type { Employee } from '../../../../directory/employees/employee.ts';
import { load, type StoreTask } from '../../../../directory/store.ts';
import type { Route } from '../../../dialect.ts';
import type { Caller } from '../../auth/caller.ts';
import { SCOPE_PAGE_CODES } from '../../protocol/codes.ts';
import { errorReply, successReply } from '../../protocol/envelope.ts';
import { authenticated } from '../../employees/lifecycle/authenticated.ts';
import { contactIdKindsOf, pageErrorReply, validationErrorReply } from '../../auth/guarded-route.ts';
import { departmentIdOf, employeeIdOf } from '../../model/ids.ts';
import { readPageRequest, pageOf, type PageLimits } from '../../protocol/list-paging.ts';
import { pagedList } from '../../protocol/query-paging.ts';

const OPERATION = 'contact.scope.list';

/** [contract feishu-contact.md 4.1] */
const LIMITS: PageLimits = {
  usual: 50,
  most: 100,
  sizeInvalid: SCOPE_PAGE_CODES.size,
  zeroInvalid: SCOPE_PAGE_CODES.size,
  tokenInvalid: SCOPE_PAGE_CODES.token,
};

/** Something that the app's contact scope names, by own id. */
interface Named {
  readonly kind: 'department' | 'employee';
  readonly id: string;
}

/** 通讯录授权范围: what the app may touch with its own token. [public: contact/scope/list] */
export const contactScopes: Route = {
  operation: OPERATION,
  method: 'GET',
  path: '/open-apis/contact/v3/scopes',
  answer: authenticated(OPERATION, async ({ call, context, caller, exchange }) => {
    const { idKind, departmentKind, violations } = contactIdKindsOf(call.query);
    if (violations.length > 0) return validationErrorReply(exchange, [], violations);
    const list = pagedList(caller, OPERATION);
    const wanted = readPageRequest(call.query, list, LIMITS);
    if (!('asked' in wanted)) return pageErrorReply(exchange, wanted);
    const page = pageOf(namedBy(caller), ({ kind, id }) => `${kind} ${id}`, list, wanted.asked);
    if (page === null) return errorReply(exchange, SCOPE_PAGE_CODES.token);
    const { tenant } = caller;
    const ids = page.items.flatMap(({ kind, id }) => (kind === 'employee' ? [id] : []));
    const people = await context.store.read(() => peopleWith(caller, ids));
    return successReply(exchange, {
      department_ids: page.items.flatMap(({ kind, id }) => {
        const department = kind === 'department' ? tenant.departments.get(id) : undefined;
        return department === undefined ? [] : [departmentIdOf(department, departmentKind)];
      }),
      user_ids: ids.flatMap((id) => {
        const employee = people.get(id);
        return employee === undefined ? [] : [employeeIdOf(employee, idKind, caller.ids, tenant)];
      }),
      group_ids: [], // there are no user groups here
      has_more: page.next !== null,
      ...(page.next === null ? {} : { page_token: page.next }),
    });
  }),
};

/** The scope of all employees is told as the root department. [derived, contract 4.7] */
function namedBy({ settings: { contact_scope }, tenant }: Caller): readonly Named[] {
  if (contact_scope === 'all') return [{ kind: 'department', id: tenant.departments.root.id }];
  return [
    ...contact_scope.departments.map((id): Named => ({ kind: 'department', id })),
    ...contact_scope.employees.map((id): Named => ({ kind: 'employee', id })),
  ];
}

function* peopleWith({ tenant }: Caller, ids: readonly string[]): StoreTask<ReadonlyMap<string, Employee>> {
  return ids.length === 0 ? new Map() : yield* load('employees-by-id', { tenant: tenant.number, ids });
}
