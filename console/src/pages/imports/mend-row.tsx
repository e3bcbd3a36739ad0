import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import type { ImportRow, ImportView, MendedCell } from '../../../../src/company/tables/contract.ts';
import { api } from '../../api/client.ts';
import { noteImport } from '../../api/import-queries.ts';
import { visible } from '../../ui/code/visible.ts';
import { Failure } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import { cutText } from './cut-text.ts';
import { sameCells, type SameCells } from './same-cells.ts';
import { importWords } from './words.ts';

/** Returns how cells of an import are mended: they are kept, and all rows are checked again. */
function useMend(company: string, view: ImportView, leftSome: (mended: number | null) => void) {
  const queries = useQueryClient();
  const params = { key: company, id: view.id };
  return useMutation({
    mutationFn: async (find: () => Promise<SameCells>) => {
      const { cells, areMore } = await find();
      await api('imports.match', { params, body: { mended: cells } });
      leftSome(areMore ? cells.length : null);
      return api('imports.check', { params });
    },
    onSuccess: (now: ImportView) => {
      noteImport(queries, company, now);
    },
  });
}

/** These cells and no others. */
function only(cells: readonly MendedCell[]): Promise<SameCells> {
  return Promise.resolve({ cells, areMore: false });
}

/** Mends a row that was refused: with a name that is close, in this row or in all that have the same, or cell by cell. */
export function MendRow({
  company,
  view,
  row,
  leftSome,
}: {
  readonly company: string;
  readonly view: ImportView;
  readonly row: ImportRow;
  /** Hears how many cells were mended where some with the same value are left; null where none is. */
  readonly leftSome: (mended: number | null) => void;
}): ReactNode {
  const say = useWords(importWords);
  const [typed, setTyped] = useState<readonly string[] | null>(null);
  const mend = useMend(company, view, leftSome);
  const cells = view.columns.map((_column, column) => row.cells[column] ?? '');
  const proposals = row.problems.flatMap(({ field, did_you_mean: close = [] }) => {
    const column = view.columns.findIndex((one) => one.field === field);
    return column === -1 ? [] : close.map((name) => ({ column, name, value: cells[column] ?? '' }));
  });
  const inAll = (column: number, value: string, name: string): Promise<SameCells> =>
    sameCells(
      (offset, limit) =>
        api('imports.rows', {
          params: { key: company, id: view.id },
          query: { state: 'refused', offset, limit },
        }),
      column,
      value,
      name,
    );
  if (typed !== null)
    return (
      <form
        className="import-mend"
        aria-label={say('mendRow', { row: row.row })}
        onSubmit={(event) => {
          event.preventDefault();
          const changed = typed.flatMap((value, column) =>
            value === cells[column] ? [] : [{ row: row.row, column, value }],
          );
          mend.mutate(() => only(changed));
        }}
      >
        {view.columns.map(({ header, field }, column) =>
          field === null ? null : (
            <label key={column} className="import-mend-cell">
              <span className="small quiet">{visible(cutText(header))}</span>
              <Input
                size="small"
                aria-label={visible(cutText(header))}
                value={typed[column] ?? ''}
                onChange={({ target }) => {
                  setTyped(typed.with(column, target.value));
                }}
              />
            </label>
          ),
        )}
        <span className="row wrap">
          <Button size="small" type="primary" htmlType="submit" loading={mend.isPending}>
            {say('mended')}
          </Button>
          <Button
            size="small"
            onClick={() => {
              setTyped(null);
            }}
          >
            {say('cancel')}
          </Button>
        </span>
        {mend.error !== null && <Failure what={say('mendFailed')} error={mend.error} />}
      </form>
    );
  return (
    <span className="row wrap">
      {proposals.map(({ column, name, value }) => (
        <span key={`${String(column)} ${name}`} className="row wrap">
          <Button
            size="small"
            disabled={mend.isPending}
            onClick={() => {
              mend.mutate(() => only([{ row: row.row, column, value: name }]));
            }}
          >
            {say('useName', { name: visible(name) })}
          </Button>
          <Button
            size="small"
            disabled={mend.isPending}
            onClick={() => {
              mend.mutate(() => inAll(column, value, name));
            }}
          >
            {say('useForAll', { name: visible(name), value: visible(value) })}
          </Button>
        </span>
      ))}
      <Button
        size="small"
        aria-label={say('mendRow', { row: row.row })}
        onClick={() => {
          setTyped(cells);
        }}
      >
        {say('mend')}
      </Button>
      {mend.error !== null && <Failure what={say('mendFailed')} error={mend.error} />}
    </span>
  );
}
