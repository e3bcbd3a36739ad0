import { randomBytes, randomUUID } from 'node:crypto';

/** Where everything unguessable comes from, so that a test can make it repeatable. */
export interface Ids {
  /** A fresh identifier: the prefix, then 20 lower-case letters and digits. */
  fresh(prefix: string): string;
  /** Random text of the given number of hex characters. */
  hex(length: number): string;
  /** A UUID, for the id of one request. */
  uuid(): string;
}

const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789'; // 32 characters, so that five bits of each byte choose one

/** Identifiers from the operating system's randomness. */
export const randomIds: Ids = {
  fresh: (prefix) => prefix + Array.from(randomBytes(20), (byte) => ALPHABET[byte & 31]).join(''),
  hex: (length) =>
    randomBytes(Math.ceil(length / 2))
      .toString('hex')
      .slice(0, length),
  uuid: () => randomUUID(),
};
