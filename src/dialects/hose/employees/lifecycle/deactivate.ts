import type { Origin } from '../../../../directory/history/change.ts';
import type { Employee } from '../../../../directory/employees/employee.ts';
import { unlinkReports, resignationPatch } from '../../../../directory/employees/employee-leave.ts';
import type { EmployeePatch } from '../../../../directory/employees/employee-update.ts';
import type { LookupSpace } from '../../../../directory/lookup.ts';
import { LoginIndex } from '../../../../directory/auth/logins.ts';
import { membershipsOf } from '../../../../directory/employees/membership.ts';
import { load, type Decision, type StoreTask } from '../../../../directory/store.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import { fieldResults } from '../../../../directory/verdict.ts';
import { dayInChina } from '../../../../lib/time/day.ts';
import { spaces } from '../../model/ids.ts';
import { DeactivationEdits } from './deactivate-effects.ts';
import type { Refusal } from '../rules.ts';
import { isActive } from '../view.ts';
import { refuseUpdate, updatedStaff, type Updated } from '../update.ts';
import { hoseOf } from '../../protocol/wire.ts';

/** 停启用员工, as asked for. */
export interface SetActiveRequest {
  /** Ids, or codes. */
  readonly staffs: readonly string[];
  readonly by: 'id' | 'code';
  /** Whether they are brought back, or removed. */
  readonly active: boolean;
  /** Whether an employee with pending items cannot be removed. */
  readonly checksPending: boolean;
}

/** Removes staff from the corporation or brings them back: all of them or none [proposed]. */
export function* setActive(request: SetActiveRequest, number: number, origin: Origin): StoreTask<Decision<Updated>> {
  const tenant = yield* load('tenant', { number });
  if (tenant === null) return refuseUpdate({ field: 'accessToken', problem: { kind: 'forbidden', subject: 'token' } });
  const space: LookupSpace = request.by === 'code' ? 'job-number' : `id:${spaces.staff}`;
  const found = yield* load('employees-by', { tenant: number, space, values: [...new Set(request.staffs)] });
  const meant: Employee[] = [];
  for (const value of request.staffs) {
    const who = staffMeant(found.get(value) ?? [], value, request);
    if ('problem' in who) return refuseUpdate(who);
    meant.push(who);
  }
  for (const employee of meant) {
    const refusal = request.active || !request.checksPending ? null : nothingPending(employee);
    if (refusal !== null) return refuseUpdate(refusal, employee.id);
  }
  const moved = new DeactivationEdits();
  for (const employee of meant)
    if (isActive(employee) !== request.active)
      moved.patch(employee, patchFor(employee, tenant, request.active, origin.at), origin.at);
  if (!request.active) {
    for (const { id } of meant) moved.fold(yield* unlinkReports(tenant, id, origin), origin.at);
  }
  const logins = yield* LoginIndex.load({
    tenant,
    ids: meant.flatMap(({ account }) => account ?? []),
    mobiles: [],
    emails: [],
  });
  return {
    answer: {
      tenant,
      records: meant.map((before) => {
        return { employee: before.id, verdicts: fieldResults(GIVEN, before, moved.now(before)) };
      }),
      staffs: meant.flatMap((employee) => updatedStaff(moved.now(employee), logins)),
    },
    effects: moved.effects(number, origin),
  };
}

/** What the call says of each: the status as the query's `active`. */
const GIVEN = [{ field: 'active', target: 'status' }] as const;

/**
 * By code, employees in the state that the call starts from count: active for a removal, removed for a return; without
 * any, those in the other state [proposed].
 */
function staffMeant(found: readonly Employee[], value: string, { by, active }: SetActiveRequest): Employee | Refusal {
  const field = 'staffIds';
  if (by === 'id') {
    const [employee] = found;
    return employee ?? { field, problem: { kind: 'unknown', subject: field, value } };
  }
  const [movable, there] = [
    found.filter((one) => isActive(one) !== active),
    found.filter((one) => isActive(one) === active),
  ];
  const carriers = movable.length > 0 ? movable : there;
  const [employee] = carriers;
  if (employee === undefined) return { field, problem: { kind: 'unknown', subject: 'staffIds.code', value } };
  return carriers.length === 1 ? employee : { field, problem: { kind: 'ambiguous', subject: 'employee', value } };
}

/** An employee with pending items is not removed, unless that is forced [public: contacts/active-staffs.md]. */
function nothingPending(employee: Employee): Refusal | null {
  const waits = isActive(employee) && Object.values(hoseOf(employee).pending ?? {}).some((count) => count > 0);
  return waits ? { field: 'staffIds', problem: { kind: 'locked', subject: 'pending' } } : null;
}

/**
 * Returns the patch of the record. Departments stay, as no answer shows a staff without any; an employee without any
 * joins the root department. A returning employee has no seat until one is assigned [public: contacts/active-staffs.md].
 */
function patchFor(
  { departments, mainDepartment }: Employee,
  tenant: Tenant,
  active: boolean,
  at: number,
): EmployeePatch {
  if (!active) return { ...resignationPatch(dayInChina(at)), departments, mainDepartment };
  const back = { status: 'regular', leftOn: null, seated: false } as const;
  const tree = tenant.departments;
  const left = departments.filter(({ department }) => tree.get(department)?.enabled === true);
  const memberships = left.length === 0 ? membershipsOf([tree.root.id], departments) : left;
  const isMain = memberships.some(({ department }) => department === mainDepartment);
  return {
    ...back,
    departments: memberships,
    mainDepartment: isMain ? mainDepartment : (memberships[0]?.department ?? null),
  };
}
