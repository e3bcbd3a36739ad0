/** So much of a header or an example is shown: a cell may be as long as a book, and the page would stop to be drawn. */
const MAX_SHOWN = 80;

/** Returns the beginning of a text that is too long for a line. */
export function cutText(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
