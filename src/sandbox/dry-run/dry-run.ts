import type { Call, DialectContext, Reply, Route } from '../../dialects/dialect.ts';
import { RateLimiter } from '../../lib/rate-limiter.ts';
import { dryStore, type TenantChange } from './dry-store.ts';

/**
 * Answers a call as its route would, and writes, counts and sends nothing. Limits of frequency and rules that make calls
 * fail do not count. Throws `DryRunError` where that cannot be done.
 */
export async function dryRun(
  route: Route,
  call: Call,
  context: DialectContext,
  pretend?: TenantChange,
): Promise<Reply> {
  const { identified: _noRules, ...rest } = context;
  const reply = await route.answer(call, {
    ...rest,
    store: dryStore(context.store, { tenant: pretend }),
    rateLimiter: new RateLimiter(),
  });
  await reply.stream?.[Symbol.asyncIterator]().return?.();
  return reply;
}
