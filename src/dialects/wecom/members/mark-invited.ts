import type { Origin } from '../../../directory/history/change.ts';
import { updateEmployee } from '../../../directory/employees/employee-update.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { load, type Decision, type Effect, type StoreTask } from '../../../directory/store.ts';
import { memberStatusOf } from '../model/member-status.ts';
import { memberStatus } from '../protocol/codes.ts';
import { toStoredExtension, wecomOf } from '../protocol/wire.ts';

/**
 * Notes that members are invited, each once until activation; returns those who were not yet and can be reached.
 * (wecom-more 5)
 */
export function* markInvited(
  tenant: number,
  ids: readonly string[],
  origin: Origin,
): StoreTask<Decision<readonly Employee[]>> {
  if ((yield* load('tenant', { number: tenant })) === null) return { answer: [], effects: [] };
  const found = yield* load('employees-by-id', { tenant, ids });
  const invited: Employee[] = [];
  const effects: Effect[] = [];
  for (const before of found.values()) {
    if (!isToBeInvited(before)) continue;
    const extension = toStoredExtension({ ...wecomOf(before), invitedAt: origin.at });
    const { after, fields } = updateEmployee(before, { extensions: { wecom: extension } }, origin.at);
    effects.push({ write: 'employee', tenant, before, after, fields, origin });
    invited.push(after);
  }
  return { answer: invited, effects };
}

function isToBeInvited(employee: Employee): boolean {
  if (memberStatusOf(employee) !== memberStatus.notActivated || wecomOf(employee).invitedAt !== undefined) return false;
  return employee.mobile !== null || (employee.email ?? '') !== '';
}
