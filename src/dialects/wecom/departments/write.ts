import type { Department } from '../../../directory/departments/department.ts';
import {
  isRefused,
  withDepartment,
  withoutDepartment,
  type DepartmentEdit,
} from '../../../directory/departments/department-edit.ts';
import { load, type Decision, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { plainText, withTranslation, withValue } from '../../../directory/text.ts';
import { isRejected, reloadCaller, type Caller } from '../auth/caller.ts';
import { orderOf } from '../members/view.ts';
import { errcodes } from '../protocol/codes.ts';
import { malformed, refusalOf, type Refusal } from '../protocol/errors.ts';
import { DEPARTMENT_ID, departmentIdOf } from '../model/ids.ts';
import { invalidValue, wrongParameter, wrongText } from '../protocol/value-errors.ts';
import { isLonger } from '../roster/values.ts';

/** What became of a write of a department: its number, or why not. */
export type DepartmentWritten = { readonly id: number } | { readonly refusal: Refusal };

/** A department to be written, as asked for; what could not be read is absent and named. */
export interface DepartmentRequest {
  readonly id?: number;
  readonly name?: string;
  readonly name_en?: string;
  readonly parentid?: number;
  readonly order?: number;
  readonly unreadable: ReadonlyMap<string, unknown>;
}

const MAX_ORDER = 0xffff_ffff;
const MAX_NAME = 64;
/** Levels below the root. [public: 90205; that the root is none proposed] */
export const MAX_LEVELS = 15;

/** 更新部门: what is said is changed; what the reads answer can be sent back. (wecom-more 4) */
export function* updateDepartment(
  asking: Caller,
  request: DepartmentRequest,
  at: number,
): StoreTask<Decision<DepartmentWritten>> {
  const caller = reloadCaller(yield* load('tenant', { number: asking.tenant.number }), asking.app.id);
  if (isRejected(caller)) return refuse(refusalOf(caller));
  return planUpdate(caller.tenant, request, at);
}

/** The company with a department as it is after. Of `unsettled` siblings the names are going to change. */
export function planUpdate(
  tenant: Tenant,
  request: DepartmentRequest,
  at: number,
  unsettled?: ReadonlySet<string>,
): Decision<DepartmentWritten> {
  const before = numbered(tenant, request.id);
  if (before === undefined) return refuse(invalidValue('id', errcodes.departmentNotFound));
  const said = withoutShown(tenant, before, request);
  const wrongName = checkNames(said);
  if (wrongName !== null) return refuse(wrongName);
  const parent = parentSaid(tenant, before, said);
  if ('problem' in parent) return refuse(parent);
  const { order } = said;
  if (said.unreadable.has('order') || (order !== undefined && !isOrder(order)))
    return refuse(invalidValue('order', errcodes.departmentNameCharacters));
  const moved = { ...before, parent: parent.id, ...(order === undefined ? {} : { order }) };
  const department = named(tenant, moved, said);
  const isElsewhere = department.parent !== before.parent;
  if (isElsewhere && levelsBelow(tenant, before) + levelOf(tenant, parent.id) + 1 > MAX_LEVELS)
    return refuse({
      problem: { kind: 'too-long', subject: 'parentid', limit: MAX_LEVELS },
      returned: errcodes.departmentTooDeep,
    });
  const edit = withDepartment(tenant.parts, department, at);
  // A loop is no sibling's affair.
  const taken = isRefused(edit) ? null : checkSiblings(tenant, department, before, unsettled);
  return taken === null ? decide(tenant, department, edit) : refuse(taken);
}

/** The request without what is so already, as the reads show it. */
function withoutShown(tenant: Tenant, before: Department, request: DepartmentRequest): DepartmentRequest {
  const { name, name_en, order, ...others } = request;
  return {
    ...others,
    ...(name === undefined || name === before.name.value ? {} : { name }),
    ...(name_en === undefined || name_en === before.name.i18n[tenant.parts.secondLocale] ? {} : { name_en }),
    ...(order === undefined || order === orderOf(before.order) ? {} : { order }),
  };
}

/** The parent asked for, the present one where none is; the root has none, which is shown as 0. */
function parentSaid(
  tenant: Tenant,
  before: Department,
  { parentid, unreadable }: DepartmentRequest,
): { readonly id: string | null } | Refusal {
  if (unreadable.has('parentid')) return invalidValue('parentid', errcodes.invalidParent);
  if (parentid === undefined || (parentid === 0 && before.parent === null)) return { id: before.parent };
  const parent = numbered(tenant, parentid);
  if (parent === undefined || before.parent === null) return invalidValue('parentid', errcodes.invalidParent);
  return { id: parent.id };
}

/** 删除部门: members are looked for before departments below it, the root last of all. (wecom-more 4) */
export function* deleteDepartment(asking: Caller, id: string, at: number): StoreTask<Decision<DepartmentWritten>> {
  const caller = reloadCaller(yield* load('tenant', { number: asking.tenant.number }), asking.app.id);
  if (isRejected(caller)) return refuse(refusalOf(caller));
  const { tenant } = caller;
  if (id === '') return refuse(malformed({ kind: 'missing', subject: 'id' }, 'missing field `id`'));
  const department = tenant.departments.by(DEPARTMENT_ID, id);
  if (department === undefined) return refuse(invalidValue('id', errcodes.invalidDepartment));
  const people = yield* load('members-in', { tenant: tenant.number, departments: [department.id] });
  // Somebody who is still to come is no member, but must not be left with a department that is gone. [proposed]
  const expected = { tenant: tenant.number, space: 'expected-department' as const, value: department.id, upTo: 1 };
  if (people > 0 || (yield* load('count-by', expected)) > 0)
    return refuse({ problem: { kind: 'locked', subject: 'members' }, returned: errcodes.departmentHasMembers });
  if (tenant.departments.childrenOf(department.id).length > 0)
    return refuse({ problem: { kind: 'locked', subject: 'children' }, returned: errcodes.departmentHasChildren });
  return decide(tenant, department, withoutDepartment(tenant.parts, department.id, at));
}

/** The department with that number. */
export function numbered(tenant: Tenant, id: number | undefined): Department | undefined {
  return id === undefined ? undefined : tenant.departments.by(DEPARTMENT_ID, String(id));
}

/** Why the names that are said cannot be: 1 to 64 characters without \:*?<>| (wecom-more 4, seen live) */
export function checkNames({ name, name_en }: DepartmentRequest): Refusal | null {
  if (name === '') return wrongText('name', name, MAX_NAME);
  if (name !== undefined && isLonger(name, MAX_NAME)) return invalidValue('name', errcodes.departmentNameLength);
  if (name !== undefined && isForbidden(name)) return invalidValue('name', errcodes.departmentNameCharacters);
  if (name_en === '') return invalidValue('name_en', errcodes.departmentNameLength);
  if (name_en !== undefined && isLonger(name_en, MAX_NAME))
    return wrongParameter('name_en', `name_en exceed max length ${String(MAX_NAME)}`);
  if (name_en !== undefined && isForbidden(name_en)) return invalidValue('name_en', errcodes.departmentNameCharacters);
  return null;
}

function isForbidden(name: string): boolean {
  return /[\\:*?<>|]/.test(name);
}

/** Whether a number can be a rank: 0 to 2³²−1. */
export function isOrder(order: number): boolean {
  return Number.isInteger(order) && order >= 0 && order <= MAX_ORDER;
}

/** The department with the names that are said. */
export function named(tenant: Tenant, before: Department, { name, name_en }: DepartmentRequest): Department {
  let text = before.name;
  if (name !== undefined) text = text.value === '' ? plainText(name) : withValue(text, name);
  if (name_en !== undefined) text = withTranslation(text, tenant.parts.secondLocale, name_en);
  return { ...before, name: text };
}

/** 同一个层级的部门名称不能重复, in either language; one that stays where and what it was is left alone. [public: 90205] */
export function checkSiblings(
  tenant: Tenant,
  after: Department,
  before: Department | null,
  unsettled: ReadonlySet<string> = NONE,
): Refusal | null {
  const locale = tenant.parts.secondLocale;
  if (after.parent === null) return null;
  const isMoved = before === null || before.parent !== after.parent;
  const name = isMoved || before.name.value !== after.name.value ? after.name.value : undefined;
  const english = isMoved || before.name.i18n[locale] !== after.name.i18n[locale] ? after.name.i18n[locale] : undefined;
  const isTaken = tenant.departments
    .childrenOf(after.parent)
    .some(
      ({ id, name: { value, i18n } }) =>
        id !== after.id &&
        !unsettled.has(id) &&
        (value === name || (english !== undefined && i18n[locale] === english)),
    );
  return isTaken ? { problem: { kind: 'taken', subject: 'name' }, returned: errcodes.departmentExisted } : null;
}

const NONE: ReadonlySet<string> = new Set();

/** How many levels below the root a department is. */
export function depthOf(tenant: Tenant, department: Department): number {
  return levelOf(tenant, department.id);
}

function levelOf(tenant: Tenant, id: string | null): number {
  let level = 0;
  for (let at = id === null ? undefined : tenant.departments.get(id); at !== undefined && at.parent !== null; level++)
    at = tenant.departments.get(at.parent);
  return level;
}

function levelsBelow(tenant: Tenant, department: Department): number {
  let level = 0;
  for (let row: readonly Department[] = [department]; ; level++) {
    row = row.flatMap(({ id }) => tenant.departments.childrenOf(id));
    if (row.length === 0) return level;
  }
}

/** The tree with it; very well the same one. */
export function decide(tenant: Tenant, department: Department, edit: DepartmentEdit): Decision<DepartmentWritten> {
  if (isRefused(edit)) {
    const { kind, subject } = edit;
    if (kind === 'loop') return refuse({ problem: edit, returned: errcodes.departmentLoop });
    if (kind === 'taken') return refuse({ problem: edit, returned: errcodes.departmentExisted });
    if (subject === 'department') return refuse({ problem: edit, returned: errcodes.rootStays });
    return refuse({ problem: edit, returned: errcodes.invalidParent });
  }
  const answer = { id: departmentIdOf(department) };
  return { answer, effects: edit === tenant.parts ? [] : [{ write: 'tenant', now: tenant, parts: edit }] };
}

/** Nothing is written. */
export function refuse(refusal: Refusal): Decision<DepartmentWritten> {
  return { answer: { refusal }, effects: [] };
}
