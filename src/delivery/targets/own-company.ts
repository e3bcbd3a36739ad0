import { load, type Store } from '../../directory/store.ts';
import type { OwnCompany } from './own-people.ts';

/** Returns a company with everybody in it, as it is compared; null where it is gone. */
export async function ownCompanyOf(store: Pick<Store, 'read'>, number: number): Promise<OwnCompany | null> {
  return await store.read(function* () {
    const tenant = yield* load('tenant', { number });
    if (tenant === null) return null;
    const { employees } = yield* load('everyone', { tenant: number });
    const { secondLocale, departments, catalogs, customFields } = tenant.parts;
    return { secondLocale, departments, catalogs, customFields, employees };
  });
}
