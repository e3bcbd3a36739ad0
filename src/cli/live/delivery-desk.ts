import { readConfig } from '../../config.ts';
import type { TargetPlans } from '../../directory/targets/plan-view.ts';
import { TargetError, type TargetView } from '../../directory/targets/target-view.ts';
import type { TargetList } from '../../http/admin/targets/contract.ts';
import { companyTargets, placeOf } from '../../live-targets/live-targets.ts';
import { CompanyTargetPlans } from '../../live-targets/plans/target-plans.ts';
import type { AdminRequest } from '../admin-client.ts';
import { askedJson } from '../asked-server.ts';
import { CommandError } from '../error-message.ts';
import { withStoreAt, withTarget, type TargetOptions } from '../target.ts';
import { viewOf } from './target-desk.ts';

/** What was delivered to live tenants and what was given up, in a store here or on a running server. */
export interface DeliveryDesk extends Pick<TargetPlans, 'deliveries' | 'dead' | 'replay' | 'retry'> {
  list(key: string): Promise<readonly TargetView[]>;
}

/** Opens what is kept of deliveries for as long as the work takes; holds no target beside it. A refusal becomes a sentence. */
export async function withDeliveries<Result>(
  options: TargetOptions,
  work: (desk: DeliveryDesk) => Promise<Result>,
): Promise<Result> {
  try {
    return await withTarget(options, {
      local: (url) => inStore(url, work),
      remote: (_, request) => work(onServer(request)),
    });
  } catch (error) {
    if (error instanceof TargetError) throw new CommandError(error.message, { cause: error });
    throw error;
  }
}

async function inStore<Result>(url: string, work: (desk: DeliveryDesk) => Promise<Result>): Promise<Result> {
  const { installation } = readConfig({});
  return await withStoreAt(url, async (store) => {
    const targets = companyTargets(() => store, placeOf(url, installation));
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
  });
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
