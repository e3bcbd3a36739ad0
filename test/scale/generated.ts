import { buildDraft } from '../../src/company/build-draft.ts';
import { FileErrorCollector, withoutLines } from '../../src/company/mistakes/file-errors.ts';
import { bulkLoadCompany } from '../../src/company/bulk-load.ts';
import { GeneratedCompany } from '../../src/company/generator/company.ts';
import { dialects } from '../../src/dialects/registry.ts';
import type { Store } from '../../src/directory/store.ts';
import { randomIds } from '../../src/lib/ids.ts';

/** Loads an invented company, as `mingce generate` does; answers its number. */
export async function generated(store: Store, key: string, employees: number): Promise<number> {
  const company = new GeneratedCompany({ key, employees, seed: 1 });
  const file = company.file(dialects.map(({ name }) => name));
  const people = {
    drafting: buildDraft(file, dialects, new FileErrorCollector(withoutLines(null))),
    people: company.employees(),
  };
  await bulkLoadCompany(store, people, { at: Date.UTC(2026, 6, 1), ids: randomIds, loaded: () => undefined });
  return (await store.tenantByKey(key))?.number ?? 0;
}
