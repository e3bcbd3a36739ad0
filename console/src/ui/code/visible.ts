/** Characters that change how the text around them is shown, or show nothing; the joiner of emoji is none. */
const HIDDEN = /[[\p{Cc}\p{Cf}]--[\n\r\t\u{200D}]]/gv;

/** Returns a text in which characters that hide or turn others round are named, e.g. `⟦U+202E⟧`. */
export function visible(text: string): string {
  return text.replaceAll(
    HIDDEN,
    (character) => `⟦U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟧`,
  );
}
