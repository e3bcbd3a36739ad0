import type { Origin } from '../../../../directory/history/change.ts';
import { updateEmployee } from '../../../../directory/employees/employee-update.ts';
import type { Employee } from '../../../../directory/employees/employee.ts';
import { load, type StoreTask } from '../../../../directory/store.ts';
import { isTakenInService } from '../../../../directory/unique.ts';
import type { Caller } from '../../auth/caller.ts';
import { isInScope } from '../../auth/data-scope.ts';
import type { OperationResult } from '../../auth/run-operation.ts';
import { extensionOf, feishuOf } from '../../model/employee-extension.ts';
import { employeesNamed, SPACE, type EmployeeIdKind } from '../../model/ids.ts';
import { DIALECT, settingsOf } from '../../model/settings.ts';
import type { Code } from '../../protocol/codes.ts';
import { USER_CODES, USER_ID_CODES as I } from '../../protocol/contact/user-codes.ts';
import { lengthOf } from '../../protocol/localized-text.ts';
import { unknownUsers } from './unknown-users.ts';

const USER_ID_LIMIT = 64;

/** A new `user_id`, as asked for. */
export interface NewUserId {
  readonly id: string;
  readonly idKind: EmployeeIdKind;
  readonly newId: string;
}

/** Changes the `user_id` of a user, or returns why not. The old one then names no user. [contract feishu-contact.md 2.6, 9.1] */
export function* changeUserId(
  { id, idKind, newId }: NewUserId,
  caller: Caller,
  origin: Origin,
): StoreTask<OperationResult> {
  const { tenant } = caller;
  const before = (yield* employeesNamed(tenant, idKind, caller.ids, [id])).get(id);
  if (before === undefined) return { failure: yield* unknownUsers(caller, idKind, [id]) };
  const holders = yield* load('employees-by', {
    tenant: tenant.number,
    space: `id:${SPACE.employee}`,
    values: [newId],
  });
  const isEqual = before.ids[SPACE.employee] === newId;
  const failure = refusalOf(caller, before, newId, isEqual, isTakenInService(holders.get(newId), before));
  const records = [{ employee: before.id, verdicts: [] }];
  if (failure !== null) return { failure, outcome: { records } };
  if (isEqual) return { data: {}, effects: [], outcome: { records } };
  const own = feishuOf(before);
  const patch = {
    ids: { [SPACE.employee]: newId },
    extensions: { [DIALECT]: extensionOf({ ...own, userIdChanges: own.userIdChanges + 1 }) },
  };
  const { after, fields } = updateEmployee(before, patch, origin.at);
  return {
    data: {},
    effects: [{ write: 'employee', tenant: tenant.number, before, after, fields, origin }],
    outcome: { records: [{ employee: before.id, verdicts: [{ field: 'new_user_id', verdict: 'applied' }] }] },
  };
}

function refusalOf(caller: Caller, before: Employee, newId: string, isEqual: boolean, isTaken: boolean): Code | null {
  if (!isInScope(caller, before)) return USER_CODES.userForbidden;
  if (newId === '') return I.missing;
  if (/\s/u.test(newId) || lengthOf(newId) > USER_ID_LIMIT) return USER_CODES.paramInvalid;
  if (isEqual) return null;
  if (before.mobile === null && (before.email ?? '') === '') return USER_CODES.contactMissing;
  if (isTaken) return I.taken;
  const { user_id_update_limit: most } = settingsOf(caller.tenant);
  return most !== null && feishuOf(before).userIdChanges >= most ? I.tooOften : null;
}
