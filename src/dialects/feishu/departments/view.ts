import type { Department } from '../../../directory/departments/department.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { serializeCustomValue, peopleIn } from '../model/custom-fields.ts';
import { serializeCount, type MemberCounts } from './member-counts.ts';
import { feishuDepartmentOf } from '../model/department-extension.ts';
import { departmentIdOf, type DepartmentIdKind } from '../model/ids.ts';
import { localizedTextOf } from '../protocol/localized-text.ts';

/** What showing a department needs beside itself. */
export interface DepartmentView {
  readonly tenant: Tenant;
  readonly departmentKind: DepartmentIdKind;
  /** An employee by own id; undefined where there is none, or none was loaded. */
  readonly person: (employee: string) => Employee | undefined;
  /** The id of an employee in the kind asked for; undefined where there is no such employee. */
  readonly idOf: (employee: string) => string | undefined;
  /** By own id of the department; only where they are asked for. */
  readonly counts: ReadonlyMap<string, MemberCounts>;
}

type Show = (department: Department, view: DepartmentView) => unknown;

const SHOWN: Readonly<Record<string, Show>> = {
  department_id: (department, { departmentKind }) => departmentIdOf(department, departmentKind),
  department_count: (department, { tenant, counts, person }) =>
    serializeCount(department, tenant.departments, counts.get(department.id) ?? { direct: 0, recursive: 0 }, person),
  has_child: ({ id }, { tenant }) => tenant.departments.childrenOf(id).length > 0,
  leaders: ({ leaders }, { idOf }) =>
    leaders.flatMap(({ employee, deputy }) => {
      const leader_id = idOf(employee);
      return leader_id === undefined ? [] : [{ leader_type: deputy ? 2 : 1, leader_id }];
    }),
  parent_department_id: ({ parent }, { tenant, departmentKind }) => {
    const above = parent === null ? undefined : tenant.departments.get(parent);
    return above === undefined ? '0' : departmentIdOf(above, departmentKind);
  },
  name: ({ name }) => localizedTextOf(name),
  enabled_status: ({ enabled }) => enabled,
  order_weight: ({ order }) => String(order),
  custom_field_values: (department, { tenant, idOf }) =>
    Object.entries(feishuDepartmentOf(department).custom).flatMap(([id, value]) => {
      const field = tenant.customFields.get(id);
      return field === undefined ? [] : (serializeCustomValue(field, value, idOf) ?? []);
    }),
  department_path_infos: (department, view) => serializePath(department, view),
  data_source: () => 1,
};

/** The members of a department that are asked for. */
export function serializeDepartmentView(
  department: Department,
  members: ReadonlySet<string>,
  view: DepartmentView,
): object {
  const shown: Record<string, unknown> = {};
  for (const member of members) {
    const show = SHOWN[member];
    if (show !== undefined) shown[member] = show(department, view);
  }
  return shown;
}

/** Own ids of employees that showing these members of a department needs. */
export function peopleNeededBy(department: Department, members: ReadonlySet<string>, tenant: Tenant): string[] {
  const needed: string[] = [];
  if (members.has('leaders') || members.has('department_count'))
    for (const { employee } of department.leaders) needed.push(employee);
  if (members.has('custom_field_values')) {
    for (const [id, value] of Object.entries(feishuDepartmentOf(department).custom)) {
      const type = tenant.customFields.get(id)?.type;
      if (type === 'person' || type === 'people') needed.push(...peopleIn(value));
    }
  }
  return needed;
}

/** Returns the path from the top level down to the department; only the root's own path contains the root. */
export function serializePath(
  department: Department,
  { tenant, departmentKind }: Pick<DepartmentView, 'tenant' | 'departmentKind'>,
): readonly object[] {
  // One that was removed lies where it lay, as far as that is still there.
  const isRemoved = tenant.departments.get(department.id) === undefined;
  const path = isRemoved
    ? [...tenant.departments.pathTo(department.parent ?? ''), department]
    : tenant.departments.pathTo(department.id);
  return path
    .filter((one) => one.parent !== null || one.id === department.id)
    .map((one) => ({ department_id: departmentIdOf(one, departmentKind), department_name: localizedTextOf(one.name) }));
}

/** Sisters in the order that the platform shows them: smaller weights first, then as they were made. [public: dir/department/patch] */
export function inOrder(departments: readonly Department[]): readonly Department[] {
  return departments.toSorted((one, other) => one.order - other.order);
}

/** Everything below a department: each followed by what is below it, sisters in their order. */
export function allBelow(tenant: Tenant, id: string): readonly Department[] {
  const found: Department[] = [];
  const open = inOrder(tenant.departments.childrenOf(id)).toReversed();
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    found.push(at);
    open.push(...inOrder(tenant.departments.childrenOf(at.id)).toReversed());
  }
  return found;
}
