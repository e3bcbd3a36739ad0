import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

const BLOCK = 32;
const RANDOM = 16;
const LENGTH = 4;

/**
 * Encrypts a message: AES-256-CBC over sixteen random bytes, the length, the message and the receiver's id, with PKCS#7 to
 * 32 bytes. (wecom-more 10.4)
 */
export function encryptMessage(message: string, receiveid: string, encodingAesKey: string, random: Uint8Array): string {
  const text = Buffer.from(message);
  const length = Buffer.alloc(LENGTH);
  length.writeUInt32BE(text.length);
  const plain = Buffer.concat([random.subarray(0, RANDOM), length, text, Buffer.from(receiveid)]);
  const padding = BLOCK - (plain.length % BLOCK);
  const key = keyOf(encodingAesKey);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16));
  cipher.setAutoPadding(false);
  const parts = [cipher.update(plain), cipher.update(Buffer.alloc(padding, padding)), cipher.final()];
  return Buffer.concat(parts).toString('base64');
}

/** Decrypts a message, as a receiver does. (wecom-more 10.4) */
export function decryptMessage(
  encrypted: string,
  encodingAesKey: string,
): { readonly message: string; readonly receiveid: string } {
  const key = keyOf(encodingAesKey);
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16));
  decipher.setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()]);
  const plain = padded.subarray(0, padded.length - (padded.at(-1) ?? 0));
  const end = RANDOM + LENGTH + plain.readUInt32BE(RANDOM);
  return { message: plain.toString('utf8', RANDOM + LENGTH, end), receiveid: plain.toString('utf8', end) };
}

/** Signs what is sent: SHA-1 of the four texts, sorted by their bytes and joined. (wecom-more 10.4) */
export function signatureOf(token: string, timestamp: string, nonce: string, encrypted: string): string {
  const sorted = [token, timestamp, nonce, encrypted]
    .map((text) => Buffer.from(text))
    .sort((one, other) => one.compare(other));
  return createHash('sha1').update(Buffer.concat(sorted)).digest('hex');
}

function keyOf(encodingAesKey: string): Buffer {
  return Buffer.from(`${encodingAesKey}=`, 'base64');
}
