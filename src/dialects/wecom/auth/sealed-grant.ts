import { createCipheriv, createDecipheriv, hash } from 'node:crypto';
import type { Tenant } from '../../../directory/tenant.ts';
import type { Ids } from '../../../lib/ids.ts';
import { DIALECT } from './caller.ts';

/** The content of a sign-in code. */
export interface SignIn {
  /** Own id of the member; null for a person who is none. */
  readonly employee: string | null;
  /** The openid of a person who is no member. */
  readonly openid: string | null;
  /** The app for which it was made; null: any of the company. */
  readonly agentid: string | null;
  /** Of the host to which the browser was sent; see {@link hostDigest}. */
  readonly host: string;
  /** The fields that the member gives; null where none were asked for. */
  readonly given: readonly string[] | null;
  /** Whether it was made by the page of the two-step check. */
  readonly isTwoStep: boolean;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** A code for auth/getuserinfo, a ticket for auth/getuserdetail, or a tfa_code for user/tfa_succ. */
export type Purpose = 'code' | 'ticket' | 'two-step';

/** Neither is longer. [public: 91023] */
const LONGEST = 512;
const SEED_BYTES = 16;
const TAG_BYTES = 16;
/** Each has a key of its own, so that the first counter is never used twice. */
const FIRST = Buffer.alloc(12);

/**
 * A sign-in sealed for its company: nothing is kept until an app comes with it, so that callers who only open the page, as
 * everybody can, fill nothing. The key follows from what is kept of the secrets, so a new secret ends what was made before.
 */
export function sealSignIn(tenant: Tenant, purpose: Purpose, signIn: SignIn, ids: Ids): string {
  const seed = Buffer.from(ids.hex(2 * SEED_BYTES), 'hex');
  const { employee, openid, agentid, host, given, isTwoStep, expiresAt } = signIn;
  const cipher = createCipheriv('aes-256-gcm', keyOf(tenant, purpose, seed), FIRST);
  const said = JSON.stringify([employee, openid, agentid, host, given, isTwoStep, expiresAt]);
  const sealed = Buffer.concat([cipher.update(said), cipher.final()]);
  return Buffer.concat([seed, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** Decodes a sign-in; null where the text is none of this company and purpose. */
export function openSignIn(tenant: Tenant, purpose: Purpose, text: string): SignIn | null {
  if (text.length > LONGEST) return null;
  const bytes = Buffer.from(text, 'base64url');
  // The same bytes in other letters would count as another code, to be used once more.
  if (bytes.toString('base64url') !== text || bytes.length <= SEED_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', keyOf(tenant, purpose, bytes.subarray(0, SEED_BYTES)), FIRST, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(bytes.subarray(SEED_BYTES, SEED_BYTES + TAG_BYTES));
  let said: string;
  try {
    said = Buffer.concat([decipher.update(bytes.subarray(SEED_BYTES + TAG_BYTES)), decipher.final()]).toString();
  } catch {
    return null;
  }
  // Only `sealSignIn` has the key.
  const [employee, openid, agentid, host, given, isTwoStep, expiresAt] = JSON.parse(said) as [
    SignIn['employee'],
    SignIn['openid'],
    SignIn['agentid'],
    string,
    SignIn['given'],
    boolean,
    number,
  ];
  return { employee, openid, agentid, host, given, isTwoStep, expiresAt };
}

/** Returns the digest of a host for a code, which would otherwise be too long. */
export function hostDigest(host: string): string {
  return hash('sha256', host, 'base64url').slice(0, 22);
}

const SECRETS = Symbol('wecom secrets');

function keyOf(tenant: Tenant, purpose: Purpose, seed: Buffer): Buffer {
  const secrets = tenant.derived(SECRETS, ({ apps }) =>
    hash('sha256', apps.flatMap(({ dialect, secret }) => (dialect === DIALECT ? [secret] : [])).join('\n'), 'hex'),
  );
  return hash('sha256', `wecom ${purpose} ${seed.toString('hex')} ${tenant.key} ${secrets}`, 'buffer');
}
