import { expect, test } from 'vitest';
import type { ImportRow, ImportRows } from '../../../../src/company/tables/contract.ts';
import { MAX_MENDED, sameCells } from './same-cells.ts';

const rowOf = (row: number, cell: string): ImportRow => ({
  row,
  state: 'refused',
  action: null,
  employee: null,
  name: '',
  cells: ['', cell],
  fields: {},
  problems: [],
  verdicts: {},
});

function pagesOf(rows: readonly ImportRow[]): (offset: number, limit: number) => Promise<ImportRows> {
  return (offset, limit) => Promise.resolve({ rows: rows.slice(offset, offset + limit), total: rows.length });
}

test('the same value is found on every page, and only in its column', async () => {
  const rows = Array.from({ length: 450 }, (_none, at) => rowOf(at + 2, at % 2 === 0 ? '后端租' : '前端'));
  const { cells, areMore } = await sameCells(pagesOf(rows), 1, '后端租', '后端组');
  expect(cells).toHaveLength(225);
  expect(cells.at(-1)).toEqual({ row: 450, column: 1, value: '后端组' });
  expect(areMore).toBe(false);
  expect(await sameCells(pagesOf(rows), 0, '后端租', '后端组')).toEqual({ cells: [], areMore: false });
});

test.each([
  [MAX_MENDED, false],
  [MAX_MENDED + 1, true],
])('of %i cells as many are mended as can be, and it says whether some are left: %s', async (count, areMore) => {
  const rows = Array.from({ length: count }, (_none, at) => rowOf(at + 2, 'x'));
  const found = await sameCells(pagesOf(rows), 1, 'x', 'y');
  expect(found.cells).toHaveLength(MAX_MENDED);
  expect(found.areMore).toBe(areMore);
});
