import type { Decision, Effect, Gather } from '../../../directory/store.ts';
import type { Reply, Route } from '../../dialect.ts';
import { callerNow, goneCode, type Caller } from '../auth/caller.ts';
import { PatchBody } from '../protocol/body-schemas.ts';
import { refuse, succeed } from '../protocol/envelope.ts';
import type { Refusal } from '../protocol/errors.ts';
import type { Facts, PatchRequest } from '../employees/facts.ts';
import { gatherFacts, isRefusal } from '../employees/load-facts.ts';
import { guarded } from '../employees/lifecycle/authenticated.ts';
import { idKindsOf, refuseFor, refuseShape, type Guarded } from '../auth/guarded-route.ts';
import { rejoin, startsAnew, type Rejoining } from '../employees/reset-activation.ts';
import { firstRefusal } from '../employees/rules.ts';
import { DIALECT } from '../model/settings.ts';
import { acceptedOutcome, refusedOutcome } from '../employees/verdicts.ts';
import { bodyReader } from '../protocol/body-validation.ts';
import { decodePatch } from '../protocol/wire.ts';

const OPERATION = 'employee.patch';
const readBody = bodyReader(PatchBody);

/** 更新员工信息 */
export const employeePatch: Route = {
  operation: OPERATION,
  method: 'PATCH',
  path: '/open-apis/directory/v1/employees/:employee_id',
  body: PatchBody,
  answer: guarded(OPERATION, async (guarded) => {
    const { call, house, caller, exchange } = guarded;
    const { idKind, departmentKind, violations } = idKindsOf(call.query);
    const read = readBody(call.body);
    if (read.body === null || violations.length > 0) {
      return refuseShape(exchange, read.body === null ? read.violations : [], violations);
    }
    const request: PatchRequest = {
      id: call.params['employee_id'] ?? '',
      idKind,
      departmentKind,
      given: decodePatch(read.body),
    };
    const { mobile, email } = request.given;
    // Made before the work begins, which may be run again; who has no login yet may be given one.
    const freshAccount = mobile === undefined && email === undefined ? '' : house.ids.fresh('acc_');
    const decided = await house.store.write(() => decide(request, caller, guarded, freshAccount));
    return reply(decided, guarded);
  }),
};

/** What was decided of an update: who was meant, and why not if it was refused. */
interface Decided {
  readonly facts: Facts | null;
  /** Null where it was accepted, `gone` where the caller lost the place in the directory meanwhile. */
  readonly refusal: Refusal | 'gone' | null;
  /** What followed from the update; null where nothing did. */
  readonly rejoining: Rejoining | null;
}

function* decide(
  request: PatchRequest,
  known: Caller,
  { call, exchange }: Guarded,
  freshAccount: string,
): Gather<Decision<Decided>> {
  // As of this transaction: what the token's check saw may have changed.
  const caller = yield* callerNow(known);
  if (caller === null) return refused('gone', null);
  const { tenant, app } = caller;
  const facts = yield* gatherFacts(request, caller, exchange.at);
  if (isRefusal(facts)) return refused(facts, null);
  const refusal = firstRefusal(facts);
  if (refusal !== null) return refused(refusal, facts);
  const origin = { dialect: DIALECT, operation: OPERATION, app: app.id, request: call.requestId, at: exchange.at };
  const rejoining = startsAnew(facts) ? yield* rejoin(facts, freshAccount, origin) : null;
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

function reply({ facts, refusal, rejoining }: Decided, { caller, exchange }: Guarded): Reply {
  if (refusal === 'gone') return refuse(exchange, goneCode(caller));
  if (refusal !== null) return refuseFor(exchange, refusal, refusedOutcome(refusal, facts?.before.id));
  return succeed(exchange, {}, facts === null ? undefined : acceptedOutcome(facts, rejoining));
}
