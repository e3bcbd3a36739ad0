import type { Department } from '../../../directory/departments/department.ts';
import { withDepartment } from '../../../directory/departments/department-edit.ts';
import { load, type Decision, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { isRejected, reloadCaller, type Caller } from '../auth/caller.ts';
import { DEPARTMENT_ID, ROOT_DEPARTMENT } from '../model/ids.ts';
import { MAX_ID } from '../model/settings.ts';
import { errcodes } from '../protocol/codes.ts';
import { refusalOf, type Refusal } from '../protocol/errors.ts';
import { invalidValue } from '../protocol/value-errors.ts';
import { nextDepartmentId } from './next-id.ts';
import {
  checkNames,
  checkSiblings,
  decide,
  depthOf,
  isOrder,
  MAX_LEVELS,
  named,
  numbered,
  refuse,
  type DepartmentRequest,
  type DepartmentWritten,
} from './write.ts';

/** A company of 30,000 departments has no more, nor has a department more in it. [public: 90205] */
const MAX_NODES = 30_000;

/** 创建部门. The order of the rules is that of wecom-more 4. */
export function* createDepartment(
  asking: Caller,
  request: DepartmentRequest,
  make: (tenant: Tenant, parent: string) => Department,
  at: number,
): StoreTask<Decision<DepartmentWritten>> {
  const caller = reloadCaller(yield* load('tenant', { number: asking.tenant.number }), asking.app.id);
  if (isRejected(caller)) return refuse(refusalOf(caller));
  return planCreation(caller.tenant, request, make, at);
}

/** The company with a new department. Of `unsettled` siblings the names are going to change. */
export function planCreation(
  tenant: Tenant,
  request: DepartmentRequest,
  make: (tenant: Tenant, parent: string) => Department,
  at: number,
  unsettled?: ReadonlySet<string>,
): Decision<DepartmentWritten> {
  if (request.name === undefined)
    return refuse({ problem: { kind: 'missing', subject: 'name' }, returned: errcodes.departmentNameLength });
  const parent = numbered(tenant, request.parentid);
  const refusal =
    checkNames(request) ?? checkParent(request, parent) ?? checkOrder(request) ?? checkId(tenant, request);
  if (refusal !== null) return refuse(refusal);
  if (parent === undefined) return refuse(invalidValue('parentid', errcodes.parentNotFound));
  const made = named(tenant, { ...make(tenant, parent.id), order: request.order ?? 0 }, request);
  const taken = checkSiblings(tenant, made, null, unsettled);
  if (taken !== null) return refuse(taken);
  if (depthOf(tenant, parent) + 1 > MAX_LEVELS) return refuse(tooMany('parentid', errcodes.departmentTooDeep));
  const siblings = tenant.departments.childrenOf(parent.id).length;
  if (tenant.departments.all.length >= MAX_NODES || siblings >= MAX_NODES)
    return refuse(tooMany('parentid', errcodes.tooManyDepartmentsInAll));
  const id = request.id ?? nextDepartmentId(tenant);
  const department = { ...made, ids: { ...made.ids, [DEPARTMENT_ID]: String(id) } };
  return decide(tenant, department, withDepartment(tenant.parts, department, at));
}

function checkParent({ unreadable }: DepartmentRequest, parent: Department | undefined): Refusal | null {
  // Seen live for a text, whatever the sentence says. (wecom-more 4)
  if (unreadable.has('parentid')) return invalidValue('parentid', errcodes.departmentNameCharacters);
  return parent === undefined ? invalidValue('parentid', errcodes.parentNotFound) : null;
}

function checkOrder({ order, unreadable }: DepartmentRequest): Refusal | null {
  const isFit = !unreadable.has('order') && (order === undefined || isOrder(order));
  return isFit ? null : invalidValue('order', errcodes.departmentNameCharacters);
}

function checkId(tenant: Tenant, { id, unreadable }: DepartmentRequest): Refusal | null {
  if (unreadable.has('id')) return invalidValue('id', errcodes.departmentNameCharacters);
  if (id === undefined) return null;
  if (id === 0) return invalidValue('id', errcodes.invalidDepartment);
  if (!Number.isInteger(id) || id < 0 || id > MAX_ID) return invalidValue('id', errcodes.departmentNameCharacters);
  const isTaken = String(id) === ROOT_DEPARTMENT || tenant.departments.by(DEPARTMENT_ID, String(id)) !== undefined;
  return isTaken ? { problem: { kind: 'taken', subject: DEPARTMENT_ID }, returned: errcodes.departmentExisted } : null;
}

function tooMany(subject: string, returned: Refusal['returned']): Refusal {
  return { problem: { kind: 'too-long', subject, limit: MAX_NODES }, returned };
}
