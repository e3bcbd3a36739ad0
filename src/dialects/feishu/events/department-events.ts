import type { Department } from '../../../directory/departments/department.ts';
import { isInService, type Employee } from '../../../directory/employees/employee.ts';
import { load, type StoreTask } from '../../../directory/store.ts';
import { deepEqual } from '../../../lib/json-equal.ts';
import { holdsAny, type Caller } from '../auth/caller.ts';
import { feishuDepartmentOf } from '../model/department-extension.ts';
import { departmentIdOf, employeeIdOf, type EmployeeIdKind } from '../model/ids.ts';
import { LEGACY } from '../protocol/operations.ts';
import type { EventContent } from './envelope.ts';

/** As a read asks for them. [contract feishu-contact.md 3.1] */
const BASE = ['contact:department.base:readonly', ...LEGACY];
const ORGANIZE = ['contact:department.organize:readonly', ...LEGACY];
const SCOPES: Readonly<Record<string, readonly string[]>> = {
  name: BASE,
  department_id: BASE,
  status: BASE,
  parent_department_id: ORGANIZE,
  leader_user_id: ORGANIZE,
  order: ORGANIZE,
  unit_ids: ORGANIZE,
  leaders: ORGANIZE,
  department_hrbps: ['contact:department.hrbp:readonly'],
};

type Shown = Readonly<Record<string, unknown>>;

/** Returns the events of the contact API about a department. [contract feishu-contact.md 6.2, 6.3] */
export function* departmentEvents(
  caller: Caller,
  before: Department | null,
  after: Department | null,
): StoreTask<readonly EventContent[]> {
  const show = yield* departmentShower(caller, [before, after]);
  const visible = (shown: Shown): Shown =>
    Object.fromEntries(Object.entries(shown).filter(([member]) => holdsAny(caller, SCOPES[member] ?? [])));
  if (before === null) {
    return after === null
      ? []
      : [{ type: 'contact.department.created_v3', event: { object: visible(show(after, false)) } }];
  }
  const old = show(before, false);
  if (after === null) {
    const old_object = visible({ status: old['status'], open_department_id: old['open_department_id'] });
    return [{ type: 'contact.department.deleted_v3', event: { object: visible(show(before, true)), old_object } }];
  }
  const object = show(after, false);
  if (deepEqual(old, object)) return [];
  // The whole object before, unlike that of a user. [public: c3/department/events/updated]
  return [{ type: 'contact.department.updated_v3', event: { object: visible(object), old_object: visible(old) } }];
}

/** Finds out what showing states of departments needs, and returns what shows them with every member. */
export function* departmentShower(
  { tenant, ids: reader }: Caller,
  states: readonly (Department | null)[],
): StoreTask<(department: Department, isDeleted: boolean) => Shown> {
  const named = states.flatMap((state) =>
    state === null ? [] : [...state.leaders.map(({ employee }) => employee), ...feishuDepartmentOf(state).hrbps],
  );
  const people =
    named.length === 0
      ? new Map<string, Employee>()
      : yield* load('employees-by-id', { tenant: tenant.number, ids: [...new Set(named)] });
  const idOf = (employee: Employee, kind: EmployeeIdKind): string => employeeIdOf(employee, kind, reader, tenant);
  return (department, isDeleted) => {
    const leaders = department.leaders.flatMap(({ employee, deputy }) => {
      const leader = people.get(employee);
      return leader === undefined ? [] : [{ leaderType: deputy ? 2 : 1, leaderID: idOf(leader, 'open_id') }];
    });
    return {
      name: department.name.value,
      parent_department_id: parentIdOf(department, tenant),
      department_id: departmentIdOf(department, 'department_id'),
      open_department_id: departmentIdOf(department, 'open_department_id'),
      leader_user_id: leaders.find(({ leaderType }) => leaderType === 1)?.leaderID ?? '',
      order: department.order,
      unit_ids: [],
      status: { is_deleted: isDeleted },
      leaders,
      department_hrbps: feishuDepartmentOf(department).hrbps.flatMap((id) => {
        const hrbp = people.get(id);
        return hrbp === undefined || !isInService(hrbp)
          ? []
          : [
              {
                union_id: idOf(hrbp, 'union_id'),
                user_id: idOf(hrbp, 'employee_id'),
                open_id: idOf(hrbp, 'open_id'),
              },
            ];
      }),
    };
  };
}

/** A parent may have been removed since: then its own id is all that is left of it. */
function parentIdOf({ parent }: Department, tenant: Caller['tenant']): string {
  if (parent === null) return '';
  const above =
    tenant.departments.get(parent) ?? tenant.parts.removedDepartments?.find((removed) => removed.id === parent);
  return above === undefined ? '' : departmentIdOf(above, 'open_department_id');
}
