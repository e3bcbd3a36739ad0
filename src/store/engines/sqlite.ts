import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { StoreBusy } from '../../directory/errors.ts';
import {
  StoreUnusable,
  type Ended,
  type Engine,
  type Flavor,
  type Row,
  type Statement,
  type Steps,
} from '../engine.ts';

/** How SQLite says it. */
export const sqliteFlavor: Flavor = {
  integer: 'INTEGER',
  counter: 'INTEGER PRIMARY KEY',
  clustered: ' WITHOUT ROWID',
  lastChange: 'last_insert_rowid()',
  each: (list, alias) => `json_each(${list}) AS ${alias}`,
  member: (column, name) => `json_extract(${column}, '$.${name}')`,
  part: (column, name) => `json_extract(${column}, '$.${name}')`,
  forUpdate: () => '',
  lock: () => null,
  share: () => null,
  still: () => [],
};

/** Pages of the database kept in memory, in KiB. */
const CACHE_KIB = 64 * 1024;

/** A statement that is kept ready. */
interface Prepared {
  readonly statement: StatementSync;
  /** Whether it has rows to answer. */
  readonly answers: boolean;
  readonly writes: boolean;
}

/** One piece of writing that waits for its turn. */
interface Waiting {
  readonly work: () => Steps<Ended<unknown>>;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The embedded engine: one SQLite file, opened by this process alone.
 *
 * Everything that waits to be written when the event loop turns runs one after another inside one transaction and is
 * answered after its single sync (group commit); each piece fails or succeeds alone.
 */
export class SqliteEngine implements Engine {
  readonly flavor = sqliteFlavor;
  readonly isShared = false;
  readonly #db: DatabaseSync;
  readonly #prepared = new Map<string, Prepared>();
  #queue: Waiting[] = [];
  #scheduled = false;
  #closed = false;

  /** Opens the file, or makes it; `:memory:` keeps nothing. Throws {@link StoreUnusable} with a sentence. */
  constructor(file: string) {
    try {
      if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
      this.#db = new DatabaseSync(file);
      // Set before the first access: without a shared-memory file no second process can open the same data.
      this.#db.exec('PRAGMA locking_mode = EXCLUSIVE');
      this.#db.exec('PRAGMA journal_mode = WAL');
      this.#db.exec('PRAGMA synchronous = FULL');
      this.#db.exec(`PRAGMA cache_size = -${String(CACHE_KIB)}`);
      this.#db.exec('PRAGMA foreign_keys = ON');
      this.#db.exec('BEGIN IMMEDIATE; COMMIT');
    } catch (cause) {
      throw new StoreUnusable(whyUnusable(file, cause), { cause, isInUse: IN_USE_CODES.has(sqliteCode(cause) ?? 0) });
    }
  }

  read<Result>(work: () => Steps<Result>): Promise<Result> {
    try {
      return Promise.resolve(this.#drive(work()));
    } catch (error) {
      return Promise.reject(asBusy(error));
    }
  }

  write<Result>(work: () => Steps<Ended<Result>>): Promise<Result> {
    if (this.#closed) return Promise.reject(new StoreBusy('the store is closed'));
    return new Promise<Result>((resolve, reject) => {
      this.#queue.push({ work, resolve: resolve as (result: unknown) => void, reject });
      if (this.#scheduled) return;
      this.#scheduled = true;
      setImmediate(() => {
        this.#commitGroup();
      });
    });
  }

  isReady(): Promise<boolean> {
    try {
      this.#db.exec('BEGIN IMMEDIATE; ROLLBACK');
      return Promise.resolve(true);
    } catch {
      return Promise.resolve(false);
    }
  }

  close(): Promise<void> {
    this.#commitGroup();
    this.#closed = true;
    if (this.#db.isOpen) this.#db.close();
    return Promise.resolve();
  }

  #commitGroup(): void {
    this.#scheduled = false;
    const group = this.#queue;
    this.#queue = [];
    if (group.length === 0) return;
    const settled = this.#runTogether(group) ?? group.flatMap((waiting) => this.#runAlone(waiting));
    for (const settle of settled) settle();
  }

  /** Runs a group in one transaction, or answers null when one of it must be run apart from the others. */
  #runTogether(group: readonly Waiting[]): readonly (() => void)[] | null {
    const settled: (() => void)[] = [];
    try {
      this.#db.exec('BEGIN IMMEDIATE');
      for (const { work, resolve, reject } of group) {
        let wrote = false;
        try {
          const mark = (): void => void (wrote = true);
          const { result, last } = this.#drive(work(), mark);
          for (const statement of last) this.#run(statement, mark);
          settled.push(() => {
            resolve(result);
          });
        } catch (error) {
          // What it already wrote cannot be told apart from what the others wrote; and a failure of the disk may have
          // ended the transaction, with what the ones before it wrote.
          const isSpoilt = wrote || !this.#db.isTransaction;
          if (isSpoilt && group.length > 1) throw error;
          if (isSpoilt) this.#rollBack();
          settled.push(() => {
            reject(asBusy(error));
          });
        }
      }
      if (this.#db.isTransaction) this.#db.exec('COMMIT');
      return settled;
    } catch (error) {
      this.#rollBack();
      if (group.length > 1) return null;
      return group.map(({ reject }) => () => {
        reject(asBusy(error));
      });
    }
  }

  #runAlone(waiting: Waiting): readonly (() => void)[] {
    return this.#runTogether([waiting]) ?? [];
  }

  #rollBack(): void {
    if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
  }

  #drive<Result>(steps: Steps<Result>, onWrite?: () => void): Result {
    let step = steps.next();
    while (step.done !== true) {
      const rows: (readonly Row[])[] = [];
      for (const statement of step.value) rows.push(this.#run(statement, onWrite));
      step = steps.next(rows);
    }
    return step.value;
  }

  #run({ text, params }: Statement, onWrite: (() => void) | undefined): readonly Row[] {
    const { statement, answers, writes } = this.#prepared.get(text) ?? this.#prepare(text);
    if (writes) onWrite?.();
    if (answers) return statement.all(...params) as Row[];
    statement.run(...params);
    return NO_ROWS;
  }

  #prepare(text: string): Prepared {
    const isQuery = text.startsWith('SELECT') || text.startsWith('WITH');
    const prepared: Prepared = {
      statement: this.#db.prepare(text.replaceAll(/\$([0-9])/g, '?$1')),
      answers: isQuery || text.includes(' RETURNING '),
      writes: !isQuery,
    };
    this.#prepared.set(text, prepared);
    return prepared;
  }
}

const NO_ROWS: readonly Row[] = [];

/** SQLite's codes for a database that exists but cannot be written now: full, read-only, I/O trouble, locked. */
const BUSY_CODES = new Set([5, 6, 8, 10, 13, 14]);

/** SQLite's codes for a database that another process has locked. */
const IN_USE_CODES = new Set([5, 6]);

function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return error.errcode & 0xff;
}

function asBusy(error: unknown): Error {
  const code = sqliteCode(error);
  if (code === undefined || !BUSY_CODES.has(code)) return error instanceof Error ? error : new Error(String(error));
  return new StoreBusy('the database cannot be written just now', { cause: error });
}

function whyUnusable(file: string, cause: unknown): string {
  const folder = dirname(file);
  switch (sqliteCode(cause)) {
    case 5:
    case 6:
      return `The data in ${folder} is in use by another Mingce. Stop it, or choose another folder with --data.`;
    case 8:
    case 14:
      return `The data folder ${folder} cannot be written. Check its permissions, or choose another folder with --data.`;
    case 11:
    case 26:
      return `${file} is not a Mingce database, or is damaged. Restore it from a backup, or choose another folder with --data.`;
    default:
      return `The data folder ${folder} cannot be used: ${cause instanceof Error ? cause.message : String(cause)}.`;
  }
}
