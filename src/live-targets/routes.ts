import type { Route } from '../dialects/dialect.ts';
import type { Store } from '../directory/store.ts';
import { targetRoutes } from '../http/admin/targets/routes.ts';
import { companyTargets, placeOf, probeTarget } from './live-targets.ts';

/** Returns the routes of live tenants, at work on a store. */
export function liveTargetRoutes(store: () => Store, storeUrl: string, installation: string | null): readonly Route[] {
  const targets = companyTargets(store, placeOf(storeUrl, installation));
  return targetRoutes({ targets, probe: (key, platform) => probeTarget(targets, key, platform) });
}
