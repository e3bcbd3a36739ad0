import type { Caller } from './caller.ts';
import type { Refusal } from '../protocol/errors.ts';
import type { Operation } from '../protocol/operations.ts';
import { isPlanAtLeast, settingsOf } from '../model/settings.ts';

const FORBIDDEN: Refusal = { problem: { kind: 'forbidden', subject: 'tenant' }, fields: [] };

/**
 * Stage S6: whether the company and the caller may do such a thing at all, whoever it is done to; 2224001. The company's
 * edition allows it [seed] — of someone's return the edition has a code of its own, so that it is not asked here
 * [ruling 3.8 / 4.3] — and a user is an administrator who has the permission [seed].
 */
export function checkOperationAllowed(caller: Caller, operation: Operation): Refusal | null {
  const { plan, directory_api_min_plan: least } = settingsOf(caller.tenant);
  if (!isPlanAtLeast(plan, least) && operation !== 'employee.resurrect') return FORBIDDEN;
  if (caller.user === null) return null;
  if (!caller.user.isAllowed) return FORBIDDEN;
  const isPersonnel = operation === 'employee.to-be-resigned' || operation === 'employee.regular';
  return isPersonnel && !mayManagePersonnel(caller) ? FORBIDDEN : null;
}

/** Whether the caller may change who leaves when: an app, or an administrator in personnel management mode. [derived, contract 4.4] */
function mayManagePersonnel({ user }: Caller): boolean {
  return user === null || user.isPersonnel;
}
