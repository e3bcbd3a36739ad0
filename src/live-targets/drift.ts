import { shareOf } from '../connectors/limits.ts';
import type { CompanyTargets } from '../delivery/targets/company-targets.ts';
import { TargetDrift, type TargetDriftPorts, type TenantRead } from '../delivery/targets/drift/target-drift.ts';
import type { Store } from '../directory/store.ts';
import type { SentCalls } from '../directory/targets/sent-call.ts';
import type { TargetSettings } from '../directory/targets/target.ts';
import { systemClock } from '../lib/clock.ts';
import { openTarget, type KeptCalls } from './live-targets.ts';

/** Returns what differs between the companies of a store and their live tenants. */
export function targetDrift(
  store: () => Store,
  targets: CompanyTargets,
  { plan, onFailure, calls }: Pick<TargetDriftPorts, 'plan' | 'onFailure'> & { readonly calls?: SentCalls | undefined },
): TargetDrift {
  const read: TargetDriftPorts['read'] = (company, platform, settings, share) =>
    readTenant({ company, calls }, platform, settings, share);
  return new TargetDrift({ store, targets, read, plan, now: () => systemClock.now(), onFailure });
}

/** Reads everybody of a live tenant, with a share of the platform's limits. Throws `TargetError`. */
async function readTenant(
  kept: KeptCalls,
  platform: string,
  settings: TargetSettings,
  share: number,
): Promise<TenantRead> {
  const { connector, session, target, client } = openTarget(platform, settings, kept, (limits) =>
    shareOf(limits, share),
  );
  try {
    const live = await session.run(connector.readAll(target));
    return { live, fields: connector.fields, spaces: connector.spaces };
  } finally {
    await client.close();
  }
}
