import type { Caller } from './caller.ts';
import type { Refusal } from '../protocol/errors.ts';
import type { Operation } from '../protocol/operations.ts';
import { isPlanAtLeast, settingsOf } from '../model/settings.ts';

const FORBIDDEN: Refusal = { problem: { kind: 'forbidden', subject: 'tenant' }, fields: [] };

/**
 * Checks whether the company and the caller may use the operation at all (stage S6, 2224001). The company's edition
 * allows it [seed], except that a return has a code of its own for this [ruling 3.8 / 4.3]; a user is an administrator
 * with the permission [seed]. The contact API has no such
 * stage.
 */
export function checkOperationAllowed(caller: Caller, operation: Operation): Refusal | null {
  if (operation.startsWith('contact.')) return null;
  const { plan, directory_api_min_plan: least } = settingsOf(caller.tenant);
  if (!isPlanAtLeast(plan, least) && operation !== 'employee.resurrect') return FORBIDDEN;
  if (caller.user === null) return null;
  if (!caller.user.isAllowed) return FORBIDDEN;
  const isPersonnel = operation === 'employee.to-be-resigned' || operation === 'employee.regular';
  return isPersonnel && !mayManagePersonnel(caller) ? FORBIDDEN : null;
}

/** Returns whether the caller may change resignations: an app, or an administrator in personnel management mode. [derived, contract 4.4] */
function mayManagePersonnel({ user }: Caller): boolean {
  return user === null || user.isPersonnel;
}
