import type { App } from '../../../directory/auth/app.ts';
import { companyTime } from '../../../directory/company-clock.ts';
import { hashToken, verifySecret } from '../../../directory/auth/secret.ts';
import { load, type Decision, type Effect, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { Token } from '../../../directory/auth/token.ts';
import type { Call, DialectContext } from '../../dialect.ts';
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

/** A pair of tokens as it is returned, once. */
export interface IssuedPair extends TokenPair {
  /** Epoch milliseconds. */
  readonly expireTime: number;
  readonly corporationId: string;
}

/** Returns the caller of the access token in the query; it is read from nowhere else [seed]. */
export function callerOf(call: Call, context: DialectContext): Promise<Caller | null> {
  const text = call.query.get('accessToken');
  if (text === null || text === '') return Promise.resolve(null);
  const hash = hashToken(text);
  const systemAt = context.now(null);
  return context.store.read(() => holderBy(hash, systemAt));
}

function* holderBy(hash: string, systemAt: number): StoreTask<Caller | null> {
  const token = yield* load('token', { hash });
  return token === null ? null : yield* holderOf(token, 'access', systemAt);
}

function* holderOf(token: Token, kind: 'access' | 'refresh', systemAt: number): StoreTask<Caller | null> {
  if (token.dialect !== 'hose' || token.kind !== kind) return null;
  const tenant = yield* load('tenant', { number: token.tenant });
  const app = tenant?.app(token.app);
  if (tenant === null || token.expiresAt <= companyTime(tenant, systemAt)) return null;
  return app === undefined || !app.enabled ? null : { tenant, app };
}

/** The caller that a key pair belongs to. */
export async function keyHolder(appKey: string, appSecurity: string, context: DialectContext): Promise<Caller | null> {
  const tenant = await context.store.tenantByApp('hose', appKey);
  const app = tenant?.appByKey('hose', appKey);
  if (tenant === null || app === undefined || !app.enabled || !verifySecret(appSecurity, app.secret)) return null;
  // A 自建应用 has tokens of its own [proposed].
  return appSettingsOf(app).kind === 'corporation' ? { tenant, app } : null;
}

/** Issues a pair, unless the secret was changed meanwhile; the ones issued before live on [proposed]. */
export function issue(caller: Caller, context: DialectContext): Promise<IssuedPair | null> {
  const at = context.now(caller.tenant);
  const end = at + appSettingsOf(caller.app).token_seconds * 1000;
  const { pair, effects } = pairFor(caller, freshPair(caller, context), at, end);
  return context.store.write(function* (): StoreTask<Decision<IssuedPair | null>> {
    const tenant = yield* load('tenant', { number: caller.tenant.number });
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
export function refresh(old: TokenPair, powerCode: string, days: number, context: DialectContext): Promise<Refreshed> {
  const systemAt = context.now(null);
  const [access, partner] = [hashToken(old.accessToken), hashToken(old.refreshToken)];
  const random = freshHalves(context);
  return context.store.write(function* (): StoreTask<Decision<Refreshed>> {
    const token = yield* load('token', { hash: access });
    const caller = token?.pairedHash === partner ? yield* holderOf(token, 'access', systemAt) : null;
    if (caller === null) return { answer: 'unauthorised', effects: [] };
    const at = companyTime(caller.tenant, systemAt);
    const end = powerCode === OPEN_API ? licenceEnd(settingsOf(caller.tenant), OPEN_API) : null;
    if (end === null || end <= at) return { answer: 'unlicensed', effects: [] };
    const { pair, effects } = pairFor(caller, withCorporation(random, caller), at, Math.min(at + days * DAY_MS, end));
    const ends = [access, partner].map((hash): Effect => ({ write: 'token-end', hash }));
    return { answer: pair, effects: [...ends, ...effects] };
  });
}

function freshHalves({ ids }: DialectContext): TokenPair {
  return { accessToken: ids.fresh('ID_'), refreshToken: ids.fresh('ID_') };
}

/** Tokens end in the corporation's id [seed: sample]. */
function withCorporation({ accessToken, refreshToken }: TokenPair, { tenant }: Caller): TokenPair {
  const { corporationId } = settingsOf(tenant);
  return { accessToken: `${accessToken}:${corporationId}`, refreshToken: `${refreshToken}:${corporationId}` };
}

function freshPair(caller: Caller, context: DialectContext): TokenPair {
  return withCorporation(freshHalves(context), caller);
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
      { write: 'token', token: { ...common, hash: access, kind: 'access', pairedHash: partner } },
      { write: 'token', token: { ...common, hash: partner, kind: 'refresh', pairedHash: access } },
    ],
  };
}
