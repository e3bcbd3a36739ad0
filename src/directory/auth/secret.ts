import { createHmac, hash, timingSafeEqual } from 'node:crypto';

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
export function verifySecret(secret: string, kept: SecretHash): boolean {
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
export function deriveToken(secret: string, nonce: string): string {
  return hash('sha256', `token:${nonce}:${secret}`, 'hex');
}

/** 144 bits, as text of whole bytes. */
const SEAL_LENGTH = 24;

/**
 * Seals a text so that it cannot be forged from outside. The key is the stored hash of an app's secret: its salt never
 * leaves the store, and is the same on every node and after every restart.
 */
export function sealed(text: string, about: string, key: SecretHash): string {
  return sealOf(text, about, key) + text;
}

/** The text behind a seal that was made with this key, about this; null where it was not. */
export function unsealed(given: string, about: string, key: SecretHash): string | null {
  const text = given.slice(SEAL_LENGTH);
  const expected = Buffer.from(sealOf(text, about, key));
  const actual = Buffer.from(given.slice(0, SEAL_LENGTH));
  return expected.length === actual.length && timingSafeEqual(expected, actual) ? text : null;
}

function sealOf(text: string, about: string, key: SecretHash): string {
  // As a list, so that no end of one of the two reads as the beginning of the other.
  const digest = createHmac('sha256', key)
    .update(JSON.stringify(['seal', about, text]))
    .digest('base64url');
  return digest.slice(0, SEAL_LENGTH);
}
