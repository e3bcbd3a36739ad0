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
  const { delimiter, rest } = beginningOf(first.value);
  const parser = parse({
    delimiter,
    relax_column_count: true,
    // A quote within a cell that is not quoted is part of it, as spreadsheets read it.
    relax_quotes: true,
    skip_empty_lines: true,
    info: true,
    raw: true,
    max_record_size: limits.columns * limits.cell,
  });
  const source = Readable.from(joined(rest, text));
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let last = 0;
  let width = 0;
  let before = 0;
  try {
    for await (const { record, info, raw } of parser as AsyncIterable<ParsedRow>) {
      // As a spreadsheet counts: a cell of several lines is in one row, and a blank line is one.
      const row = info.records + info.empty_lines;
      const least = record.length < width ? before : Infinity;
      if (record.some((cell, at) => isRunOn(cell, raw) || holdsRow(cell, record.length - at, delimiter, least)))
        throw openQuote(row);
      const cells = record.map((cell) => checked(unguarded(cell), row, limits));
      if (cells.length > limits.columns) throw tooManyColumns(row, limits);
      last = row;
      if (cells.every((cell) => cell === '')) continue;
      if (width === 0) width = cells.length;
      // Rows beside each other have as many cells, as a spreadsheet leaves empty ones out of several rows at a time.
      if (!cells.some((cell) => LINE_END.test(cell))) before = cells.length;
      yield { row, cells };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE'
      ? openQuote(last + 1, error)
      : notCsv(error);
  } finally {
    source.destroy();
  }
}

const LINE_END = /[\r\n]/;

/** Whether a cell took the lines below it in, as the quote that ended it has something behind it. */
function isRunOn(cell: string, raw: string): boolean {
  return cell.startsWith('"') && LINE_END.test(cell) && !raw.includes(`"${cell.replaceAll('"', '""')}"`);
}

/**
 * Whether a line within a cell has as many cells as the row before has: then its quote took in the row below it, the last of
 * which goes on behind the cell. A comma or two make no row: one without its empty cells may have such a note.
 */
function holdsRow(cell: string, left: number, delimiter: string, least: number): boolean {
  if (least === Infinity || !LINE_END.test(cell)) return false;
  const lines = cell.split(/\r\n|[\r\n]/).slice(1);
  return lines.some((line, at) => {
    const cells = line.split(delimiter).length;
    return cells > 1 && cells + (at === lines.length - 1 ? left - 1 : 0) >= least;
  });
}

/** Finds the delimiter by the first line with text, or by the `sep=;` that tells Excel of it and is no row. */
function beginningOf(text: string): { readonly delimiter: string; readonly rest: string } {
  const [line, named] = /^"?sep=([^\r\n"])"?\r?\n/i.exec(text) ?? [];
  if (line !== undefined && named !== undefined) return { delimiter: named, rest: text.slice(line.length) };
  return { delimiter: delimiterOf(text), rest: text };
}

interface ParsedRow {
  readonly record: readonly string[];
  readonly info: { readonly records: number; readonly empty_lines: number };
  /** The row as it is in the file. */
  readonly raw: string;
}

async function* joined(first: string, others: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  if (first !== '') yield first;
  for await (const piece of others) if (piece !== '') yield piece;
}

/** So much is looked at to find the delimiter. */
const LOOKED = 16_384;

/** Returns the delimiter that the first line with text has most of, outside of quotes. */
function delimiterOf(text: string): string {
  const bare = text
    .slice(0, LOOKED)
    .replaceAll(/"[^"]*"/g, '""')
    .trimStart();
  const end = bare.search(/[\r\n]/);
  const line = end < 0 ? bare : bare.slice(0, end);
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** Returns a cell without the space around it; refuses one that is too long. */
function checked(cell: string, row: number, limits: TableLimits): string {
  if (cell.length > limits.cell) {
    throw longCell(row, limits);
  }
  return cell;
}

/** The refusal of a row with too many cells. */
export function tooManyColumns(row: number, limits: TableLimits): TableError {
  const [at, most] = [String(row), String(limits.columns)];
  return new TableError('too-many-columns', {
    en: `Row ${at} has more than ${most} columns; remove those that are not needed.`,
    zh: `第 ${at} 行超过 ${most} 列，请删除不需要的列。`,
  });
}

/** The refusal of a cell that is too long. */
export function longCell(row: number, limits: TableLimits): TableError {
  const [at, most] = [String(row), String(limits.cell)];
  return new TableError('too-large', {
    en: `Row ${at} has a cell of more than ${most} characters; shorten it.`,
    zh: `第 ${at} 行有单元格超过 ${most} 个字符，请缩短。`,
  });
}

/** The refusal of what a reader of CSV cannot go on with. */
function notCsv(error: CsvError): TableError {
  return new TableError(
    'damaged',
    {
      en: `The file is not CSV: ${error.message}; correct it, or save the table as .xlsx.`,
      zh: `文件不是有效的 CSV（${error.message}），请改正，或另存为 .xlsx。`,
    },
    error,
  );
}

/** The refusal of a quote that takes in the lines below it. */
function openQuote(row: number, cause?: unknown): TableError {
  const at = String(row);
  return new TableError(
    'damaged',
    {
      en: `A quote (") that begins in row ${at} is not closed, and the rows below would be read as part of its cell; correct it, or save the table as .xlsx.`,
      zh: `第 ${at} 行有未闭合的引号（"），下面的行会被读成同一个单元格；请改正，或将表格另存为 .xlsx。`,
    },
    cause,
  );
}
