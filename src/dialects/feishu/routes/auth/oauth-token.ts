import Type, { type Static } from 'typebox';
import { verifySecret } from '../../../../directory/auth/secret.ts';
import type { Call, DialectContext, Reply, Route } from '../../../dialect.ts';
import {
  codeHandedIn,
  freshTokens,
  redeem,
  type Client,
  type Issued,
  type RedeemFailure,
  type TokenStyle,
} from '../../auth/login/redeem.ts';
import { tenantTokenFor } from '../../auth/login/tenant-token.ts';
import { createTokenBodyReader, formIn, withSlash } from '../../auth/login/token-body.ts';
import { OAUTH_CODES, type OauthError } from '../../auth/oauth-errors.ts';
import { scopesIn } from '../../auth/oauth-request.ts';
import type { Grant } from '../../auth/token-grants.ts';
import { appSettingsOf, DIALECT, longRefreshMsOf, livesOf } from '../../model/settings.ts';
import { exchangeAt, plainReply, rawReply, responseContext, type ResponseContext } from '../../protocol/envelope.ts';

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
const readBody = createTokenBodyReader(OauthBody);

/** The scope with which an app may go on while the user is away. [public: uat] */
const OFFLINE = 'offline_access';

/** How an address makes tokens and tells of them. */
interface Address {
  readonly operation: string;
  readonly path: string;
  readonly style: (client: Client) => TokenStyle;
  readonly tell: (exchange: ResponseContext, issued: Issued) => Reply;
  /** Whether an app gets its own token with `client_credentials`. */
  readonly hasClientCredentials?: true;
}

const currentStyle = ({ app }: Client): TokenStyle => ({
  ...livesOf(app),
  isRefreshable: ({ scopes }: Grant) => scopes?.includes(OFFLINE) === true,
  admitsNotJoined: true,
});

function tellFlat(exchange: ResponseContext, { accessToken, expiresIn, refresh, grant }: Issued): Reply {
  return rawReply(exchange, 200, {
    code: 0,
    access_token: accessToken,
    expires_in: expiresIn,
    ...(refresh === null ? {} : { refresh_token: refresh.token, refresh_token_expires_in: refresh.expiresIn }),
    scope: (grant.scopes ?? []).join(' '),
    token_type: 'Bearer',
  });
}

/** An hour. [public: eiam, contract feishu-contact.md 5.2] */
const PASSPORT_TOKEN_MS = 3_600_000;

/** Without `code`, as clients of OpenID Connect want it. [public: eiam] */
function tellPlain(exchange: ResponseContext, { accessToken, expiresIn, refresh }: Issued): Reply {
  return plainReply(exchange, {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: expiresIn,
    ...(refresh === null ? {} : { refresh_token: refresh.token, refresh_expires_in: refresh.expiresIn }),
  });
}

const ADDRESSES: readonly Address[] = [
  {
    operation: 'user-access-token',
    path: '/open-apis/authen/v2/oauth/token',
    style: currentStyle,
    tell: tellFlat,
  },
  // No page of the vendor tells of it; newer clients call it. [live, contract feishu-contact.md 5.2]
  {
    operation: 'oauth-v3-token',
    path: '/oauth/v3/token',
    style: currentStyle,
    tell: tellFlat,
    hasClientCredentials: true,
  },
  {
    operation: 'passport.token',
    path: '/suite/passport/oauth/token',
    style: ({ app }) => {
      const { tokenMs } = livesOf(app);
      return {
        tokenMs: Math.min(tokenMs, PASSPORT_TOKEN_MS),
        refreshMs: longRefreshMsOf(app),
        isRefreshable: () => true,
        admitsNotJoined: true,
      };
    },
    tell: tellPlain,
  },
];

/** 获取 user_access_token, 刷新 user_access_token, at each address at which clients ask for them. */
export const oauthTokens: readonly Route[] = ADDRESSES.flatMap((address) =>
  withSlash(address.path).map((path): Route => ({
    operation: address.operation,
    method: 'POST',
    path,
    body: OauthBody,
    answer: (call, context) => answer(call, context, address),
  })),
);

async function answer(call: Call, context: DialectContext, address: Address): Promise<Reply> {
  const opened = responseContext(call, context.now(null), address.operation);
  const body = readBody(call);
  if (body === null) return fail(opened, OAUTH_CODES.malformed);
  const { grant_type: grantType } = body;
  if (grantType === undefined) return fail(opened, OAUTH_CODES.parameterMissing);
  const isOwn = grantType === 'client_credentials' && address.hasClientCredentials === true;
  if (grantType !== 'authorization_code' && grantType !== 'refresh_token' && !isOwn)
    return fail(opened, OAUTH_CODES.grantTypeUnsupported);
  const client = await clientOf(call, body, context);
  if ('error' in client) return fail(opened, client);
  const exchange = exchangeAt(opened, context.now(client.tenant));
  await context.identified?.(call, { tenant: client.tenant, app: client.app, token: null });
  if (isOwn) return await answerApp(client, exchange, context);
  const given = grantType === 'refresh_token' ? body.refresh_token : body.code;
  if (given === undefined) return fail(exchange, OAUTH_CODES.parameterMissing);
  const redemption = {
    ...client,
    handedIn:
      grantType === 'refresh_token'
        ? ({ kind: 'refresh', text: given } as const)
        : await codeHandedIn(given, context, { redirectUri: body.redirect_uri, verifier: body.code_verifier }),
    wanted: scopesIn(body.scope ?? ''),
    style: address.style(client),
    at: exchange.at,
    ...freshTokens(context),
  };
  const issued = await context.store.write(() => redeem(redemption));
  return typeof issued === 'string' ? fail(exchange, FAILURES[issued]) : address.tell(exchange, issued);
}

/** RFC 6749, 4.4: the app's own token. */
async function answerApp(
  { tenant, app, secret }: Client & { readonly secret: string },
  exchange: ResponseContext,
  context: DialectContext,
): Promise<Reply> {
  const issued = await tenantTokenFor(tenant, app, secret, exchange.at, context);
  if (issued === null) return fail(exchange, OAUTH_CODES.secretInvalid);
  const { scopes } = appSettingsOf(app);
  return rawReply(exchange, 200, {
    code: 0,
    access_token: issued.token,
    expires_in: Math.floor((issued.expiresAt - exchange.at) / 1_000),
    scope: scopes === 'all' ? '' : scopes.join(' '),
    token_type: 'Bearer',
  });
}

/** The app that asks: named in the body, or by HTTP's own means, not both. */
async function clientOf(
  call: Call,
  body: OauthBody,
  context: DialectContext,
): Promise<(Client & { readonly secret: string }) | OauthError> {
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
  return { tenant, app, secret };
}

function basicOf(header: string | undefined): { readonly id: string; readonly secret: string } | null {
  const [, encoded] = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(header ?? '') ?? [];
  if (encoded === undefined) return null;
  // RFC 6749, 2.3.1: both are encoded as in a form.
  const pair = Buffer.from(encoded, 'base64').toString();
  const [id = '', secret = ''] = pair.split(':', 2).map((part) => formIn(`x=${part}`).get('x') ?? '');
  return { id, secret };
}

const FAILURES: Readonly<Record<RedeemFailure, OauthError>> = {
  'secret-changed': OAUTH_CODES.secretInvalid,
  'code-unknown': OAUTH_CODES.codeUnknown,
  'code-used': OAUTH_CODES.codeUsed,
  'code-expired': OAUTH_CODES.codeExpired,
  'other-app': OAUTH_CODES.otherApp,
  'redirect-mismatch': OAUTH_CODES.redirectMismatch,
  'challenge-failed': OAUTH_CODES.challengeFailed,
  'refresh-unknown': OAUTH_CODES.refreshInvalid,
  'refresh-used': OAUTH_CODES.refreshUsed,
  'refresh-expired': OAUTH_CODES.refreshExpired,
  'scopes-duplicate': OAUTH_CODES.scopesDuplicate,
  'scopes-forbidden': OAUTH_CODES.scopesForbidden,
  unknown: OAUTH_CODES.userUnknown,
  resigned: OAUTH_CODES.userInvalid,
  frozen: OAUTH_CODES.userInvalid,
  exited: OAUTH_CODES.userInvalid,
  'not-joined': OAUTH_CODES.userInvalid,
};

function fail(exchange: ResponseContext, { code, error, error_description }: OauthError): Reply {
  return rawReply(exchange, 400, { code, error, error_description });
}
