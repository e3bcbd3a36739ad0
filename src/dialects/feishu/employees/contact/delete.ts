import type { Origin } from '../../../../directory/history/change.ts';
import { isInService } from '../../../../directory/employees/employee.ts';
import type { StoreTask } from '../../../../directory/store.ts';
import { fieldResults, type RequestField } from '../../../../directory/verdict.ts';
import type { Caller } from '../../auth/caller.ts';
import { isFullyInScope, isInScope } from '../../auth/data-scope.ts';
import type { OperationResult } from '../../auth/run-operation.ts';
import { founderOf } from '../../model/founder.ts';
import { employeesNamed, type EmployeeIdKind } from '../../model/ids.ts';
import { feishuOf } from '../../model/employee-extension.ts';
import { DIALECT, settingsOf } from '../../model/settings.ts';
import type { Code } from '../../protocol/codes.ts';
import { USER_DELETE_CODES as D } from '../../protocol/contact/user-codes.ts';
import { resignationEffects } from '../lifecycle/resign.ts';
import type { Receivers } from '../lifecycle/resignation.ts';
import type { Target } from '../load-target.ts';
import { unknownUsers } from './unknown-users.ts';

/** A user to be deleted, as asked for. */
export interface UserDeletion {
  readonly id: string;
  readonly idKind: EmployeeIdKind;
  readonly receivers: Receivers;
}

/** Deletes a user, or returns why not. [contract feishu-contact.md 2.6, 9.2] */
export function* deleteUser(
  { id, idKind, receivers }: UserDeletion,
  caller: Caller,
  origin: Origin,
): StoreTask<OperationResult> {
  const { tenant } = caller;
  const named = [...new Set([id, ...receivers.map(([, receiver]) => receiver)])];
  const people = yield* employeesNamed(tenant, idKind, caller.ids, named);
  const before = people.get(id);
  if (before === undefined) return { failure: yield* unknownUsers(caller, idKind, [id]) };
  const target: Target = { before, extensionBefore: feishuOf(before), people };
  const failure = refusalOf(caller, target, receivers, yield* founderOf(tenant), origin.at);
  if (failure !== null) return { failure, outcome: { records: [{ employee: before.id, verdicts: [] }] } };
  const { after, effects } = yield* resignationEffects(receivers, target, tenant, origin);
  const given = receivers.map(([member]): RequestField => ({
    field: member.replace('_employee_id', '_user_id'),
    target: `extensions.${DIALECT}.resourceReceivers.${member}`,
  }));
  return {
    data: {},
    effects,
    outcome: { records: [{ employee: before.id, verdicts: fieldResults(given, before, after) }] },
  };
}

const MINUTE_MS = 60_000;

function refusalOf(
  caller: Caller,
  { before, extensionBefore, people }: Target,
  receivers: Receivers,
  founder: string | null,
  at: number,
): Code | null {
  const settings = settingsOf(caller.tenant);
  // Who has left already is out of reach. [proposed, contract feishu-contact.md 2.6]
  if (!isInScope(caller, before) || !isInService(before)) return D.userForbidden;
  if (!isFullyInScope(caller, before)) return D.departmentForbidden;
  if (founder === before.id) return D.founder;
  if (settings.delete_by_life_cycle_only) return D.lifeCycleOnly;
  const { resurrectedAt } = extensionBefore;
  const waits = settings.min_minutes_between_resurrect_and_delete * MINUTE_MS;
  if (resurrectedAt !== null && at - resurrectedAt < waits) return D.tooSoon;
  const isFine = receivers.every(([, id]) => {
    const receiver = people.get(id);
    return receiver !== undefined && isInService(receiver) && receiver.id !== before.id;
  });
  return isFine ? null : D.acceptorInvalid;
}
