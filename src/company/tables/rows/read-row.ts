import { bareText } from '../formats/bare-text.ts';
import { isShortened, NO_RESULT } from '../formats/cell-text.ts';
import type { CellProblem } from '../columns/cell-problem.ts';
import type { FieldContext, RowDraft, TableField } from '../columns/field.ts';

/** Something wrong with a row, and the column it is in. */
export interface RowProblem extends CellProblem {
  /** The field; null where it is the whole row. */
  readonly field: string | null;
}

/** A spreadsheet shows this where a formula failed. */
const ERROR_VALUE =
  /^(?:#(?:REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|BUSY!|GETTING_DATA)|Err:[0-9]{3})$/;
/** A column that is too narrow shows this, and a CSV file has what is shown. */
const TOO_NARROW = /^#{3,}$/;

/** Reads the cells of a row by its columns. An empty cell says nothing, or clears. */
export function readRow(
  cells: readonly string[],
  columns: readonly (TableField | null)[],
  context: FieldContext,
  clearsEmpty: boolean,
): { readonly draft: RowDraft; readonly problems: readonly RowProblem[] } {
  const draft: RowDraft = { patch: {}, keys: { ids: {} } };
  const problems: RowProblem[] = [];
  columns.forEach((field, index) => {
    if (field === null) return;
    const cell = bareText(cells[index] ?? '');
    if (cell === '') {
      if (clearsEmpty) field.clear?.(draft);
      return;
    }
    const problem = unusable(cell) ?? brokenKey(cell, field) ?? field.read(cell, draft, context);
    if (problem !== null) problems.push({ ...problem, field: field.name });
  });
  return { draft, problems };
}

/** What no field takes: an error of a formula, and texts that cannot be kept. */
function unusable(cell: string): CellProblem | null {
  if (ERROR_VALUE.test(cell)) {
    return { en: `The formula of this cell failed: ${cell}.`, zh: `单元格公式出错：${cell}。` };
  }
  if (cell === NO_RESULT) {
    return {
      en: 'The file has no result of the formula in this cell; open it in Excel, save it, and send it again, or write the value.',
      zh: '文件里没有这个单元格公式的结果；请用 Excel 打开并保存后重新上传，或直接填写该值。',
    };
  }
  if (TOO_NARROW.test(cell)) {
    return {
      en: 'The column was too narrow to show the value, and the file has the signs # only; widen it, and save again.',
      zh: '列太窄，文件里只有一串 #；请调宽该列后重新保存。',
    };
  }
  if (isShortened(cell)) {
    return {
      en: `${cell} is a number that was shortened, its last digits are lost; format the column as text, and write the whole number again.`,
      zh: `「${cell}」已被表格软件改成科学计数法，末尾几位已丢失；请将该列设为文本格式，并重新填写完整的数字。`,
    };
  }
  if (!cell.isWellFormed() || cell.includes('\0')) {
    return { en: 'The cell has characters that cannot be kept.', zh: '单元格含有无法保存的字符。' };
  }
  if (cell.length > MAX_TEXT) {
    return {
      en: `The cell has more than ${String(MAX_TEXT)} characters.`,
      zh: `单元格超过 ${String(MAX_TEXT)} 个字符。`,
    };
  }
  return null;
}

/** A name or key has one line; one of several is made by a quote that is not closed, or is two values in one cell. */
function brokenKey(cell: string, { isKey, name }: TableField): CellProblem | null {
  if ((isKey !== true && name !== 'name') || !/[\r\n]/.test(cell)) return null;
  return {
    en: 'The cell has several lines, and the value is one; write one value.',
    zh: '单元格有多行，而这里只能是一个值；请只填写一个值。',
  };
}

/** No field of a record is longer. */
const MAX_TEXT = 5_000;
