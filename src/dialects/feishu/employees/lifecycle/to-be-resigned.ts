import type { Origin } from '../../../../directory/history/change.ts';
import type { Employee } from '../../../../directory/employees/employee.ts';
import { updateEmployee, type EmployeePatch } from '../../../../directory/employees/employee-update.ts';
import type { StoreTask } from '../../../../directory/store.ts';
import { fieldResults, type RequestField } from '../../../../directory/verdict.ts';
import type { Caller } from '../../auth/caller.ts';
import type { Refusal } from '../../protocol/errors.ts';
import { extensionOf, type FeishuEmployee } from '../../model/employee-extension.ts';
import type { EmployeeIdKind } from '../../model/ids.ts';
import { transition, type LifeEvent } from './lifecycle.ts';
import type { OperationSuccess, OperationRefusal } from '../../auth/run-operation.ts';
import { resignationRefusal, type GivenResignation } from './to-be-resigned-rules.ts';
import { DIALECT } from '../../model/settings.ts';
import { loadTarget, recordRefusal, type Target } from '../load-target.ts';

/** The employee that an operation names. */
export interface EmployeeRef {
  readonly id: string;
  readonly idKind: EmployeeIdKind;
}

/** The announcement of a resignation, as requested. */
export interface LeavingRequest extends EmployeeRef {
  readonly given: GivenResignation;
}

/** Marks an employee as about to leave (待离职), or returns why not. This alone resigns no employee. */
export function* markToBeResigned(
  request: LeavingRequest,
  caller: Caller,
  origin: Origin,
): StoreTask<OperationSuccess | OperationRefusal> {
  const target = yield* loadTarget(caller, request.idKind, request.id);
  if ('refusal' in target) return target;
  const { given } = request;
  const refusal =
    standingRefusal(caller, target, 'to-be-resigned') ?? resignationRefusal(given, target.before.joinDate);
  if (refusal !== null) return { refusal, employee: target.before.id };
  return applyTransition(caller, target, 'to-be-resigned', given, FIELDS, origin);
}

/** Cancels a resignation that was announced, or returns why not. */
export function* cancelResignation(
  request: EmployeeRef,
  caller: Caller,
  origin: Origin,
): StoreTask<OperationSuccess | OperationRefusal> {
  const target = yield* loadTarget(caller, request.idKind, request.id);
  if ('refusal' in target) return target;
  const refusal = standingRefusal(caller, target, 'regular');
  if (refusal !== null) return { refusal, employee: target.before.id };
  return applyTransition(caller, target, 'regular', NO_RESIGNATION, [], origin);
}

const NO_RESIGNATION: GivenResignation = { resignDate: null, resignReason: '0', resignRemark: '', resignType: '0' };

const FIELDS: readonly RequestField[] = (
  [
    ['resign_date', 'resignDate'],
    ['resign_reason', 'resignReason'],
    ['resign_remark', 'resignRemark'],
    ['resign_type', 'resignType'],
  ] as const
).map(([field, member]) => ({ field: `employee.${field}`, target: `extensions.${DIALECT}.${member}` }));

/** 2224002: out of scope, locked, or exited (S7); 2221246: there is no such step from here. */
function standingRefusal(caller: Caller, target: Target, event: LifeEvent): Refusal | null {
  const record = recordRefusal(caller, target);
  if (record !== null) return record;
  const { before } = target;
  if (before.activation === 'exited') return { problem: { kind: 'forbidden', subject: 'employee' }, fields: [] };
  return transition(before, event) === null ? { problem: { kind: 'locked', subject: 'status' }, fields: [] } : null;
}

function applyTransition(
  { tenant: { number: tenant } }: Caller,
  { before, extensionBefore }: Target,
  event: LifeEvent,
  given: GivenResignation,
  said: readonly RequestField[],
  origin: Origin,
): OperationSuccess {
  const extensionAfter: FeishuEmployee = { ...extensionBefore, ...given };
  const patch: EmployeePatch = { ...transition(before, event), extensions: { [DIALECT]: extensionOf(extensionAfter) } };
  const { after, fields } = updateEmployee(before, patch, origin.at);
  return {
    effects: [{ write: 'employee', tenant, before, after, fields, origin }],
    outcome: { records: [recordOutcome(said, before, after)] },
    data: {},
  };
}

function recordOutcome(said: readonly RequestField[], before: Employee, after: Employee) {
  return { employee: before.id, verdicts: fieldResults(said, before, after) };
}
