import type { Origin } from '../../../../directory/change.ts';
import type { Decision, StoreTask } from '../../../../directory/store.ts';
import type { Reply } from '../../../dialect.ts';
import { reloadCaller, revokedTokenCode, type Caller } from '../../auth/caller.ts';
import type { OperationContext } from '../../auth/guarded-route.ts';
import type { UserDecision } from '../../employees/contact/write.ts';
import { DIALECT } from '../../model/settings.ts';
import { errorReply, successReply } from '../../protocol/envelope.ts';
import type { Operation } from '../../protocol/operations.ts';

/** Decides a write of a person inside a transaction; `origin` says who asked, and when. */
export type UserWork = (caller: Caller, origin: Origin) => StoreTask<UserDecision>;

/** Carries out a write as of its transaction, and answers. */
export async function runUserWrite(guarded: OperationContext, operation: Operation, work: UserWork): Promise<Reply> {
  const { context, exchange, caller } = guarded;
  const decided = await context.store.write(() => decide(guarded, operation, work));
  if (decided === 'gone') return errorReply(exchange, revokedTokenCode(caller));
  const { told, outcome } = decided;
  return 'data' in told ? successReply(exchange, told.data, outcome) : errorReply(exchange, told.failure, {}, outcome);
}

function* decide(
  { call, caller: known, exchange: { at } }: OperationContext,
  operation: Operation,
  work: UserWork,
): StoreTask<Decision<UserDecision | 'gone'>> {
  const caller = yield* reloadCaller(known);
  if (caller === null) return { answer: 'gone', effects: [] };
  const origin = { dialect: DIALECT, operation, app: caller.app.id, request: call.requestId, at };
  const decided = yield* work(caller, origin);
  return { answer: decided, effects: decided.effects };
}
