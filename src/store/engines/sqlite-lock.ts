import { statSync, utimesSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makePrivateFile, makePrivateFolder } from '../../lib/private-files.ts';
import { lockOf } from './sqlite-names.ts';

/**
 * Marks a database file as in use, as long as the process lives, by a lock on an empty file beside it. The file stays
 * when the lock is released, and means nothing then.
 *
 * SQLite's own lock on the database is not enough: with POSIX locks, a process that opens and closes the file by other
 * means loses it, and it is gone for a moment when a copy replaces the file. There is no reason to open this one. It is
 * a lock of SQLite as well, which the system releases however the process ends.
 */
export class FileLock {
  readonly #path: string;
  readonly #db: DatabaseSync;
  /** When it was taken, as the system keeps it: another one who takes it changes that. */
  readonly #takenAt: number;

  /** Takes the lock, or throws SQLite's error: code 5 where another process, or this one, has it. */
  constructor(file: string) {
    this.#path = lockOf(file);
    makePrivateFolder(dirname(file));
    makePrivateFile(this.#path);
    this.#db = new DatabaseSync(this.#path);
    try {
      // Never committed, and nothing is written in it: the file stays empty, and nothing is made beside it.
      this.#db.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
      const now = new Date();
      utimesSync(this.#path, now, now);
      this.#takenAt = statSync(this.#path).mtimeMs;
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  /** Whether somebody else has taken it since, which only is possible where the system dropped it. */
  isTaken(): boolean {
    const now = statSync(this.#path, { throwIfNoEntry: false });
    // Where the file is gone, the database is looked at, which lay beside it.
    return now !== undefined && now.mtimeMs !== this.#takenAt;
  }

  release(): void {
    if (this.#db.isOpen) this.#db.close();
  }
}
