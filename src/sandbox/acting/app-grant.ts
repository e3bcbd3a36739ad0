import type { AppGrant, CallingUser, Dialect, DialectContext } from '../../dialects/dialect.ts';
import type { App } from '../../directory/auth/app.ts';
import { hashToken } from '../../directory/auth/secret.ts';
import type { Token } from '../../directory/auth/token.ts';
import type { Tenant } from '../../directory/tenant.ts';
import { storeWithToken } from './store-with-token.ts';

export type { CallingUser };

const MINUTE_MS = 60_000;

/** What a call on behalf of an app carries, and the context that knows its token. */
export interface Granted extends Pick<AppGrant, 'token' | 'headers' | 'query'> {
  readonly context: DialectContext;
  /** The token as it would be kept. */
  readonly kept: Token;
}

/**
 * Makes a token of an app, whose secret is not needed; with a user, one with which it calls for that employee, where the
 * platform has such tokens. Only the context that is returned knows it; it is kept nowhere.
 */
export function grantTo(
  dialect: Dialect,
  tenant: Tenant,
  app: App,
  context: DialectContext,
  user: CallingUser | null = null,
): Granted {
  const random = context.ids.hex(32);
  const at = context.now(tenant);
  const made = user === null ? null : dialect.client.userGrant?.(user, random, at);
  const { token, kind, nonce, detail, headers, query } = made ?? dialect.client.grant(app, random);
  const kept: Token = {
    hash: hashToken(token),
    dialect: dialect.name,
    kind,
    tenant: tenant.number,
    app: app.id,
    nonce,
    pairedHash: null,
    ...(detail === undefined ? {} : { detail }),
    issuedAt: at,
    expiresAt: at + MINUTE_MS,
  };
  return { token, headers, query, kept, context: { ...context, store: storeWithToken(context.store, kept) } };
}
