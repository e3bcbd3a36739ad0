import type { StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { DueItem } from '../../dialect-facts.ts';
import { licenceEnd, settingsOf } from './settings.ts';

/** Lists the licences that end. */
// eslint-disable-next-line require-yield -- there is nothing to ask
export function* dueInCompany(tenant: Tenant, from: number, to: number): StoreTask<readonly DueItem[]> {
  const settings = settingsOf(tenant);
  return settings.licences.flatMap(({ code }) => {
    const at = licenceEnd(settings, code);
    return at !== null && at > from && at <= to
      ? [{ at, kind: 'licence', subject: code, was: 'in force', is: 'ended' }]
      : [];
  });
}
