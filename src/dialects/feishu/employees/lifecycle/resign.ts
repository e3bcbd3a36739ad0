import type { Origin } from '../../../../directory/history/change.ts';
import { isInService, type Employee } from '../../../../directory/employees/employee.ts';
import { unlinkReports } from '../../../../directory/employees/employee-leave.ts';
import { updateEmployee } from '../../../../directory/employees/employee-update.ts';
import type { Effect, StoreTask } from '../../../../directory/store.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import { fieldResults, type RequestField } from '../../../../directory/verdict.ts';
import type { Caller } from '../../auth/caller.ts';
import type { Refusal } from '../../protocol/errors.ts';
import { founderOf } from '../../model/founder.ts';
import type { EmployeeIdKind } from '../../model/ids.ts';
import { transition } from './lifecycle.ts';
import type { OperationSuccess, OperationRefusal } from '../../auth/run-operation.ts';
import { isFullyInScope } from '../../auth/data-scope.ts';
import { resignationOf, type Receivers } from './resignation.ts';
import { DIALECT, settingsOf } from '../../model/settings.ts';
import { loadTarget, recordRefusal, type Target } from '../load-target.ts';

/** A resignation, as asked for. */
export interface ResignRequest {
  readonly id: string;
  readonly idKind: EmployeeIdKind;
  readonly receivers: Receivers;
}

/** Lets somebody go, or says why not. */
export function* resign(
  request: ResignRequest,
  caller: Caller,
  origin: Origin,
): StoreTask<OperationSuccess | OperationRefusal> {
  const { tenant } = caller;
  const receivers = request.receivers.map(([, id]) => id);
  const target = yield* loadTarget(caller, request.idKind, request.id, receivers);
  if ('refusal' in target) return target;
  const { before } = target;
  const refusal =
    recordRefusal(caller, target) ??
    resignRefusal(caller, target, yield* founderOf(tenant), origin.at) ??
    receiversRefusal(request, target);
  if (refusal !== null) return { refusal, employee: before.id };

  const { after, effects } = yield* resignationEffects(request.receivers, target, tenant, origin);
  const given = request.receivers.map(([member]): RequestField => {
    const field = `options.resigned_employee_resource_receiver.${member}`;
    return { field, target: `extensions.${DIALECT}.resourceReceivers.${member}` };
  });
  return {
    effects,
    outcome: { records: [{ employee: before.id, verdicts: fieldResults(given, before, after) }] },
    data: {},
  };
}

/** What follows from a resignation that may be: the record, and those who reported to who leaves. */
export function* resignationEffects(
  receivers: Receivers,
  target: Target,
  tenant: Tenant,
  origin: Origin,
): StoreTask<{ readonly after: Employee; readonly effects: readonly Effect[] }> {
  const { before } = target;
  const { after, fields } = updateEmployee(before, resignationOf(receivers, target, tenant, origin.at), origin.at);
  const effects: Effect[] = [{ write: 'employee', tenant: tenant.number, before, after, fields, origin }];
  effects.push(...(yield* unlinkReports(tenant, before.id, origin)));
  return { after, effects };
}

const MINUTE_MS = 60_000;

/** 2224002, 2221246, 2221183, 2221185 [public: dir/employee/delete]; in this order [derived] */
function resignRefusal(
  caller: Caller,
  { before, extensionBefore }: Target,
  founder: string | null,
  at: number,
): Refusal | null {
  const { min_minutes_between_resurrect_and_delete: minutes } = settingsOf(caller.tenant);
  if (!isFullyInScope(caller, before)) return { problem: { kind: 'forbidden', subject: 'employee' }, fields: [] };
  if (transition(before, 'resign') === null) return { problem: { kind: 'locked', subject: 'status' }, fields: [] };
  if (founder === before.id) return { problem: { kind: 'locked', subject: 'founder' }, fields: [] };
  return extensionBefore.resurrectedAt !== null && at - extensionBefore.resurrectedAt < minutes * MINUTE_MS
    ? { problem: { kind: 'locked', subject: 'resurrected' }, fields: [] }
    : null;
}

/** Each is known and stays here. [derived] 2220001 with the member's name */
function receiversRefusal({ receivers }: ResignRequest, { before, people }: Target): Refusal | null {
  for (const [member, id] of receivers) {
    const receiver = people.get(id);
    const fields = [`options.resigned_employee_resource_receiver.${member}`];
    if (receiver === undefined) return { problem: { kind: 'unknown', subject: 'receiver', value: id }, fields };
    if (!isInService(receiver) || receiver.id === before.id)
      return { problem: { kind: 'left', subject: 'receiver' }, fields };
  }
  return null;
}
