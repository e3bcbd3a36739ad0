/** Fewer characters, or fewer different ones, can be found by trying, or are a word. */
const LEAST = 16;
const LEAST_DIFFERENT = 8;
/** The part of a counted key that are steps of one. Of a random hexadecimal key half are in one of 300,000, two thirds in none. */
const COUNTED = 2 / 3;

/**
 * Returns whether a key can be guessed: it is short, has few different characters, or for the most part counts up or down as rows
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
  return steps > characters.length * COUNTED;
}
