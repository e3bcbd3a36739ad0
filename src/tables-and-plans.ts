import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TABLE_LIMITS } from './company/tables/formats/limits.ts';
import { ImportFolder } from './company/tables/imports/import-folder.ts';
import { TableImports } from './company/tables/imports/imports.ts';
import { MemoryPlans, type StoredPlansOptions } from './company/plan/stored-plans.ts';
import type { StartOptions } from './mingce.ts';
import type { Dialect, DialectContext, Route } from './dialects/dialect.ts';
import { bulkEditRoutes } from './http/admin/tables/bulk-edits.ts';
import { load, type Store } from './directory/store.ts';
import { companyPlanRoutes } from './http/admin/company-plans.ts';
import { exportTableRoute } from './http/admin/tables/export-table.ts';
import { importRoutes } from './http/admin/tables/imports.ts';
import type { Ids } from './lib/ids.ts';
import { errorFields, type Log } from './lib/log.ts';
import { RowJudge } from './sandbox/acting/row-judge.ts';
import type { CompanyHistory } from './sandbox/history/company-history.ts';

/** What imports are made of. */
interface ImportParts {
  readonly dialects: readonly Dialect[];
  readonly context: () => DialectContext;
  readonly history: CompanyHistory;
  readonly ids: Ids;
  readonly log: Log;
  /** The store's URL and the data folder, as the caller gave them. */
  readonly place: Pick<StartOptions, 'store' | 'data'>;
  /** The program of the thread that judges rows of long tables. */
  readonly thread: URL;
}

/** The imports of a server, kept beside its store, so that they go on after it ended. */
export function tableImports({ dialects, context, history, ids, log, place, thread }: ImportParts): {
  readonly routes: readonly Route[];
  readonly close: () => Promise<void>;
} {
  const { path, isTemporary } = folderOf(place);
  const platforms = dialects.map(({ name, title, facts: { rows } }) => ({ name, title, rows }));
  const imports = new TableImports(new ImportFolder(path), {
    store: () => context().store,
    platforms,
    judge: new RowJudge(dialects, context, { program: thread }),
    undo: async (company, change) => {
      await history.undo(company, change, { request: true, only: 'without-conflicts' }, ids.uuid());
    },
    recordFactory: () => context().recordFactory,
    now: (tenant) => context().now(tenant),
    ids,
    limits: TABLE_LIMITS,
    onError: (error) => {
      log.error('import', errorFields(error));
    },
  });
  return {
    routes: [...importRoutes(imports), ...bulkEditRoutes(imports, dialects), exportTableRoute(platforms)],
    close: async () => {
      await imports.close();
      if (isTemporary) rmSync(path, { recursive: true, force: true });
    },
  };
}

/** What stored plans are made of. */
interface PlanParts extends Omit<StoredPlansOptions, 'newestChange' | 'onError'> {
  readonly store: () => Store;
  readonly log: Log;
}

/** The plans of company files that a server keeps, with their routes. */
export function companyPlans({ store, log, ...parts }: PlanParts): {
  readonly routes: readonly Route[];
  readonly close: () => Promise<void>;
} {
  const plans = new MemoryPlans({
    ...parts,
    newestChange: async (company) => {
      const tenant = await store().tenantByKey(company);
      return tenant === null ? 0 : await store().read(() => load('newest-change', { tenant: tenant.number }));
    },
    onError: (error) => {
      log.error('company-plan', errorFields(error));
    },
  });
  return { routes: companyPlanRoutes(plans), close: () => plans.close() };
}

/** Beside the store where it is a file, else in the data folder; for a store in memory in a folder that goes with it. */
function folderOf({ store, data }: ImportParts['place']): { path: string; isTemporary: boolean } {
  const file = store?.startsWith('sqlite:') === true ? store.slice('sqlite:'.length) : null;
  if (file !== null && file !== ':memory:') return { path: `${file}-imports`, isTemporary: false };
  if (data !== undefined) return { path: join(data, 'imports'), isTemporary: false };
  return { path: join(tmpdir(), `mingce-imports-${randomUUID()}`), isTemporary: true };
}
