import type { Origin } from '../../../directory/change.ts';
import type { Decision, Effect, Gather } from '../../../directory/store.ts';
import type { Outcome, Reply } from '../../dialect.ts';
import { callerNow, goneCode, type Caller } from '../auth/caller.ts';
import { refuse, succeed } from '../protocol/envelope.ts';
import type { Refusal } from '../protocol/errors.ts';
import { refuseFor, type Guarded } from '../auth/guarded-route.ts';
import type { Operation } from '../protocol/operations.ts';
import { operationRefusal } from '../auth/operation-permission.ts';
import { DIALECT } from '../model/settings.ts';
import { refusedOutcome } from './verdicts.ts';

/** An operation that may be carried out, and what follows from it. */
export interface Accepted {
  readonly effects: readonly Effect[];
  readonly outcome: Outcome;
  readonly data: object;
}

/** An operation that may not, and whom it was about where somebody was found. */
export interface Refused {
  readonly refusal: Refusal;
  readonly employee?: string;
}

/** Decides an operation inside a transaction; `origin` says who asked, and when. */
export type Work<Request> = (request: Request, caller: Caller, origin: Origin) => Gather<Accepted | Refused>;

/** Carries out an operation that writes, and answers. */
export async function carriedOut<Request>(
  guarded: Guarded,
  operation: Operation,
  request: Request,
  work: Work<Request>,
): Promise<Reply> {
  const { house, exchange } = guarded;
  const decided = await house.store.write(() => decide(guarded, operation, request, work));
  if (decided === 'gone') return refuse(exchange, goneCode(guarded.caller));
  if ('refusal' in decided)
    return refuseFor(exchange, decided.refusal, refusedOutcome(decided.refusal, decided.employee));
  return succeed(exchange, decided.data, decided.outcome);
}

function* decide<Request>(
  { call, caller: known, exchange }: Guarded,
  operation: Operation,
  request: Request,
  work: Work<Request>,
): Gather<Decision<Accepted | Refused | 'gone'>> {
  // As of this transaction: what the token's check saw may have changed.
  const caller = yield* callerNow(known);
  if (caller === null) return { answer: 'gone', effects: [] };
  const forbidden = operationRefusal(caller, operation);
  if (forbidden !== null) return { answer: { refusal: forbidden }, effects: [] };
  const origin = { dialect: DIALECT, operation, app: caller.app.id, request: call.requestId, at: exchange.at };
  const decided = yield* work(request, caller, origin);
  return { answer: decided, effects: 'refusal' in decided ? [] : decided.effects };
}

const NOTHING = new TextEncoder().encode('{}');

/** A body that may be left out altogether. */
export function orNothing(body: Uint8Array): Uint8Array {
  return body.length === 0 ? NOTHING : body;
}
