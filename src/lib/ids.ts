import { randomBytes, randomFillSync } from 'node:crypto';

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
    drawFor(FRESH_LENGTH);
    let id = prefix;
    for (let index = 0; index < FRESH_LENGTH; index++) id += ALPHABET.charAt((drawn[used++] ?? 0) & 31);
    return id;
  },
  hex: (length) =>
    randomBytes(Math.ceil(length / 2))
      .toString('hex')
      .slice(0, length),
  uuid: () => nextUuid(),
};

const UUID_BYTES = 16;
/** So many random bytes are drawn at once, for some hundred ids: to draw a few costs nearly as much. */
const drawn = new Uint8Array(4_096);
let used = drawn.length;

/** Sees to so many bytes that no id has yet. */
function drawFor(length: number): void {
  if (used + length <= drawn.length) return;
  randomFillSync(drawn);
  used = 0;
}

const DIGITS = Buffer.from('0123456789abcdef');
/** The text of the last one: its hyphens and its version stay. */
const text = Buffer.from('00000000-0000-4000-8000-000000000000');
/** Where the two digits of each byte stand. */
const PLACES = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const;
const VERSION = 14;
const VARIANT = 19;

/** A UUID of version 4. The runtime's own is put together from some twenty texts, which each call would leave behind. */
function nextUuid(): string {
  drawFor(UUID_BYTES);
  for (const place of PLACES) {
    const byte = drawn[used++] ?? 0;
    text[place] = DIGITS[byte >> 4] ?? 0;
    text[place + 1] = DIGITS[byte & 15] ?? 0;
  }
  text[VERSION] = DIGITS[4] ?? 0;
  text[VARIANT] = DIGITS[8 + ((drawn[used - 8] ?? 0) >> 6)] ?? 0;
  return text.toString('latin1');
}
