import type { Origin } from '../../../directory/history/change.ts';
import { LoginIndex } from '../../../directory/auth/logins.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { updateEmployee, type EmployeePatch } from '../../../directory/employees/employee-update.ts';
import type { LookupSpace } from '../../../directory/lookup.ts';
import { load, type Decision, type Effect, type StoreTask } from '../../../directory/store.ts';
import { fieldResults } from '../../../directory/verdict.ts';
import { refuseUpdate, updatedStaff, type Updated } from './update.ts';
import { isActive } from './view.ts';

/** What is cleared of a staff: what is shown, never what one logs in with (hose-more 4). */
export const CLEARED: ReadonlyMap<string, Pick<EmployeePatch, 'mobile' | 'email'>> = new Map([
  ['all', { mobile: null, email: '' }],
  ['phone', { mobile: null }],
  ['email', { email: '' }],
]);

/**
 * 清除员工信息 [public: tools/staffs-clearInfo.md]: of all active employees that a value names; unknown values are ignored.
 * It is a tool, so it does not lock the record [proposed].
 */
export function* clearInfo(
  values: readonly string[],
  space: LookupSpace,
  patch: Pick<EmployeePatch, 'mobile' | 'email'>,
  number: number,
  origin: Origin,
): StoreTask<Decision<Updated>> {
  const tenant = yield* load('tenant', { number });
  if (tenant === null) return refuseUpdate({ field: 'accessToken', problem: { kind: 'forbidden', subject: 'token' } });
  const asked = [...new Set(values)];
  const found = yield* load('employees-by', { tenant: number, space, values: asked, upTo: MAX_CARRIERS });
  const meant = new Map<string, Employee>();
  for (const value of asked) for (const one of found.get(value) ?? []) if (isActive(one)) meant.set(one.id, one);
  const updates = [...meant.values()].map((before) => updateEmployee(before, patch, origin.at));
  const ids = updates.flatMap(({ after }) => after.account ?? []);
  const logins = yield* LoginIndex.load({ tenant, ids, mobiles: [], emails: [] });
  const given = Object.keys(patch).map((target) => ({ field: target, target }));
  return {
    answer: {
      tenant,
      records: updates.map(({ before, after }) => ({
        employee: before.id,
        verdicts: fieldResults(given, before, after),
      })),
      staffs: updates.flatMap(({ after }) => updatedStaff(after, logins)),
    },
    effects: updates.flatMap(({ before, after, fields }): readonly Effect[] =>
      after === before ? [] : [{ write: 'employee', tenant: number, before, after, fields, origin }],
    ),
  };
}

/** So many staff with one code are cleared by one call; no page says what becomes of codes that repeat [proposed]. */
const MAX_CARRIERS = 100;
