import { describers } from '../connectors/registry.ts';
import { setTimeout } from 'node:timers/promises';
import { leaseClaims } from '../delivery/claims.ts';
import { GiveWay, type Turn } from '../delivery/give-way.ts';
import { TargetDrivers } from '../delivery/targets/continuous/drivers.ts';
import { DeliveryMetrics } from '../delivery/targets/continuous/metrics.ts';
import type { OpenLive, Waits } from '../delivery/targets/continuous/ports.ts';
import type { Store } from '../directory/store.ts';
import type { SentCalls } from '../directory/targets/sent-call.ts';
import type { TargetSettings } from '../directory/targets/target.ts';
import { TargetError } from '../directory/targets/target-view.ts';
import { systemClock } from '../lib/time/clock.ts';
import type { Log } from '../lib/log.ts';
import { openTarget, placeOf, type KeptCalls } from './live-targets.ts';
import { openTwin, type StartServer } from './twin.ts';

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
  readonly log: Log;
  readonly waits?: Waits | undefined;
  readonly calls: SentCalls | undefined;
  /** Starts the copy on which requests are tried. */
  readonly start: StartServer;
}): ContinuousDelivery {
  const { store, isShared, storeUrl, installation, log } = options;
  const metrics = new DeliveryMetrics();
  const leases = {
    claim: (id: string, node: string, leaseMs: number) => store().targets.claimDriving(id, node, leaseMs),
    renew: (...given: Parameters<Store['targets']['renew']>) => store().targets.renew(...given),
    release: (...given: Parameters<Store['targets']['release']>) => store().targets.release(...given),
  };
  const giveWay = new GiveWay({ sleep: setTimeout });
  const drivers = new TargetDrivers({
    store,
    place: placeOf(storeUrl, installation),
    clock: systemClock,
    claims: leaseClaims(() => leases, isShared, options.waits?.leaseMs),
    open: (company, platform, settings) =>
      openLive(platform, settings, { company, calls: options.calls, turn: giveWay.lane() }, options.start),
    giveWay,
    random: Math.random,
    waits: options.waits ?? WAITS,
    log,
    metrics,
  });
  return { drivers, metrics };
}

/** Opens a live tenant to be driven. Throws `TargetError`. */
function openLive(
  platform: string,
  settings: TargetSettings,
  kept: KeptCalls & { readonly turn: Turn },
  start: StartServer,
): OpenLive {
  const { connector, target, session, client } = openTarget(platform, settings, kept);
  return {
    target,
    fields: connector.fields,
    spaces: connector.spaces,
    writes: connector.writes,
    sideBySide: session.sideBySide,
    turn: kept.turn,
    run: (task) => session.run(task),
    write: (request, until) => session.write(request, until),
    windows: session.windows,
    copy: async ({ read, setup, wanted }, at) => {
      const describe = describers.get(platform);
      if (describe === undefined) throw new TargetError('refused', `No copy can be made of ${platform}.`);
      return await openTwin(connector, describe({ target, live: read, setup, wanted }), at, start);
    },
    isReachable: async () => {
      const { checks } = await session.run(connector.probe(target));
      return checks.some(({ state }) => state === 'passed');
    },
    stop: () => {
      session.stop();
    },
    close: () => client.close(),
  };
}
