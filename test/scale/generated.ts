import { drafting } from '../../src/company/build-draft.ts';
import { Faults } from '../../src/company/file-errors.ts';
import { loadCompany } from '../../src/company/bulk-load.ts';
import { PlausibleCompany } from '../../src/company/generator/company.ts';
import { dialects } from '../../src/dialects/registry.ts';
import type { Store } from '../../src/directory/store.ts';
import { randomIds } from '../../src/lib/ids.ts';

/** Loads an invented company, as `mingce generate` does; answers its number. */
export async function generated(store: Store, key: string, employees: number): Promise<number> {
  const company = new PlausibleCompany({ key, employees, seed: 1 });
  const file = company.file(dialects.map(({ name }) => name));
  const nowhere = { value: null, lineOf: () => undefined };
  const people = { drafting: drafting(file, dialects, new Faults(nowhere)), people: company.employees() };
  await loadCompany(store, people, { at: Date.UTC(2026, 6, 1), ids: randomIds, loaded: () => undefined });
  return (await store.tenantByKey(key))?.number ?? 0;
}
