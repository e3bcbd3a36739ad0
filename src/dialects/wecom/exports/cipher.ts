import { createCipheriv } from 'node:crypto';

const BLOCK = 32;

/**
 * A file as it is handed out: AES-256-CBC, the key's first 16 bytes as IV, PKCS#7 to 32 bytes, and nothing in front.
 * (wecom-more 11)
 */
export function encryptFile(text: string, encodingAesKey: string): Buffer {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  const plain = Buffer.from(text);
  const padding = BLOCK - (plain.length % BLOCK);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16));
  cipher.setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(padding, padding)), cipher.final()]);
}

/** Whether a text is a key: 43 characters that are 32 bytes. */
export function isEncodingAesKey(text: unknown): text is string {
  return typeof text === 'string' && /^[A-Za-z0-9]{43}$/.test(text);
}
