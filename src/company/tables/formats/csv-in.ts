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
    throw notCsv(error);
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
