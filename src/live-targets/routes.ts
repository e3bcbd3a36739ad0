import type { Route } from '../dialects/dialect.ts';
import type { Store } from '../directory/store.ts';
import { driftRoutes } from '../http/admin/targets/drift-routes.ts';
import { targetRoutes } from '../http/admin/targets/routes.ts';
import { targetDrift } from './drift.ts';
import { companyTargets, placeOf, probeTarget } from './live-targets.ts';

/** Returns the routes of live tenants, at work on a store. */
export function liveTargetRoutes(
  store: () => Store,
  storeUrl: string,
  installation: string | null,
  onFailure: (error: unknown) => void,
  changed: () => void,
): readonly Route[] {
  const targets = companyTargets(store, placeOf(storeUrl, installation), changed);
  const drift = targetDrift(store, targets, { plan: null, onFailure });
  return [
    ...targetRoutes({ targets, probe: (key, platform) => probeTarget(targets, key, platform) }),
    ...driftRoutes(drift),
  ];
}
