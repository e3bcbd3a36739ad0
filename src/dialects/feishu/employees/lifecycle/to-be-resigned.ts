import type { Origin } from '../../../../directory/change.ts';
import type { Employee } from '../../../../directory/employees/employee.ts';
import { updateEmployee, type EmployeePatch } from '../../../../directory/employees/employee-update.ts';
import type { Gather } from '../../../../directory/store.ts';
import { verdictsOf, type GivenField } from '../../../../directory/verdict.ts';
import type { Caller } from '../../auth/caller.ts';
import type { Refusal } from '../../protocol/errors.ts';
import { extensionOf, type FeishuEmployee } from '../../model/employee-extension.ts';
import type { EmployeeIdKind } from '../../model/ids.ts';
import { step, type LifeEvent } from './lifecycle.ts';
import type { Accepted, Refused } from '../write-operation.ts';
import { resignationRefusal, type GivenResignation } from './to-be-resigned-rules.ts';
import { DIALECT } from '../../model/settings.ts';
import { gatherTarget, recordRefusal, type Target } from '../load-target.ts';

/** Whom an operation names. */
export interface Named {
  readonly id: string;
  readonly idKind: EmployeeIdKind;
}

/** The announcement that somebody will leave, as asked for. */
export interface LeavingRequest extends Named {
  readonly given: GivenResignation;
}

/** Keeps that somebody will leave (待离职), or says why not. Nobody leaves by that alone. */
export function* announceLeaving(request: LeavingRequest, caller: Caller, origin: Origin): Gather<Accepted | Refused> {
  const target = yield* gatherTarget(caller, request.idKind, request.id);
  if ('refusal' in target) return target;
  const { given } = request;
  const refusal =
    standingRefusal(caller, target, 'to-be-resigned') ?? resignationRefusal(given, target.before.joinDate);
  if (refusal !== null) return { refusal, employee: target.before.id };
  return moved(caller, target, 'to-be-resigned', given, FIELDS, origin);
}

/** Takes it back that somebody will leave, or says why not. */
export function* stay(request: Named, caller: Caller, origin: Origin): Gather<Accepted | Refused> {
  const target = yield* gatherTarget(caller, request.idKind, request.id);
  if ('refusal' in target) return target;
  const refusal = standingRefusal(caller, target, 'regular');
  if (refusal !== null) return { refusal, employee: target.before.id };
  return moved(caller, target, 'regular', NO_RESIGNATION, [], origin);
}

const NO_RESIGNATION: GivenResignation = { resignDate: null, resignReason: '0', resignRemark: '', resignType: '0' };

const FIELDS: readonly GivenField[] = (
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
  return step(before, event) === null ? { problem: { kind: 'locked', subject: 'status' }, fields: [] } : null;
}

function moved(
  { tenant: { number: tenant } }: Caller,
  { before, was }: Target,
  event: LifeEvent,
  given: GivenResignation,
  said: readonly GivenField[],
  origin: Origin,
): Accepted {
  const will: FeishuEmployee = { ...was, ...given };
  const patch: EmployeePatch = { ...step(before, event), extensions: { [DIALECT]: extensionOf(will) } };
  const { after, fields } = updateEmployee(before, patch, origin.at);
  return {
    effects: [{ write: 'employee', tenant, before, after, fields, origin }],
    outcome: { records: [recordOutcome(said, before, after)] },
    data: {},
  };
}

function recordOutcome(said: readonly GivenField[], before: Employee, after: Employee) {
  return { employee: before.id, verdicts: verdictsOf(said, before, after) };
}
