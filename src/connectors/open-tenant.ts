import type { SecretPlace, TargetSettings } from '../directory/targets/target.ts';
import { systemClock } from '../lib/time/clock.ts';
import type { Connector, LiveTarget } from './connector.ts';
import { readSecrets, SecretError } from './credentials.ts';
import { HttpClient, TargetAddressError } from './http-client.ts';
import { LimitsByTenant } from './tenant-limits.ts';
import { LiveSession, sideBySide, type ObservedCall, type SessionOptions, type Sleep } from './session.ts';

/** Why a live tenant cannot be opened, in a sentence for the operator; without a secret. */
export class TenantUnusableError extends Error {}

/** A live tenant, open. */
export interface OpenTenant {
  readonly connector: Connector;
  readonly target: LiveTarget;
  readonly baseUrl: string;
  readonly session: LiveSession;
  readonly client: HttpClient;
  /** By name; of which the target has the names alone. */
  readonly secrets: ReadonlyMap<string, string>;
}

/** What opening a tenant needs of the world. */
export interface Opening {
  readonly environment: (name: string) => string | undefined;
  readonly sleep: Sleep;
  readonly turn?: SessionOptions['turn'];
  /** Is given each call that goes out, and the host it goes to. */
  readonly observed?: ((call: ObservedCall, host: string) => string | null) | undefined;
}

/** One for the process: servers of one process that ask the same tenant share its limits, as they share its app. */
const limitsByTenant = new LimitsByTenant(systemClock);

/** Opens the live tenant that settings name; the caller closes its client. Throws {@link TenantUnusableError}. */
export function openTenant(
  connector: Connector,
  settings: TargetSettings,
  { environment, sleep, turn, observed }: Opening,
): OpenTenant {
  const entries = Object.entries(settings.credentials);
  const ids = Object.fromEntries(entries.filter((one): one is [string, string] => typeof one[1] === 'string'));
  const places = Object.fromEntries(entries.filter((one): one is [string, SecretPlace] => typeof one[1] !== 'string'));
  if (Object.keys(places).length === 0) {
    const known = connector.secrets.map(({ name, purpose }) => `${name} (${purpose.en})`).join(', ');
    throw new TenantUnusableError(`targets.${connector.platform}.credentials has no secret; give one of: ${known}.`);
  }
  const baseUrl = settings.base_url ?? connector.baseUrl;
  try {
    const secrets = readSecrets(places, environment);
    const client = new HttpClient(baseUrl, sideBySide(connector));
    const target = { ids, secrets: new Set(secrets.keys()), fields: settings.fields ?? {} };
    const { host } = new URL(baseUrl);
    const session = new LiveSession({
      connector,
      target,
      secrets,
      client,
      clock: systemClock,
      sleep,
      limits: limitsByTenant.of(JSON.stringify([connector.platform, baseUrl, ids]), connector.limits),
      turn,
      observed: observed === undefined ? undefined : (call) => observed(call, host),
    });
    return { connector, target, baseUrl, session, client, secrets };
  } catch (error) {
    if (error instanceof SecretError) throw new TenantUnusableError(error.message, { cause: error });
    if (error instanceof TargetAddressError) throw new TenantUnusableError(`${error.message}.`, { cause: error });
    throw error;
  }
}
