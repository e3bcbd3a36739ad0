import type { QueryParams, QueryResults } from '../../directory/store.ts';
import type { Token } from '../../directory/auth/token.ts';
import { queryUnderLock, type SqlSyntax, type Row, type Statement, type SqlTask } from '../engine.ts';
import { seal, unseal } from '../sealed.ts';

/** A token, and which version of its company there was then. */
export interface FoundToken {
  readonly token: Token;
  /** Null where the company is gone. */
  readonly tenantVersion: number | null;
}

/** A token by its hash. */
export function* tokenByHash(
  flavor: SqlSyntax,
  locking: boolean,
  { hash }: QueryParams['token'],
): SqlTask<FoundToken | null> {
  const lock = locking ? flavor.lock([`token ${hash}`]) : null;
  const [row] = yield* queryUnderLock(lock, {
    text: 'SELECT k.*, t.version AS tenant_version FROM token k LEFT JOIN tenant t ON t.number = k.tenant WHERE k.hash = $1',
    params: [hash],
  });
  if (row === undefined) return null;
  const version = row['tenant_version'];
  return { token: tokenOf(row), tenantVersion: version === null ? null : Number(version) };
}

/** Loads the token of an app that expires last and can be derived again. */
export function* latestToken(
  flavor: SqlSyntax,
  locking: boolean,
  about: QueryParams['newest-token'],
): SqlTask<Token | null> {
  // Held until a transaction that found none has stored one, so that two nodes do not issue one each.
  const lock = locking ? flavor.lock([`newest token ${String(about.tenant)} ${about.kind} ${about.app}`]) : null;
  const [row] = yield* queryUnderLock(lock, {
    text: 'SELECT * FROM token WHERE tenant = $1 AND app = $2 AND kind = $3 AND nonce IS NOT NULL ORDER BY expires_at DESC LIMIT 1',
    params: [about.tenant, about.app, about.kind],
  });
  return row === undefined ? null : tokenOf(row);
}

/** The tokens of a company that end after one instant and up to another. */
export function* tokensEnding({
  tenant,
  from,
  to,
  limit,
}: QueryParams['tokens-ending']): SqlTask<QueryResults['tokens-ending']> {
  const ending = 'FROM token WHERE tenant = $1 AND expires_at > $2 AND expires_at <= $3';
  const [rows = [], counted = []] = yield [
    { text: `SELECT * ${ending} ORDER BY expires_at, hash LIMIT $4`, params: [tenant, from, to, limit] },
    { text: `SELECT COUNT(*) AS total ${ending}`, params: [tenant, from, to] },
  ];
  return { total: Number(counted[0]?.['total'] ?? 0), tokens: rows.map(tokenOf) };
}

/** Keeps a token, or changes what is kept of it. */
export function saveToken(token: Token): Statement {
  return {
    text: 'INSERT INTO token (hash, dialect, kind, tenant, app, nonce, partner, issued_at, expires_at, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (hash) DO UPDATE SET expires_at = excluded.expires_at',
    params: [
      token.hash,
      token.dialect,
      token.kind,
      token.tenant,
      token.app,
      token.nonce,
      token.pairedHash,
      token.issuedAt,
      token.expiresAt,
      token.detail === undefined ? null : sealedDetail(token.detail, token.hash),
    ],
  };
}

/** How long an expired token is still distinguished from an unknown one. */
const REMEMBERED_MS = 2 * 86_400_000;

/** Removes tokens of the same app that are no longer needed. */
export function deleteExpiredTokens({ tenant, app, kind, issuedAt }: Token): Statement {
  return {
    text: 'DELETE FROM token WHERE tenant = $1 AND app = $2 AND kind = $3 AND expires_at < $4',
    params: [tenant, app, kind, issuedAt - REMEMBERED_MS],
  };
}

/** Ends everything that was handed out to an app. */
export function endTokensOf(tenant: number, app: string): Statement {
  return { text: 'DELETE FROM token WHERE tenant = $1 AND app = $2', params: [tenant, app] };
}

/** Ends a token at once. */
export function revokeToken(hash: string): Statement {
  return { text: 'DELETE FROM token WHERE hash = $1', params: [hash] };
}

function sealedDetail(detail: unknown, hash: string): string {
  const text = JSON.stringify(detail);
  return text.startsWith('{') ? seal(text, hash) : text;
}

function tokenOf(row: Row): Token {
  const detail = row['detail'];
  return {
    hash: String(row['hash']),
    dialect: String(row['dialect']),
    kind: String(row['kind']),
    tenant: Number(row['tenant']),
    app: String(row['app']),
    nonce: row['nonce'] === null ? null : String(row['nonce']),
    pairedHash: row['partner'] === null ? null : String(row['partner']),
    issuedAt: Number(row['issued_at']),
    expiresAt: Number(row['expires_at']),
    ...(typeof detail === 'string' ? { detail: unseal(detail, String(row['hash'])) } : {}),
  };
}
