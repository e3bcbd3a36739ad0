import { hash, timingSafeEqual } from 'node:crypto';
import type { App } from '../../../../directory/auth/app.ts';
import { hashToken } from '../../../../directory/auth/secret.ts';
import type { Token } from '../../../../directory/auth/token.ts';
import type { Employee } from '../../../../directory/employees/employee.ts';
import { load, type Decision, type Effect, type StoreTask } from '../../../../directory/store.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import type { DialectContext } from '../../../dialect.ts';
import { appSettingsOf, DIALECT } from '../../model/settings.ts';
import { appNamedIn, openCode, redirectDigest, type CodeGrant } from '../sealed-code.ts';
import { grantOf, TOKEN_KIND, type Grant } from '../token-grants.ts';
import { ownerStateOf, type OwnerState } from './owner-state.ts';

/** So long after the user agreed the user has to agree again. [public: refresh-user-access-token] */
const AGREEMENT_LIFE_MS = 365 * 86_400_000;
/** For so long the old user token still works beside the new one. [public: refresh-user-access-token] */
const ROTATION_MS = 60_000;

/** A company and the app of it that asks. */
export interface Client {
  readonly tenant: Tenant;
  readonly app: App;
}

/** An issued code and its user. */
interface Code extends Client {
  readonly grant: CodeGrant;
}

/** What is handed in. */
export type HandedIn =
  /** `opened` is null for a code that was never issued. */
  | {
      readonly kind: 'code';
      readonly text: string;
      readonly opened: Code | null;
      readonly redirectUri?: string | undefined;
      readonly verifier?: string | undefined;
    }
  | { readonly kind: 'refresh'; readonly text: string };

/** How one family of token calls makes tokens. */
export interface TokenStyle {
  readonly tokenMs: number;
  readonly refreshMs: number;
  /** Whether a refresh token comes with the grant. */
  readonly isRefreshable: (grant: Grant) => boolean;
  /** Whether employees get tokens who have not joined the company yet. */
  readonly admitsNotJoined: boolean;
}

/** What a code or refresh token is to be redeemed for. */
export interface Redemption extends Client {
  readonly handedIn: HandedIn;
  /** Scopes to which the new token is bound, of those granted; empty: all. */
  readonly wanted: readonly string[];
  readonly style: TokenStyle;
  readonly at: number;
  readonly userToken: string;
  readonly refreshToken: string;
}

/** Why no token is issued. */
export type RedeemFailure =
  | 'secret-changed'
  | 'code-unknown'
  | 'code-used'
  | 'code-expired'
  | 'other-app'
  | 'redirect-mismatch'
  | 'challenge-failed'
  | 'refresh-unknown'
  | 'refresh-used'
  | 'refresh-expired'
  | 'scopes-duplicate'
  | 'scopes-forbidden'
  | OwnerState;

/** The tokens that were issued, and their user. */
export interface Issued {
  readonly employee: Employee;
  readonly grant: Grant;
  readonly accessToken: string;
  readonly expiresIn: number;
  /** Null where there is no refresh token. */
  readonly refresh: { readonly token: string; readonly expiresIn: number } | null;
}

/** Makes new user tokens that cannot be guessed. */
export function freshTokens({ ids }: DialectContext): Pick<Redemption, 'userToken' | 'refreshToken'> {
  return { userToken: `u-${ids.hex(64)}`, refreshToken: `ur-${ids.hex(64)}` };
}

/** Opens a code. */
export async function codeHandedIn(
  text: string,
  { store }: DialectContext,
  proof: { readonly redirectUri?: string | undefined; readonly verifier?: string | undefined } = {},
): Promise<HandedIn> {
  const key = appNamedIn(text);
  const tenant = key === null ? null : await store.tenantByApp(DIALECT, key);
  const app = key === null ? undefined : tenant?.appByKey(DIALECT, key);
  if (tenant === null || app === undefined) return { kind: 'code', text, opened: null, ...proof };
  const grant = openCode(text, app);
  return { kind: 'code', text, opened: grant === null ? null : { tenant, app, grant }, ...proof };
}

/** What a code or refresh token is good for, and what is written when it is redeemed. */
interface Redeemable {
  readonly grant: Grant;
  readonly effects: readonly Effect[];
}

/** Makes user tokens of a code or a refresh token, each of which is good for this once. The order of refusals is [derived]. */
export function* redeem(redemption: Redemption): StoreTask<Decision<Issued | RedeemFailure>> {
  const { tenant, app, handedIn, wanted, style } = redemption;
  const no = (answer: RedeemFailure): Decision<RedeemFailure> => ({ answer, effects: [] });
  // The secret may have been changed since it was looked at.
  const now = yield* load('tenant', { number: tenant.number });
  if (now?.app(app.id)?.secret !== app.secret) return no('secret-changed');
  const redeemable =
    handedIn.kind === 'refresh' ? yield* refreshable(redemption, handedIn) : yield* exchangeable(redemption, handedIn);
  if (typeof redeemable === 'string') return no(redeemable);
  const { grant, effects } = redeemable;
  const found = yield* load('employees-by-id', { tenant: tenant.number, ids: [grant.employee] });
  const employee = found.get(grant.employee);
  const state = ownerStateOf(employee);
  if (employee === undefined) return no('unknown');
  if (state !== null && !(state === 'not-joined' && style.admitsNotJoined)) return no(state);
  if (new Set(wanted).size < wanted.length) return no('scopes-duplicate');
  const held = grant.scopes ?? appSettingsOf(app).scopes;
  if (held !== 'all' && !wanted.every((scope) => held.includes(scope))) return no('scopes-forbidden');
  const scopes = wanted.length === 0 ? grant.scopes : wanted;
  return issue(redemption, employee, { employee: grant.employee, scopes, agreedAt: grant.agreedAt }, effects);
}

/** A code is stored only once it is redeemed, so that a second try is refused with the reason. */
function* exchangeable(
  { tenant, app, at }: Redemption,
  handedIn: HandedIn & { readonly kind: 'code' },
): StoreTask<Redeemable | RedeemFailure> {
  const { text, opened } = handedIn;
  if (opened === null) return 'code-unknown';
  if (opened.tenant.number !== tenant.number || opened.app.id !== app.id) return 'other-app';
  const { grant } = opened;
  const name = hashToken(text);
  if ((yield* load('token', { hash: name })) !== null) return 'code-used';
  if (grant.expiresAt <= at) return 'code-expired';
  const mismatch = mismatchOf(grant, handedIn);
  if (mismatch !== null) return mismatch;
  const spent: Token = {
    hash: name,
    dialect: DIALECT,
    kind: TOKEN_KIND.code,
    tenant: tenant.number,
    app: app.id,
    nonce: null,
    pairedHash: null,
    issuedAt: at,
    expiresAt: at,
  };
  return { grant, effects: [{ write: 'token', token: spent }] };
}

function* refreshable(
  { tenant, app, at }: Redemption,
  { text }: HandedIn & { readonly kind: 'refresh' },
): StoreTask<Redeemable | RedeemFailure> {
  const token = yield* load('token', { hash: hashToken(text) });
  if (token === null || token.dialect !== DIALECT || token.kind !== TOKEN_KIND.refresh) return 'refresh-unknown';
  if (token.tenant !== tenant.number || token.app !== app.id) return 'other-app';
  if (isSpent(token)) return 'refresh-used';
  if (token.expiresAt <= at) return 'refresh-expired';
  // A refresh token is kept as spent, so that a second try is refused with the reason.
  const effects: Effect[] = [{ write: 'token', token: { ...token, expiresAt: token.issuedAt } }];
  if (token.pairedHash !== null) effects.push(...(yield* soonOver(token.pairedHash, at)));
  return { grant: grantOf(token), effects };
}

function isSpent({ issuedAt, expiresAt }: Token): boolean {
  return expiresAt <= issuedAt;
}

/** The user token that the new one replaces. */
function* soonOver(hashOfOld: string, at: number): StoreTask<readonly Effect[]> {
  const old = yield* load('token', { hash: hashOfOld });
  return old === null || old.expiresAt <= at + ROTATION_MS
    ? []
    : [{ write: 'token', token: { ...old, expiresAt: at + ROTATION_MS } }];
}

function mismatchOf(
  { redirect, challenge }: CodeGrant,
  { redirectUri, verifier = '' }: HandedIn & { readonly kind: 'code' },
): RedeemFailure | null {
  // It need not be repeated [public: uat], but must be the same where it is.
  if (redirectUri !== undefined && redirectDigest(redirectUri) !== redirect) return 'redirect-mismatch';
  // An app that sends a verifier relies on it. A code without a challenge may be one that somebody else asked for and
  // put in the place of the app's own: RFC 9700, 2.1.1.
  if (challenge === undefined) return verifier === '' ? null : 'challenge-failed';
  const made = challenge.method === 'S256' ? hash('sha256', verifier, 'base64url') : verifier;
  return isSame(made, challenge.text) ? null : 'challenge-failed';
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function issue(
  { tenant, app, at, userToken, refreshToken, style }: Redemption,
  employee: Employee,
  grant: Grant,
  effects: readonly Effect[],
): Decision<Issued> {
  const common = { dialect: DIALECT, tenant: tenant.number, app: app.id, nonce: null, detail: grant, issuedAt: at };
  const hashOfUser = hashToken(userToken);
  const user: Token = {
    ...common,
    hash: hashOfUser,
    kind: TOKEN_KIND.user,
    pairedHash: null,
    expiresAt: at + style.tokenMs,
  };
  const issued = { employee, grant, accessToken: userToken, expiresIn: Math.floor(style.tokenMs / 1_000) };
  if (!style.isRefreshable(grant))
    return { answer: { ...issued, refresh: null }, effects: [...effects, { write: 'token', token: user }] };
  const expiresAt = Math.min(at + style.refreshMs, grant.agreedAt + AGREEMENT_LIFE_MS);
  const refresh: Token = {
    ...common,
    hash: hashToken(refreshToken),
    kind: TOKEN_KIND.refresh,
    pairedHash: hashOfUser,
    expiresAt,
  };
  return {
    answer: { ...issued, refresh: { token: refreshToken, expiresIn: Math.floor((expiresAt - at) / 1_000) } },
    effects: [...effects, { write: 'token', token: user }, { write: 'token', token: refresh }],
  };
}
