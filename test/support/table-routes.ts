import type { Route } from '../../src/dialects/dialect.ts';
import { TABLE_LIMITS } from '../../src/company/tables/formats/limits.ts';
import { ImportFolder } from '../../src/company/tables/imports/import-folder.ts';
import { TableImports } from '../../src/company/tables/imports/imports.ts';
import { companyPlanRoutes } from '../../src/http/admin/company-plans.ts';
import { bulkEditRoutes } from '../../src/http/admin/tables/bulk-edits.ts';
import { exportTableRoute } from '../../src/http/admin/tables/export-table.ts';
import { importRoutes } from '../../src/http/admin/tables/imports.ts';
import { randomIds } from '../../src/lib/ids.ts';

/** The routes of tables and of stored plans, to be looked at and not called: `never` is what they would ask. */
export function tableRoutesOf(never: () => never): readonly Route[] {
  const imports = new TableImports(new ImportFolder('/nowhere'), {
    store: never,
    platforms: [],
    judge: { platforms: never, open: never },
    undo: never,
    recordFactory: never,
    now: never,
    ids: randomIds,
    limits: TABLE_LIMITS,
  });
  return [
    ...importRoutes(imports),
    ...bulkEditRoutes(imports, []),
    exportTableRoute([]),
    ...companyPlanRoutes({ make: never, list: never, show: never, apply: never, erase: never }),
  ];
}
