import type { Reply } from '../../dialect.ts';
import type { Caller } from '../auth.ts';
import type { Wrong } from '../conditions.ts';
import { refuse, type Exchange } from '../envelope.ts';
import { refuseFor } from '../guard.ts';
import { isPlanAtLeast, settingsOf } from '../settings.ts';

/** What a company is told whose edition has no such operations (2224001); null for one that has. */
export function planRefusal({ tenant }: Caller, exchange: Exchange): Reply | null {
  const settings = settingsOf(tenant);
  return isPlanAtLeast(settings.plan, settings.directory_api_min_plan)
    ? null
    : refuseFor(exchange, { problem: { kind: 'forbidden', subject: 'tenant' }, fields: [] });
}

/** The answer to a request for a list that cannot be shown. */
export function refuseWrong(exchange: Exchange, { code, field }: Wrong): Reply {
  return refuse(exchange, code, { field_violations: [{ field, value: '', description: code.msg }] });
}
