import type { ImportRow, ImportRows, RowState } from '../contract.ts';
import { CHUNK } from './apply-import.ts';
import type { KeptImport } from './kept-import.ts';
import { failuresOf, RowFile, type KeptRow } from './row-file.ts';
import type { Language } from '../../../lib/language.ts';

/** Which rows are asked for. */
export interface RowsAsked {
  /** Null: rows of every state. */
  readonly state: RowState | null;
  readonly offset: number;
  readonly limit: number;
}

/** Returns some checked rows by their position among those of their state. */
export function rowsOf(path: string, { state, offset, limit }: RowsAsked): ImportRows {
  const rows = RowFile.open(path);
  try {
    const reasons = failuresOf(path);
    const states = rows.states();
    const positions: number[] = [];
    let total = 0;
    states.forEach((one, position) => {
      if (state !== null && one !== state) return;
      if (total >= offset && positions.length < limit) positions.push(position);
      total++;
    });
    const found = positions.flatMap((position) =>
      rows
        .slice(position, position + 1)
        .map((row) => rowView(row, states[position] ?? 'refused', reasons.get(position))),
    );
    return { rows: found, total };
  } finally {
    rows.close();
  }
}

/** Yields the rows that were refused or failed as they were sent, the header first, each with why. */
export function* failedRowsOf(
  { columns, counts }: KeptImport,
  path: string,
  language: Language,
): Generator<readonly string[], void, undefined> {
  const headers = columns.map(({ header }) => header);
  yield [...headers, REASON[language]];
  if (counts === null) return;
  const rows = RowFile.open(path);
  try {
    const reasons = failuresOf(path);
    for (let from = 0; from < rows.count; from += CHUNK) {
      const states = rows.states(from, from + CHUNK);
      for (const [index, row] of rows.slice(from, from + CHUNK).entries()) {
        if (states[index] !== 'refused' && states[index] !== 'failed') continue;
        const cells = headers.map((_header, column) => row.cells[column] ?? '');
        yield [...cells, whyOf(row, reasons.get(from + index), language)];
      }
    }
  } finally {
    rows.close();
  }
}

const REASON = { en: 'Reason', zh: '失败原因' };

function rowView(row: KeptRow, state: RowState, failure: { en: string; zh: string } | undefined): ImportRow {
  const { patch: _patch, seen: _seen, problems, ...shown } = row;
  return { ...shown, state, problems: failure === undefined ? problems : [...problems, { field: null, ...failure }] };
}

function whyOf(
  { problems, verdicts }: KeptRow,
  failure: { en: string; zh: string } | undefined,
  language: Language,
): string {
  const own = [...problems, ...(failure === undefined ? [] : [failure])].map((problem) => problem[language]);
  const platforms = Object.entries(verdicts).flatMap(([platform, verdict]) =>
    verdict?.accepted === false ? [`${platform} ${verdict.code ?? ''}: ${verdict.message ?? ''}`] : [],
  );
  return [...own, ...platforms].join('; ');
}
