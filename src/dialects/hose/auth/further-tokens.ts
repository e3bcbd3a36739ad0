import type { App } from '../../../directory/auth/app.ts';
import { companyTime } from '../../../directory/company-clock.ts';
import { hashToken, verifySecret } from '../../../directory/auth/secret.ts';
import { load, type Decision, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { Token } from '../../../directory/auth/token.ts';
import type { Ids } from '../../../lib/ids.ts';
import type { DialectContext } from '../../dialect.ts';
import { appSettingsOf } from '../model/settings.ts';
import type { Caller } from './caller.ts';

/* Tokens beside those of the open interface: an app's own, and a member's. Neither opens an operation on staff. */

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Random letters, or letters and digits. */
function randomText(ids: Ids, length: number, alphabet: string): string {
  const bytes = Buffer.from(ids.hex(2 * length), 'hex');
  return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join('');
}

/** A token of an app and its life in seconds; or why there is none. */
export type AppToken = { readonly accessToken: string; readonly timeout: number } | 'unknown' | 'secret-wrong';

/** Issues a token of a 自建应用, 32 letters [public: getting-started/auth-getAppAccessToken.md]. */
export async function issueAppToken(key: string, secret: string, context: DialectContext): Promise<AppToken> {
  const { store, ids, now } = context;
  const tenant = await store.tenantByApp('hose', key);
  const app = tenant?.appByKey('hose', key);
  if (tenant === null || app?.enabled !== true || appSettingsOf(app).kind !== 'app') return 'unknown';
  if (!verifySecret(secret, app.secret)) return 'secret-wrong';
  const accessToken = randomText(ids, 32, LETTERS);
  const timeout = appSettingsOf(app).token_seconds;
  const token = tokenFor({ tenant, app }, accessToken, 'app', now(tenant), timeout);
  const isIssued = await store.write(() => keep(token, app));
  return isIssued ? { accessToken, timeout } : 'secret-wrong';
}

function tokenFor({ tenant, app }: Caller, text: string, kind: string, at: number, seconds: number): Token {
  return {
    hash: hashToken(text),
    dialect: 'hose',
    kind,
    tenant: tenant.number,
    app: app.id,
    nonce: null,
    pairedHash: null,
    issuedAt: at,
    expiresAt: at + seconds * 1_000,
  };
}

/** Keeps a token, unless the secret was changed meanwhile. */
function* keep(token: Token, app: App): StoreTask<Decision<boolean>> {
  const tenant = yield* load('tenant', { number: token.tenant });
  if (tenant?.app(app.id)?.secret !== app.secret) return { answer: false, effects: [] };
  return { answer: true, effects: [{ write: 'token', token }] };
}

/** What an address lets in. */
export interface ProvisionalGrant {
  /** Own id of the employee. */
  readonly employee: string;
  readonly pageType: string;
  /** Whether the address opens once. */
  readonly once: boolean;
  /** Where one is sent once the time is over; null for nowhere. */
  readonly redirect: string | null;
}

const PROVISIONAL = 'provisional';

/** Makes the token of an address, 22 letters and digits (hose-more 9.2). */
export async function issueProvisional(
  caller: Caller,
  grant: ProvisionalGrant,
  seconds: number,
  { store, ids, now }: DialectContext,
): Promise<string> {
  const text = randomText(ids, 22, `${LETTERS}0123456789`);
  const token = { ...tokenFor(caller, text, PROVISIONAL, now(caller.tenant), seconds), detail: grant };
  await store.write(function* (): StoreTask<Decision<null>> {
    return yield* withToken(token);
  });
  return text;
}

// eslint-disable-next-line require-yield -- a work that asks nothing
function* withToken(token: Token): StoreTask<Decision<null>> {
  return { answer: null, effects: [{ write: 'token', token }] };
}

/** What opening an address comes to. */
export type Opened =
  | { readonly kind: 'open'; readonly tenant: Tenant; readonly grant: ProvisionalGrant; readonly until: number }
  /** The time is over, used up, or there never was such an address. */
  | { readonly kind: 'over'; readonly redirect: string | null };

const GONE = { kind: 'over', redirect: null } as const;

/** Opens an address; one that opens once is over with it. */
export function openProvisional(text: string, { store, now }: DialectContext): Promise<Opened> {
  const hash = hashToken(text);
  const systemAt = now(null);
  return store.write(() => opening(hash, systemAt));
}

function* opening(hash: string, systemAt: number): StoreTask<Decision<Opened>> {
  const token = yield* load('token', { hash });
  if (token?.dialect !== 'hose' || token.kind !== PROVISIONAL) return { answer: GONE, effects: [] };
  // Written by `issueProvisional` alone.
  const grant = token.detail as ProvisionalGrant;
  const tenant = yield* load('tenant', { number: token.tenant });
  if (token.expiresAt <= companyTime(tenant, systemAt))
    return { answer: { kind: 'over', redirect: grant.redirect }, effects: [] };
  if (tenant?.app(token.app)?.enabled !== true) return { answer: GONE, effects: [] };
  return {
    answer: { kind: 'open', tenant, grant, until: token.expiresAt },
    effects: grant.once ? [{ write: 'token-end', hash }] : [],
  };
}
