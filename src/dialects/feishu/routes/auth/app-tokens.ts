import Type from 'typebox';
import { verifySecret } from '../../../../directory/auth/secret.ts';
import type { Call, DialectContext, Reply, Route } from '../../../dialect.ts';
import { TOKEN_CODES } from '../../protocol/codes.ts';
import { exchangeAt, responseContext, flatReply, tokenFailure } from '../../protocol/envelope.ts';
import { DIALECT } from '../../model/settings.ts';
import { tenantTokenFor, type TenantToken } from '../../auth/login/tenant-token.ts';
import { createTokenBodyReader, withSlash } from '../../auth/login/token-body.ts';

const TokenBody = Type.Object({ app_id: Type.String(), app_secret: Type.String() });
const readBody = createTokenBodyReader(TokenBody);

/** A self-built app has one token under both names. [public: aat] */
const members = {
  'tenant-access-token': ({ token }: TenantToken) => ({ tenant_access_token: token }),
  'app-access-token': ({ token }: TenantToken) => ({ app_access_token: token, tenant_access_token: token }),
} as const;

/** Both token endpoints, each also with a slash at its end. [public: probe] */
export const tokenRoutes: readonly Route[] = (['tenant-access-token', 'app-access-token'] as const).flatMap(
  (operation) => {
    const path = `/open-apis/auth/v3/${operation.replaceAll('-', '_')}/internal`;
    return withSlash(path).map((one): Route => ({
      operation,
      method: 'POST',
      path: one,
      body: TokenBody,
      answer: (call, context) => answer(call, context, members[operation]),
    }));
  },
);

async function answer(call: Call, context: DialectContext, shown: (issued: TenantToken) => object): Promise<Reply> {
  const opened = responseContext(call, context.now(null));
  const body = readBody(call);
  if (body === null) return tokenFailure(opened, TOKEN_CODES.invalidParam);
  const tenant = await context.store.tenantByApp(DIALECT, body.app_id);
  const app = tenant?.appByKey(DIALECT, body.app_id);
  if (tenant === null || app === undefined) return tokenFailure(opened, TOKEN_CODES.invalidParam);
  const exchange = exchangeAt(opened, context.now(tenant));
  if (!verifySecret(body.app_secret, app.secret)) return tokenFailure(exchange, TOKEN_CODES.secretInvalid);
  if (!app.enabled) return tokenFailure(exchange, TOKEN_CODES.appUnauthorized);
  await context.identified?.(call, { tenant, app, token: null });

  const issued = await tenantTokenFor(tenant, app, body.app_secret, exchange.at, context);
  if (issued === null) return tokenFailure(exchange, TOKEN_CODES.secretInvalid);
  const expire = Math.floor((issued.expiresAt - exchange.at) / 1000);
  return flatReply(exchange, TOKEN_CODES.ok, { ...shown(issued), expire });
}
