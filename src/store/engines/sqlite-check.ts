import { once } from 'node:events';
import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { MAX_DAMAGE, type Checked } from '../../directory/checked.ts';
import { lookThrough } from '../check.ts';
import type { Row, SqlTask } from '../engine.ts';
import { migrations } from '../migrations/index.ts';
import { isDamage, sqliteCode } from './sqlite-errors.ts';
import { lackIn, oddityIn } from './sqlite-shape.ts';

const TASK = 'mingce check of a file';

/** Up to so many bytes a file is looked through whole at a start, and up to so many in its form: less than a second. */
const WHOLE_BYTES = 16 * 2 ** 20;
const QUICK_BYTES = 512 * 2 ** 20;

/** What looking through a whole file came to. */
export interface CheckedFile extends Checked {
  /** Whether it is no directory of Mingce's at all. */
  readonly isForeign: boolean;
  /** In what it is made otherwise than Mingce makes one. */
  readonly oddity: string | null;
  /** Whether it is of today's format, so that what it holds was looked at, too. */
  readonly isOfToday: boolean;
}

/**
 * Looks through a whole database file, in how it is made, in its form and, where it is of today's format, in what it
 * holds; rejects where the file is no database. In a thread of its own, since it takes as long as the file is large.
 */
export async function checkFile(file: string): Promise<CheckedFile> {
  const worker = new Worker(new URL(import.meta.url), { workerData: { task: TASK, file } });
  const [checked] = (await once(worker, 'message')) as [CheckedFile];
  return checked;
}

/** Returns the damage of a file in the form of the report. */
export async function integrityErrors(file: string): Promise<Checked> {
  const { companies, employees, damage } = await checkFile(file);
  return { companies, employees, damage };
}

/** What is damaged in the form of an open database: pages, rows out of order, indexes that lack a row. */
export function formOf(
  db: DatabaseSync,
  file: string | null,
  how: 'quick' | 'whole',
): { readonly damage: readonly string[]; readonly isSmall: boolean } {
  const bytes = file === null ? 0 : statSync(file).size;
  const isSmall = bytes <= WHOLE_BYTES;
  const pragma = how === 'whole' || isSmall ? 'integrity_check' : 'quick_check';
  try {
    const lack = lackIn(db);
    if (lack !== null) return { damage: [lack], isSmall };
    if (how === 'quick' && bytes > QUICK_BYTES) return { damage: [], isSmall };
    const rows = db.prepare(`PRAGMA ${pragma}(${String(MAX_DAMAGE)})`).all();
    return { damage: rows.map((row) => String(row[pragma])).filter((said) => said !== 'ok'), isSmall };
  } catch (error) {
    // Where the first page or the list of tables is damaged there is nothing left to be looked through.
    if (!isDamage(error)) throw error;
    return { damage: [(error as Error).message], isSmall };
  }
}

function check(file: string): CheckedFile {
  const db = new DatabaseSync(file);
  try {
    // No shared-memory file is made, and the log beside the file goes when it is closed.
    db.exec('PRAGMA locking_mode = EXCLUSIVE');
    // First: to look through what somebody else made may take any time.
    const odd = oddityIn(db);
    if (odd !== null) return { ...NOTHING, damage: [odd.what], isForeign: odd.isForeign, oddity: odd.what };
    const { damage } = formOf(db, file, 'whole');
    if (damage.length > 0) return { ...NOTHING, damage };
    return isOfToday(db) ? { ...NOTHING, ...drive(db, lookThrough()), isOfToday: true } : NOTHING;
  } catch (error) {
    // Not even the list of tables could be read.
    if (sqliteCode(error) !== CORRUPT) throw error;
    return { ...NOTHING, damage: [(error as Error).message] };
  } finally {
    db.close();
  }
}

const NOTHING: CheckedFile = {
  companies: 0,
  employees: 0,
  damage: [],
  isForeign: false,
  oddity: null,
  isOfToday: false,
};
/** SQLite's code for a file that is a database, and damaged. */
const CORRUPT = 11;

function isOfToday(db: DatabaseSync): boolean {
  return db.prepare('SELECT version FROM mingce_schema').get()?.['version'] === migrations.length;
}

function drive<Result>(db: DatabaseSync, steps: SqlTask<Result>): Result {
  let step = steps.next();
  while (step.done !== true) {
    step = steps.next(
      step.value.map(({ text, params }) => db.prepare(text.replaceAll(/\$([0-9])/g, '?$1')).all(...params) as Row[]),
    );
  }
  return step.value;
}

const data: unknown = workerData;
if (!isMainThread && typeof data === 'object' && data !== null && 'task' in data && data.task === TASK) {
  const { file } = data as unknown as { readonly file: string };
  parentPort?.postMessage(check(file));
}
