import { stringify } from 'csv-stringify';
import iconv from 'iconv-lite';
import { Readable } from 'node:stream';
import { guarded } from './cell-text.ts';

/** How a CSV file is written. */
export interface CsvForm {
  readonly encoding: 'utf-8' | 'gb18030';
  /** Whether texts that look like formulas stay as they are: for programs, never for a spreadsheet. */
  readonly isRaw: boolean;
}

/** Yields the bytes of a CSV file; one in UTF-8 begins with a byte order mark, by which Excel knows it. */
export async function* csvBytes(
  rows: AsyncIterable<readonly string[]>,
  { encoding, isRaw }: CsvForm,
): AsyncGenerator<Uint8Array, void, undefined> {
  const lines = stringify({ record_delimiter: 'windows', bom: encoding === 'utf-8' });
  const cells = isRaw ? rows : guardedRows(rows);
  const source = Readable.from(cells, { objectMode: true });
  source.on('error', (error) => lines.destroy(error));
  source.pipe(lines);
  const encoder = encoding === 'gb18030' ? iconv.getEncoder('gb18030') : null;
  for await (const piece of lines as AsyncIterable<Buffer>) {
    if (encoder === null) yield piece;
    else yield encoder.write(piece.toString('utf8'));
  }
  const rest = encoder?.end();
  if (rest !== undefined) yield rest;
}

async function* guardedRows(
  rows: AsyncIterable<readonly string[]>,
): AsyncGenerator<readonly string[], void, undefined> {
  for await (const row of rows) yield row.map(guarded);
}
