import type { CustomField, CustomValue } from '../../../directory/custom-field.ts';
import type { Department, DepartmentLeader } from '../../../directory/departments/department.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { load, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { Caller } from '../auth/caller.ts';
import { decodeCustomValue, fieldNamed } from '../model/custom-fields.ts';
import type { DepartmentBody } from './body-schemas.ts';
import { feishuDepartmentOf, withFeishuDepartment } from '../model/department-extension.ts';
import { departmentNamed, employeesNamed, SPACE, type DepartmentIdKind, type EmployeeIdKind } from '../model/ids.ts';
import { MAX_PEOPLE } from '../employees/load-facts.ts';
import { settingsOf, type Settings } from '../model/settings.ts';
import { mergedText } from '../protocol/localized-text.ts';
import { customFieldGiven } from '../protocol/wire.ts';

export type GivenDepartment = DepartmentBody['department'];

/** A department that is to be made or changed, as asked for. */
export interface DepartmentRequest {
  readonly idKind: EmployeeIdKind;
  readonly departmentKind: DepartmentIdKind;
  readonly given: GivenDepartment;
}

/** One entry of `custom_field_values` with its field and the value it results in. */
interface ResolvedField {
  readonly field: CustomField | undefined;
  /** Null takes the value away; undefined is refused. */
  readonly value: CustomValue | null | undefined;
}

/** Everything the rules may ask about a department that is made or changed. */
export interface DepartmentFacts extends DepartmentRequest {
  readonly caller: Caller;
  readonly tenant: Tenant;
  readonly settings: Settings;
  /** Null where it is made. */
  readonly before: Department | null;
  /** As it would be, as far as what was sent means anything. */
  readonly after: Department;
  /** Undefined where the parent that is named is unknown. */
  readonly parent: Department | null | undefined;
  /** Leaders by the ids that were sent. */
  readonly people: ReadonlyMap<string, Employee>;
  /** Who leads it so far, and no more afterwards. */
  readonly leadersGone: readonly Employee[];
  readonly fields: readonly ResolvedField[];
  /** Whether anyone is in it; asked only where it is to be disabled. */
  readonly hasMembers: boolean;
}

/** Finds out everything the rules may ask. `blank` is the department as it is, or a new one with nothing given yet. */
export function* loadDepartment(
  request: DepartmentRequest,
  caller: Caller,
  before: Department | null,
  blank: Department,
): StoreTask<DepartmentFacts> {
  const { tenant } = caller;
  const { given, departmentKind } = request;
  const entries = (given.custom_field_values ?? []).map((value) => {
    const entry = customFieldGiven(value);
    return { entry, known: fieldNamed(tenant, entry.key) };
  });
  const named = new Set((given.leaders ?? []).map(({ leader_id }) => leader_id));
  for (const { entry, known } of entries) {
    if (known?.field.type === 'person' || known?.field.type === 'people')
      for (const { ids } of entry.value.user_values ?? []) for (const id of ids) named.add(id);
  }
  const people = yield* employeesNamed(tenant, request.idKind, caller.ids, [...named].slice(0, MAX_PEOPLE));

  const custom: Record<string, CustomValue> = { ...feishuDepartmentOf(blank).custom };
  const fields = entries.map(({ entry, known }): ResolvedField => {
    if (known === undefined) return { field: undefined, value: undefined };
    const { id } = known.field;
    const value = decodeCustomValue(entry, known, custom[id], people);
    if (value === null) delete custom[id];
    else if (value !== undefined) custom[id] = value;
    return { field: known.field, value };
  });
  const parent =
    given.parent_department_id === undefined || given.parent_department_id === ''
      ? blank.parent === null
        ? null
        : tenant.departments.get(blank.parent)
      : departmentNamed(tenant, departmentKind, given.parent_department_id);
  const leaders = given.leaders === undefined ? blank.leaders : leadersOf(given.leaders, people);
  const after: Department = {
    ...blank,
    ids:
      given.custom_department_id === undefined
        ? blank.ids
        : { ...blank.ids, [SPACE.department]: given.custom_department_id },
    name: given.name === undefined ? blank.name : mergedText(blank.name, given.name),
    parent: parent === undefined ? blank.parent : (parent?.id ?? null),
    leaders,
    order: given.order_weight === undefined || given.order_weight === '' ? blank.order : Number(given.order_weight),
    enabled: given.enabled_status ?? blank.enabled,
    extensions: given.custom_field_values === undefined ? blank.extensions : withFeishuDepartment(blank, { custom }),
  };
  const still = new Set(leaders.map(({ employee }) => employee));
  const gone = blank.leaders.flatMap(({ employee }) => (still.has(employee) ? [] : [employee]));
  const found = gone.length === 0 ? null : yield* load('employees-by-id', { tenant: tenant.number, ids: gone });
  const isDisabled = before !== null && before.enabled && !after.enabled;
  return {
    ...request,
    caller,
    tenant,
    settings: settingsOf(tenant),
    before,
    after,
    parent,
    people,
    leadersGone: [...(found?.values() ?? [])],
    fields,
    hasMembers: isDisabled && (yield* hasMembers(tenant, before.id)),
  };
}

/** Returns whether the department has members. No other write changes that before this one is done. */
export function* hasMembers(tenant: Tenant, department: string): StoreTask<boolean> {
  const one = { tenant: tenant.number, space: 'department' as const, value: department, upTo: 1 };
  return (yield* load('count-by', one)) > 0;
}

/** Returns whether an expected employee is to join the department. */
export function* isExpected(tenant: Tenant, department: string): StoreTask<boolean> {
  const one = { tenant: tenant.number, space: 'expected-department' as const, value: department, upTo: 1 };
  return (yield* load('count-by', one)) > 0;
}

/** Each named once; unknown ones are refused before anything is written. */
function leadersOf(
  given: NonNullable<GivenDepartment['leaders']>,
  people: ReadonlyMap<string, Employee>,
): readonly DepartmentLeader[] {
  const leaders = new Map<string, DepartmentLeader>();
  for (const { leader_id, leader_type } of given) {
    const employee = people.get(leader_id)?.id;
    if (employee !== undefined && !leaders.has(employee))
      leaders.set(employee, { employee, deputy: leader_type === 2 });
  }
  return [...leaders.values()];
}
