import type { Refusal } from '../../protocol/errors.ts';
import type { Facts, Rule } from '../facts.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import { dayInChina } from '../../../../lib/time/day.ts';
import { transition } from './lifecycle.ts';
import { isDepartmentInScope } from '../../auth/data-scope.ts';
import { isPlanAtLeast, settingsOf } from '../../model/settings.ts';
import { departmentsNamed, weightsWellFormed } from '../rules/format.ts';
import { seatsGivenAtFirst } from './create-only-rules.ts';
import { mainDepartmentFirst, singleDepartment } from '../rules/policy.ts';
import { departmentsDistinct, departmentsEnabled, departmentsKnown, seatsValid } from '../rules/references.ts';

/** The least edition whose people may come back. [public: dir/employee/resurrect] */
export const LEAST_PLAN = 'business_professional';

/** Checks whether the company allows returns: 2221275, which replaces 2224001 here (ruling 8), and 2221268. */
export function resurrectNotAllowed(tenant: Tenant): Refusal | null {
  const { plan, directory_api_min_plan: least, resurrect_allowed: isAllowed } = settingsOf(tenant);
  if (!isPlanAtLeast(plan, LEAST_PLAN) || !isPlanAtLeast(plan, least))
    return { problem: { kind: 'forbidden', subject: 'return.plan' }, fields: [] };
  return isAllowed ? null : { problem: { kind: 'forbidden', subject: 'return' }, fields: [] };
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Resigned, at most so many days ago; an employee whose day is unknown may come back. [derived] 2224002 */
const resignedRecently: Rule = ({ before, settings, at }) => {
  const daysAgo = before.leftOn === null ? 0 : (Date.parse(dayInChina(at)) - Date.parse(before.leftOn)) / DAY_MS;
  return transition(before, 'resurrect') !== null && daysAgo <= settings.resurrect_days
    ? null
    : { problem: { kind: 'forbidden', subject: 'employee' }, fields: [] };
};

/** 2221123 [public: dir/employee/resurrect] */
const joiningNotRefused: Rule = ({ extensionBefore }) =>
  extensionBefore.joinRefused ? { problem: { kind: 'locked', subject: 'joining' }, fields: [] } : null;

/** 2221270 [public: dir/employee/resurrect]; how long it takes is a setting. [derived] */
const leavingDone: Rule = ({ extensionBefore, settings, at }) =>
  extensionBefore.resignedAt !== null &&
  at - extensionBefore.resignedAt < settings.resign_processing_minutes * MINUTE_MS
    ? { problem: { kind: 'locked', subject: 'leaving' }, fields: [] }
    : null;

/** People come back only to departments in scope. [public: dir/employee/resurrect] 2224003 */
const returnReached: Rule = ({ caller, departments }: Facts) =>
  departments.every((department) => department !== undefined && isDepartmentInScope(caller, department.id))
    ? null
    : { problem: { kind: 'forbidden', subject: 'dependent' }, fields: ['employee_order_in_departments'] };

/**
 * What is demanded of a return, after the record was found to be in scope and before anything is counted. The page has
 * no codes for departments that cannot be read, are unknown or disabled: those of an update are used. [derived]
 */
export const RESURRECT_RULES: readonly Rule[] = [
  resignedRecently,
  joiningNotRefused,
  leavingDone,
  departmentsNamed,
  weightsWellFormed,
  departmentsDistinct,
  departmentsKnown,
  departmentsEnabled,
  seatsGivenAtFirst,
  seatsValid,
  returnReached,
  mainDepartmentFirst,
  singleDepartment,
];
