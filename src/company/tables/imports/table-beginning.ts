import { bareText } from '../formats/bare-text.ts';
import { fieldsOf, matchColumns, templateOf, type TablePlatform } from '../columns/columns.ts';
import type { OtherSheet } from '../contract.ts';
import { encodingOf } from '../formats/encoding.ts';
import type { TableLimits } from '../formats/limits.ts';
import { bookOf, readTable } from '../formats/read-table.ts';
import { TableError } from '../formats/table-error.ts';
import { chosenSheet } from '../formats/xlsx-sheets.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { KeptImport } from './kept-import.ts';

/** So many rows are looked at for examples of what the columns have. */
const EXAMPLES = 50;

/** What is read of a table before it is checked. */
export interface TableBeginning {
  readonly sheet?: string;
  readonly otherSheets?: readonly OtherSheet[];
  readonly is1904?: true;
  readonly guessedEncoding?: 'GB18030';
  readonly headers: readonly string[];
  readonly examples: readonly string[];
}

/** Reads the header of a table with examples, of the sheet that is wanted, and says which sheets there are besides. */
export async function tableBeginning(
  path: string,
  limits: TableLimits,
  wanted: string | null,
): Promise<TableBeginning> {
  const book = await bookOf(path, limits);
  if (book === null && wanted !== null) throw noBook();
  const sheet = book === null ? null : chosenSheet(book.sheets, wanted).name;
  const others = (book?.sheets ?? []).filter(({ name, hasText }) => name !== sheet && hasText);
  let headers: readonly string[] | null = null;
  const examples: string[] = [];
  let looked = 0;
  for await (const { cells } of readTable(path, limits, sheet)) {
    if (headers === null) {
      headers = cells.map(bareText);
      continue;
    }
    cells.forEach((cell, column) => {
      const text = bareText(cell);
      if (text !== '') examples[column] ??= text;
    });
    if (++looked === EXAMPLES) break;
  }
  if (headers === null) throw sheet === null ? noText() : noTextIn(sheet);
  return {
    ...(sheet === null ? {} : { sheet, otherSheets: others.map(({ name, isHidden }) => ({ name, hidden: isHidden })) }),
    ...(book?.is1904 === true ? { is1904: true } : {}),
    ...(book === null && (await encodingOf(path)) === 'gb18030' ? { guessedEncoding: 'GB18030' } : {}),
    headers,
    examples: headers.map((_header, column) => examples[column] ?? ''),
  };
}

/** What an import keeps of the beginning of its table. */
export function keptBeginning(
  { headers, ...rest }: TableBeginning,
  tenant: Tenant,
  platforms: readonly TablePlatform[],
): Pick<KeptImport, 'sheet' | 'otherSheets' | 'is1904' | 'guessedEncoding' | 'examples' | 'columns' | 'template'> {
  return {
    ...rest,
    template: templateOf(headers, platforms)?.name ?? null,
    columns: matchColumns(headers, fieldsOf(tenant, platforms)),
  };
}

function noBook(): TableError {
  return new TableError('no-sheet', {
    en: 'The file is CSV, which has no sheets; leave the name of a sheet out, or choose a workbook.',
    zh: '文件是 CSV，没有工作表；请不要指定工作表，或改选工作簿。',
  });
}

function noText(): TableError {
  return new TableError('empty', { en: 'The table has no text; choose another.', zh: '表格没有内容，请另选文件。' });
}

function noTextIn(sheet: string): TableError {
  return new TableError('empty', {
    en: `The sheet “${sheet}” has no text; choose another.`,
    zh: `工作表「${sheet}」没有内容，请另选工作表或文件。`,
  });
}
