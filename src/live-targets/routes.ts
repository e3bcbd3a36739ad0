import type { Waits } from '../delivery/targets/continuous/ports.ts';
import type { CompanyTargets } from '../delivery/targets/company-targets.ts';
import type { TargetDriftPorts } from '../delivery/targets/drift/target-drift.ts';
import type { Route } from '../dialects/dialect.ts';
import type { Store } from '../directory/store.ts';
import type { SentCalls } from '../directory/targets/sent-call.ts';
import { driftRoutes } from '../http/admin/targets/drift-routes.ts';
import { planRoutes } from '../http/admin/targets/plan-routes.ts';
import { targetRoutes, type TargetRoutesOptions } from '../http/admin/targets/routes.ts';
import { targetDrift } from './drift.ts';
import type { LaterFailures } from './later-failures.ts';
import { companyTargets, placeOf, probeTarget } from './live-targets.ts';
import { CompanyTargetPlans } from './plans/target-plans.ts';
import type { StartServer } from './twin.ts';

/** What the routes of live tenants work with. */
export interface LiveTargetOptions {
  readonly store: () => Store;
  readonly storeUrl: string;
  readonly installation: string | null;
  /** Starts the copy of a tenant on which plans are rehearsed. */
  readonly start: StartServer;
  readonly onFailure: LaterFailures;
  /** Is called when a command changed a target. */
  readonly changed: () => void;
  /** Ends what runs in the background when the server stops. */
  readonly closing: AbortSignal;
  /** Is given what goes out; undefined where it is not kept. */
  readonly calls: SentCalls | undefined;
  readonly waits?: Waits | undefined;
}

/** Returns the routes of live tenants, at work on a store. */
export function liveTargetRoutes(options: LiveTargetOptions): readonly Route[] {
  const { store, storeUrl, installation, start, onFailure, changed, closing, calls, waits } = options;
  const targets = companyTargets(store, placeOf(storeUrl, installation), changed);
  const plans = new CompanyTargetPlans({ store, targets, start, closing, calls, waits, onFailure: onFailure.plan });
  const plan: TargetDriftPorts['plan'] = (...given) => plans.makeNarrowed(...given);
  const drift = targetDrift(store, targets, { plan, onFailure: onFailure.drift, calls });
  return [...targetRoutes({ targets, ...probesOf(targets, calls) }), ...driftRoutes(drift), ...planRoutes(plans)];
}

/** Probes tenants, and knows how far each probe is. */
function probesOf(
  targets: CompanyTargets,
  calls: SentCalls | undefined,
): Pick<TargetRoutesOptions, 'probe' | 'probing'> {
  const underWay = new Map<string, string[]>();
  const nameOf = (key: string, platform: string): string => JSON.stringify([key, platform]);
  return {
    probe: async (key, platform) => {
      const asked: string[] = [];
      underWay.set(nameOf(key, platform), asked);
      try {
        const view = await probeTarget(targets, key, platform, calls, (call) => void asked.push(call));
        return view;
      } finally {
        // Another probe of the same target may have begun since.
        if (underWay.get(nameOf(key, platform)) === asked) underWay.delete(nameOf(key, platform));
      }
    },
    probing: (key, platform) => underWay.get(nameOf(key, platform)) ?? null,
  };
}
