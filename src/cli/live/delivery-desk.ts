import type { CompanyTargets } from '../../delivery/targets/company-targets.ts';
import type { Store } from '../../directory/store.ts';
import type { TargetPlans } from '../../directory/targets/plan-view.ts';
import type { TargetView } from '../../directory/targets/target-view.ts';
import type { TargetList } from '../../http/admin/targets/contract.ts';
import { CompanyTargetPlans } from '../../live-targets/plans/target-plans.ts';
import type { AdminRequest } from '../admin-client.ts';
import { askedJson } from '../asked-server.ts';
import type { TargetOptions } from '../target.ts';
import { viewOf } from './target-desk.ts';
import { withTargets } from './with-targets.ts';

/** What was delivered to live tenants and what was given up, in a store here or on a running server. */
export interface DeliveryDesk extends Pick<TargetPlans, 'deliveries' | 'dead' | 'replay' | 'retry'> {
  list(key: string): Promise<readonly TargetView[]>;
}

/** Opens what is kept of deliveries for as long as the work takes; holds no target beside it. A refusal becomes a sentence. */
export function withDeliveries<Result>(
  options: TargetOptions,
  work: (desk: DeliveryDesk) => Promise<Result>,
): Promise<Result> {
  return withTargets(options, {
    local: (targets, store) => inStore(targets, store, work),
    remote: (request) => work(onServer(request)),
  });
}

async function inStore<Result>(
  targets: CompanyTargets,
  store: Store,
  work: (desk: DeliveryDesk) => Promise<Result>,
): Promise<Result> {
  const plans = new CompanyTargetPlans({
    store: () => store,
    targets,
    // With the server's whole program, which a command that makes no plan need not load.
    start: async (given) => (await import('../../app.ts')).startMingce(given),
    closing: new AbortController().signal,
    // The plan says itself that it failed, and why.
    onFailure: () => undefined,
  });
  try {
    return await work({
      list: (key) => targets.list(key),
      deliveries: (...given) => plans.deliveries(...given),
      dead: (...given) => plans.dead(...given),
      replay: (...given) => plans.replay(...given),
      retry: (...given) => plans.retry(...given),
    });
  } finally {
    await plans.settled();
  }
}

function onServer(request: AdminRequest): DeliveryDesk {
  const company = (key: string): string => `/mingce/v1/companies/${encodeURIComponent(key)}`;
  const target = (key: string, platform: string): string => `${company(key)}/targets/${encodeURIComponent(platform)}`;
  const query = (given: Readonly<Record<string, string | number | null | undefined>>): string => {
    const entries = Object.entries(given).flatMap(([name, value]) =>
      value === undefined || value === null ? [] : [[name, String(value)] as [string, string]],
    );
    return entries.length === 0 ? '' : `?${new URLSearchParams(entries).toString()}`;
  };
  return {
    list: async (key) => (await askedJson<TargetList>(request('GET', `${company(key)}/targets`))).targets.map(viewOf),
    deliveries: (key, { states, ...choice }) =>
      askedJson(request('GET', `${company(key)}/deliveries${query({ ...choice, state: states?.join(',') })}`)),
    dead: (key, platform, reason) => askedJson(request('GET', `${target(key, platform)}/dead${query({ reason })}`)),
    replay: (key, platform, { reason, count }) =>
      askedJson(request('POST', `${target(key, platform)}/retry${query({ reason, count })}`)),
    retry: (key, id) => askedJson(request('POST', `${company(key)}/deliveries/${encodeURIComponent(id)}/retry`)),
  };
}
