import type { Department } from '../../directory/department.ts';
import type { Tenant } from '../../directory/tenant.ts';
import { departmentIdOf, type DepartmentIdKind } from './ids.ts';
import { wordsOf } from './text.ts';

/** What showing a department needs beside itself. */
export interface DepartmentView {
  readonly tenant: Tenant;
  readonly departmentKind: DepartmentIdKind;
  /** The id of an employee in the kind asked for; undefined where there is no such employee. */
  readonly idOf: (employee: string) => string | undefined;
}

type Show = (department: Department, view: DepartmentView) => unknown;

const SHOWN: Readonly<Record<string, Show>> = {
  department_id: (department, { departmentKind }) => departmentIdOf(department, departmentKind),
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
  name: ({ name }) => wordsOf(name),
  enabled_status: ({ enabled }) => enabled,
  order_weight: ({ order }) => String(order),
  custom_field_values: () => [],
  department_path_infos: (department, view) => pathShown(department, view),
  data_source: () => 1,
};

/** The members of a department that are asked for. */
export function departmentShown(department: Department, members: ReadonlySet<string>, view: DepartmentView): object {
  const shown: Record<string, unknown> = {};
  for (const member of members) {
    const show = SHOWN[member];
    if (show !== undefined) shown[member] = show(department, view);
  }
  return shown;
}

/** From the top level down to the department; the root stands there only for itself. */
export function pathShown(department: Department, { tenant, departmentKind }: DepartmentView): readonly object[] {
  return tenant.departments
    .pathTo(department.id)
    .filter((one) => one.parent !== null || one.id === department.id)
    .map((one) => ({ department_id: departmentIdOf(one, departmentKind), department_name: wordsOf(one.name) }));
}
