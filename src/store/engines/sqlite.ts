import { randomUUID } from 'node:crypto';
import { accessSync, constants, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { BackupRefused } from '../../directory/backup.ts';
import type { Checked } from '../../directory/checked.ts';
import { StoreBusy, StoreDamaged } from '../../directory/errors.ts';
import {
  COUNTERS,
  StoreUnusable,
  type Ended,
  type Engine,
  type EngineBackups,
  type Flavor,
  type Row,
  type Statement,
  type Steps,
} from '../engine.ts';
import { StoreMeter } from '../metrics.ts';
import { copyInto, copyOf, incomingOf, piecesOf, removeDatabase, synced, takeInto } from './sqlite-backups.ts';
import { checkFile, formOf } from './sqlite-check.ts';
import { makePrivatePlace, type Tightened } from './sqlite-files.ts';
import { isDamage, sqliteCode } from './sqlite-codes.ts';
import { isLogDamaged } from './sqlite-log-check.ts';

/** How SQLite says it. */
export const sqliteFlavor: Flavor = {
  integer: 'INTEGER',
  counter: 'INTEGER PRIMARY KEY',
  clustered: ' WITHOUT ROWID',
  lastChange: 'last_insert_rowid()',
  // By itself SQLite gives the number of the last row again once that row is gone. AUTOINCREMENT would not, but cannot
  // be given to a table that is there, and writes one more row for each that is made.
  next: (table) =>
    `(SELECT max(coalesce((SELECT max(${COUNTERS[table]}) FROM ${table}), 0), coalesce((SELECT number FROM highest WHERE name = '${table}'), 0)) + 1)`,
  beforeRemoval: (table) => ({
    text: `INSERT INTO highest (name, number) SELECT '${table}', coalesce(max(${COUNTERS[table]}), 0) FROM ${table} WHERE true ON CONFLICT (name) DO UPDATE SET number = max(number, excluded.number)`,
    params: [],
  }),
  each: (list, alias) => `json_each(${list}) AS ${alias}`,
  list: (column) => `json_group_array(${column})`,
  member: (column, name) => `json_extract(${column}, '$.${name}')`,
  part: (column, name) => `json_extract(${column}, '$.${name}')`,
  forUpdate: () => '',
  lock: () => null,
  share: () => null,
  still: () => [],
};

/** The file that is none. */
const MEMORY = ':memory:';
/** Pages of the database kept in memory, in KiB. */
const CACHE_KIB = 64 * 1024;
/**
 * Pages in the log before they are brought into the file. A page that was written often goes there once: with four
 * times SQLite's own figure an update costs a fifth less, and the log still stays below 20 MB.
 */
export const LOG_PAGES = 4_000;

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
  readonly backups: EngineBackups = {
    copy: () => this.#alone(() => this.#copy()),
    replace: (pieces, prepare, last, replaced) => this.#alone(() => this.#replace(pieces, prepare, last, replaced)),
  };
  readonly #meter = new StoreMeter();
  readonly metrics = this.#meter.metrics;
  readonly #file: string;
  #db: DatabaseSync;
  readonly #prepared = new Map<string, Prepared>();
  #queue: Waiting[] = [];
  #scheduled = false;
  #closed = false;
  #undone = 0;
  /** Whether the last attempt to keep something failed for want of space or the like. */
  #isFailing = false;
  /** Whether a copy is being made or put back. */
  #isCopying = false;
  #wasOpen: Tightened = { files: 0, folders: 0 };

  /** Opens the file, or makes it; `:memory:` keeps nothing. Throws {@link StoreUnusable} with a sentence. */
  constructor(file: string) {
    this.#file = file;
    this.#db = openDatabase(file, (wasOpen) => (this.#wasOpen = wasOpen));
  }

  get wasOpen(): Tightened {
    return this.#wasOpen;
  }

  get undone(): number {
    return this.#undone;
  }

  read<Result>(work: () => Steps<Result>): Promise<Result> {
    try {
      return Promise.resolve(this.#drive(work()));
    } catch (error) {
      return Promise.reject(this.#told(error));
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

  form(how: 'quick' | 'whole'): { readonly damage: readonly string[]; readonly isSmall: boolean } {
    return formOf(this.#db, this.#file === MEMORY ? null : this.#file, how);
  }

  check(): Promise<Checked> {
    return this.#alone(() => this.#withCopy(checkFile));
  }

  isReady(): Promise<boolean> {
    try {
      // After a failure only something that was really kept says that there is room again.
      if (this.#isFailing) this.#db.exec('PRAGMA user_version = 0');
      else this.#db.exec('BEGIN IMMEDIATE; ROLLBACK');
      this.#isFailing = false;
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

  /** Copies are made, and put back, one at a time. */
  async #alone<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#isCopying) {
      throw new BackupRefused('busy', 'A copy is being made or put back just now; try again when that is done.');
    }
    this.#isCopying = true;
    try {
      return await work();
    } catch (error) {
      throw isShortOfSpace(error) ? new StoreBusy('there is no room for a copy', { cause: error }) : asBusy(error);
    } finally {
      this.#isCopying = false;
    }
  }

  #copy(): Promise<AsyncIterable<Uint8Array>> {
    return this.#withCopy(piecesOf);
  }

  async #withCopy<Result>(work: (copy: string) => Promise<Result>): Promise<Result> {
    const copy = copyOf(this.#file === MEMORY ? join(tmpdir(), `mingce-${randomUUID()}`) : this.#file);
    try {
      await removeDatabase(copy);
      await copyInto(this.#db, copy);
      return await work(copy);
    } finally {
      await removeDatabase(copy);
    }
  }

  async #replace<Result>(
    pieces: AsyncIterable<Uint8Array>,
    prepare: (copy: Engine) => Promise<Result>,
    last: () => Steps<void>,
    replaced: () => void,
  ): Promise<Result> {
    if (this.#file === MEMORY) {
      throw new BackupRefused('pointless', 'This directory is only in memory; restore into a data folder instead.');
    }
    const incoming = incomingOf(this.#file);
    try {
      await removeDatabase(incoming);
      await takeInto(incoming, pieces);
      const copy = new SqliteEngine(incoming);
      let result: Result;
      try {
        result = await prepare(copy);
      } finally {
        await copy.close();
      }
      await synced(incoming);
      this.#putInPlace(incoming, last, replaced);
      await synced(dirname(this.#file));
      return result;
    } finally {
      await removeDatabase(incoming);
    }
  }

  /** In one go, so that every request sees either what was there or what came. */
  #putInPlace(incoming: string, last: () => Steps<void>, replaced: () => void): void {
    this.#commitGroup();
    if (this.#closed) throw new StoreBusy('the store is closed');
    this.#drive(last());
    try {
      this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch (error) {
      // What is damaged already may go without having been saved.
      if (!isDamage(error)) throw error;
    }
    this.#prepared.clear();
    this.#db.close();
    try {
      // A log that stayed behind would be applied to the new file.
      rmSync(`${this.#file}-wal`, { force: true });
      renameSync(incoming, this.#file);
      // Not a moment later: what is remembered, and every number given out, is of what was there before.
      replaced();
    } finally {
      this.#db = openDatabase(this.#file);
    }
  }

  #commitGroup(): void {
    this.#scheduled = false;
    const group = this.#queue;
    this.#queue = [];
    if (group.length === 0) return;
    const settled = this.#runTogether(group) ?? this.#runApart(group);
    for (const settle of settled) settle();
  }

  /** Runs a group in one transaction, or answers null when one of it must be run apart from the others. */
  #runTogether(group: readonly Waiting[]): readonly (() => void)[] | null {
    const settled: (() => void)[] = [];
    const begunAt = performance.now();
    try {
      this.#run(BEGIN);
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
          if (isLack(error)) this.#isFailing = true;
          settled.push(() => {
            reject(this.#told(error));
          });
        }
      }
      if (this.#db.isTransaction) this.#run(COMMIT);
      this.#meter.ended(group.length, begunAt);
      return settled;
    } catch (error) {
      this.#rollBack();
      if (isLack(error)) this.#isFailing = true;
      if (group.length > 1) return null;
      return group.map(({ reject }) => () => {
        reject(this.#told(error));
      });
    }
  }

  #runApart(group: readonly Waiting[]): readonly (() => void)[] {
    this.#meter.retries += group.length;
    return group.flatMap((waiting) => this.#runTogether([waiting]) ?? []);
  }

  /** An error as whoever asked is to hear of it. */
  #told(error: unknown): Error {
    if (isLack(error)) this.#meter.busy++;
    if (!isDamage(error) && !(error instanceof StoreDamaged)) return asBusy(error);
    this.#meter.damaged++;
    return isDamage(error)
      ? new StoreDamaged('the database file is damaged', { cause: error })
      : (error as StoreDamaged);
  }

  #rollBack(): void {
    this.#undone++;
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

  #run({ text, params }: Statement, onWrite?: () => void): readonly Row[] {
    const { statement, answers, writes } = this.#prepared.get(text) ?? this.#prepare(text);
    if (writes) onWrite?.();
    if (answers) return statement.all(...params) as Row[];
    // Unlike `run`, this makes no object of counts that nobody reads.
    statement.get(...params);
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

/** Opens a database file for this process alone. Throws {@link StoreUnusable}. */
function openDatabase(file: string, placed: (wasOpen: Tightened) => void = () => {}): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    if (file !== MEMORY) {
      placed(makePrivatePlace(file));
      if (isLogDamaged(file) && !isInUse(file)) throw new DamagedLog();
    }
    db = new DatabaseSync(file);
    // Set before the first access: without a shared-memory file no second process can open the same data.
    db.exec('PRAGMA locking_mode = EXCLUSIVE');
    db.exec('PRAGMA journal_mode = WAL');
    db.exec('PRAGMA synchronous = FULL');
    db.exec(`PRAGMA cache_size = -${String(CACHE_KIB)}`);
    db.exec(`PRAGMA wal_autocheckpoint = ${String(LOG_PAGES)}`);
    db.exec('PRAGMA foreign_keys = ON');
    db.exec('BEGIN IMMEDIATE; COMMIT');
    return db;
  } catch (cause) {
    if (db?.isOpen === true) db.close();
    const isInUse = IN_USE_CODES.has(sqliteCode(cause) ?? 0);
    const isDamaged = isDamage(cause) || cause instanceof DamagedLog;
    throw new StoreUnusable(whyUnusable(file, cause), { cause, isInUse, isDamaged });
  }
}

const NO_ROWS: readonly Row[] = [];
const BEGIN: Statement = { text: 'BEGIN IMMEDIATE', params: [] };
const COMMIT: Statement = { text: 'COMMIT', params: [] };

/** SQLite's codes for a database that exists but cannot be written now: full, read-only, I/O trouble, locked. */
const BUSY_CODES = new Set([5, 6, 8, 10, 13, 14]);

/** SQLite's codes for a database that another process has locked. */
const IN_USE_CODES = new Set([5, 6]);

/** Whether the database failed for want of something that may come back. */
function isLack(error: unknown): boolean {
  return BUSY_CODES.has(sqliteCode(error) ?? 0);
}

function isShortOfSpace(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

function asBusy(error: unknown): Error {
  if (!isLack(error)) return error instanceof Error ? error : new Error(String(error));
  return new StoreBusy('the database cannot be written just now', { cause: error });
}

/** The log was damaged before its end. */
class DamagedLog extends Error {}

/** Whether another process has the file open; asked without touching anything. */
function isInUse(file: string): boolean {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; SELECT 1 FROM sqlite_master LIMIT 1');
    return false;
  } catch (error) {
    return IN_USE_CODES.has(sqliteCode(error) ?? 0);
  } finally {
    db.close();
  }
}

function whyUnusable(file: string, cause: unknown): string {
  const folder = dirname(file);
  if (cause instanceof DamagedLog) {
    return `${file}-wal is damaged: what was acknowledged last would be lost. Restore from a backup; to go on without it, move that file away.`;
  }
  switch (sqliteCode(cause)) {
    case 5:
    case 6:
      return `The data in ${folder} is in use by another Mingce. Stop it, or choose another folder with --data.`;
    case 8:
    case 14:
      return cannotBeWritten(folder);
    case 11:
    case 26:
      return `${file} is not a Mingce database, or is damaged. Restore it from a backup, or choose another folder with --data.`;
    case 13:
      return `The disk with the data folder ${folder} is full. Make room, or choose another folder with --data.`;
    default:
      if (!isWritable(folder)) return cannotBeWritten(folder);
      return `The data folder ${folder} cannot be used: ${cause instanceof Error ? cause.message : String(cause)}.`;
  }
}

function cannotBeWritten(folder: string): string {
  return `The data folder ${folder} cannot be written. Check its permissions, or choose another folder with --data.`;
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
