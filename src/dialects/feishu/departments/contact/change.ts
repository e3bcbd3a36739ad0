import type { Decision, StoreTask } from '../../../../directory/store.ts';
import type { TenantData } from '../../../../directory/tenant.ts';
import type { Reply } from '../../../dialect.ts';
import { reloadCaller, revokedTokenCode, type Caller } from '../../auth/caller.ts';
import type { OperationContext } from '../../auth/guarded-route.ts';
import type { Code } from '../../protocol/codes.ts';
import { errorReply, successReply } from '../../protocol/envelope.ts';

/** Makes of a company what it is after a change, or says why the change is refused. */
export type Change = (caller: Caller) => StoreTask<TenantData | Code>;

/** Changes something of a company and answers with empty data. */
export async function changeReply({ caller, context, exchange }: OperationContext, change: Change): Promise<Reply> {
  const refused = await context.store.write(() => decide(caller, change));
  if (refused === 'gone') return errorReply(exchange, revokedTokenCode(caller));
  return refused === null ? successReply(exchange, {}) : errorReply(exchange, refused);
}

function* decide(known: Caller, change: Change): StoreTask<Decision<Code | 'gone' | null>> {
  const caller = yield* reloadCaller(known);
  if (caller === null) return { answer: 'gone', effects: [] };
  const { tenant } = caller;
  const after = yield* change(caller);
  if ('msg' in after) return { answer: after, effects: [] };
  return {
    answer: null,
    effects: after === tenant.parts ? [] : [{ write: 'tenant', now: tenant, parts: after }],
  };
}
