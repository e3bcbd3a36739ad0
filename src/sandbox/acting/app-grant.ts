import type { AppGrant, Dialect, DialectContext } from '../../dialects/dialect.ts';
import type { App } from '../../directory/auth/app.ts';
import { hashToken } from '../../directory/auth/secret.ts';
import type { Tenant } from '../../directory/tenant.ts';
import { storeWithToken } from './store-with-token.ts';

const MINUTE_MS = 60_000;

/** What a call on behalf of an app carries, and the context that knows its token. */
export interface Granted extends Pick<AppGrant, 'token' | 'headers' | 'query'> {
  readonly context: DialectContext;
}

/** Makes a token of an app, whose secret is not needed. Only the context that is returned knows it; it is kept nowhere. */
export function grantTo(dialect: Dialect, tenant: Tenant, app: App, context: DialectContext): Granted {
  const { token, kind, nonce, headers, query } = dialect.client.grant(app, context.ids.hex(32));
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
  return { token, headers, query, context: { ...context, store: storeWithToken(context.store, kept) } };
}
