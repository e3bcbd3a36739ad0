import { createCipheriv, hash } from 'node:crypto';

/** Bytes of the initialisation vector, which precede the cipher text. */
const IV_BYTES = 16;

/**
 * Encrypts a text with an app's Encrypt Key: AES-256-CBC, the key is the SHA-256 of the Encrypt Key.
 * [public: ev/crypt, contract feishu-contact.md 6.5]
 */
export function encryptText(text: string, encryptKey: string, bytes: Uint8Array): string {
  const iv = bytes.subarray(0, IV_BYTES);
  const cipher = createCipheriv('aes-256-cbc', hash('sha256', encryptKey, 'buffer'), iv);
  return Buffer.concat([iv, cipher.update(text), cipher.final()]).toString('base64');
}

/** What the signature of one request covers beside its body. */
export interface Signed {
  readonly timestamp: string;
  readonly nonce: string;
}

/** Signs a body as it is sent. [public: ev/crypt, contract feishu-contact.md 6.5] */
export function signatureOf(body: string, encryptKey: string, { timestamp, nonce }: Signed): string {
  return hash('sha256', `${timestamp}${nonce}${encryptKey}${body}`);
}
