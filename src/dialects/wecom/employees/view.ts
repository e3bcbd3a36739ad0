import type { Employee } from '../../../directory/employees/employee.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { forbiddenField, readResult, result } from '../protocol/codes.ts';
import { customToRoster } from '../model/custom-fields.ts';
import { ATTRIBUTES, fullYears, storedValue } from './attributes.ts';
import type { PlacedField, Roster } from '../roster/roster.ts';
import { valueFor, writeValue } from '../roster/values.ts';
import { wecomOf, type Instance, type RosterValue, type StaffInfoQuery } from '../protocol/wire.ts';

/** Birthday and the first day of work: what 年龄 and 社会工龄 are counted from. [proposed] */
const COUNTED_FROM: Readonly<Record<number, string>> = {
  [forbiddenField.age]: '11005',
  [forbiddenField.yearsOfWork]: '11011',
};

/** One employee's form at one moment. */
export interface StaffForm {
  readonly roster: Roster;
  readonly tenant: Tenant;
  readonly employee: Employee;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Returns the value of a field that does not repeat; null where it is empty. */
function cellOf({ tenant, employee, at }: StaffForm, field: PlacedField): RosterValue | null {
  const start = COUNTED_FROM[field.fieldid];
  if (start !== undefined) return fullYears(storedValue(employee, start) ?? null, at);
  if (field.custom !== null) return valueFor(field, customToRoster(field.custom, employee.custom[field.custom.id]));
  const kept = storedValue(employee, field.key);
  if (field.canonical === null) return valueFor(field, kept);
  return valueFor(field, ATTRIBUTES[field.canonical].read({ employee, tenant, kept }));
}

/** `field_info` of 获取员工花名册信息: the fields asked for in that order, or all that there are. */
export function fieldInfo(form: StaffForm, query: StaffInfoQuery): readonly object[] {
  const { roster } = form;
  if (query.fieldids === null) return wholeForm(form);
  return query.fieldids.map(({ fieldid, subIdx }) => {
    const field = roster.field(fieldid);
    if (field === undefined) return { fieldid, sub_idx: subIdx, result: readResult.notFound };
    const instance = instanceAt(form, field, subIdx);
    if (instance === undefined) return { fieldid, sub_idx: subIdx, result: readResult.notFound };
    return entryOf(form, field, subIdx, instance);
  });
}

/** Every single field in order of the data, then every instance of every repeatable group. */
function wholeForm(form: StaffForm): readonly object[] {
  const { roster, employee } = form;
  const { groups } = wecomOf(employee);
  const single = roster.groups.filter(({ group }) => group.group_type === null);
  const repeatable = roster.groups.filter(({ group }) => group.group_type !== null);
  return [
    ...single.flatMap(({ fields }) => fields.map((field) => entryOf(form, field, 0, null))),
    ...repeatable.flatMap(({ group, fields }) =>
      (groups[String(group.group_type)] ?? []).flatMap((instance, position) =>
        fields.map((field) => entryOf(form, field, position + roster.indexBase, instance)),
      ),
    ),
  ];
}

/** The instance at a place; null for the one place of a single field; undefined where there is none. */
function instanceAt({ roster, employee }: StaffForm, field: PlacedField, subIdx: number): Instance | null | undefined {
  if (field.group.group_type === null) return subIdx === 0 ? null : undefined;
  return wecomOf(employee).groups[String(field.group.group_type)]?.[subIdx - roster.indexBase];
}

function entryOf(form: StaffForm, field: PlacedField, sub_idx: number, instance: Instance | null): object {
  const { fieldid, value_type } = field;
  if (!field.gettable) return { fieldid, sub_idx, result: readResult.notGettable };
  const value = instance === null ? cellOf(form, field) : valueFor(field, instance[field.key]);
  return { fieldid, sub_idx, result: result.success, value_type, ...writeValue(field, value) };
}

/** `group_list` of 获取员工字段配置, in order of the data. */
export function groupList(roster: Roster): readonly object[] {
  return roster.groups.map(({ group, fields }) => ({
    group_id: group.group_id,
    group_name: group.group_name,
    field_list: fields.map(({ fieldid, field_name, field_type, value_type, is_must, option_list }) => ({
      fieldid,
      field_name,
      field_type,
      value_type,
      is_must,
      ...(option_list === null ? {} : { option_list }),
    })),
  }));
}
