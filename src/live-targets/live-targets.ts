import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { environmentValue } from '../config.ts';
import type { Connector, LiveTask, ProbeResult } from '../connectors/connector.ts';
import { openTenant, TenantUnusableError, type OpenTenant } from '../connectors/open-tenant.ts';
import { connectors } from '../connectors/registry.ts';
import type { WritingConnector } from '../connectors/writing.ts';
import { CompanyTargets } from '../delivery/targets/company-targets.ts';
import { TargetError, type TargetView } from '../directory/targets/target-view.ts';
import type { Store } from '../directory/store.ts';
import type { KeptProbe } from '../directory/targets/target-store.ts';
import type { SentCalls } from '../directory/targets/sent-call.ts';
import type { TargetSettings } from '../directory/targets/target.ts';
import { systemClock } from '../lib/time/clock.ts';
import { CHALLENGE_HEADER, PROOF_HEADER, proofOf } from '../directory/targets/installation-proof.ts';

/**
 * Returns the place of an installation: what is switched on at one is not on at another. `named` wins; of files it is
 * the machine and the path, of a database its address without user and password.
 */
export function placeOf(store: string, named: string | null): string {
  if (named !== null) return named;
  if (!store.startsWith('sqlite:')) {
    const url = URL.parse(store);
    return url === null ? store : `${url.host}${url.pathname}`;
  }
  const path = store.slice('sqlite:'.length);
  return `${hostname()} ${path === ':memory:' ? path : resolve(path)}`;
}

/** Who keeps what goes out to a live tenant, and whose tenant it is. */
export interface KeptCalls {
  readonly company: string;
  readonly calls: SentCalls | undefined;
  /** Waits where others go first, before each read. */
  readonly turn?: (calls: number, signal: AbortSignal) => Promise<void>;
}

/** Opens the live tenant of a company; the caller closes its client. Throws {@link TargetError}. */
export function openTarget(
  platform: string,
  settings: TargetSettings,
  { company, calls, turn }: KeptCalls,
  limited: (limits: Connector['limits']) => Connector['limits'] = (limits) => limits,
): OpenTenant & { readonly connector: WritingConnector } {
  const found = connectors.find((one) => one.platform === platform);
  if (found === undefined) throw new TargetError('missing', `There is no connector for ${platform}.`);
  const connector = { ...found, limits: limited(found.limits) };
  try {
    const tenant = openTenant(connector, settings, {
      environment: environmentValue,
      sleep: setTimeout,
      turn,
      observed: calls === undefined ? undefined : (call, host) => calls({ ...call, host, company, platform }),
    });
    return { ...tenant, connector };
  } catch (error) {
    if (error instanceof TenantUnusableError) throw new TargetError('refused', error.message);
    throw error;
  }
}

/** Returns the targets of the companies in a store. */
export function companyTargets(store: () => Store, place: string, changed?: () => void): CompanyTargets {
  return new CompanyTargets({
    store,
    place,
    ...(changed === undefined ? {} : { changed }),
    isSelf: async (platform, settings) => {
      const { client } = openTarget(platform, settings, { company: '', calls: undefined });
      try {
        const challenge = randomBytes(16).toString('hex');
        const request = {
          call: 'self',
          method: 'GET',
          path: '/healthz',
          query: [],
          headers: { [CHALLENGE_HEADER]: challenge },
          body: null,
        } as const;
        const outcome = await client.send(request);
        if (outcome.kind !== 'answered') return false;
        const { key } = await store().deliveries.installation();
        return outcome.answer.headers[PROOF_HEADER] === proofOf(key, challenge);
      } finally {
        await client.close();
      }
    },
  });
}

/** Probes a live tenant and keeps what was found. */
export async function probeTarget(
  targets: CompanyTargets,
  key: string,
  platform: string,
  calls: SentCalls | undefined,
  asked: (call: string) => void,
): Promise<TargetView> {
  const tenant = openTarget(platform, await targets.settings(key, platform), { company: key, calls });
  try {
    const found = await tenant.session.run(watched(tenant.connector.probe(tenant.target), asked));
    const { probe, couldRead } = keptProbe(tenant.connector, found);
    return await targets.probed(key, platform, probe, couldRead);
  } finally {
    await tenant.client.close();
  }
}

/** Runs a task, and names each call before it is sent. */
function* watched<Result>(task: LiveTask<Result>, asked: (call: string) => void): LiveTask<Result> {
  let step = task.next();
  while (step.done !== true) {
    for (const { call } of step.value) asked(call);
    step = task.next(yield step.value);
  }
  return step.value;
}

/** Returns what of a probe is kept: no value of a person is in it. */
export function keptProbe(
  { platform }: Pick<Connector, 'platform'>,
  { checks, fields }: ProbeResult,
): { readonly probe: KeptProbe; readonly couldRead: boolean } {
  const at = new Date(systemClock.now()).toISOString();
  return { probe: { at, platform, checks, fields }, couldRead: checks.some(({ state }) => state === 'passed') };
}
