import { renameSync, rmSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { clearTimeout, setImmediate, setTimeout } from 'node:timers';
import type { Checked } from '../../directory/checked.ts';
import { StoreBusyError, StoreDamagedError } from '../../directory/errors.ts';
import { silentLog, type Log } from '../../lib/log.ts';
import type { Metric } from '../../lib/metrics.ts';
import type { WriteResult, Engine, Row, Statement, SqlTask, When } from '../engine.ts';
import { StoreMetrics } from '../store-metrics.ts';
import { formOf } from './sqlite-check.ts';
import { SqliteBackups } from './sqlite-backups.ts';
import { asBusy, isDamage, isLack, lost } from './sqlite-errors.ts';
import type { Tightened } from './sqlite-files.ts';
import { sqliteFlavor } from './sqlite-flavor.ts';
import { lockPlace, MEMORY, openDatabase } from './sqlite-open.ts';
import { DatabasePlace } from './sqlite-place.ts';

/** A statement that is kept ready. */
interface Prepared {
  readonly statement: StatementSync;
  /** Whether it has rows to answer. */
  readonly answers: boolean;
  readonly writes: boolean;
}

/** One piece of writing that waits for its turn. */
interface Waiting {
  readonly work: () => SqlTask<WriteResult<unknown>>;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
  /** What came of it; the caller gets it once everything that shared its transaction is kept. */
  outcome: Outcome;
}

type Outcome =
  | { readonly isRefused: false; readonly result: unknown }
  | { readonly isRefused: true; readonly error: unknown };

/**
 * The embedded engine: one SQLite file, opened by this process alone.
 *
 * Everything that waits to be written when the event loop turns runs one after another inside one transaction and is
 * answered after its single sync (group commit); each piece fails or succeeds alone.
 */
export class SqliteEngine implements Engine {
  readonly flavor = sqliteFlavor;
  readonly isShared = false;
  readonly backups: SqliteBackups;
  readonly #meter = new StoreMetrics();
  readonly metrics: readonly Metric[] = [
    ...this.#meter.metrics,
    {
      name: 'mingce_store_lost',
      help: 'Whether files of the database were taken away or changed by others, so that nothing is kept.',
      kind: 'gauge',
      read: () => [{ value: Number(this.#isLost()) }],
    },
  ];
  readonly #file: string;
  /** Null for a store in memory, and for copies, which no other process opens. */
  readonly #place: DatabasePlace | null;
  #db: DatabaseSync;
  readonly #prepared = new Map<string, Prepared>();
  #queue: Waiting[] = [];
  #scheduled = false;
  /** Set while all that waits may wait a moment longer. */
  #soon: NodeJS.Timeout | null = null;
  /** How many writes shared the last transactions; a small one between large ones halves it. */
  #lastGroup = 0;
  /** What the writes of a transaction have left to run, in their order. */
  #deferred: (readonly Statement[])[] = [];
  /** Whether the piece of writing that runs has changed anything. */
  #wrote = false;
  /** How many statements that write have run since the log was last seen to. */
  #writes = 0;
  #closed = false;
  #undone = 0;
  /** Whether the last attempt to keep something failed for want of space or the like. */
  #isFailing = false;
  #wasOpen: Tightened = { files: 0, folders: 0 };

  /** Opens the file, or makes it; `:memory:` keeps nothing. Throws `StoreUnusableError` with a sentence. */
  constructor(file: string, { isCopy = false, log = silentLog }: SqliteOptions = {}) {
    this.#file = file;
    this.#place = isCopy || file === MEMORY ? null : new DatabasePlace(file, lockPlace(file), log);
    try {
      this.#db = openDatabase(file, (wasOpen) => (this.#wasOpen = wasOpen));
      this.#place?.opened(this.#db);
    } catch (error) {
      void this.#place?.close();
      throw error;
    }
    this.backups = new SqliteBackups({
      file,
      database: () => this.#db,
      loss: () => (this.#isLost() ? (this.#place?.loss ?? null) : null),
      openCopy: (copy) => new SqliteEngine(copy, { isCopy: true }),
      putInPlace: (incoming, last, replaced) => {
        this.#putInPlace(incoming, last, replaced);
      },
    });
  }

  get wasOpen(): Tightened {
    return this.#wasOpen;
  }

  get rollbackCount(): number {
    return this.#undone;
  }

  read<Result>(work: () => SqlTask<Result>): Promise<Result> {
    try {
      // Only once that was noticed, since every look costs; what is written is looked after each time.
      if (this.#place?.loss && this.#isLost()) throw lost();
      return Promise.resolve(this.#drive(work()));
    } catch (error) {
      return Promise.reject(this.#translated(error));
    }
  }

  write<Result>(work: () => SqlTask<WriteResult<Result>>, when: When = 'now'): Promise<Result> {
    if (this.#closed) return Promise.reject(new StoreBusyError('the store is closed'));
    return new Promise<Result>((resolve, reject) => {
      this.#queue.push({ work, resolve: resolve as (result: unknown) => void, reject, outcome: NOT_RUN });
      if (this.#scheduled) return;
      if (when === 'soon') {
        this.#soon ??= setTimeout(() => {
          if (!this.#scheduled) this.#commitGroup();
        }, SOON_MS);
        return;
      }
      this.#scheduled = true;
      this.#gather(0, 0);
    });
  }

  form(how: 'quick' | 'whole'): { readonly damage: readonly string[]; readonly isSmall: boolean } {
    return formOf(this.#db, this.#file === MEMORY ? null : this.#file, how);
  }

  check(): Promise<Checked> {
    return this.backups.check();
  }

  isReady(): Promise<boolean> {
    try {
      if (this.#isLost()) return Promise.resolve(false);
      // After a failure only something that was really kept says that there is room again.
      if (this.#isFailing) this.#db.exec('PRAGMA user_version = 0');
      else this.#db.exec('BEGIN IMMEDIATE; ROLLBACK');
      this.#place?.wrote();
      this.#isFailing = false;
      return Promise.resolve(true);
    } catch {
      return Promise.resolve(false);
    }
  }

  async close(): Promise<void> {
    this.#commitGroup();
    this.#closed = true;
    // What was changed by others since the last write must not be written into.
    this.#isLost();
    this.#closeDatabase();
    await this.#place?.close();
  }

  #closeDatabase(): void {
    if (this.#place !== null) this.#place.letGo();
    else if (this.#db.isOpen) this.#db.close();
  }

  /** Whether the files are not as this process left them, so that nothing may be kept or believed. */
  #isLost(): boolean {
    return this.#place !== null && this.#place.look() !== null;
  }

  /** In one go, so that every request sees either what was there or what came. */
  #putInPlace(incoming: string, last: () => SqlTask<void>, replaced: () => void): void {
    this.#commitGroup();
    if (this.#closed) throw new StoreBusyError('the store is closed');
    if (this.#isLost()) throw lost();
    this.#drive(last());
    try {
      this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch (error) {
      // What is damaged already may go without having been saved.
      if (!isDamage(error)) throw error;
    }
    this.#prepared.clear();
    this.#closeDatabase();
    try {
      // A log that stayed behind would be applied to the new file.
      rmSync(`${this.#file}-wal`, { force: true });
      renameSync(incoming, this.#file);
      // Not a moment later: what is remembered, and every number given out, is of what was there before.
      replaced();
    } finally {
      this.#openAgain();
    }
  }

  #openAgain(): void {
    try {
      this.#db = openDatabase(this.#file);
      this.#place?.opened(this.#db);
    } catch (error) {
      this.#place?.failed();
      throw error;
    }
  }

  /**
   * Commits at the end of a turn of the event loop. While callers come in groups, and each turn brings more of them, it
   * waits for the next: the time goes into their requests, and a sync costs ten times what a further update does.
   */
  #gather(seen: number, turns: number): void {
    setImmediate(() => {
      const { length } = this.#queue;
      if (this.#lastGroup > 1 && length > seen && turns < MAX_TURNS) this.#gather(length, turns + 1);
      else this.#commitGroup();
    });
  }

  #commitGroup(): void {
    this.#scheduled = false;
    if (this.#soon !== null) clearTimeout(this.#soon);
    this.#soon = null;
    const group = this.#queue;
    if (group.length === 0) return;
    this.#queue = [];
    this.#lastGroup = Math.max(group.length, Math.floor(this.#lastGroup / 2));
    if (this.#isLost()) {
      for (const { reject } of group) reject(lost());
      return;
    }
    if (!this.#runTogether(group)) this.#runApart(group);
    for (const { outcome, resolve, reject } of group) {
      if (outcome.isRefused) reject(outcome.error);
      else resolve(outcome.result);
    }
    // Once these are answered, as far as they are concerned.
    this.#place?.committed(this.#writes);
    this.#writes = 0;
  }

  /** Runs a group in one transaction; false, with nothing kept, when one of it must be run apart from the others. */
  #runTogether(group: readonly Waiting[]): boolean {
    const begunAt = performance.now();
    try {
      this.#run(BEGIN);
      for (const waiting of group) this.#runOne(waiting, group.length > 1);
      this.#runDeferred();
      if (this.#db.isTransaction) this.#run(COMMIT);
      // What went into a file that was taken away meanwhile is not acknowledged.
      if (this.#place?.wrote()) {
        for (const waiting of group) waiting.outcome = refused(lost());
        return true;
      }
      this.#meter.ended(group.length, begunAt);
      return true;
    } catch (error) {
      this.#rollBack();
      if (isLack(error)) this.#isFailing = true;
      if (group.length > 1) return false;
      for (const waiting of group) waiting.outcome = refused(this.#translated(error));
      return true;
    }
  }

  /** Runs one of a transaction and keeps what comes of it; throws where the others cannot be kept with it. */
  #runOne(waiting: Waiting, hasOthers: boolean): void {
    this.#wrote = false;
    try {
      const { result, deferred } = this.#drive(waiting.work());
      this.#deferred.push(deferred);
      // One that is alone fails by itself; those of a group are run apart where one of them does.
      if (!hasOthers) this.#runDeferred();
      waiting.outcome = { isRefused: false, result };
    } catch (error) {
      // Its writes cannot be separated from those of the others; and a failure of the disk may have ended the
      // transaction, with the writes before it.
      const isSpoilt = this.#wrote || !this.#db.isTransaction;
      if (isSpoilt && hasOthers) throw error;
      if (isSpoilt) this.#rollBack();
      if (isLack(error)) this.#isFailing = true;
      waiting.outcome = refused(this.#translated(error));
    }
  }

  #runApart(group: readonly Waiting[]): void {
    this.#meter.retries += group.length;
    for (const waiting of group) this.#runTogether([waiting]);
  }

  /** Returns an error in the form for the caller. */
  #translated(error: unknown): Error {
    if (isLack(error)) this.#meter.busy++;
    if (!isDamage(error) && !(error instanceof StoreDamagedError)) return asBusy(error);
    this.#meter.damaged++;
    return isDamage(error)
      ? new StoreDamagedError('the database file is damaged', { cause: error })
      : (error as StoreDamagedError);
  }

  #rollBack(): void {
    // Nothing of a group that is undone may reach the next one.
    this.#deferred = [];
    this.#undone++;
    if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
  }

  #drive<Result>(steps: SqlTask<Result>): Result {
    let step = steps.next();
    while (step.done !== true) {
      const rows: (readonly Row[])[] = [];
      if (this.#deferred.length > 0) this.#runDeferred();
      for (const statement of step.value) rows.push(this.#run(statement));
      step = steps.next(rows);
    }
    return step.value;
  }

  /**
   * Runs what was left to run. The writes of a group leave it until one asks the database, or all are decided: the same few
   * statements one after the other take less time than each between two decisions.
   */
  #runDeferred(): void {
    const deferred = this.#deferred;
    const wrote = this.#wrote;
    this.#deferred = [];
    for (const statements of deferred) for (const statement of statements) this.#run(statement);
    // Once run, they are no writing of the piece that asked for them: where it fails, they stay.
    this.#wrote = wrote;
  }

  #run({ text, params }: Statement): readonly Row[] {
    const { statement, answers, writes } = this.#prepared.get(text) ?? this.#prepare(text);
    if (writes) {
      this.#wrote = true;
      this.#writes++;
    }
    if (answers) return statement.all(...params) as Row[];
    // Unlike `run`, this makes no object of counts, which are not needed.
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

/** How a file is opened. */
interface SqliteOptions {
  /** Whether it is a copy that only this process knows, which needs no lock and is not watched. */
  readonly isCopy?: boolean;
  readonly log?: Log;
}

/** So long waits what has no caller that waits for it, so that it goes with others: a sync is most of what it costs. */
const SOON_MS = 5;
/** Turns of the event loop in which a group may grow before it is committed. */
const MAX_TURNS = 16;
const NOT_RUN: Outcome = { isRefused: true, error: new Error('the write has not run') };
const NO_ROWS: readonly Row[] = [];
const BEGIN: Statement = { text: 'BEGIN IMMEDIATE', params: [] };
const COMMIT: Statement = { text: 'COMMIT', params: [] };

function refused(error: unknown): Outcome {
  return { isRefused: true, error };
}
