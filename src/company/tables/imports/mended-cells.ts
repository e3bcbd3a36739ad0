import { ImportError, type MendedCell } from '../contract.ts';
import type { TableRow } from '../formats/cell-text.ts';

/** So many cells of an import are mended here; who has more to mend sends the file again. */
export const MAX_MENDED = 1_000;

/** Adds cells to those that are mended already; a cell that is mended again has the newer value. */
export function withMended(
  before: readonly MendedCell[],
  cells: readonly MendedCell[],
  columns: number,
): readonly MendedCell[] {
  const strange = cells.find(({ column }) => column >= columns);
  if (strange !== undefined)
    throw new ImportError('columns', {
      en: `The table has no column ${String(strange.column)}; they count from 0.`,
      zh: `表格没有第 ${String(strange.column)} 列（从 0 数起）。`,
    });
  const all = new Map([...before, ...cells].map((cell) => [`${String(cell.row)} ${String(cell.column)}`, cell]));
  if (all.size > MAX_MENDED)
    throw new ImportError('columns', {
      en: `At most ${String(MAX_MENDED)} cells are mended here; mend the file and send it again.`,
      zh: `这里最多改正 ${String(MAX_MENDED)} 个单元格，请改好文件后重新上传。`,
    });
  return [...all.values()];
}

/** Returns how rows are read: with their mended cells. */
export function mendedReader(cells: readonly MendedCell[]): (row: TableRow) => TableRow {
  const byRow = Map.groupBy(cells, ({ row }) => row);
  return (row) => {
    const mended = byRow.get(row.row);
    if (mended === undefined) return row;
    const width = Math.max(row.cells.length, ...mended.map(({ column }) => column + 1));
    const values = Array.from({ length: width }, (_none, column) => row.cells[column] ?? '');
    for (const { column, value } of mended) values[column] = value;
    return { ...row, cells: values };
  };
}
