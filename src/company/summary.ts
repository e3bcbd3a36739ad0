import { load, type Store, type StoreTask } from '../directory/store.ts';
import type { CompanySummary } from './contract.ts';

/** Returns what a company is; null where there is no such company. */
export async function companySummary(store: Store, key: string): Promise<CompanySummary | null> {
  const tenant = await store.tenantByKey(key);
  if (tenant === null) return null;
  const { name, state, departments, apps } = tenant.parts;
  const employees = await store.read(function* (): StoreTask<number> {
    return yield* load('headcount', { tenant: tenant.number });
  });
  return {
    key,
    name,
    state,
    employees,
    departments: departments.length,
    apps: apps.map((app) => ({ platform: app.dialect, app: app.key })),
  };
}
