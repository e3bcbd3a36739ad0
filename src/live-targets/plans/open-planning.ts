import { connectors } from '../../connectors/registry.ts';
import type { CompanyTargets } from '../../delivery/targets/company-targets.ts';
import { ownCompanyOf } from '../../delivery/targets/own-company.ts';
import { planKey } from '../../delivery/targets/plan/plan-file.ts';
import type { Store } from '../../directory/store.ts';
import type { SentCalls } from '../../directory/targets/sent-call.ts';
import type { TargetSettings } from '../../directory/targets/target.ts';
import { TargetError } from '../../directory/targets/target-view.ts';
import { openTarget } from '../live-targets.ts';
import type { PlanningTenant } from '../planning.ts';
import type { StartServer } from '../twin.ts';

/** What opening a tenant to plan for it needs. */
export interface PlanningPorts {
  readonly store: Store;
  readonly targets: Pick<CompanyTargets, 'settings'>;
  readonly start: StartServer;
  readonly calls: SentCalls | undefined;
}

/** Opens the live tenant of a company in a store, for as long as the work takes. Throws {@link TargetError}. */
export async function withPlanning<Result>(
  { store, targets, start, calls }: PlanningPorts,
  {
    key,
    platform,
    settings: given,
  }: { readonly key: string; readonly platform: string; readonly settings?: TargetSettings },
  work: (tenant: PlanningTenant) => Promise<Result>,
): Promise<Result> {
  const settings = given ?? (await targets.settings(key, platform));
  const connector = connectors.find((one) => one.platform === platform);
  const tenant = await store.tenantByKey(key);
  const own = tenant === null ? null : await ownCompanyOf(store, tenant.number);
  if (connector === undefined || own === null) throw new TargetError('missing', `There is no company "${key}".`);
  const { target, baseUrl, session, client, secrets } = openTarget(platform, settings, {
    company: key,
    calls,
  });
  try {
    return await work({
      connector,
      target,
      company: key,
      baseUrl,
      settings,
      own,
      start,
      planKey: planKey(key, target.ids, secrets),
      run: (task) => session.run(task),
      write: (request, until) => session.write(request, until),
    });
  } finally {
    await client.close();
  }
}
