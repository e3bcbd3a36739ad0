import { windowOwner } from '../../../directory/company-clock.ts';
import type { RequestLimit } from '../../../lib/rate-limiter.ts';
import type { DialectContext } from '../../dialect.ts';
import type { Caller } from './caller.ts';
import { settingsOf } from '../model/settings.ts';

const SECOND_MS = 1000;
/** The limits themselves, each made once. */
const limits = new Map<number, readonly RequestLimit[]>();

/** Seconds until the key may call again, 0 when it may now: no limit unless the company sets one (contract 1.5) [proposed]. */
export function retryAfterSeconds({ tenant, app }: Caller, { rateLimiter: windows, now }: DialectContext): number {
  const { rateLimit } = settingsOf(tenant);
  if (rateLimit === null) return 0;
  const reached = windows.tryAcquire(`hose ${windowOwner(tenant)} ${app.id}`, limitsOf(rateLimit), now(tenant));
  return reached === null ? 0 : Math.ceil(reached.msLeft / SECOND_MS);
}

function limitsOf(requests: number): readonly RequestLimit[] {
  let known = limits.get(requests);
  if (known === undefined) limits.set(requests, (known = [{ requests, ms: SECOND_MS }]));
  return known;
}
