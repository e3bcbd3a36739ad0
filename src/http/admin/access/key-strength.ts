/** Fewer characters, or fewer different ones, can be found by trying, or are a word. */
const LEAST = 16;
const LEAST_DIFFERENT = 8;
/** So large a part of a key may be steps of one. */
const MOST_COUNTED = 1 / 2;
/** Among sixteen digits every sixth neighbour is a step by chance: half of a random key are in one of 300,000, two thirds in none. */
const MOST_COUNTED_HEX = 2 / 3;
const LONG_HEX = /^(?:[0-9a-f]{32,}|[0-9A-F]{32,})$/;

/**
 * Returns whether a key can be guessed: it is short, has few different characters, or mostly counts up or down as rows
 * of digits and letters do. Other weaknesses cannot be seen from the key.
 */
export function isGuessable(key: string): boolean {
  const characters = Array.from(key, (character) => character.codePointAt(0) ?? 0);
  if (characters.length < LEAST || new Set(characters).size < LEAST_DIFFERENT) return true;
  let steps = 0;
  for (let at = 1; at < characters.length; at++) {
    const step = (characters[at] ?? 0) - (characters[at - 1] ?? 0);
    if (Math.abs(step) <= 1) steps++;
  }
  return steps > characters.length * (LONG_HEX.test(key) ? MOST_COUNTED_HEX : MOST_COUNTED);
}
