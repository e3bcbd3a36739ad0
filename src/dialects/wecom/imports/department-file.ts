import { errcodes, type Errcode } from '../protocol/codes.ts';
import type { Refusal } from '../protocol/errors.ts';
import { MAX_ID } from '../model/settings.ts';
import { readTable, type TableRow } from './table.ts';

/** One department of a file. */
export interface DepartmentRow {
  readonly id: number;
  readonly name: string;
  /** 0 of the root alone. */
  readonly parentid: number;
  /** Absent: as it is. */
  readonly order?: number;
}

const NAME = '部门名称';
const ID = '部门ID';
const PARENT = '父部门ID';
const ORDER = '排序';

/** What a tree is checked against. */
export interface KnownTree {
  readonly root: number;
  /** Whether the company has a department with that id. */
  readonly has: (id: number) => boolean;
}

/** The departments of a file, or why it is no tree: 302004, 302006, 302007, or 40092. (wecom-more 6.2, ruling 11) */
export async function departmentsInFile(
  bytes: Uint8Array,
  known: KnownTree,
): Promise<readonly DepartmentRow[] | Refusal> {
  const rows = await readTable(bytes, {}, [NAME, ID, PARENT], rowOf);
  if ('returned' in rows) return rows;
  const byId = new Map<number, DepartmentRow>();
  for (const row of rows) {
    if (byId.has(row.id)) return refused(errcodes.departmentIdTwice);
    byId.set(row.id, row);
  }
  const names = new Set<string>();
  for (const { parentid, name } of rows) {
    const place = `${String(parentid)} ${name}`;
    if (names.has(place)) return refused(errcodes.departmentNameTwice);
    names.add(place);
  }
  return isTree(rows, byId, known) ? rows : refused(errcodes.noTree);
}

function rowOf(row: TableRow): DepartmentRow | Refusal {
  const name = row.get(NAME) ?? '';
  const id = numberIn(row.get(ID));
  const parentid = numberIn(row.get(PARENT));
  const order = row.get(ORDER) ?? '';
  if (name === '' || id === null || id === 0 || parentid === null) return refused(errcodes.noTree);
  // An order that cannot be read is the row's own mistake: 60009.
  return { id, name, parentid, ...(order === '' || order === '0' ? {} : { order: numberIn(order) ?? -1 }) };
}

/** Whether every department has a parent here or in the company, the root alone has none, and nothing goes round. */
function isTree(
  rows: readonly DepartmentRow[],
  byId: ReadonlyMap<number, DepartmentRow>,
  { root, has }: KnownTree,
): boolean {
  const isJoined = new Set<number>();
  return rows.every((row) => {
    if (row.id === root || row.parentid === 0) return row.id === root && row.parentid === 0;
    const way = new Set<number>();
    for (let at = row; !isJoined.has(at.id);) {
      if (way.has(at.id)) return false;
      way.add(at.id);
      const above = byId.get(at.parentid);
      if (above === undefined) {
        if (at.id !== root && !has(at.parentid)) return false;
        break;
      }
      at = above;
    }
    for (const id of way) isJoined.add(id);
    return true;
  });
}

/** The same in the order of the file, but for those that wait for a parent below them in it. */
export function parentsFirst(rows: readonly DepartmentRow[]): readonly DepartmentRow[] {
  const missing = new Set(rows.map(({ id }) => id));
  const waiting = new Map<number, DepartmentRow[]>();
  const ordered: DepartmentRow[] = [];
  for (const row of rows) {
    if (missing.has(row.parentid)) {
      waiting.set(row.parentid, [...(waiting.get(row.parentid) ?? []), row]);
      continue;
    }
    const ready = [row];
    for (let next = ready.shift(); next !== undefined; next = ready.shift()) {
      ordered.push(next);
      missing.delete(next.id);
      ready.unshift(...(waiting.get(next.id) ?? []));
    }
  }
  return ordered;
}

function numberIn(cell = ''): number | null {
  return /^[0-9]{1,10}$/.test(cell) && Number(cell) <= MAX_ID ? Number(cell) : null;
}

function refused(returned: Errcode): Refusal {
  return { problem: { kind: 'invalid', subject: 'media_id' }, returned };
}
