import { existsSync, renameSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { Log } from '../../lib/log.ts';
import { addressFileOf } from '../address-file.ts';
import { snapshotPath, restorePath, companionsOf } from './sqlite-names.ts';
import type { FileLock } from './sqlite-lock.ts';
import { Checkpoints } from './sqlite-checkpoints.ts';
import { FilePresence, LOSSES, type Loss } from './sqlite-presence.ts';

/** Where a database file moves for the moment in which it is closed without its log. */
const closingOf = (file: string): string => `${file}.closing`;
/** Where a log goes that belongs to no file any more. */
const lostLogOf = (file: string): string => `${file}.lost-wal`;

/** The place of a database file that this process alone has open: its lock, and whether the file is still there. */
export class DatabasePlace {
  readonly #file: string;
  readonly #lock: FileLock;
  readonly #log: Log;
  readonly #checkpoints: Checkpoints;
  #db: DatabaseSync | null = null;
  #presence: FilePresence | null = null;
  #loss: Loss | null = null;

  /** Takes over a place that is locked, and clears away what a process left there that was killed. */
  constructor(file: string, lock: FileLock, log: Log) {
    this.#file = file;
    this.#lock = lock;
    this.#log = log;
    this.#checkpoints = new Checkpoints(file);
    if (!existsSync(file) && existsSync(closingOf(file))) renameSync(closingOf(file), file);
    rmSync(addressFileOf(file), { force: true });
    for (const unfinished of [snapshotPath(file), restorePath(file)]) {
      for (const path of companionsOf(unfinished)) rmSync(path, { force: true });
    }
  }

  /** What was found wrong at the last look. */
  get loss(): Loss | null {
    return this.#loss;
  }

  /** Begins to watch a database that was opened just now. */
  opened(db: DatabaseSync): void {
    this.#db = db;
    this.#checkpoints.opened(db);
    this.#presence = new FilePresence(this.#file, this.#lock, this.#checkpoints);
    this.#loss = null;
  }

  /** Looks, before anything is written, whether the files still are what was opened; tells the operator if not. */
  look(): Loss | null {
    // Of these nothing that is found later could say that all is well again.
    if (this.#presence === null || this.#loss === 'overwritten' || this.#loss === 'taken') return this.#loss;
    return this.#reported(this.#presence.look());
  }

  /** Takes in that something was written; answers whether it went into a file that is there. */
  wrote(): Loss | null {
    const loss = this.#presence?.remember() ?? null;
    return loss === null ? null : this.#reported(loss);
  }

  /** Takes in that so many statements that write were committed, and sees to the log. */
  committed(statements: number): void {
    const own = this.#loss === null ? this.#presence?.own : null;
    if (own !== null && own !== undefined) this.#checkpoints.wrote(statements, own);
  }

  /** Takes in that the database was closed and could not be opened again. */
  failed(): void {
    this.#reported('gone');
  }

  /** Closes the database so that it can be opened again. */
  letGo(): void {
    const db = this.#db;
    this.#checkpoints.letGo();
    if (db?.isOpen === true) {
      // What is in the log is not of this file, or another server has both.
      if (this.#loss === 'overwritten' || this.#loss === 'taken') closeWithoutLog(this.#file, db);
      else db.close();
    }
    this.#presence?.close();
    this.#presence = null;
  }

  async close(): Promise<void> {
    this.letGo();
    this.#lock.release();
    await this.#checkpoints.close();
  }

  #reported(loss: Loss | null): Loss | null {
    if (loss === this.#loss) return loss;
    this.#loss = loss;
    if (loss === null) this.#log.warn('data-back', { what: 'The files of the database are back; writes are kept.' });
    else {
      this.#log.error('data-lost', { loss, what: LOSSES[loss] });
      this.#save(loss);
    }
    return loss;
  }

  /** Saves what can be saved of what was acknowledged. */
  #save(loss: Loss): void {
    try {
      if (loss === 'log') {
        this.#db?.exec('PRAGMA wal_checkpoint(PASSIVE)');
        this.#presence?.remember();
      }
      // Else the next start would bring it into a file that it does not belong to.
      if ((loss === 'overwritten' || loss === 'replaced') && this.#presence?.hasOwnLog() === true) {
        renameSync(`${this.#file}-wal`, freePath(lostLogOf(this.#file)));
      }
    } catch (error) {
      this.#log.error('data-not-saved', { what: error instanceof Error ? error.message : String(error) });
    }
  }
}

/** The path, or one with a number where something is there. */
function freePath(path: string): string {
  for (let number = 2, free = path; ; number++) {
    if (!existsSync(free)) return free;
    free = `${path}-${String(number)}`;
  }
}

/**
 * Closes a database and leaves the file as it is: SQLite brings the log into it only where the file still is where it
 * was opened.
 */
function closeWithoutLog(file: string, db: DatabaseSync): void {
  const aside = closingOf(file);
  try {
    renameSync(file, aside);
  } catch {
    // It is not there at all, which is as good.
    db.close();
    return;
  }
  try {
    db.close();
  } finally {
    renameSync(aside, file);
  }
}
