import { windowOwner } from '../../../../directory/company-clock.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import type { DialectContext } from '../../../dialect.ts';
import { settingsOf } from '../../model/settings.ts';
import type { CreateRequest } from './create.ts';

const MINUTE_MS = 60_000;

/**
 * Counts creations of one company in a minute, whichever API makes them; those that a rule refused are not counted.
 * 2221163, 44009 [derived]
 */
export function burstCounter({ rateLimiter: windows }: DialectContext, at: number): CreateRequest['burst'] {
  let isCounted = false;
  return (tenant: Tenant) => {
    const { create_burst_limit: limit } = settingsOf(tenant);
    if (limit === null || isCounted) return null;
    const reached = windows.tryAcquire(
      `feishu.create ${windowOwner(tenant)}`,
      [{ requests: limit, ms: MINUTE_MS }],
      at,
    );
    isCounted = reached === null;
    return reached === null ? null : limit;
  };
}
