import type { App } from '../../../directory/auth/app.ts';
import type { CatalogEntry } from '../../../directory/catalog.ts';
import type { CustomField } from '../../../directory/custom-field.ts';
import { load, type StoreTask } from '../../../directory/store.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { deepEqual } from '../../../lib/json-equal.ts';
import { reachOf, type Caller } from '../auth/caller.ts';
import { isDepartmentInScope, isInScope } from '../auth/data-scope.ts';
import { isTypeDeleted } from '../model/employee-types.ts';
import { SPACE } from '../model/ids.ts';
import { appSettingsOf, settingsOf, type ContactScope } from '../model/settings.ts';
import { showTypeEntry } from '../lookups/employee-types.ts';
import { departmentShower } from './department-events.ts';
import type { EventContent } from './envelope.ts';
import { userShower, visibleMembers } from './user-object.ts';

/** Returns the event that tells an app of its own contact scope. [contract feishu-contact.md 6.2] */
export function* scopeEvents(
  caller: Caller,
  before: App | null,
  after: App | null,
): StoreTask<readonly EventContent[]> {
  if (before === null || after === null || after.id !== caller.app.id) return [];
  const was = reachOf(appSettingsOf(before).contact_scope, caller.tenant);
  const is = reachOf(appSettingsOf(after).contact_scope, caller.tenant);
  if (deepEqual(was, is)) return [];
  const [old, fresh] = [yield* namedBy(was, caller), yield* namedBy(is, caller)];
  const added = without(fresh, old);
  // What is named no longer is removed only where it is not within what is named now.
  const removed = outside(without(old, fresh), { ...caller, range: is });
  if ([added, removed].every(({ departments, employees }) => departments.length + employees.length === 0)) return [];
  const event = { added: yield* objectsOf(caller, added), removed: yield* objectsOf(caller, removed) };
  return [{ type: 'contact.scope.updated_v3', event }];
}

/** What a scope names. */
interface Named {
  /** Own ids. */
  readonly departments: readonly string[];
  readonly employees: readonly Employee[];
}

/** Everything is named by the departments and people right below the root, as in the list of the scope. [contract feishu-contact.md 4.1] */
function* namedBy(scope: ContactScope, { tenant }: Caller): StoreTask<Named> {
  const { number, departments } = tenant;
  if (scope !== 'all') {
    const found = yield* load('employees-by-id', { tenant: number, ids: scope.employees });
    return { departments: scope.departments, employees: scope.employees.flatMap((id) => found.get(id) ?? []) };
  }
  const root = departments.root.id;
  return {
    departments: departments.childrenOf(root).map(({ id }) => id),
    employees: yield* directlyIn(number, root),
  };
}

/** So many people are read at one time. */
const BATCH_SIZE = 500;

function* directlyIn(tenant: number, value: string): StoreTask<readonly Employee[]> {
  const people: Employee[] = [];
  const having = { space: 'department', value } as const;
  for (let after = 0, isMore = true; isMore;) {
    const piece = yield* load('employees-from', { tenant, after, limit: BATCH_SIZE, having });
    people.push(...piece.map(({ employee }) => employee));
    after = piece.at(-1)?.place ?? after;
    isMore = piece.length === BATCH_SIZE;
  }
  return people;
}

function without(some: Named, others: Named): Named {
  const known = new Set(others.employees.map(({ id }) => id));
  return {
    departments: some.departments.filter((id) => !others.departments.includes(id)),
    employees: some.employees.filter(({ id }) => !known.has(id)),
  };
}

/** What of this a caller does not reach. */
function outside({ departments, employees }: Named, caller: Caller): Named {
  return {
    departments: departments.filter((id) => !isDepartmentInScope(caller, id)),
    employees: employees.filter((employee) => !isInScope(caller, employee)),
  };
}

/** Whole objects; there are no user groups here. */
function* objectsOf(caller: Caller, named: Named): StoreTask<object> {
  const { tenant } = caller;
  const departments = named.departments.flatMap((id) => tenant.departments.get(id) ?? []);
  const showDepartment = yield* departmentShower(caller, departments);
  const showUser = yield* userShower(caller, named.employees);
  return {
    departments: departments.map((department) => showDepartment(department, false)),
    users: named.employees.map((employee) => visibleMembers(caller, showUser(employee))),
    user_groups: [],
  };
}

/** Returns the events about an employee type; switching it has events of its own. [contract feishu-contact.md 6.2] */
export function employeeTypeEvents(before: CatalogEntry | null, after: CatalogEntry | null): readonly EventContent[] {
  if ((after ?? before)?.catalog !== 'employee-type') return [];
  const was = before === null || isTypeDeleted(before) ? null : before;
  const is = after === null || isTypeDeleted(after) ? null : after;
  if (is === null) {
    return was === null
      ? []
      : [{ type: 'contact.employee_type_enum.deleted_v3', event: { old_enum: showTypeEntry(was) } }];
  }
  const new_enum = showTypeEntry(is);
  if (was === null) return [{ type: 'contact.employee_type_enum.created_v3', event: { new_enum } }];
  const old_enum = showTypeEntry(was);
  const event = { old_enum, new_enum };
  const isRenamed = !deepEqual(showTypeEntry({ ...was, enabled: is.enabled }), new_enum);
  return [
    ...(isRenamed ? [{ type: 'contact.employee_type_enum.updated_v3', event } as const] : []),
    ...(was.enabled === is.enabled ? [] : [{ type: switched(is), event } as const]),
  ];
}

function switched({ enabled }: CatalogEntry) {
  return enabled ? 'contact.employee_type_enum.actived_v3' : 'contact.employee_type_enum.deactivated_v3';
}

/** Returns the event about the company's own fields: their definitions, not their values. [contract feishu-contact.md 6.2] */
export function customFieldEvents(
  tenant: Tenant,
  before: CustomField | null,
  after: CustomField | null,
): readonly EventContent[] {
  const changed = (after ?? before)?.id;
  const others = tenant.customFields.all.filter(({ id }) => id !== changed);
  const shown = (field: CustomField | null): object => ({
    contact_field_key: [...others, ...(field === null ? [] : [field])].flatMap(({ ids }) => ids[SPACE.field] ?? []),
    allow_open_query: settingsOf(tenant).custom_fields_api_enabled,
  });
  // A field that only other platforms have is none here.
  if ((after ?? before)?.ids[SPACE.field] === undefined) return [];
  return [{ type: 'contact.custom_attr_event.updated_v3', event: { object: shown(after), old_object: shown(before) } }];
}
