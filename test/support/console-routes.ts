import { catalogue } from '../../src/catalogue.ts';
import type { Route } from '../../src/dialects/dialect.ts';
import { AdminAccess } from '../../src/http/admin/access/admin-access.ts';
import { consoleAdminRoutes } from '../../src/http/admin/console/routes.ts';

/** The routes of the console, to be looked at and not called: `never` is what they would ask. */
export function consoleRoutesOf(never: () => never): readonly Route[] {
  return consoleAdminRoutes({
    journal: undefined,
    now: never,
    isShown: never,
    personal: new Map(),
    closing: AbortSignal.abort(),
    access: new AdminAccess({ adminKey: null }),
    dialects: [],
    catalogue,
    secretOf: never,
    engine: 'embedded',
  });
}
