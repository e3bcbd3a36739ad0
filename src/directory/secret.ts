import { hash, timingSafeEqual } from 'node:crypto';

/**
 * What is kept of a secret: `sha256:<salt>:<hex>`.
 *
 * App secrets are made by machines and long. A deliberately slow hash would add nothing to them, but would hand
 * everyone who can reach a token endpoint an expensive request to send without being known.
 */
export type SecretHash = string;

/** The hash of a secret with a salt of the caller's choosing (hex). */
export function hashSecret(secret: string, salt: string): SecretHash {
  return `sha256:${salt}:${hash('sha256', `${salt}:${secret}`, 'hex')}`;
}

/** Whether the secret is the one that was hashed, in the same time whatever it is. */
export function isSecret(secret: string, kept: SecretHash): boolean {
  const salt = kept.split(':')[1] ?? '';
  const expected = Buffer.from(kept);
  const actual = Buffer.from(hashSecret(secret, salt));
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** What is kept of a token: it is random and long, so that a bare digest tells nothing. */
export function hashToken(token: string): string {
  return hash('sha256', token, 'base64url');
}

/**
 * A token that its app's owner can be given again while it lives, although the store keeps only its hash: it follows
 * from the app's secret, which the owner sends with each request for it, and a nonce that is kept.
 */
export function tokenFrom(secret: string, nonce: string): string {
  return hash('sha256', `token:${nonce}:${secret}`, 'hex');
}
