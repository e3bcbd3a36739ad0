/** A file has no more rows, and a row no more cells; our own bounds. */
export const MAX_ROWS = 100_000;
const MAX_CELLS = 200;

/**
 * The rows of a CSV file in UTF-8, with or without a byte order mark; null in the place of what cannot be read. Cells are
 * quoted where needed, a line ends in CRLF or LF, and no cell is a formula. (wecom-more 6.3)
 */
export function* csvRows(bytes: Uint8Array): Generator<readonly string[] | null> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    yield null;
    return;
  }
  for (let at = 0; at < text.length;) {
    const row: string[] = [];
    for (let more = true; more;) {
      const cell = cellAt(text, at);
      if (cell === null || row.length === MAX_CELLS) {
        yield null;
        return;
      }
      row.push(cell.value.trim());
      more = text[cell.end] === ',';
      at = cell.end + 1;
    }
    yield row;
  }
}

/** A cell and where it ends: at a comma, a line's end or the end; null where a quote is not closed. */
function cellAt(text: string, from: number): { readonly value: string; readonly end: number } | null {
  if (text[from] !== '"') {
    const end = endOfPlain(text, from);
    return { value: text.slice(from, end), end };
  }
  let value = '';
  for (let at = from + 1; ;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return null;
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') {
      // What follows a closing quote up to the comma belongs to the cell, as spreadsheets read it.
      const end = endOfPlain(text, quote + 1);
      return { value: value + text.slice(quote + 1, end), end };
    }
    value += '"';
    at = quote + 2;
  }
}

function endOfPlain(text: string, from: number): number {
  let end = from;
  while (end < text.length && text[end] !== ',' && text[end] !== '\n') end++;
  return end;
}

/** Whether nothing is in a row: such rows are passed over. */
export function isBlank(row: readonly string[]): boolean {
  return row.every((cell) => cell === '');
}
