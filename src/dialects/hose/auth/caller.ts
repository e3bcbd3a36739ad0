import type { App } from '../../../directory/auth/app.ts';
import { hashToken, isSecret } from '../../../directory/auth/secret.ts';
import { ask, type Decision, type Effect, type Gather } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { Token } from '../../../directory/auth/token.ts';
import type { Call, House } from '../../dialect.ts';
import { appSettingsOf, licenceEnd, OPEN_API, settingsOf } from '../model/settings.ts';

/** Who calls: a key pair (接入账号) of one company. */
export interface Caller {
  readonly tenant: Tenant;
  readonly app: App;
}

const DAY_MS = 86_400_000;

/** The two tokens of a pair, in clear. */
export interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** A pair as it is told, once. */
export interface IssuedPair extends TokenPair {
  /** Epoch milliseconds. */
  readonly expireTime: number;
  readonly corporationId: string;
}

/** The caller whose access token stands in the query; it is looked for nowhere else [seed]. */
export function callerOf(call: Call, house: House): Promise<Caller | null> {
  const text = call.query.get('accessToken');
  if (text === null || text === '') return Promise.resolve(null);
  const hash = hashToken(text);
  const now = house.clock.now();
  return house.store.read(() => holderBy(hash, now));
}

function* holderBy(hash: string, now: number): Gather<Caller | null> {
  const token = yield* ask('token', { hash });
  return token === null ? null : yield* holderOf(token, 'access', now);
}

function* holderOf(token: Token, kind: 'access' | 'refresh', now: number): Gather<Caller | null> {
  if (token.dialect !== 'hose' || token.kind !== kind || token.expiresAt <= now) return null;
  const tenant = yield* ask('tenant', { number: token.tenant });
  const app = tenant?.app(token.app);
  return tenant === null || app === undefined || !app.enabled ? null : { tenant, app };
}

/** The caller that a key pair belongs to. */
export async function keyHolder(appKey: string, appSecurity: string, house: House): Promise<Caller | null> {
  const tenant = await house.store.tenantByApp('hose', appKey);
  const app = tenant?.appByKey('hose', appKey);
  if (tenant === null || app === undefined || !app.enabled || !isSecret(appSecurity, app.secret)) return null;
  return { tenant, app };
}

/** Issues a pair, unless the secret was changed meanwhile; the ones issued before live on [proposed]. */
export function issue(caller: Caller, house: House): Promise<IssuedPair | null> {
  const at = house.clock.now();
  const end = at + appSettingsOf(caller.app).token_seconds * 1000;
  const { pair, effects } = pairFor(caller, freshPair(caller, house), at, end);
  return house.store.write(function* (): Gather<Decision<IssuedPair | null>> {
    const tenant = yield* ask('tenant', { number: caller.tenant.number });
    const isStill = tenant?.app(caller.app.id)?.secret === caller.app.secret;
    return isStill ? { answer: pair, effects } : { answer: null, effects: [] };
  });
}

/** What a refresh comes to: the new pair, or why there is none. */
export type Refreshed = IssuedPair | 'unauthorised' | 'unlicensed';

/**
 * Changes a pair for a new one that lives so many days, or as long as the licence for the open API if that is shorter
 * [public: getting-started/refresh-auth.md]. The old pair ends in the same transaction, so of two racing refreshes of
 * one pair the first wins [proposed].
 */
export function refresh(old: TokenPair, powerCode: string, days: number, house: House): Promise<Refreshed> {
  const at = house.clock.now();
  const [access, partner] = [hashToken(old.accessToken), hashToken(old.refreshToken)];
  const random = freshHalves(house);
  return house.store.write(function* (): Gather<Decision<Refreshed>> {
    const token = yield* ask('token', { hash: access });
    const caller = token?.partner === partner ? yield* holderOf(token, 'access', at) : null;
    if (caller === null) return { answer: 'unauthorised', effects: [] };
    const end = powerCode === OPEN_API ? licenceEnd(settingsOf(caller.tenant), OPEN_API) : null;
    if (end === null || end <= at) return { answer: 'unlicensed', effects: [] };
    const { pair, effects } = pairFor(caller, withCorporation(random, caller), at, Math.min(at + days * DAY_MS, end));
    const ends = [access, partner].map((hash): Effect => ({ write: 'token-end', hash }));
    return { answer: pair, effects: [...ends, ...effects] };
  });
}

function freshHalves({ ids }: House): TokenPair {
  return { accessToken: ids.fresh('ID_'), refreshToken: ids.fresh('ID_') };
}

/** Tokens end in the corporation's id [seed: sample]. */
function withCorporation({ accessToken, refreshToken }: TokenPair, { tenant }: Caller): TokenPair {
  const { corporationId } = settingsOf(tenant);
  return { accessToken: `${accessToken}:${corporationId}`, refreshToken: `${refreshToken}:${corporationId}` };
}

function freshPair(caller: Caller, house: House): TokenPair {
  return withCorporation(freshHalves(house), caller);
}

function pairFor(
  { tenant, app }: Caller,
  { accessToken, refreshToken }: TokenPair,
  issuedAt: number,
  expiresAt: number,
): { readonly pair: IssuedPair; readonly effects: readonly Effect[] } {
  const [access, partner] = [hashToken(accessToken), hashToken(refreshToken)];
  const common = { dialect: 'hose', tenant: tenant.number, app: app.id, nonce: null, issuedAt, expiresAt };
  return {
    pair: { accessToken, refreshToken, expireTime: expiresAt, corporationId: settingsOf(tenant).corporationId },
    effects: [
      { write: 'token', token: { ...common, hash: access, kind: 'access', partner } },
      { write: 'token', token: { ...common, hash: partner, kind: 'refresh', partner: access } },
    ],
  };
}
