import type { App } from '../../../../directory/auth/app.ts';
import { deriveToken, hashToken } from '../../../../directory/auth/secret.ts';
import type { Token } from '../../../../directory/auth/token.ts';
import { load, type Decision, type StoreTask } from '../../../../directory/store.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import type { DialectContext } from '../../../dialect.ts';
import { DIALECT, livesOf } from '../../model/settings.ts';
import { TOKEN_KIND } from '../token-grants.ts';

/**
 * The same token is returned again while at least this part of its life is left; later a second one is issued. That is
 * half an hour of two hours [public: tat], in proportion where the company's tokens live shorter [proposed].
 */
const RENEW_PART = 1 / 4;

/** An issued token, with its expiry in epoch milliseconds. */
export interface TenantToken {
  readonly token: string;
  readonly expiresAt: number;
}

/** The token of an app, the same again while it lives long enough; null where the secret was changed meanwhile. */
export async function tenantTokenFor(
  tenant: Tenant,
  app: App,
  secret: string,
  at: number,
  context: DialectContext,
): Promise<TenantToken | null> {
  const living = (): StoreTask<TenantToken | null> => activeToken(tenant, app, secret, at);
  const known = await context.store.read(living);
  if (known !== null) return known;
  const nonce = context.ids.hex(32);
  return context.store.write(function* (): StoreTask<Decision<TenantToken | null>> {
    const now = yield* load('tenant', { number: tenant.number });
    if (now?.app(app.id)?.secret !== app.secret) return { answer: null, effects: [] };
    const other = yield* living();
    if (other !== null) return { answer: other, effects: [] };
    const fresh: TenantToken = { token: `t-${deriveToken(secret, nonce)}`, expiresAt: at + livesOf(app).tokenMs };
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

function* activeToken(tenant: Tenant, app: App, secret: string, at: number): StoreTask<TenantToken | null> {
  const newest = yield* load('newest-token', { tenant: tenant.number, app: app.id, kind: TOKEN_KIND.tenant });
  if (newest === null || newest.nonce === null || newest.expiresAt - at < livesOf(app).tokenMs * RENEW_PART)
    return null;
  const token = `t-${deriveToken(secret, newest.nonce)}`;
  // A token issued before the app's secret was changed cannot be derived again.
  return hashToken(token) === newest.hash ? { token, expiresAt: newest.expiresAt } : null;
}
