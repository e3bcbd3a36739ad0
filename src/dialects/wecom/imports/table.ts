import { Turns } from '../../../lib/turns.ts';
import { errcodes } from '../protocol/codes.ts';
import type { Refusal } from '../protocol/errors.ts';
import { invalidValue } from '../protocol/value-errors.ts';
import { csvRows, isBlank, MAX_ROWS } from './csv.ts';

/** A row of a file: its cells by the names of its columns. */
export type TableRow = ReadonlyMap<string, string>;

/** 40092: the file cannot be read, has no rows, or lacks what it must have. (wecom-more 6.2, ruling 21) */
export const INVALID_FILE: Refusal = invalidValue('media_id', errcodes.invalidImportFile);

/**
 * Reads each row of a file by the header of its columns, in pieces; the first refusal ends it. Of two columns with one
 * name the first counts; `names` maps other spellings to the usual one.
 */
export async function readTable<Row>(
  bytes: Uint8Array,
  names: Readonly<Record<string, string>>,
  required: readonly string[],
  read: (row: TableRow) => Row | Refusal,
): Promise<readonly Row[] | Refusal> {
  const turns = new Turns();
  let header: readonly string[] | null = null;
  const rows: Row[] = [];
  for (const cells of csvRows(bytes)) {
    if (cells === null) return INVALID_FILE;
    if (isBlank(cells)) continue;
    if (header === null) {
      header = cells.map((name) => (Object.hasOwn(names, name) ? (names[name] ?? name) : name));
      const columns = header;
      if (!required.every((name) => columns.includes(name))) return INVALID_FILE;
      continue;
    }
    if (rows.length === MAX_ROWS) return INVALID_FILE;
    const row = new Map<string, string>();
    header.forEach((name, index) => {
      if (name !== '' && !row.has(name)) row.set(name, cells[index] ?? '');
    });
    const one = read(row);
    if (isRefusal(one)) return one;
    rows.push(one);
    await turns.next();
  }
  return rows.length === 0 ? INVALID_FILE : rows;
}

function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'returned' in value && 'problem' in value;
}
