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

const FRESH_LENGTH = 20;

/** Identifiers from the operating system's randomness. */
export const randomIds: Ids = {
  fresh: (prefix) => {
    let id = prefix;
    for (const byte of randomBytes(FRESH_LENGTH)) id += ALPHABET.charAt(byte & 31);
    return id;
  },
  hex: (length) =>
    randomBytes(Math.ceil(length / 2))
      .toString('hex')
      .slice(0, length),
  uuid: () => randomUUID(),
};
