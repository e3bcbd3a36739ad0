import { writeXlsxStream } from 'hucre/xlsx';
import { guarded } from './cell-text.ts';

/**
 * Yields the bytes of a workbook with one sheet. Each cell is text, so that a number keeps its zeros and nothing is a formula,
 * which is why only a text that begins with an apostrophe is guarded: reading takes one off.
 */
export async function* xlsxBytes(
  rows: AsyncIterable<readonly string[]>,
  name: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const sheet = writeXlsxStream(textRows(rows), { name, freezePane: { rows: 1 } });
  for await (const piece of sheet) yield piece;
}

async function* textRows(rows: AsyncIterable<readonly string[]>): AsyncGenerator<string[], void, undefined> {
  for await (const row of rows) yield row.map((text) => escaped(text.startsWith("'") ? guarded(text) : text));
}

/** What XML cannot hold is written as the format has it, `_x000B_`; a text that only looks so gets its sign escaped. */
function escaped(text: string): string {
  return text
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll(UNPRINTABLE, (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`);
}

// eslint-disable-next-line no-control-regex -- these are what a text of XML must not have
const UNPRINTABLE = /[\u0000-\u0008\u000B\u000C\u000D\u000E-\u001F\uFFFE\uFFFF]/g;
