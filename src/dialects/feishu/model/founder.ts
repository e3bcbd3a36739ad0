import { load, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { settingsOf } from './settings.ts';

/** The founder: who the settings name, else the first employee. */
export function* founderOf(tenant: Tenant): StoreTask<string | null> {
  const { founder } = settingsOf(tenant);
  if (founder !== null) return founder;
  const page = yield* load('employee-page', { tenant: tenant.number, offset: 0, limit: 1, order: 'created' });
  return page.employees[0]?.id ?? null;
}
