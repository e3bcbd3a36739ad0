import type { App } from '../../../directory/auth/app.ts';
import { companyTime } from '../../../directory/company-clock.ts';
import { hashToken, verifySecret, deriveToken } from '../../../directory/auth/secret.ts';
import { load, type Decision, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { Token } from '../../../directory/auth/token.ts';
import type { Call, DialectContext } from '../../dialect.ts';
import { addressOf } from '../protocol/envelope.ts';
import { CORPID } from '../model/ids.ts';
import { countBadSecret, isBlocked, isOverLimit, OVER_LIMIT } from './rate-limits.ts';
import { settingsIn } from '../model/settings.ts';
import { refuseAddress, refuseOperation, type Permission } from './permissions.ts';
import type { CallProblem } from '../protocol/errors.ts';

/** The name of this dialect under which apps and tokens are kept. */
export const DIALECT = 'wecom';
const KIND = 'access';

/** Who calls: the company, and the app whose token the call carries. */
export interface Caller {
  readonly tenant: Tenant;
  readonly app: App;
}

/** A caller that may call, and when it called, by the clock of its company. */
export interface Authenticated {
  readonly caller: Caller;
  readonly at: number;
}

/** A token as its app receives it. */
export interface Issued {
  readonly token: string;
  readonly expiresIn: number;
}

/** The company and app that corpid and corpsecret name, or why not, in the order of the contract's 1.1, its line 6 before 5. */
export async function findAppByCredentials(
  query: URLSearchParams,
  peer: string,
  { store, now, rateLimiter: windows }: DialectContext,
): Promise<(Caller & { secret: string }) | CallProblem> {
  const secret = query.get('corpsecret') ?? '';
  if (secret === '') return { kind: 'missing', subject: 'corpsecret' };
  const corpid = query.get('corpid') ?? '';
  if (corpid === '') return { kind: 'missing', subject: 'corpid' };
  const tenant = await store.tenantByName(CORPID, corpid);
  if (tenant === null) return { kind: 'unknown', subject: 'corpid', value: corpid };
  if (!isUsable(tenant)) return { kind: 'disabled', subject: 'tenant', value: corpid };
  const at = now(tenant);
  // Checked before the secret: the answer to a blocked address must not reveal whether the guess was right.
  if (isBlocked(windows, tenant, peer, at)) return OVER_LIMIT;
  const app = tenant.parts.apps.find((one) => one.dialect === DIALECT && verifySecret(secret, one.secret));
  if (app === undefined || !app.enabled) {
    countBadSecret(windows, tenant, peer, at);
    return { kind: 'invalid', subject: 'corpsecret' };
  }
  return { tenant, app, secret };
}

/** The token of an app: the same one while it lives, then another. Asking does not make it live longer. [public: old-91039] */
export async function tokenFor(
  { tenant, app, secret }: Caller & { secret: string },
  context: DialectContext,
): Promise<Issued> {
  const now = context.now(tenant);
  const about = { tenant: tenant.number, app: app.id, kind: KIND };
  const known = await context.store.read(() => load('newest-token', about));
  if (known !== null && lives(known, app, now)) return flatReply(known, secret, now);
  const nonce = nonceOf(app, context.ids.hex(32));
  return context.store.write(function* (): StoreTask<Decision<Issued>> {
    const newest = yield* load('newest-token', about);
    if (newest !== null && lives(newest, app, now)) return { answer: flatReply(newest, secret, now), effects: [] };
    const token: Token = {
      hash: hashToken(deriveToken(secret, nonce)),
      dialect: DIALECT,
      kind: KIND,
      tenant: tenant.number,
      app: app.id,
      nonce,
      pairedHash: null,
      issuedAt: now,
      expiresAt: now + settingsIn(tenant).token_seconds * 1000,
    };
    return { answer: flatReply(token, secret, now), effects: [{ write: 'token', token }] };
  });
}

/**
 * Who calls, if this may be called by it just now, or why not, in the order of wecom-more 1.2: token, company, address, app,
 * kind of app, new address, frequency.
 */
export async function authenticate(
  call: Call,
  permission: Permission,
  context: DialectContext,
  isCounted = true,
): Promise<Authenticated | CallProblem> {
  const systemAt = context.now(null);
  const caller = await context.store.read(() => callerOf(call, systemAt));
  if (isRejected(caller)) return caller;
  const token = (): string => hashToken(call.query.get('access_token') ?? '');
  const met = context.identified?.(call, { tenant: caller.tenant, app: caller.app, token });
  if (met !== undefined) await met;
  const refused = refuseOperation(caller.app, permission, addressOf(call));
  if (refused !== null) return refused;
  const at = companyTime(caller.tenant, systemAt);
  // Counted out here: a work may be run again, and would count twice.
  return isCounted && isOverLimit(call, caller.tenant, context.rateLimiter, at) ? OVER_LIMIT : { caller, at };
}

function* callerOf(call: Call, systemAt: number): StoreTask<Caller | CallProblem> {
  // Only the URL is looked at, neither Authorization nor the body [public: 90313, probe].
  const given = call.query.get('access_token') ?? '';
  if (given === '') return { kind: 'missing', subject: 'access_token' };
  const token = yield* load('token', { hash: hashToken(given) });
  if (token === null || token.dialect !== DIALECT || token.kind !== KIND) return MADE_UP;
  const tenant = yield* load('tenant', { number: token.tenant });
  const app = tenant?.app(token.app);
  // A token made with a secret that was reset since is as good as made up.
  if (tenant === null || app === undefined || !isMadeWith(token, app)) return MADE_UP;
  const now = companyTime(tenant, systemAt);
  if (token.expiresAt <= now) {
    // Kept apart from a made-up one for as long again as it lived. (wecom-more 2.5)
    const isRecognised = now < token.expiresAt + settingsIn(tenant).token_seconds * 1000;
    return isRecognised ? { kind: 'disabled', subject: 'access_token', value: 'expired' } : MADE_UP;
  }
  if (!isUsable(tenant)) return { kind: 'disabled', subject: 'tenant', value: tenant.key };
  return refuseAddress(tenant, app, addressOf(call), now) ?? reloadCaller(tenant, app.id);
}

/** The caller in a company as it is now, or why there is none any more. */
export function reloadCaller(tenant: Tenant | null, appId: string): Caller | CallProblem {
  const app = tenant?.app(appId);
  if (tenant === null || app === undefined) return MADE_UP;
  if (!isUsable(tenant)) return { kind: 'disabled', subject: 'tenant', value: tenant.key };
  if (!app.enabled) return { kind: 'disabled', subject: 'app', value: app.key };
  return { tenant, app };
}

/** Whether identification ended in a refusal. */
export function isRejected<Known extends Caller | Authenticated>(known: Known | CallProblem): known is CallProblem {
  return 'kind' in known;
}

const MADE_UP: CallProblem = { kind: 'invalid', subject: 'access_token' };

function isUsable(tenant: Tenant): boolean {
  return tenant.isInUse && settingsIn(tenant).state === 'usable';
}

function lives(token: Token, app: App, now: number): boolean {
  return token.expiresAt > now && isMadeWith(token, app);
}

function flatReply(token: Token, secret: string, now: number): Issued {
  return {
    token: deriveToken(secret, token.nonce ?? ''),
    expiresIn: Math.max(1, Math.floor((token.expiresAt - now) / 1000)),
  };
}

const fingerprints = new WeakMap<App, string>();

/** Returns the digest of an app's secret for the nonce of its tokens, so that a new secret revokes old tokens. */
function fingerprint(app: App): string {
  let known = fingerprints.get(app);
  if (known === undefined) {
    known = hashToken(app.secret).slice(0, 16);
    fingerprints.set(app, known);
  }
  return known;
}

/** What is kept of a token that an app could have, besides its hash. */
export function grantFor(app: App, random: string): Pick<Token, 'kind' | 'nonce'> {
  return { kind: KIND, nonce: nonceOf(app, random) };
}

function nonceOf(app: App, random: string): string {
  return `${random}.${fingerprint(app)}`;
}

function isMadeWith(token: Token, app: App): boolean {
  return token.nonce?.endsWith(`.${fingerprint(app)}`) === true;
}
