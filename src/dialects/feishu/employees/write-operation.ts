import type { Origin } from '../../../directory/change.ts';
import type { Decision, Effect, StoreTask } from '../../../directory/store.ts';
import type { Outcome, Reply } from '../../dialect.ts';
import { reloadCaller, revokedTokenCode, type Caller } from '../auth/caller.ts';
import { errorReply, successReply } from '../protocol/envelope.ts';
import type { Refusal } from '../protocol/errors.ts';
import { refusalReply, type OperationContext } from '../auth/guarded-route.ts';
import type { Operation } from '../protocol/operations.ts';
import { checkOperationAllowed } from '../auth/operation-permission.ts';
import { DIALECT } from '../model/settings.ts';
import { refusedOutcome } from './verdicts.ts';

/** An operation that may be carried out, and what follows from it. */
export interface OperationSuccess {
  readonly effects: readonly Effect[];
  readonly outcome: Outcome;
  readonly data: object;
}

/** An operation that may not, and whom it was about where somebody was found. */
export interface OperationRefusal {
  readonly refusal: Refusal;
  readonly employee?: string;
}

/** Decides an operation inside a transaction; `origin` says who asked, and when. */
export type OperationWork<Request> = (
  request: Request,
  caller: Caller,
  origin: Origin,
) => StoreTask<OperationSuccess | OperationRefusal>;

/** Carries out an operation that writes, and answers. */
export async function runOperation<Request>(
  guarded: OperationContext,
  operation: Operation,
  request: Request,
  work: OperationWork<Request>,
): Promise<Reply> {
  const { context, exchange } = guarded;
  const decided = await context.store.write(() => decide(guarded, operation, request, work));
  if (decided === 'gone') return errorReply(exchange, revokedTokenCode(guarded.caller));
  if ('refusal' in decided)
    return refusalReply(exchange, decided.refusal, refusedOutcome(decided.refusal, decided.employee));
  return successReply(exchange, decided.data, decided.outcome);
}

function* decide<Request>(
  { call, caller: known, exchange }: OperationContext,
  operation: Operation,
  request: Request,
  work: OperationWork<Request>,
): StoreTask<Decision<OperationSuccess | OperationRefusal | 'gone'>> {
  // As of this transaction: what the token's check saw may have changed.
  const caller = yield* reloadCaller(known);
  if (caller === null) return { answer: 'gone', effects: [] };
  const forbidden = checkOperationAllowed(caller, operation);
  if (forbidden !== null) return { answer: { refusal: forbidden }, effects: [] };
  const origin = { dialect: DIALECT, operation, app: caller.app.id, request: call.requestId, at: exchange.at };
  const decided = yield* work(request, caller, origin);
  return { answer: decided, effects: 'refusal' in decided ? [] : decided.effects };
}

const NOTHING = new TextEncoder().encode('{}');

/** A body that may be left out altogether. */
export function emptyObjectIfMissing(body: Uint8Array): Uint8Array {
  return body.length === 0 ? NOTHING : body;
}
