import { hash, timingSafeEqual } from 'node:crypto';
import Type, { type Static } from 'typebox';
import type { App } from '../../../../directory/auth/app.ts';
import { hashToken, verifySecret } from '../../../../directory/auth/secret.ts';
import { load, type Decision, type Effect, type StoreTask } from '../../../../directory/store.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import type { Token } from '../../../../directory/auth/token.ts';
import type { Call, DialectContext, Reply, Route } from '../../../dialect.ts';
import { canAct } from '../../auth/caller.ts';
import { responseContext, rawReply, type ResponseContext } from '../../protocol/envelope.ts';
import { appNamedIn, openCode, redirectDigest, type CodeGrant } from '../../auth/sealed-code.ts';
import { OAUTH_CODES, type OauthError } from '../../auth/oauth-errors.ts';
import { scopesIn } from '../../auth/oauth-request.ts';
import { appSettingsOf, DIALECT, livesOf } from '../../model/settings.ts';
import { grantOf, TOKEN_KIND, type Grant } from '../../auth/token-grants.ts';
import { createBodyReader } from '../../protocol/body-validation.ts';

const OauthBody = Type.Object({
  grant_type: Type.Optional(Type.String()),
  client_id: Type.Optional(Type.String()),
  client_secret: Type.Optional(Type.String()),
  code: Type.Optional(Type.String()),
  redirect_uri: Type.Optional(Type.String()),
  code_verifier: Type.Optional(Type.String()),
  refresh_token: Type.Optional(Type.String()),
  scope: Type.Optional(Type.String()),
});
type OauthBody = Static<typeof OauthBody>;
const readBody = createBodyReader(OauthBody);

/** So long after the user agreed the user has to agree again. [public: refresh-user-access-token] */
const AGREEMENT_LIFE_MS = 365 * 86_400_000;
/** For so long the old user token still works beside the new one. [public: refresh-user-access-token] */
const ROTATION_MS = 60_000;
/** The scope with which an app may go on while the user is away. [public: uat] */
const OFFLINE = 'offline_access';

/** 获取 user_access_token, 刷新 user_access_token */
export const oauthToken: Route = {
  operation: 'user-access-token',
  method: 'POST',
  path: '/open-apis/authen/v2/oauth/token',
  body: OauthBody,
  answer: async (call, context) => {
    const exchange = responseContext(call, context.clock.now());
    const body = bodyOf(call);
    if (body === null) return fail(exchange, OAUTH_CODES.malformed);
    const { grant_type: grantType } = body;
    if (grantType === undefined) return fail(exchange, OAUTH_CODES.parameterMissing);
    if (grantType !== 'authorization_code' && grantType !== 'refresh_token')
      return fail(exchange, OAUTH_CODES.grantTypeUnsupported);
    const client = await clientOf(call, body, context);
    if ('error' in client) return fail(exchange, client);
    const given = grantType === 'refresh_token' ? body.refresh_token : body.code;
    if (given === undefined) return fail(exchange, OAUTH_CODES.parameterMissing);
    const order: Order = {
      ...client,
      body,
      given,
      code: grantType === 'refresh_token' ? 'none' : await codeOf(given, context),
      at: exchange.at,
      userToken: `u-${context.ids.hex(64)}`,
      refreshToken: `ur-${context.ids.hex(64)}`,
    };
    const told = await context.store.write(() => redeem(order));
    if ('error' in told) return fail(exchange, told);
    return rawReply(exchange, 200, { code: 0, ...told });
  },
};

/** JSON as the page says, or a form as the OAuth libraries that it recommends send it. */
function bodyOf({ headers, body }: Call): OauthBody | null {
  const isForm = headers['content-type']?.toLowerCase().startsWith('application/x-www-form-urlencoded') === true;
  if (!isForm) return readBody(body).body;
  const form = formOf(new TextDecoder().decode(body));
  return Object.fromEntries(
    Object.keys(OauthBody.properties).flatMap((name) => {
      const value = form.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}

/** NUL cannot be kept or asked for anywhere; it becomes what any other byte that is no text becomes. */
function formOf(text: string): URLSearchParams {
  return new URLSearchParams(text.replaceAll('\0', '%EF%BF%BD').replaceAll('%00', '%EF%BF%BD'));
}

interface Client {
  readonly tenant: Tenant;
  readonly app: App;
}

/** The app that asks: named in the body, or by HTTP's own means, not both. */
async function clientOf(call: Call, body: OauthBody, context: DialectContext): Promise<Client | OauthError> {
  const basic = basicOf(call.headers['authorization']);
  if (basic !== null && body.client_secret !== undefined) return OAUTH_CODES.credentialsTwice;
  const { id, secret } = basic ?? { id: body.client_id, secret: body.client_secret };
  if (id === undefined || secret === undefined) return OAUTH_CODES.parameterMissing;
  const tenant = await context.store.tenantByApp(DIALECT, id);
  const app = tenant?.appByKey(DIALECT, id);
  if (tenant === null || app === undefined) return OAUTH_CODES.appUnknown;
  if (!verifySecret(secret, app.secret)) return OAUTH_CODES.secretInvalid;
  if (!app.enabled) return OAUTH_CODES.appDisabled;
  if (!appSettingsOf(app).installed || !tenant.isInUse) return OAUTH_CODES.appNotInstalled;
  return { tenant, app };
}

function basicOf(header: string | undefined): { readonly id: string; readonly secret: string } | null {
  const [, encoded] = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(header ?? '') ?? [];
  if (encoded === undefined) return null;
  // RFC 6749, 2.3.1: both are encoded as in a form.
  const pair = Buffer.from(encoded, 'base64').toString();
  const [id = '', secret = ''] = pair.split(':', 2).map((part) => formOf(`x=${part}`).get('x') ?? '');
  return { id, secret };
}

interface Order extends Client {
  readonly body: OauthBody;
  /** The code or refresh token. */
  readonly given: string;
  /** Null for one that nobody gave out. */
  readonly code: Code | 'none' | null;
  readonly at: number;
  readonly userToken: string;
  readonly refreshToken: string;
}

/** What is told of new tokens. */
interface Told {
  readonly access_token: string;
  readonly expires_in: number;
  readonly refresh_token?: string;
  readonly refresh_token_expires_in?: number;
  readonly scope: string;
  readonly token_type: 'Bearer';
}

/** A code that was given out, and for whom. */
interface Code extends Client {
  readonly grant: CodeGrant;
}

/** What a code or refresh token is good for, and what is written when it is redeemed. */
interface Redeemable {
  readonly grant: Grant;
  readonly effects: readonly Effect[];
}

/** Opens a code. */
async function codeOf(text: string, { store }: DialectContext): Promise<Code | null> {
  const key = appNamedIn(text);
  const tenant = key === null ? null : await store.tenantByApp(DIALECT, key);
  const app = key === null ? undefined : tenant?.appByKey(DIALECT, key);
  if (tenant === null || app === undefined) return null;
  const grant = openCode(text, app);
  return grant === null ? null : { tenant, app, grant };
}

/** Makes user tokens of a code or a refresh token, each of which is good for this once. The order of refusals is [derived]. */
function* redeem(order: Order): StoreTask<Decision<Told | OauthError>> {
  const { tenant, app, body, code } = order;
  const no = (answer: OauthError): Decision<OauthError> => ({ answer, effects: [] });
  // The secret may have been changed since it was looked at.
  const now = yield* load('tenant', { number: tenant.number });
  if (now?.app(app.id)?.secret !== app.secret) return no(OAUTH_CODES.secretInvalid);
  const redeemable = code === 'none' ? yield* refreshable(order) : yield* exchangeable(order, code);
  if ('error' in redeemable) return no(redeemable);
  const { grant, effects } = redeemable;
  const found = yield* load('employees-by-id', { tenant: tenant.number, ids: [grant.employee] });
  const employee = found.get(grant.employee);
  if (employee === undefined) return no(OAUTH_CODES.userUnknown);
  if (!canAct(employee)) return no(OAUTH_CODES.userInvalid);
  const wanted = scopesIn(body.scope ?? '');
  if (new Set(wanted).size < wanted.length) return no(OAUTH_CODES.scopesDuplicate);
  if (!wanted.every((scope) => grant.scopes.includes(scope))) return no(OAUTH_CODES.scopesForbidden);
  const scopes = wanted.length === 0 ? grant.scopes : wanted;
  return issue(order, { employee: grant.employee, scopes, agreedAt: grant.agreedAt }, effects);
}

/** A code is kept only once it was redeemed: so that another try is refused and told why. */
function* exchangeable(order: Order, code: Code | null): StoreTask<Redeemable | OauthError> {
  const { tenant, app, body, given, at } = order;
  if (code === null) return OAUTH_CODES.codeUnknown;
  if (code.tenant.number !== tenant.number || code.app.id !== app.id) return OAUTH_CODES.otherApp;
  const { grant } = code;
  const hash = hashToken(given);
  if ((yield* load('token', { hash })) !== null) return OAUTH_CODES.codeUsed;
  if (grant.expiresAt <= at) return OAUTH_CODES.codeExpired;
  const mismatch = mismatchOf(grant, body);
  if (mismatch !== null) return mismatch;
  const spent: Token = {
    hash,
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

function* refreshable({ tenant, app, given, at }: Order): StoreTask<Redeemable | OauthError> {
  const token = yield* load('token', { hash: hashToken(given) });
  if (token === null || token.dialect !== DIALECT || token.kind !== TOKEN_KIND.refresh)
    return OAUTH_CODES.refreshInvalid;
  if (token.tenant !== tenant.number || token.app !== app.id) return OAUTH_CODES.otherApp;
  if (isSpent(token)) return OAUTH_CODES.refreshUsed;
  if (token.expiresAt <= at) return OAUTH_CODES.refreshExpired;
  // A refresh token is kept as spent, so that another try is refused and told why.
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

function mismatchOf({ redirect, challenge }: CodeGrant, body: OauthBody): OauthError | null {
  // It need not be repeated [public: uat], but must be the same where it is.
  if (body.redirect_uri !== undefined && redirectDigest(body.redirect_uri) !== redirect)
    return OAUTH_CODES.redirectMismatch;
  const verifier = body.code_verifier ?? '';
  // An app that sends a verifier relies on it. A code without a challenge may be one that somebody else asked for and
  // put in the place of the app's own: RFC 9700, 2.1.1.
  if (challenge === undefined) return verifier === '' ? null : OAUTH_CODES.challengeFailed;
  const made = challenge.method === 'S256' ? hash('sha256', verifier, 'base64url') : verifier;
  return isSame(made, challenge.text) ? null : OAUTH_CODES.challengeFailed;
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function issue(
  { tenant, app, at, userToken, refreshToken }: Order,
  grant: Grant,
  effects: readonly Effect[],
): Decision<Told> {
  const { tokenMs, refreshMs } = livesOf(app);
  const common = { dialect: DIALECT, tenant: tenant.number, app: app.id, nonce: null, detail: grant, issuedAt: at };
  const hashOfUser = hashToken(userToken);
  const user: Token = {
    ...common,
    hash: hashOfUser,
    kind: TOKEN_KIND.user,
    pairedHash: null,
    expiresAt: at + tokenMs,
  };
  const told: Told = {
    access_token: userToken,
    expires_in: tokenMs / 1_000,
    scope: grant.scopes.join(' '),
    token_type: 'Bearer',
  };
  if (!grant.scopes.includes(OFFLINE)) return { answer: told, effects: [...effects, { write: 'token', token: user }] };
  const expiresAt = Math.min(at + refreshMs, grant.agreedAt + AGREEMENT_LIFE_MS);
  const refresh: Token = {
    ...common,
    hash: hashToken(refreshToken),
    kind: TOKEN_KIND.refresh,
    pairedHash: hashOfUser,
    expiresAt,
  };
  return {
    answer: {
      ...told,
      refresh_token: refreshToken,
      refresh_token_expires_in: Math.floor((expiresAt - at) / 1_000),
    },
    effects: [...effects, { write: 'token', token: user }, { write: 'token', token: refresh }],
  };
}

function fail(exchange: ResponseContext, { code, error, error_description }: OauthError): Reply {
  return rawReply(exchange, 400, { code, error, error_description });
}
