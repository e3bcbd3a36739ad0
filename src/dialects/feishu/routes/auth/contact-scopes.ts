import type { Employee } from '../../../../directory/employees/employee.ts';
import { load, type StoreTask } from '../../../../directory/store.ts';
import type { Caller } from '../../auth/caller.ts';
import { childrenIn } from '../../departments/contact/listing.ts';
import { SCOPE_PAGE_CODES } from '../../protocol/codes.ts';
import { errorReply, successReply } from '../../protocol/envelope.ts';
import { contactRoute } from '../../employees/operation-routes.ts';
import { pageErrorReply } from '../../auth/guarded-route.ts';
import { departmentIdOf, employeeIdOf } from '../../model/ids.ts';
import { readPageSize, type PageLimits } from '../../protocol/list-paging.ts';
import { decodeCursor, encodeCursor, pagedList, type Cursor } from '../../protocol/query/query-paging.ts';

const OPERATION = 'contact.scope.list';

/** [contract feishu-contact.md 4.1] */
const LIMITS: PageLimits = {
  usual: 50,
  most: 100,
  sizeInvalid: SCOPE_PAGE_CODES.size,
  zeroInvalid: SCOPE_PAGE_CODES.size,
};

/** 通讯录授权范围: what the app may touch with its own token. [public: c3/scope/list] */
export const contactScopes = contactRoute({
  operation: OPERATION,
  method: 'GET',
  path: '/open-apis/contact/v3/scopes',
  answer: async ({ call, context, caller, exchange }, { idKind, departmentKind }) => {
    const list = pagedList(caller, OPERATION);
    const wanted = readPageSize(call.query, LIMITS);
    if (!('size' in wanted)) return pageErrorReply(exchange, wanted);
    const after = decodeCursor(call.query.get('page_token'), list);
    if (after === undefined) return errorReply(exchange, SCOPE_PAGE_CODES.token);
    const { tenant } = caller;
    const page = await context.store.read(() => scopePage(caller, after, wanted.size));
    return successReply(exchange, {
      department_ids: page.departments.flatMap((id) => {
        const department = tenant.departments.get(id);
        return department === undefined ? [] : [departmentIdOf(department, departmentKind)];
      }),
      user_ids: page.people.map((employee) => employeeIdOf(employee, idKind, caller.ids, tenant)),
      group_ids: [], // there are no user groups here
      has_more: page.next !== null,
      ...(page.next === null ? {} : { page_token: encodeCursor(list, page.next) }),
    });
  },
});

/** A page of what a scope names: people first, then departments by own id. */
interface ScopePage {
  readonly people: readonly Employee[];
  readonly departments: readonly string[];
  readonly next: Cursor | null;
}

/** Where a page begins: after this person, or after so many departments. */
const AMONG_PEOPLE = 'people';
const AMONG_DEPARTMENTS = 'departments';

function* scopePage(caller: Caller, after: Cursor | null, size: number): StoreTask<ScopePage> {
  const [where = AMONG_PEOPLE, place = 0] = after ?? [];
  const departments = departmentsOf(caller);
  if (where === AMONG_DEPARTMENTS) return pageOfDepartments([], departments, Number(place), size);
  const found = yield* peopleAfter(caller, Number(place), size + 1);
  const people = found.slice(0, size);
  const last = people.at(-1);
  if (last !== undefined && found.length > size)
    return { people: people.map(({ employee }) => employee), departments: [], next: [AMONG_PEOPLE, last.place] };
  return pageOfDepartments(
    people.map(({ employee }) => employee),
    departments,
    0,
    size,
  );
}

function pageOfDepartments(people: readonly Employee[], all: readonly string[], from: number, size: number): ScopePage {
  const to = from + size - people.length;
  return { people, departments: all.slice(from, to), next: to < all.length ? [AMONG_DEPARTMENTS, to] : null };
}

/** Of everything the departments directly below the root, not the root itself. [public: c3/scope/list] */
function departmentsOf({ settings: { contact_scope }, tenant }: Caller): readonly string[] {
  return contact_scope === 'all'
    ? childrenIn(tenant, tenant.departments.root.id).map(({ id }) => id)
    : contact_scope.departments;
}

interface Placed {
  readonly employee: Employee;
  readonly place: number;
}

/** Of everything the people directly in the root, in order of creation; else those named one by one. */
function* peopleAfter(
  { settings: { contact_scope }, tenant }: Caller,
  after: number,
  limit: number,
): StoreTask<readonly Placed[]> {
  if (contact_scope === 'all') {
    const having = { space: 'department', value: tenant.departments.root.id } as const;
    return yield* load('employees-from', { tenant: tenant.number, after, limit, having });
  }
  const { employees } = contact_scope;
  const placed: Placed[] = [];
  // The scope may still name employees who have left.
  for (let from = after; from < employees.length && placed.length < limit; from += limit) {
    const ids = employees.slice(from, from + limit);
    const found = yield* load('employees-by-id', { tenant: tenant.number, ids });
    for (const [index, id] of ids.entries()) {
      const employee = found.get(id);
      if (employee !== undefined) placed.push({ employee, place: from + index + 1 });
    }
  }
  return placed.slice(0, limit);
}
