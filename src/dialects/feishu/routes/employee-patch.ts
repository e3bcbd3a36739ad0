import { ask, type Decision, type Effect, type Gather } from '../../../directory/store.ts';
import type { Reply, Route } from '../../dialect.ts';
import { callerOf, type Caller } from '../auth.ts';
import { PatchBody } from '../body.ts';
import { GENERIC_CODES } from '../codes.ts';
import { refuse, succeed } from '../envelope.ts';
import type { Refusal } from '../errors.ts';
import type { Facts, PatchRequest } from '../facts.ts';
import { gatherFacts, isRefusal } from '../gather.ts';
import { guarded, idKindsOf, refuseFor, refuseShape, type Guarded } from '../guard.ts';
import { firstRefusal } from '../rules.ts';
import { DIALECT } from '../settings.ts';
import { acceptedOutcome, refusedOutcome } from '../verdicts.ts';
import { bodyReader } from '../violations.ts';
import { decodePatch } from '../wire.ts';

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
    const decided = await house.store.write(() => decide(request, caller, guarded));
    return reply(decided, guarded);
  }),
};

/** What was decided of an update: who was meant, and why not if it was refused. */
interface Decided {
  readonly facts: Facts | null;
  /** Null where it was accepted, `gone` where the app lost its place in the directory meanwhile. */
  readonly refusal: Refusal | 'gone' | null;
}

function* decide(request: PatchRequest, known: Caller, { call, exchange }: Guarded): Gather<Decision<Decided>> {
  // As of this transaction: what the token's check saw may have changed.
  const tenant = yield* ask('tenant', { number: known.tenant.number });
  const app = tenant?.app(known.app.id);
  if (tenant === null || app === undefined) return { answer: { facts: null, refusal: 'gone' }, effects: [] };
  const facts = yield* gatherFacts(request, callerOf(tenant, app), exchange.at);
  if (isRefusal(facts)) return { answer: { facts: null, refusal: facts }, effects: [] };
  const refusal = firstRefusal(facts);
  if (refusal !== null) return { answer: { facts, refusal }, effects: [] };
  const { before, after, fields } = facts;
  const origin = { dialect: DIALECT, operation: OPERATION, app: app.id, request: call.requestId, at: exchange.at };
  const effects: readonly Effect[] =
    after === before ? [] : [{ write: 'employee', tenant: tenant.number, before, after, fields, origin }];
  return { answer: { facts, refusal: null }, effects };
}

function reply({ facts, refusal }: Decided, { exchange }: Guarded): Reply {
  if (refusal === 'gone') return refuse(exchange, GENERIC_CODES.tenantTokenInvalid);
  if (refusal !== null) return refuseFor(exchange, refusal, refusedOutcome(refusal, facts?.before.id));
  return succeed(exchange, {}, facts === null ? undefined : acceptedOutcome(facts));
}
