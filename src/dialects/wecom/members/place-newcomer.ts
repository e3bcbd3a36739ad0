import type { Department } from '../../../directory/departments/department.ts';
import { isRefused, withDepartment } from '../../../directory/departments/department-edit.ts';
import { Tenant, type TenantData } from '../../../directory/tenant.ts';
import { DIALECT } from '../auth/caller.ts';
import { nextDepartmentId } from '../departments/next-id.ts';
import { DEPARTMENT_ID, departmentIdOf } from '../model/ids.ts';
import { MAX_ID, settingsIn, wecomSettings } from '../model/settings.ts';
import { errcodes } from '../protocol/codes.ts';
import type { Refusal } from '../protocol/errors.ts';
import { invalidValue } from '../protocol/value-errors.ts';
import { MAX_DEPARTMENTS } from './department-fields.ts';

/** Where a newcomer without a department is put. (wecom-more 3.2) */
const PENDING_NAME = '其他（待设置部门）';

/** A company of 30,000 departments has no more. [public: 90205] */
const MAX_IN_COMPANY = 30_000;

/** Makes a department below another; `index` tells those of one request apart. */
export type MakeDepartment = (tenant: Tenant, name: string, parent: string, index: number) => Department;

/** Where a newcomer goes, and the company with the departments that were made for it. */
export interface Placement {
  readonly tenant: Tenant;
  readonly department: readonly number[];
  /** Made for ids that no department had. */
  readonly made: readonly { readonly name: string; readonly id: number }[];
}

/**
 * Finds the departments of a newcomer: none, and 0 in the list, are 其他（待设置部门）; an id that no department has becomes one
 * below it. (wecom-more 3.2)
 */
export function placeNewcomer(
  tenant: Tenant,
  asked: readonly number[] | undefined,
  make: MakeDepartment,
  at: number,
): Placement | Refusal {
  const ids = asked === undefined || asked.length === 0 ? [0] : asked;
  if (ids.length > MAX_DEPARTMENTS) return invalidValue('department', errcodes.tooManyDepartments);
  let now = tenant;
  let index = 0;
  const add = (name: string, parent: string, id: number): boolean => {
    if (now.departments.all.length >= MAX_IN_COMPANY) return false;
    const made = make(now, name, parent, index++);
    const parts = withDepartment(now.parts, { ...made, ids: { ...made.ids, [DEPARTMENT_ID]: String(id) } }, at);
    if (isRefused(parts)) return false;
    now = new Tenant(parts);
    return true;
  };
  const pending = (): Department | undefined => {
    const known = pendingDepartment(now);
    if (known !== undefined) return known;
    const id = nextDepartmentId(now);
    if (!add(PENDING_NAME, now.departments.root.id, id)) return undefined;
    now = new Tenant(withPending(now.parts, id));
    return pendingDepartment(now);
  };
  const department: number[] = [];
  const made: { name: string; id: number }[] = [];
  for (const id of ids) {
    if (id !== 0 && now.departments.by(DEPARTMENT_ID, String(id)) !== undefined) {
      department.push(id);
      continue;
    }
    if (!Number.isInteger(id) || id < 0 || id > MAX_ID)
      return {
        problem: { kind: 'unknown', subject: 'department', value: '' },
        returned: errcodes.invalidDepartment,
      };
    const parent = pending();
    if (parent === undefined || (id !== 0 && !add(String(id), parent.id, id)))
      return invalidValue('department', errcodes.tooManyDepartmentsInAll);
    if (id !== 0) made.push({ name: String(id), id });
    department.push(id === 0 ? departmentIdOf(parent) : id);
  }
  return { tenant: now, department, made };
}

function pendingDepartment(tenant: Tenant): Department | undefined {
  const { pending_department: id } = settingsIn(tenant);
  const known = id === undefined ? undefined : tenant.departments.by(DEPARTMENT_ID, String(id));
  if (known !== undefined) return known;
  const { root } = tenant.departments;
  return tenant.departments.childrenOf(root.id).find(({ name }) => name.value === PENDING_NAME);
}

function withPending(parts: TenantData, pending_department: number): TenantData {
  return { ...parts, settings: { ...parts.settings, [DIALECT]: { ...wecomSettings(parts), pending_department } } };
}
