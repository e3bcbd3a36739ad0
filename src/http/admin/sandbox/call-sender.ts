import type { Call, DialectContext, Reply } from '../../../dialects/dialect.ts';
import type { Ids } from '../../../lib/ids.ts';
import { createCall } from '../../incoming-call.ts';

/** A call to be made up. */
export interface CallToSend {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly peer: string;
  /** The id of the call that it repeats. */
  readonly resentFrom: string;
}

/** Makes what sends calls of this server to itself, with a context of their own. */
export function callSender(
  ids: Ids,
  handle: (call: Call, context: DialectContext) => Promise<Reply>,
): (call: CallToSend, context: DialectContext) => Promise<{ readonly id: string; readonly reply: Reply }> {
  return async ({ method, target, resentFrom, ...parts }, context) => {
    const call = createCall(method, target, { ids, ...parts });
    call.resentFrom = resentFrom;
    return { id: call.requestId, reply: await handle(call, context) };
  };
}
