import { bareText } from '../columns/bare-text.ts';
import type { CellProblem } from '../columns/cell-problem.ts';
import type { FieldContext, RowDraft, TableField } from '../columns/field.ts';

/** Something wrong with a row, and the column it is in. */
export interface RowProblem extends CellProblem {
  /** The field; null where it is the whole row. */
  readonly field: string | null;
}

/** A spreadsheet shows this where a formula failed. */
const ERROR_VALUE = /^#(REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|CALC!)$/;

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
    const problem = unusable(cell) ?? field.read(cell, draft, context);
    if (problem !== null) problems.push({ ...problem, field: field.name });
  });
  return { draft, problems };
}

/** What no field takes: an error of a formula, and texts that cannot be kept. */
function unusable(cell: string): CellProblem | null {
  if (ERROR_VALUE.test(cell)) {
    return { en: `The formula of this cell failed: ${cell}.`, zh: `单元格公式出错：${cell}。` };
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

/** No field of a record is longer. */
const MAX_TEXT = 5_000;
