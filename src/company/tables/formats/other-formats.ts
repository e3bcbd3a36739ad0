import { damagedBook, TableError } from './table-error.ts';
import type { XlsxParts } from './xlsx-parts.ts';

/** What else is packed as a workbook is, by a part that it has. */
const OTHERS = [
  {
    part: 'content.xml',
    en: 'The file is an OpenDocument table (.ods); save it as .xlsx, in LibreOffice or WPS with "Save as".',
    zh: '文件是 OpenDocument 表格（.ods），请在 LibreOffice 或 WPS 中另存为 .xlsx。',
  },
  {
    part: 'Index/Document.iwa',
    en: 'The file is of Apple Numbers; export it there as Excel, and save that as .xlsx.',
    zh: '文件是 Apple Numbers 表格，请在 Numbers 中导出为 Excel（.xlsx）。',
  },
  {
    part: 'Index.zip',
    en: 'The file is of Apple Numbers; export it there as Excel, and save that as .xlsx.',
    zh: '文件是 Apple Numbers 表格，请在 Numbers 中导出为 Excel（.xlsx）。',
  },
  {
    part: 'xl/workbook.bin',
    en: 'The workbook is a binary one (.xlsb); save it as .xlsx.',
    zh: '工作簿是二进制格式（.xlsb），请另存为 .xlsx。',
  },
  {
    part: 'word/document.xml',
    en: 'The file is a Word document; copy its table into Excel, and save it as .xlsx.',
    zh: '文件是 Word 文档，请将其中的表格复制到 Excel，另存为 .xlsx。',
  },
  {
    part: 'ppt/presentation.xml',
    en: 'The file is a presentation; copy its table into Excel, and save it as .xlsx.',
    zh: '文件是演示文稿，请将其中的表格复制到 Excel，另存为 .xlsx。',
  },
] as const;

/** Returns the refusal of a packed file that is no workbook, as what it is where that can be said. */
export function otherFormat(parts: XlsxParts): TableError {
  const other = OTHERS.find(({ part }) => parts.has(part));
  if (other !== undefined) return new TableError('not-a-table', other);
  if (parts.has('[Content_Types].xml')) return damagedBook();
  return new TableError('damaged', {
    en: 'The file is a zip archive without a workbook; unpack it, and choose the table in it.',
    zh: '文件是压缩包，不是工作簿；请解压后选择其中的表格。',
  });
}
