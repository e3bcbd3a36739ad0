import { shareOf } from '../connectors/limits.ts';
import type { CompanyTargets } from '../delivery/targets/company-targets.ts';
import {
  TargetDrift,
  type OwnSide,
  type TargetDriftPorts,
  type TenantRead,
} from '../delivery/targets/drift/target-drift.ts';
import type { Store } from '../directory/store.ts';
import type { SentCalls } from '../directory/targets/sent-call.ts';
import type { TargetSettings } from '../directory/targets/target.ts';
import { systemClock } from '../lib/time/clock.ts';
import { openTarget, type KeptCalls } from './live-targets.ts';
import { readPeople, type PlanningTenant } from './planning.ts';

/** Returns what differs between the companies of a store and their live tenants. */
export function targetDrift(
  store: () => Store,
  targets: CompanyTargets,
  { plan, onFailure, calls }: Pick<TargetDriftPorts, 'plan' | 'onFailure'> & { readonly calls?: SentCalls | undefined },
): TargetDrift {
  const read: TargetDriftPorts['read'] = (company, platform, settings, share, ours) =>
    readTenant({ company, calls }, platform, settings, share, ours);
  return new TargetDrift({ store, targets, read, plan, now: () => systemClock.now(), onFailure });
}

/** Reads everybody of a live tenant, with a share of the platform's limits. Throws `TargetError`. */
async function readTenant(
  kept: KeptCalls,
  platform: string,
  settings: TargetSettings,
  share: number,
  { own, links }: OwnSide,
): Promise<TenantRead> {
  const { connector, session, target, client } = openTarget(platform, settings, kept, (limits) =>
    shareOf(limits, share),
  );
  try {
    const run: PlanningTenant['run'] = (task) => session.run(task);
    const live = await readPeople({ connector, target, own, run }, links);
    return { live, fields: connector.fields, spaces: connector.spaces };
  } finally {
    await client.close();
  }
}
