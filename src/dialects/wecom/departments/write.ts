import type { Department } from '../../../directory/departments/department.ts';
import {
  isRefused,
  withDepartment,
  withoutDepartment,
  type DepartmentEdit,
} from '../../../directory/departments/department-edit.ts';
import { load, type Decision, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { plainText, withTranslation, withValue, type LocalText } from '../../../directory/text.ts';
import { isRejected, reloadCaller, type Caller } from '../auth/caller.ts';
import { errcodes } from '../protocol/codes.ts';
import { malformed, refusalOf, type Refusal } from '../protocol/errors.ts';
import { DEPARTMENT_ID, departmentIdOf } from '../model/ids.ts';
import { invalidValue, wrongParameter } from '../protocol/value-errors.ts';
import { isLonger } from '../roster/values.ts';
import { isAbsent, type JsonObject } from '../protocol/wire.ts';

/** What became of a write of a department: its number, or why not. */
export type DepartmentWritten = { readonly id: number } | { readonly refusal: Refusal };

const MAX_ORDER = 0xffff_ffff;
const MAX_ID = 0x7fff_ffff;

/** 创建部门. Limits of depth and number are not enforced. */
export function* createDepartment(
  asking: Caller,
  members: JsonObject,
  make: (tenant: Tenant, parent: string) => Department,
  at: number,
): StoreTask<Decision<DepartmentWritten>> {
  const caller = reloadCaller(yield* load('tenant', { number: asking.tenant.number }), asking.app.id);
  if (isRejected(caller)) return refuse(refusalOf(caller));
  const { tenant } = caller;
  for (const key of ['name', 'parentid'])
    if (isAbsent(members[key])) return refuse(malformed({ kind: 'missing', subject: key }, `missing field \`${key}\``));
  const parent = numbered(tenant, members['parentid']);
  if (parent === undefined) return refuse(invalidValue('parentid', errcodes.parentNotFound));
  const department = changed(tenant, make(tenant, parent.id), members);
  if ('problem' in department) return refuse(department);
  const { id } = members;
  if (isAbsent(id)) return decide(tenant, department, withDepartment(tenant.parts, department, at));
  if (typeof id !== 'number' || !Number.isInteger(id) || id < 1 || id > MAX_ID)
    return refuse(wrongParameter('id', 'invalid id'));
  if (tenant.departments.by(DEPARTMENT_ID, String(id)) !== undefined)
    return refuse({ problem: { kind: 'taken', subject: DEPARTMENT_ID }, returned: errcodes.departmentExisted });
  const named = { ...department, ids: { ...department.ids, [DEPARTMENT_ID]: String(id) } };
  return decide(tenant, named, withDepartment(tenant.parts, named, at));
}

/** 更新部门: what is said is changed. */
export function* updateDepartment(
  asking: Caller,
  members: JsonObject,
  at: number,
): StoreTask<Decision<DepartmentWritten>> {
  const caller = reloadCaller(yield* load('tenant', { number: asking.tenant.number }), asking.app.id);
  if (isRejected(caller)) return refuse(refusalOf(caller));
  const { tenant } = caller;
  if (isAbsent(members['id'])) return refuse(malformed({ kind: 'missing', subject: 'id' }, 'missing field `id`'));
  const before = numbered(tenant, members['id']);
  if (before === undefined) return refuse(invalidValue('id', errcodes.departmentNotFound));
  const { parentid } = members;
  const parent = isAbsent(parentid) ? null : numbered(tenant, parentid);
  if (parent === undefined) return refuse(invalidValue('parentid', errcodes.parentNotFound));
  const moved = parent === null ? before : { ...before, parent: parent.id };
  const department = changed(tenant, moved, members);
  if ('problem' in department) return refuse(department);
  return decide(tenant, department, withDepartment(tenant.parts, department, at));
}

/** 删除部门: neither the root, nor one with people or departments in it. */
export function* deleteDepartment(asking: Caller, id: string, at: number): StoreTask<Decision<DepartmentWritten>> {
  const caller = reloadCaller(yield* load('tenant', { number: asking.tenant.number }), asking.app.id);
  if (isRejected(caller)) return refuse(refusalOf(caller));
  const { tenant } = caller;
  const department = numbered(tenant, id);
  if (department === undefined) return refuse(invalidValue('id', errcodes.departmentNotFound));
  const edit = withoutDepartment(tenant.parts, department.id, at);
  if (isRefused(edit)) return decide(tenant, department, edit);
  const people = yield* load('members-in', { tenant: tenant.number, departments: [department.id] });
  // Somebody who is still to come is no member, but must not be left with a department that is gone. [proposed]
  const expected = { tenant: tenant.number, space: 'expected-department' as const, value: department.id, upTo: 1 };
  if (people > 0 || (yield* load('count-by', expected)) > 0)
    return refuse({ problem: { kind: 'locked', subject: 'members' }, returned: errcodes.departmentHasMembers });
  return decide(tenant, department, edit);
}

function numbered(tenant: Tenant, id: unknown): Department | undefined {
  return typeof id === 'number' || typeof id === 'string'
    ? tenant.departments.by(DEPARTMENT_ID, String(id))
    : undefined;
}

/** The department with its names and order as said, or the first of them that cannot be. */
function changed(tenant: Tenant, before: Department, { name, name_en, order }: JsonObject): Department | Refusal {
  let text = before.name;
  if (!isAbsent(name)) {
    if (typeof name !== 'string') return wrongParameter('name', 'field `name` expect type `string`');
    const refusal = nameRefusal(name);
    if (refusal !== null) return refusal;
    text = renamed(text, name);
  }
  if (!isAbsent(name_en)) {
    if (typeof name_en !== 'string') return wrongParameter('name_en', 'field `name_en` expect type `string`');
    const refusal = nameRefusal(name_en);
    if (refusal !== null) return refusal;
    text = withTranslation(text, tenant.parts.secondLocale, name_en);
  }
  // 同一个层级的部门名称不能重复 [public: 90205]
  const siblings = before.parent === null ? [] : tenant.departments.childrenOf(before.parent);
  if (siblings.some(({ id, name: { value } }) => id !== before.id && value === text.value))
    return { problem: { kind: 'taken', subject: 'name' }, returned: errcodes.departmentExisted };
  if (isAbsent(order)) return { ...before, name: text };
  if (typeof order !== 'number' || !Number.isInteger(order) || order < 0 || order > MAX_ORDER)
    return wrongParameter('order', 'invalid order');
  return { ...before, name: text, order };
}

function renamed(text: LocalText, name: string): LocalText {
  return text.value === '' ? plainText(name) : withValue(text, name);
}

/** 1 to 64 characters without \:*?"<>| [public: 90205] */
function nameRefusal(name: string): Refusal | null {
  if (name === '' || isLonger(name, 64)) return invalidValue('name', errcodes.departmentNameLength);
  return /[\\:*?"<>|]/.test(name) ? invalidValue('name', errcodes.departmentNameCharacters) : null;
}

/** The tree with it; very well the same one. */
function decide(tenant: Tenant, department: Department, edit: DepartmentEdit): Decision<DepartmentWritten> {
  if (isRefused(edit)) {
    const { kind, subject } = edit;
    if (kind === 'loop') return refuse({ problem: edit, returned: errcodes.departmentLoop });
    if (kind === 'taken') return refuse({ problem: edit, returned: errcodes.departmentExisted });
    if (subject === 'children') return refuse({ problem: edit, returned: errcodes.departmentHasChildren });
    if (subject === 'department') return refuse({ problem: edit, returned: errcodes.rootStays });
    return refuse(malformed(edit, `invalid ${subject === 'parent' ? 'parentid' : subject}`));
  }
  const answer = { id: departmentIdOf(department) };
  return { answer, effects: edit === tenant.parts ? [] : [{ write: 'tenant', now: tenant, parts: edit }] };
}

function refuse(refusal: Refusal): Decision<DepartmentWritten> {
  return { answer: { refusal }, effects: [] };
}
