/**
 * Characters that change how the text around them is shown, or show nothing. The joiner is none of them between two pictures,
 * where it makes one emoji of them; anywhere else it hides.
 */
const HIDDEN =
  /[[\p{Cc}\p{Cf}]--[\n\r\t\u{200D}]]|(?<!\p{Extended_Pictographic}(?:\u{FE0F}|\p{Emoji_Modifier})?)\u{200D}|\u{200D}(?!\p{Extended_Pictographic})/gv;

/** Returns a text in which characters that hide or turn others round are named, e.g. `⟦U+202E⟧`. */
export function visible(text: string): string {
  return text.replaceAll(
    HIDDEN,
    (character) => `⟦U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟧`,
  );
}
