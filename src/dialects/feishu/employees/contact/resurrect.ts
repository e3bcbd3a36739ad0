import type { Origin } from '../../../../directory/history/change.ts';
import type { Department } from '../../../../directory/departments/department.ts';
import type { Employee } from '../../../../directory/employees/employee.ts';
import { updateEmployee } from '../../../../directory/employees/employee-update.ts';
import { e164 } from '../../../../directory/employees/phone.ts';
import { normalizeEmail, type LookupSpace } from '../../../../directory/lookup.ts';
import { loadAll, type StoreTask } from '../../../../directory/store.ts';
import { isTakenInService } from '../../../../directory/unique.ts';
import { fieldResults } from '../../../../directory/verdict.ts';
import { dayInChina } from '../../../../lib/time/day.ts';
import { holdsAny, type Caller } from '../../auth/caller.ts';
import { isDepartmentInScope, isInScope } from '../../auth/data-scope.ts';
import type { OperationFailure, OperationResult } from '../../auth/run-operation.ts';
import { feishuOf } from '../../model/employee-extension.ts';
import {
  departmentNamed,
  employeesNamed,
  ROOT,
  SPACE,
  type DepartmentIdKind,
  type EmployeeIdKind,
} from '../../model/ids.ts';
import { DIALECT, isPlanAtLeast, settingsOf } from '../../model/settings.ts';
import type { Code } from '../../protocol/codes.ts';
import { USER_CODES as U, USER_RESURRECT_CODES as R } from '../../protocol/contact/user-codes.ts';
import { SCOPE } from '../../protocol/operations.ts';
import type { PatchInput } from '../../protocol/wire.ts';
import { firstRefusal } from '../../../rule.ts';
import {
  billingSeatsAvailable,
  certifiedSeatsAvailable,
  contactSeatsAvailable,
  departmentsHaveCapacity,
  seatsLeft,
} from '../capacity-rules.ts';
import type { Rule } from '../facts.ts';
import { seatsGivenAtFirst } from '../lifecycle/create-only-rules.ts';
import { LEAST_PLAN } from '../lifecycle/resurrect-rules.ts';
import { returnOf } from '../lifecycle/resurrect.ts';
import { loadFactsFor } from '../load-facts.ts';
import { patchOf } from '../patch.ts';
import { seatsValid } from '../rules/references.ts';
import { MAX_WEIGHT, placementOf } from './departments.ts';
import { answerToUser } from './errors.ts';
import { unknownDepartments, unknownUsers } from './unknown-users.ts';

/** A return, as asked for; who is put nowhere is put into the root. */
export interface UserReturn {
  readonly id: string;
  readonly idKind: EmployeeIdKind;
  readonly departmentKind: DepartmentIdKind;
  readonly departments: readonly {
    readonly department_id: string;
    readonly user_order?: number;
    readonly department_order?: number;
  }[];
  readonly subscriptionIds: readonly string[] | undefined;
}

/** Takes somebody back who resigned, or says why not. [contract feishu-contact.md 2.6, 9.2] */
export function* resurrectUser(request: UserReturn, caller: Caller, origin: Origin): StoreTask<OperationResult> {
  const { id, idKind, departmentKind, subscriptionIds } = request;
  const { tenant } = caller;
  const { at } = origin;
  const before = (yield* employeesNamed(tenant, idKind, caller.ids, [id])).get(id);
  if (before === undefined) return refused(yield* unknownUsers(caller, idKind, [id]));
  const wanted = request.departments.length === 0 ? [{ department_id: ROOT }] : request.departments;
  const placed = wanted.map((one) => ({
    id: one.department_id,
    department: departmentNamed(tenant, departmentKind, one.department_id),
  }));
  const closed = standingRefusal(caller, before, at) ?? departmentsRefusal(caller, departmentKind, wanted, placed);
  if (closed !== null) return refused(closed, before);
  const given = placed.flatMap(({ id: name, department }) =>
    department === undefined ? [] : [{ id: name, department }],
  );
  const placement = placementOf({ ...before, departments: [], mainDepartment: null }, given, wanted);
  const input: PatchInput = { subscriptionIds, ignored: [] };
  const facts = yield* loadFactsFor({ id, idKind, departmentKind, given: input }, caller, at, {
    before,
    people: new Map([[id, before]]),
    known: [],
    isNewPerson: true,
    patchFrom: (resolved) => ({
      ...patchOf(resolved),
      departments: placement.departments,
      mainDepartment: placement.main,
    }),
  });
  if (subscriptionIds !== undefined && !holdsAny(caller, SCOPE.userSeatsWrite))
    return refused(U.seatsForbidden, before);
  if (seatsGivenAtFirst(facts) !== null) return refused(U.seatsEmpty, before);
  if (seatsValid(facts) !== null) return refused(U.seatsInvalid, before);
  const duplicated = yield* duplicateOf(caller, before);
  if (duplicated !== null) return refused(duplicated, before);
  const full = firstRefusal(facts, CAPACITY_RULES);
  if (full !== null) return refused(answerToUser(full.problem, 'create'), before);
  const target = { before, extensionBefore: feishuOf(before), people: new Map<string, Employee>() };
  const { after, fields } = updateEmployee(before, yield* returnOf(facts, target), at);
  const said = [
    { field: 'departments', target: 'departments' },
    { field: 'subscription_ids', target: `extensions.${DIALECT}.subscriptionIds` },
  ];
  return {
    data: {},
    effects: [{ write: 'employee', tenant: tenant.number, before, after, fields, origin }],
    outcome: { records: [{ employee: before.id, verdicts: fieldResults(said, before, after) }] },
  };
}

function refused(failure: Code, employee?: Employee): OperationFailure {
  const records = employee === undefined ? [] : [{ employee: employee.id, verdicts: [] }];
  return { failure, outcome: { records } };
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** 41050, 44033, 44034, 44028, 44041, 44029 */
function standingRefusal(caller: Caller, before: Employee, at: number): Code | null {
  const settings = settingsOf(caller.tenant);
  if (!isInScope(caller, before)) return U.userForbidden;
  if (before.status !== 'resigned') return R.notResigned;
  const { resignedAt } = feishuOf(before);
  if (resignedAt !== null && at - resignedAt < settings.resign_processing_minutes * MINUTE_MS) return R.inProcess;
  const days = before.leftOn === null ? 0 : (Date.parse(dayInChina(at)) - Date.parse(before.leftOn)) / DAY_MS;
  if (days > settings.resurrect_days) return R.tooLate;
  if (!isPlanAtLeast(settings.plan, LEAST_PLAN)) return R.planTooLow;
  return settings.resurrect_allowed ? null : R.notAllowed;
}

/** Ids that name nothing, 40001, 41017, 40004 */
function departmentsRefusal(
  caller: Caller,
  kind: DepartmentIdKind,
  wanted: UserReturn['departments'],
  placed: readonly { readonly id: string; readonly department: Department | undefined }[],
): Code | null {
  const unknown = placed.filter(({ department }) => department === undefined).map(({ id }) => id);
  if (unknown.length > 0) return unknownDepartments(kind, unknown);
  const weights = wanted.flatMap((one) => [one.user_order ?? 0, one.department_order ?? 0]);
  const isTwice = new Set(placed.map(({ department }) => department?.id)).size < placed.length;
  if (isTwice || weights.some((weight) => weight < 0 || weight > MAX_WEIGHT)) return U.paramInvalid;
  if (placed.some(({ department }) => department?.enabled === false)) return U.departmentUnknown;
  const isReached = placed.every(
    ({ department }) => department !== undefined && isDepartmentInScope(caller, department.id),
  );
  return isReached ? null : U.departmentForbidden;
}

/** What somebody in service has by now: 44030, 44031, 44032 */
function* duplicateOf({ tenant }: Caller, before: Employee): StoreTask<Code | null> {
  const claims: (readonly [space: LookupSpace, value: string, code: Code])[] = [];
  const { mobile, email } = before;
  const userId = before.ids[SPACE.employee];
  if (mobile !== null) claims.push(['mobile', e164(mobile), R.mobileTaken]);
  if (email !== null && email !== '') claims.push(['email', normalizeEmail(email), R.emailTaken]);
  if (userId !== undefined) claims.push([`id:${SPACE.employee}`, userId, R.userIdTaken]);
  const found = yield* loadAll(
    'employees-by',
    claims.map(([space, value]) => ({ tenant: tenant.number, space, values: [value] })),
  );
  const taken = claims.find(([, value], index) => isTakenInService(found[index]?.get(value), before));
  return taken?.[2] ?? null;
}

/** 41016, 44047, 41007, 41008, 44023 */
const CAPACITY_RULES: readonly Rule[] = [
  departmentsHaveCapacity,
  seatsLeft,
  certifiedSeatsAvailable,
  billingSeatsAvailable,
  contactSeatsAvailable,
];
