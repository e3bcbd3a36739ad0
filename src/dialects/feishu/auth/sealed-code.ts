import { createCipheriv, createDecipheriv, hash } from 'node:crypto';
import type { App } from '../../../directory/auth/app.ts';
import type { Ids } from '../../../lib/ids.ts';
import type { Grant } from './token-grants.ts';

/** What a code grants. */
export interface CodeGrant extends Grant {
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  /** Of the address to which the user was sent back; see {@link redirectDigest}. */
  readonly redirect: string;
  readonly challenge?: Challenge;
}

/** What a verifier must fit. */
export interface Challenge {
  readonly method: 'S256' | 'plain';
  readonly text: string;
}

/** No code of ours is longer: what an app may ask for has a bound. */
const LONGEST = 8_192;
const SEED_BYTES = 24;
const TAG_BYTES = 16;
/** How tokens begin (contract feishu 1.2). */
const TOKEN_LIKE = /^(?:[tau]-|eyJ)/;
/** Each code has a key of its own, so that the first counter is never used twice. */
const FIRST = Buffer.alloc(12);

/**
 * A code that carries what was granted, sealed for the app that asked: nothing is kept until the app comes with it, so
 * that callers who only open the page, as everybody can, fill nothing. The key follows from what is kept of the app's secret, so a
 * new secret ends the codes, and every node can open them. Who knows the secret could make some up, and gains nothing:
 * the page gives out a code for any employee who is named.
 */
export function sealCode(app: App, grant: CodeGrant, ids: Ids): string {
  const seed = seedOf(ids);
  const { employee, scopes, agreedAt, expiresAt, redirect, challenge } = grant;
  const said = [
    employee,
    scopes === null ? null : scopes.join(' '),
    agreedAt,
    expiresAt,
    redirect,
    challenge?.method,
    challenge?.text,
  ];
  const cipher = createCipheriv('aes-256-gcm', keyOf(app, seed), FIRST);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(said)), cipher.final()]);
  const name = Buffer.from(app.key);
  const length = Buffer.from([name.length >> 8, name.length & 255]);
  return Buffer.concat([seed, cipher.getAuthTag(), length, name, sealed]).toString('base64url');
}

/** Returns a fresh seed. A code begins with it, and never as a token does: sent as one, it is none. */
function seedOf(ids: Ids): Buffer {
  for (;;) {
    const seed = Buffer.from(ids.hex(2 * SEED_BYTES), 'hex');
    if (!TOKEN_LIKE.test(seed.toString('base64url'))) return seed;
  }
}

/** The key of the app for which a code says that it was made; null for what cannot be a code. */
export function appNamedIn(code: string): string | null {
  return partsOf(code)?.name ?? null;
}

/** What was granted with the code; null where it was not made for the app. */
export function openCode(code: string, app: App): CodeGrant | null {
  const parts = partsOf(code);
  if (parts === null || parts.name !== app.key) return null;
  const decipher = createDecipheriv('aes-256-gcm', keyOf(app, parts.seed), FIRST, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(parts.tag);
  let text: string;
  try {
    text = Buffer.concat([decipher.update(parts.sealed), decipher.final()]).toString();
  } catch {
    return null;
  }
  // Only `sealCode` has the key.
  const [employee, scopes, agreedAt, expiresAt, redirect, method, challenge] = JSON.parse(text) as [
    string,
    string | null,
    number,
    number,
    string,
    Challenge['method'] | null,
    string | null,
  ];
  return {
    employee,
    scopes: scopes === null ? null : scopes === '' ? [] : scopes.split(' '),
    agreedAt,
    expiresAt,
    redirect,
    ...(method === null || challenge === null ? {} : { challenge: { method, text: challenge } }),
  };
}

/** Returns the digest of an address for a code, which would otherwise be as long as the address. */
export function redirectDigest(redirectUri: string): string {
  return hash('sha256', redirectUri, 'base64url').slice(0, 22);
}

function keyOf(app: App, seed: Buffer): Buffer {
  return hash('sha256', `code:${seed.toString('hex')}:${app.secret}`, 'buffer');
}

function partsOf(code: string) {
  if (code.length > LONGEST) return null;
  const bytes = Buffer.from(code, 'base64url');
  // The same bytes in other letters would count as another code, to be used once more.
  if (bytes.toString('base64url') !== code) return null;
  const at = SEED_BYTES + TAG_BYTES;
  if (bytes.length < at + 2) return null;
  const end = at + 2 + bytes.readUInt16BE(at);
  if (bytes.length <= end) return null;
  return {
    seed: bytes.subarray(0, SEED_BYTES),
    tag: bytes.subarray(SEED_BYTES, at),
    name: bytes.toString('utf8', at + 2, end),
    sealed: bytes.subarray(end),
  };
}
