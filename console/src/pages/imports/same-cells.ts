import type { ImportRows, MendedCell } from '../../../../src/company/tables/contract.ts';

/** So many rows are asked for at a time: as many as one answer has. */
const PAGE = 200;
/** So many cells of an import are mended at most. */
export const MAX_MENDED = 1_000;

/** Cells that are mended in the same way. */
export interface SameCells {
  readonly cells: readonly MendedCell[];
  /** Whether there are more than can be mended. */
  readonly areMore: boolean;
}

/** Finds the cells of a column with the same value, a page of rows at a time, up to as many as can be mended. */
export async function sameCells(
  page: (offset: number, limit: number) => Promise<ImportRows>,
  column: number,
  value: string,
  name: string,
): Promise<SameCells> {
  const cells: MendedCell[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const { rows, total } = await page(offset, PAGE);
    for (const one of rows) if (one.cells[column] === value) cells.push({ row: one.row, column, value: name });
    if (cells.length > MAX_MENDED) return { cells: cells.slice(0, MAX_MENDED), areMore: true };
    if (rows.length === 0 || offset + PAGE >= total) return { cells, areMore: false };
  }
}
