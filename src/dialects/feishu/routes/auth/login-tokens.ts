import Type from 'typebox';
import type { Decision, StoreTask } from '../../../../directory/store.ts';
import type { Reply, Route } from '../../../dialect.ts';
import { revokedTokenCode, userCaller, type Caller } from '../../auth/caller.ts';
import type { OperationContext } from '../../auth/guarded-route.ts';
import { OWNER_CODES } from '../../auth/login/owner-codes.ts';
import {
  codeHandedIn,
  freshTokens,
  redeem,
  type Issued,
  type RedeemFailure,
  type Redemption,
} from '../../auth/login/redeem.ts';
import { createTokenBodyReader, withSlash } from '../../auth/login/token-body.ts';
import { authenticated } from '../../employees/lifecycle/authenticated.ts';
import { userInfoOf } from '../../employees/read/user-info.ts';
import { livesOf, longRefreshMsOf } from '../../model/settings.ts';
import type { Code } from '../../protocol/codes.ts';
import { errorReply, successReply } from '../../protocol/envelope.ts';
import { LOGIN_CODES as L } from '../../protocol/login-codes.ts';
import type { Operation } from '../../protocol/operations.ts';

const LoginBody = Type.Object({
  grant_type: Type.Optional(Type.String()),
  code: Type.Optional(Type.String()),
  refresh_token: Type.Optional(Type.String()),
});
const readBody = createTokenBodyReader(LoginBody);

/** One of the log-in calls that apps made before OAuth 2.0, with the app's own token. [contract feishu-contact.md 5.2] */
interface LoginCall {
  readonly operation: Operation;
  readonly path: string;
  readonly grantType: 'authorization_code' | 'refresh_token';
  readonly family: Family;
}

/** The two families of these calls: what they answer, and how they say no. */
interface Family {
  readonly failures: Readonly<Record<RedeemFailure, Code>>;
  readonly otherGrantType: Code;
  readonly dataOf: (issued: Issued, owner: Caller | null, operation: OperationContext) => object;
}

const OF_BOTH = {
  'other-app': L.otherApp,
  'secret-changed': L.requestInvalid, // answered as a token that is not known any more
  'redirect-mismatch': L.requestInvalid, // no address is sent here
  'scopes-duplicate': L.requestInvalid, // no scopes are
  'scopes-forbidden': L.requestInvalid,
  ...OWNER_CODES,
};

/** The first family: everything that is wrong with a code or a refresh token is 20001. [contract feishu-contact.md 5.3, 9.1] */
const plain: Family = {
  failures: {
    ...OF_BOTH,
    'code-unknown': L.requestInvalid,
    'code-used': L.requestInvalid,
    'code-expired': L.requestInvalid,
    'challenge-failed': L.requestInvalid,
    'refresh-unknown': L.requestInvalid,
    'refresh-used': L.requestInvalid,
    'refresh-expired': L.requestInvalid,
  },
  otherGrantType: L.requestInvalid,
  dataOf: ({ employee, accessToken, expiresIn, refresh }, owner, { call, context }) => ({
    ...(owner === null ? {} : userInfoOf(employee, owner, call.origin)),
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: expiresIn,
    ...(refresh === null ? {} : { refresh_token: refresh.token, refresh_expires_in: refresh.expiresIn }),
    sid: context.ids.hex(32),
  }),
};

/** The second family, which tells the times as they are a second later. [public: au/oidc-access_token/create] */
const oidc: Family = {
  failures: {
    ...OF_BOTH,
    'code-unknown': L.codeInvalid,
    'code-used': L.codeInvalid,
    'code-expired': L.codeExpired,
    'challenge-failed': L.codeInvalid,
    'refresh-unknown': L.refreshUnknown,
    'refresh-used': L.refreshUsed,
    'refresh-expired': L.refreshExpired,
  },
  otherGrantType: L.grantTypeUnsupported,
  dataOf: ({ accessToken, expiresIn, refresh, grant }) => ({
    access_token: accessToken,
    ...(refresh === null ? {} : { refresh_token: refresh.token, refresh_expires_in: refresh.expiresIn - 1 }),
    token_type: 'Bearer',
    expires_in: expiresIn - 1,
    scope: (grant.scopes ?? []).join(' '),
  }),
};

const BASE = '/open-apis/authen/v1';
const CALLS: readonly LoginCall[] = [
  { operation: 'authen.access-token', path: `${BASE}/access_token`, grantType: 'authorization_code', family: plain },
  {
    operation: 'authen.refresh-access-token',
    path: `${BASE}/refresh_access_token`,
    grantType: 'refresh_token',
    family: plain,
  },
  {
    operation: 'authen.oidc-access-token',
    path: `${BASE}/oidc/access_token`,
    grantType: 'authorization_code',
    family: oidc,
  },
  {
    operation: 'authen.oidc-refresh-access-token',
    path: `${BASE}/oidc/refresh_access_token`,
    grantType: 'refresh_token',
    family: oidc,
  },
];

/** 获取登录用户身份, 刷新 access_token, and their OpenID Connect forms. */
export const loginTokens: readonly Route[] = CALLS.flatMap((login) =>
  withSlash(login.path).map((path): Route => ({
    operation: login.operation,
    method: 'POST',
    path,
    body: LoginBody,
    answer: authenticated(login.operation, (operation) => answer(operation, login)),
  })),
);

async function answer(operation: OperationContext, { grantType, family }: LoginCall): Promise<Reply> {
  const { call, caller, context, exchange } = operation;
  const body = readBody(call);
  if (body?.grant_type === undefined) return errorReply(exchange, L.requestInvalid);
  if (body.grant_type !== grantType) return errorReply(exchange, family.otherGrantType);
  const text = (grantType === 'refresh_token' ? body.refresh_token : body.code) ?? '';
  if (text === '') return errorReply(exchange, L.requestInvalid);
  const { tenant, app } = caller;
  const redemption: Redemption = {
    tenant,
    app,
    handedIn: grantType === 'refresh_token' ? { kind: 'refresh', text } : await codeHandedIn(text, context),
    wanted: [],
    style: {
      tokenMs: livesOf(app).tokenMs,
      refreshMs: longRefreshMsOf(app),
      isRefreshable: () => true,
      admitsNotJoined: false,
    },
    at: exchange.at,
    ...freshTokens(context),
  };
  const redeemed = await context.store.write(() => redeemForOwner(redemption));
  if (typeof redeemed === 'string')
    return errorReply(exchange, redeemed === 'secret-changed' ? revokedTokenCode(caller) : family.failures[redeemed]);
  return successReply(exchange, family.dataOf(redeemed.issued, redeemed.owner, operation));
}

/** What was issued, and the app as it calls for its owner: by that goes what it is answered. */
interface OwnedTokens {
  readonly issued: Issued;
  readonly owner: Caller | null;
}

function* redeemForOwner(redemption: Redemption): StoreTask<Decision<OwnedTokens | RedeemFailure>> {
  const { answer: issued, effects } = yield* redeem(redemption);
  if (typeof issued === 'string') return { answer: issued, effects };
  const { tenant, app } = redemption;
  const { employee, scopes } = issued.grant;
  const owner = yield* userCaller(tenant, app, { employee, operation: 'authen.user-info', granted: scopes });
  return { answer: { issued, owner }, effects };
}
