import type { App } from '../../../directory/auth/app.ts';
import type { CatalogEntry } from '../../../directory/catalog.ts';
import type { CustomField } from '../../../directory/custom-field.ts';
import { load, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { deepEqual } from '../../../lib/json-equal.ts';
import type { Caller } from '../auth/caller.ts';
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
  const old = namesIn(appSettingsOf(before).contact_scope, caller.tenant);
  const fresh = namesIn(appSettingsOf(after).contact_scope, caller.tenant);
  if (deepEqual(old, fresh)) return [];
  const added = yield* objectsOf(caller, without(fresh, old));
  const removed = yield* objectsOf(caller, without(old, fresh));
  return [{ type: 'contact.scope.updated_v3', event: { added, removed } }];
}

/** Own ids of what a scope names. */
interface Named {
  readonly departments: readonly string[];
  readonly employees: readonly string[];
}

/** Everything is named by the departments right below the root, as in the list of the scope. [contract feishu-contact.md 4.1] */
function namesIn(scope: ContactScope, { departments }: Tenant): Named {
  return scope === 'all'
    ? { departments: departments.childrenOf(departments.root.id).map(({ id }) => id), employees: [] }
    : scope;
}

function without(some: Named, others: Named): Named {
  return {
    departments: some.departments.filter((id) => !others.departments.includes(id)),
    employees: some.employees.filter((id) => !others.employees.includes(id)),
  };
}

/** Whole objects; there are no user groups here. */
function* objectsOf(caller: Caller, named: Named): StoreTask<object> {
  const { tenant } = caller;
  const departments = named.departments.flatMap((id) => tenant.departments.get(id) ?? []);
  const found =
    named.employees.length === 0
      ? []
      : [...(yield* load('employees-by-id', { tenant: tenant.number, ids: named.employees })).values()];
  const showDepartment = yield* departmentShower(caller, departments);
  const showUser = yield* userShower(caller, found);
  return {
    departments: departments.map((department) => showDepartment(department, false)),
    users: found.map((employee) => visibleMembers(caller, showUser(employee))),
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
