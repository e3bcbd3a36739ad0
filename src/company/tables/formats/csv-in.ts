import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { unguarded, type TableRow } from './cell-text.ts';
import { encodingOf, textOfFile } from './encoding.ts';
import type { TableLimits } from './limits.ts';
import { TableError } from './table-error.ts';

/** What may lie between cells: a spreadsheet takes the one of its language. */
const DELIMITERS = [',', ';', '\t'] as const;

/** Yields the rows of a CSV file in UTF-8, UTF-16 or GB18030, as text; blank ones are passed over. */
export async function* csvRows(path: string, limits: TableLimits): AsyncGenerator<TableRow, void, undefined> {
  const encoding = await encodingOf(path);
  const text = textOfFile(path, encoding);
  const first = await text.next();
  if (first.done === true) return;
  const parser = parse({
    delimiter: delimiterOf(first.value),
    relax_column_count: true,
    // A quote within a cell that is not quoted is part of it, as spreadsheets read it.
    relax_quotes: true,
    skip_empty_lines: true,
    info: true,
    max_record_size: limits.columns * limits.cell,
  });
  const source = Readable.from(joined(first.value, text));
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<ParsedRow>) {
      const cells = record.map((cell) => checked(unguarded(cell), info.lines, limits));
      if (cells.length > limits.columns) throw tooManyColumns(info.lines, limits);
      if (cells.some((cell) => cell !== '')) yield { row: info.lines, cells };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new TableError('damaged', `The file is not CSV: ${error.message}`, error);
  } finally {
    source.destroy();
  }
}

interface ParsedRow {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

async function* joined(first: string, others: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  if (first !== '') yield first;
  for await (const piece of others) if (piece !== '') yield piece;
}

/** Returns the delimiter that the first line has most of, outside of quotes. */
function delimiterOf(text: string): string {
  const end = text.search(/[\r\n]/);
  const line = (end < 0 ? text : text.slice(0, end)).replaceAll(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** Returns a cell without the space around it; refuses one that is too long. */
function checked(cell: string, row: number, limits: TableLimits): string {
  if (cell.length > limits.cell) {
    throw new TableError('too-large', `Row ${String(row)} has a cell of more than ${String(limits.cell)} characters.`);
  }
  return cell;
}

/** The refusal of a row with too many cells. */
export function tooManyColumns(row: number, limits: TableLimits): TableError {
  return new TableError(
    'too-many-columns',
    `Row ${String(row)} has more than ${String(limits.columns)} columns; remove those that are not needed.`,
  );
}
