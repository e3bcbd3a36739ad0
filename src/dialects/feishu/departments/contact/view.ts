import type { Department } from '../../../../directory/departments/department.ts';
import { isInService, type Employee } from '../../../../directory/employees/employee.ts';
import { load, loadAll, type StoreTask } from '../../../../directory/store.ts';
import { holdsAny, type Caller } from '../../auth/caller.ts';
import { feishuDepartmentOf, orderTextOf } from '../../model/department-extension.ts';
import { departmentIdOf, employeeIdOf, type DepartmentIdKind, type EmployeeIdKind } from '../../model/ids.ts';
import { LEGACY } from '../../protocol/operations.ts';
import { idsWithin } from '../member-counts.ts';

/** Field scopes; any one of a list is enough. [public: c3/department/get, contract feishu-contact.md 3.1] */
const BASE = ['contact:department.base:readonly', ...LEGACY] as const;
const ORGANIZE = ['contact:department.organize:readonly', ...LEGACY] as const;
const HRBP = ['contact:department.hrbp:readonly'] as const;

/** In which kinds of ids departments and employees are named. */
export interface ShownKinds {
  readonly idKind: EmployeeIdKind;
  readonly departmentKind: DepartmentIdKind;
}

/** What showing departments needs that has to be asked for. */
interface DepartmentData {
  readonly people: ReadonlyMap<string, Employee>;
  /** By own id: those in it and below it, and those of them whose main department is there. */
  readonly counts: ReadonlyMap<string, readonly [all: number, primary: number]>;
}

/** Shows departments as the contact API does: each field only to who holds a scope for it. */
export function* contactDepartments(
  caller: Caller,
  kinds: ShownKinds,
  departments: readonly Department[],
): StoreTask<readonly object[]> {
  const data = yield* loadData(caller, departments);
  return departments.map((department) => showDepartment(caller, kinds, department, data));
}

function* loadData(caller: Caller, departments: readonly Department[]): StoreTask<DepartmentData> {
  const { number: tenant, departments: tree } = caller.tenant;
  const named = departments.flatMap((department) => [
    ...department.leaders.map(({ employee }) => employee),
    ...feishuDepartmentOf(department).hrbps,
  ]);
  const ids = [...new Set(named)];
  const people = ids.length === 0 ? new Map() : yield* load('employees-by-id', { tenant, ids });
  if (!holdsAny(caller, ORGANIZE)) return { people, counts: new Map() };
  const within = departments.map(({ id }) => idsWithin(tree, id));
  const all = yield* loadAll(
    'members-in',
    within.map((list) => ({ tenant, departments: list })),
  );
  const primary = yield* primaryCounts(tenant, within, all);
  const counts = new Map(departments.map(({ id }, index) => [id, [all[index] ?? 0, primary[index] ?? 0] as const]));
  return { people, counts };
}

/** In a department with more people than this, those who are elsewhere, too, are sooner found than all are looked at. */
const MANY = 200;

/** How many people have their main department in each of these lists of departments. */
function* primaryCounts(
  tenant: number,
  within: readonly (readonly string[])[],
  all: readonly number[],
): StoreTask<readonly number[]> {
  const isSmall = (index: number): boolean => (all[index] ?? 0) <= MANY;
  const small = within.flatMap((departments, index) => (isSmall(index) ? [{ index, departments }] : []));
  const counted = yield* loadAll(
    'members-in',
    small.map(({ departments }) => ({ tenant, departments, main: true as const })),
  );
  const counts = new Map(small.map(({ index }, position) => [index, counted[position] ?? 0]));
  if (small.length === within.length) return within.map((_list, index) => counts.get(index) ?? 0);
  const several = yield* load('in-several-departments', { tenant });
  return within.map((list, index) => {
    const known = counts.get(index);
    if (known !== undefined) return known;
    const inside = new Set(list);
    const elsewhere = several.filter(
      ({ departments, main }) => (main === null || !inside.has(main)) && departments.some((one) => inside.has(one)),
    );
    return (all[index] ?? 0) - elsewhere.length;
  });
}

/** A missing translation is returned as an empty one. [live: rushes] */
function translations({ name: { i18n } }: Department): object {
  return { zh_cn: i18n['zh-CN'] ?? '', ja_jp: i18n['ja-JP'] ?? '', en_us: i18n['en-US'] ?? '' };
}

/** The root is the company: it has the company's name, and nothing is above it. [proposed, contract feishu-contact.md 3.2] */
function showDepartment(
  caller: Caller,
  { idKind, departmentKind }: ShownKinds,
  department: Department,
  { people, counts }: DepartmentData,
): object {
  const { tenant } = caller;
  const idOf = (employee: Employee): string => employeeIdOf(employee, idKind, caller.ids, tenant);
  const mayBase = holdsAny(caller, BASE);
  const mayOrganize = holdsAny(caller, ORGANIZE);
  const above = department.parent === null ? undefined : tenant.departments.get(department.parent);
  const leaders = department.leaders.flatMap(({ employee, deputy }) => {
    const leader = people.get(employee);
    return leader === undefined ? [] : [{ leaderType: deputy ? 2 : 1, leaderID: idOf(leader) }];
  });
  const [members = 0, primary = 0] = counts.get(department.id) ?? [];
  const { groupChatEmployeeTypes, hrbps } = feishuDepartmentOf(department);
  return {
    ...(mayBase && {
      name: department.parent === null ? tenant.parts.name : department.name.value,
      i18n_name: translations(department),
      department_id: departmentIdOf(department, 'department_id'),
      status: { is_deleted: false },
    }),
    open_department_id: departmentIdOf(department, 'open_department_id'),
    ...(mayOrganize && {
      parent_department_id: above === undefined ? '' : departmentIdOf(above, departmentKind),
      leader_user_id: leaders.find(({ leaderType }) => leaderType === 1)?.leaderID ?? '',
      order: orderTextOf(department),
      unit_ids: [],
      member_count: members,
      primary_member_count: primary,
    }),
    leaders: mayOrganize ? leaders : leaders.map(({ leaderType }) => ({ leaderType })),
    group_chat_employee_types: groupChatEmployeeTypes,
    ...(holdsAny(caller, HRBP) && {
      department_hrbps: hrbps.flatMap((id) => {
        const hrbp = people.get(id);
        return hrbp === undefined || !isInService(hrbp) ? [] : [idOf(hrbp)];
      }),
    }),
  };
}
