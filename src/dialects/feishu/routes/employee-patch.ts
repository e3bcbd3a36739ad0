import type { Decision, Effect, StoreTask } from '../../../directory/store.ts';
import type { Reply, Route } from '../../dialect.ts';
import { reloadCaller, revokedTokenCode, type Caller } from '../auth/caller.ts';
import { PatchBody } from '../protocol/body-schemas.ts';
import { errorReply, successReply } from '../protocol/envelope.ts';
import type { Refusal } from '../protocol/errors.ts';
import type { Facts, PatchRequest } from '../employees/facts.ts';
import { loadFacts, isRefusal } from '../employees/load-facts.ts';
import { authenticated } from '../employees/lifecycle/authenticated.ts';
import { idKindsOf, refusalReply, validationErrorReply, type OperationContext } from '../auth/guarded-route.ts';
import { resetActivation, needsActivationReset, type ActivationReset } from '../employees/reset-activation.ts';
import { firstRefusal } from '../../rule.ts';
import { RULES } from '../employees/rules.ts';
import { DIALECT } from '../model/settings.ts';
import { acceptedOutcome, refusedOutcome } from '../employees/verdicts.ts';
import { createBodyReader } from '../protocol/body-validation.ts';
import { decodePatch } from '../protocol/wire.ts';

const OPERATION = 'employee.patch';
const readBody = createBodyReader(PatchBody);

/** 更新员工信息 */
export const employeePatch: Route = {
  operation: OPERATION,
  method: 'PATCH',
  path: '/open-apis/directory/v1/employees/:employee_id',
  body: PatchBody,
  answer: authenticated(OPERATION, async (guarded) => {
    const { call, context, caller, exchange } = guarded;
    const { idKind, departmentKind, violations } = idKindsOf(call.query, caller);
    const read = readBody(call.body);
    if (read.body === null || violations.length > 0) {
      return validationErrorReply(exchange, read.body === null ? read.violations : [], violations);
    }
    const request: PatchRequest = {
      id: call.params['employee_id'] ?? '',
      idKind,
      departmentKind,
      given: decodePatch(read.body),
    };
    const { mobile, email } = request.given;
    // Made before the work begins, which may be run again; who has no login yet may be given one.
    const freshAccount = mobile === undefined && email === undefined ? '' : context.ids.fresh('acc_');
    const decided = await context.store.write(() => decide(request, caller, guarded, freshAccount));
    return reply(decided, guarded);
  }),
};

/** What was decided of an update: who was meant, and why not if it was refused. */
interface Decided {
  readonly facts: Facts | null;
  /** Null where it was accepted, `gone` where the caller lost the place in the directory meanwhile. */
  readonly refusal: Refusal | 'gone' | null;
  /** What followed from the update; null where nothing did. */
  readonly rejoining: ActivationReset | null;
}

function* decide(
  request: PatchRequest,
  known: Caller,
  { call, exchange }: OperationContext,
  freshAccount: string,
): StoreTask<Decision<Decided>> {
  // As of this transaction: what the token's check saw may have changed.
  const caller = yield* reloadCaller(known);
  if (caller === null) return refused('gone', null);
  const { tenant, app } = caller;
  const facts = yield* loadFacts(request, caller, exchange.at);
  if (isRefusal(facts)) return refused(facts, null);
  const refusal = firstRefusal(facts, RULES);
  if (refusal !== null) return refused(refusal, facts);
  const origin = { dialect: DIALECT, operation: OPERATION, app: app.id, request: call.requestId, at: exchange.at };
  const rejoining = needsActivationReset(facts) ? yield* resetActivation(facts, freshAccount, origin) : null;
  const { before } = facts;
  const { after, fields } = rejoining ?? facts;
  const effects: Effect[] =
    after === before ? [] : [{ write: 'employee', tenant: tenant.number, before, after, fields, origin }];
  // An account is there before whoever has it.
  if (rejoining !== null) effects.unshift(...rejoining.effects);
  return { answer: { facts, refusal: null, rejoining }, effects };
}

function refused(refusal: Refusal | 'gone', facts: Facts | null): Decision<Decided> {
  return { answer: { facts, refusal, rejoining: null }, effects: [] };
}

function reply({ facts, refusal, rejoining }: Decided, { caller, exchange }: OperationContext): Reply {
  if (refusal === 'gone') return errorReply(exchange, revokedTokenCode(caller));
  if (refusal !== null) return refusalReply(exchange, refusal, refusedOutcome(refusal, facts?.before.id));
  return successReply(exchange, {}, facts === null ? undefined : acceptedOutcome(facts, rejoining));
}
