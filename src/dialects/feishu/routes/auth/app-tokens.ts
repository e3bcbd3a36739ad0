import Type from 'typebox';
import type { App } from '../../../../directory/auth/app.ts';
import { hashToken, verifySecret, deriveToken } from '../../../../directory/auth/secret.ts';
import { load, type Decision, type StoreTask } from '../../../../directory/store.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import type { Token } from '../../../../directory/auth/token.ts';
import type { Call, DialectContext, Reply, Route } from '../../../dialect.ts';
import { TOKEN_CODES, type Code } from '../../protocol/codes.ts';
import { responseContext, flatReply, type ResponseContext } from '../../protocol/envelope.ts';
import { DIALECT, livesOf } from '../../model/settings.ts';
import { TOKEN_KIND } from '../../auth/token-grants.ts';
import { createBodyReader } from '../../protocol/body-validation.ts';

const TokenBody = Type.Object({ app_id: Type.String(), app_secret: Type.String() });
const readBody = createBodyReader(TokenBody);

/**
 * With at least this part of its life left the same token is told again; with less, a new one is made beside it: half an
 * hour of two hours [public: tat], in proportion where the company lets its tokens live shorter [proposed].
 */
const RENEW_PART = 1 / 4;

interface Told {
  readonly token: string;
  readonly expiresAt: number;
}

/** A self-built app has one token under both names. [public: aat] */
const members = {
  'tenant-access-token': ({ token }: Told) => ({ tenant_access_token: token }),
  'app-access-token': ({ token }: Told) => ({ app_access_token: token, tenant_access_token: token }),
} as const;

/** Both token endpoints, each also with a slash at its end. [public: probe] */
export const tokenRoutes: readonly Route[] = (['tenant-access-token', 'app-access-token'] as const).flatMap(
  (operation) => {
    const path = `/open-apis/auth/v3/${operation.replaceAll('-', '_')}/internal`;
    return [path, `${path}/`].map((one): Route => ({
      operation,
      method: 'POST',
      path: one,
      body: TokenBody,
      answer: (call, context) => answer(call, context, members[operation]),
    }));
  },
);

async function answer(call: Call, context: DialectContext, shown: (told: Told) => object): Promise<Reply> {
  const exchange = responseContext(call, context.clock.now());
  const { body } = readBody(call.body);
  if (body === null) return fail(exchange, TOKEN_CODES.invalidParam);
  const tenant = await context.store.tenantByApp(DIALECT, body.app_id);
  const app = tenant?.appByKey(DIALECT, body.app_id);
  if (tenant === null || app === undefined) return fail(exchange, TOKEN_CODES.invalidParam);
  if (!verifySecret(body.app_secret, app.secret)) return fail(exchange, TOKEN_CODES.secretInvalid);
  if (!app.enabled) return fail(exchange, TOKEN_CODES.appUnauthorized);

  const told = await tokenFor(tenant, app, body.app_secret, exchange.at, context);
  if (told === null) return fail(exchange, TOKEN_CODES.secretInvalid);
  const expire = Math.floor((told.expiresAt - exchange.at) / 1000);
  return flatReply(exchange, TOKEN_CODES.ok, { ...shown(told), expire });
}

/** `data` stands there, empty, in the answers that were observed. [public: probe, i10003] */
function fail(exchange: ResponseContext, code: Code): Reply {
  return flatReply(exchange, code, { data: {} });
}

/** Null where the secret was changed while it was looked at. */
async function tokenFor(
  tenant: Tenant,
  app: App,
  secret: string,
  at: number,
  context: DialectContext,
): Promise<Told | null> {
  const living = (): StoreTask<Told | null> => activeToken(tenant, app, secret, at);
  const told = await context.store.read(living);
  if (told !== null) return told;
  const nonce = context.ids.hex(32);
  return context.store.write(function* (): StoreTask<Decision<Told | null>> {
    const now = yield* load('tenant', { number: tenant.number });
    if (now?.app(app.id)?.secret !== app.secret) return { answer: null, effects: [] };
    const other = yield* living();
    if (other !== null) return { answer: other, effects: [] };
    const fresh: Told = { token: `t-${deriveToken(secret, nonce)}`, expiresAt: at + livesOf(app).tokenMs };
    const token: Token = {
      hash: hashToken(fresh.token),
      dialect: DIALECT,
      kind: TOKEN_KIND.tenant,
      tenant: tenant.number,
      app: app.id,
      nonce,
      pairedHash: null,
      issuedAt: at,
      expiresAt: fresh.expiresAt,
    };
    return { answer: fresh, effects: [{ write: 'token', token }] };
  });
}

function* activeToken(tenant: Tenant, app: App, secret: string, at: number): StoreTask<Told | null> {
  const newest = yield* load('newest-token', { tenant: tenant.number, app: app.id, kind: TOKEN_KIND.tenant });
  if (newest === null || newest.nonce === null || newest.expiresAt - at < livesOf(app).tokenMs * RENEW_PART)
    return null;
  const token = `t-${deriveToken(secret, newest.nonce)}`;
  // One made before the app's secret was changed cannot be told again.
  return hashToken(token) === newest.hash ? { token, expiresAt: newest.expiresAt } : null;
}
