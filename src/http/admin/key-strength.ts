/** Fewer characters, or fewer different ones, can be found by trying, or are a word. */
const LEAST = 16;
const LEAST_DIFFERENT = 8;

/**
 * Whether a key may be found by trying: it is short, has few different characters, or counts up or down for the most
 * part as rows of digits and letters do. What it is made of besides nobody can tell from looking at it.
 */
export function isGuessable(key: string): boolean {
  const characters = Array.from(key, (character) => character.codePointAt(0) ?? 0);
  if (characters.length < LEAST || new Set(characters).size < LEAST_DIFFERENT) return true;
  let steps = 0;
  for (let at = 1; at < characters.length; at++) {
    const step = (characters[at] ?? 0) - (characters[at - 1] ?? 0);
    if (Math.abs(step) <= 1) steps++;
  }
  return steps * 2 > characters.length;
}
