import type { StoreTask } from '../../../../directory/store.ts';
import type { TenantData } from '../../../../directory/tenant.ts';
import type { Reply } from '../../../dialect.ts';
import type { Caller } from '../../auth/caller.ts';
import type { OperationContext } from '../../auth/guarded-route.ts';
import { runOperation, tenantEffects, type OperationResult } from '../../auth/run-operation.ts';
import type { Code } from '../../protocol/codes.ts';

/** Returns a company as it is after a change, or the code of why the change is refused. */
export type Change = (caller: Caller) => StoreTask<TenantData | Code>;

/** Changes a company and answers with empty data. */
export function changeReply(operation: OperationContext, change: Change): Promise<Reply> {
  return runOperation(operation, (caller) => decide(caller, change));
}

function* decide(caller: Caller, change: Change): StoreTask<OperationResult> {
  const after = yield* change(caller);
  return 'msg' in after ? { failure: after } : { data: {}, effects: tenantEffects(caller.tenant, after) };
}
