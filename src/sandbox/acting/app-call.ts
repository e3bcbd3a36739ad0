import type { Call, Dialect, DialectContext, Reply } from '../../dialects/dialect.ts';
import type { App } from '../../directory/auth/app.ts';
import { hashToken } from '../../directory/auth/secret.ts';
import type { Tenant } from '../../directory/tenant.ts';
import { RateLimiter } from '../../lib/rate-limiter.ts';
import { storeWithToken } from './store-with-token.ts';

/** Who calls, and where. */
export interface Acting {
  readonly dialect: Dialect;
  readonly tenant: Tenant;
  readonly app: App;
  readonly context: DialectContext;
  /** This server's own address. */
  readonly origin: string;
}

/** One call of an operation. */
export interface OwnCall {
  readonly operation: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
}

const MINUTE_MS = 60_000;

/**
 * Calls an operation of a platform on behalf of an app, whose secret is not needed: with a token that only this call
 * knows. Nothing of it is kept or counted: neither the token, nor the call in the journal or towards a limit, and no rule
 * makes it fail. Null where the platform has no such operation.
 */
export async function callAs({ dialect, tenant, app, context, origin }: Acting, asked: OwnCall): Promise<Reply | null> {
  const route = dialect.routes.find(({ operation }) => operation === asked.operation);
  if (route === undefined) return null;
  const { ids } = context;
  const { token, kind, nonce, headers, query } = dialect.client.grant(app, ids.hex(32));
  const at = context.now(tenant);
  const kept = {
    hash: hashToken(token),
    dialect: dialect.name,
    kind,
    tenant: tenant.number,
    app: app.id,
    nonce,
    pairedHash: null,
    issuedAt: at,
    expiresAt: at + MINUTE_MS,
  };
  const { identified: _noRules, ...rest } = context;
  const body = asked.body === undefined ? new Uint8Array(0) : new TextEncoder().encode(JSON.stringify(asked.body));
  const params = asked.params ?? {};
  const path = route.path.replaceAll(/:([A-Za-z_]+)/g, (_all, name: string) => encodeURIComponent(params[name] ?? ''));
  const call: Call = {
    method: route.method,
    path,
    routePath: route.path,
    params,
    query: new URLSearchParams({ ...asked.query, ...query }),
    headers: {
      ...headers,
      'content-type': 'application/json; charset=utf-8',
      host: origin.replace(/^https?:\/\//, ''),
    },
    body,
    peer: '127.0.0.1',
    receivedAt: context.now(null),
    requestId: ids.uuid(),
    origin,
    isLocal: true,
  };
  return route.answer(call, { ...rest, store: storeWithToken(context.store, kept), rateLimiter: new RateLimiter() });
}
