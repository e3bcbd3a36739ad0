import { leaseClaims } from '../delivery/claims.ts';
import { TargetDrivers } from '../delivery/targets/continuous/drivers.ts';
import { DeliveryMetrics } from '../delivery/targets/continuous/metrics.ts';
import type { OpenLive, Waits } from '../delivery/targets/continuous/ports.ts';
import type { Store } from '../directory/store.ts';
import type { SentCalls } from '../directory/targets/sent-call.ts';
import type { TargetSettings } from '../directory/targets/target.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { openTarget, placeOf, type KeptCalls } from './live-targets.ts';

/** As the slowest answer of a platform needs it. */
const WAITS: Waits = { sendWithinMs: 10_000, doubtMs: 30_000 };

/** What continuous delivery is made of. */
export interface ContinuousDelivery {
  readonly drivers: TargetDrivers;
  readonly metrics: DeliveryMetrics;
}

/** Returns what follows the change log for live tenants, at work on a store. */
export function continuousDelivery(options: {
  readonly store: () => Store;
  readonly isShared: boolean;
  readonly storeUrl: string;
  readonly installation: string | null;
  readonly clock: Clock;
  readonly log: Log;
  readonly waits?: Waits | undefined;
  readonly calls: SentCalls | undefined;
}): ContinuousDelivery {
  const { store, isShared, storeUrl, installation, clock, log } = options;
  const metrics = new DeliveryMetrics();
  const leases = {
    claim: (id: string, node: string, leaseMs: number) => store().targets.claimDriving(id, node, leaseMs),
    renew: (...given: Parameters<Store['targets']['renew']>) => store().targets.renew(...given),
    release: (...given: Parameters<Store['targets']['release']>) => store().targets.release(...given),
  };
  const drivers = new TargetDrivers({
    store,
    place: placeOf(storeUrl, installation),
    clock,
    claims: leaseClaims(() => leases, isShared),
    open: (company, platform, settings) => openLive(platform, settings, { company, calls: options.calls }),
    random: Math.random,
    waits: options.waits ?? WAITS,
    log,
    metrics,
  });
  return { drivers, metrics };
}

/** Opens a live tenant to be driven. Throws `TargetError`. */
function openLive(platform: string, settings: TargetSettings, kept: KeptCalls): OpenLive {
  const { connector, target, session, client } = openTarget(platform, settings, kept);
  return {
    target,
    fields: connector.fields,
    spaces: connector.spaces,
    writes: connector.writes,
    run: (task) => session.run(task),
    write: (request, until) => session.write(request, until),
    isReachable: async () => {
      const { checks } = await session.run(connector.probe(target));
      return checks.some(({ state }) => state === 'passed');
    },
    close: () => client.close(),
  };
}
