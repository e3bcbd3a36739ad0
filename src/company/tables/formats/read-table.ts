import { open, stat } from 'node:fs/promises';
import { bareText } from './bare-text.ts';
import type { TableRow } from './cell-text.ts';
import type { TableLimits } from './limits.ts';
import { TableError, tooLargeFile } from './table-error.ts';
import type { BookSheets } from './xlsx-sheets.ts';

/** What a file is, by its first bytes; its name is not asked. */
type TableForm = 'csv' | 'xlsx';

/** The first bytes of a packed file, of a PDF, and of the container that old and encrypted workbooks have. */
const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
const PDF = Buffer.from('%PDF');
const OLD = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);

/** How a page and the XML of old spreadsheets begin; a mark of UTF-8 may be before it. */
const MARKUP = /^(?:\xef\xbb\xbf)?\s*<(?:!doctype|[?]xml|html|head|meta|style|body|table|workbook)\b/i;

/** Returns what a file is. Throws {@link TableError} for what is no table, or too large for one. */
async function formOf(path: string, limits: TableLimits): Promise<TableForm> {
  const { size } = await stat(path);
  if (size === 0)
    throw new TableError('empty', { en: 'The file is empty; choose another.', zh: '文件是空的，请另选文件。' });
  if (size > limits.bytes) throw tooLargeFile(limits.bytes);
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(1_024), 0, 1_024, 0);
    const first = buffer.subarray(0, 4);
    if (first.equals(ZIP)) return 'xlsx';
    if (first.equals(OLD)) {
      throw new TableError('old-excel', {
        en: 'The workbook is an old .xls or .et, or has a password; save it as .xlsx without one.',
        zh: '工作簿是旧格式（.xls、.et）或设有密码，请另存为不带密码的 .xlsx。',
      });
    }
    const isWide = (first[0] === 0xff && first[1] === 0xfe) || (first[0] === 0xfe && first[1] === 0xff);
    if (first.equals(PDF) || (!isWide && buffer.subarray(0, Math.min(size, buffer.length)).includes(0))) {
      throw new TableError('not-a-table', {
        en: 'The file is neither a CSV file nor a workbook; save the table as .xlsx or CSV UTF-8.',
        zh: '文件既不是 CSV 也不是 Excel 工作簿，请将表格另存为 .xlsx 或「CSV UTF-8」。',
      });
    }
    if (MARKUP.test(buffer.subarray(0, Math.min(size, buffer.length)).toString('latin1'))) {
      throw new TableError('not-a-table', {
        en: 'The file is a web page or XML under the name of a table, as some systems export; open it in Excel, and save it as .xlsx.',
        zh: '文件其实是网页或 XML，只是用了表格的文件名（部分系统如此导出）；请用 Excel 打开，另存为 .xlsx。',
      });
    }
    return 'csv';
  } finally {
    await file.close();
  }
}

// The packages of both forms are loaded with the first table: most servers never read one.
const csvReader = async () => (await import('./csv-in.ts')).csvRows;
const xlsxReader = async () => await import('./xlsx-in.ts');

/** Returns the sheets of a workbook, and how it counts days; null of a CSV file, which has none. */
export async function bookOf(path: string, limits: TableLimits): Promise<BookSheets | null> {
  return (await formOf(path, limits)) === 'xlsx' ? await (await xlsxReader()).xlsxSheets(path, limits) : null;
}

/**
 * Yields the rows of a table with text in them, the header first; of a workbook those of the sheet, or of the first that is shown.
 * Throws {@link TableError}, past the limit of rows, too.
 */
export async function* readTable(
  path: string,
  limits: TableLimits,
  sheet: string | null = null,
): AsyncGenerator<TableRow, void, undefined> {
  const isBook = (await formOf(path, limits)) === 'xlsx';
  const rows = isBook ? (await xlsxReader()).xlsxRows(path, limits, sheet) : (await csvReader())(path, limits);
  let count = 0;
  for await (const row of rows) {
    // A row of nothing but space, as is left where one was cleared, is a blank one.
    if (row.cells.every((cell) => bareText(cell) === '')) continue;
    if (count++ > limits.rows) {
      const most = String(limits.rows);
      throw new TableError('too-many-rows', {
        en: `The table has more than ${most} rows; split it.`,
        zh: `表格超过 ${most} 行，请拆分后分别导入。`,
      });
    }
    yield row;
  }
}
