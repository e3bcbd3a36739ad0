import type { Origin } from '../../../directory/history/change.ts';
import type { Effect, StoreTask } from '../../../directory/store.ts';
import { firstRefusal } from '../../rule.ts';
import type { Caller } from '../auth/caller.ts';
import type { OperationResult } from '../auth/run-operation.ts';
import type { PatchRequest } from './facts.ts';
import { isRefusal, loadFacts } from './load-facts.ts';
import { needsActivationReset, resetActivation } from './reset-activation.ts';
import { RULES } from './rules.ts';
import { acceptedOutcome } from './verdicts.ts';

/** Updates an employee, or returns why not. `freshAccount` is the id of a login that the update may have to create. */
export function* update(
  request: PatchRequest,
  freshAccount: string,
  caller: Caller,
  origin: Origin,
): StoreTask<OperationResult> {
  const facts = yield* loadFacts(request, caller, origin.at);
  if (isRefusal(facts)) return { refusal: facts };
  const { before } = facts;
  const refusal = firstRefusal(facts, RULES);
  if (refusal !== null) return { refusal, employee: before.id };
  const reset = needsActivationReset(facts) ? yield* resetActivation(facts, freshAccount, origin) : null;
  const { after, fields } = reset ?? facts;
  const effects: Effect[] =
    after === before ? [] : [{ write: 'employee', tenant: caller.tenant.number, before, after, fields, origin }];
  // The account is written before the employee that refers to it.
  if (reset !== null) effects.unshift(...reset.effects);
  return { data: {}, effects, outcome: acceptedOutcome(facts, reset) };
}
