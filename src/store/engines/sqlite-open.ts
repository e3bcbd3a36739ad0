import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describeFsError, fsErrorCode } from '../../lib/fs-error.ts';
import { StoreUnusableError } from '../engine.ts';
import { isDamage, sqliteCode } from './sqlite-errors.ts';
import { makePrivatePlace, type Tightened } from './sqlite-files.ts';
import { FileLock } from './sqlite-lock.ts';
import { isLogDamaged } from './sqlite-log-check.ts';
import { canShare, sharedName } from './sqlite-names.ts';

/** The file that is none. */
export const MEMORY = ':memory:';
/** Pages of the database kept in memory, in KiB. */
const CACHE_KIB = 64 * 1024;
/**
 * Pages in the log before they are brought into the file. A page that was written often goes there once: with four
 * times SQLite's own figure an update costs a fifth less.
 */
export const WAL_CHECKPOINT_PAGES = 4_000;

/** Takes the lock beside a database file. Throws {@link StoreUnusableError} where another process has it. */
export function lockPlace(file: string): FileLock {
  try {
    return new FileLock(file);
  } catch (cause) {
    throw unusable(file, cause);
  }
}

/** Opens a database file for this process alone. Throws {@link StoreUnusableError}. */
export function openDatabase(file: string, placed: (wasOpen: Tightened) => void = () => {}): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    if (file !== MEMORY) {
      placed(makePrivatePlace(file));
      if (isLogDamaged(file)) throw new DamagedLogError();
    }
    const isShared = canShare && file !== MEMORY;
    db = new DatabaseSync(isShared ? sharedName(file) : file);
    // Set before the first access: without a shared-memory file no second process can open the same data.
    if (!isShared) db.exec('PRAGMA locking_mode = EXCLUSIVE');
    db.exec('PRAGMA journal_mode = WAL');
    db.exec('PRAGMA synchronous = FULL');
    db.exec(`PRAGMA cache_size = -${String(CACHE_KIB)}`);
    db.exec(`PRAGMA wal_autocheckpoint = ${String(WAL_CHECKPOINT_PAGES)}`);
    db.exec('PRAGMA foreign_keys = ON');
    db.exec('BEGIN IMMEDIATE; COMMIT');
    return db;
  } catch (cause) {
    if (db?.isOpen === true) db.close();
    throw unusable(file, cause);
  }
}

/** SQLite's codes for a database that another process has locked. */
const IN_USE_CODES = new Set([5, 6]);

function unusable(file: string, cause: unknown): StoreUnusableError {
  const isInUse = IN_USE_CODES.has(sqliteCode(cause) ?? 0);
  const isDamaged = isDamage(cause) || cause instanceof DamagedLogError;
  return new StoreUnusableError(whyUnusable(file, cause), { cause, isInUse, isDamaged });
}

/** The log was damaged before its end. */
class DamagedLogError extends Error {}

function whyUnusable(file: string, cause: unknown): string {
  const folder = dirname(file);
  if (cause instanceof DamagedLogError) {
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
      return cannotBeUsed(folder, cause);
  }
}

/** Why there is no folder at a place and none can be made, by the code of the file system. */
const NO_FOLDER: Readonly<Record<string, string>> = {
  EEXIST: 'it, or a part of its path, is a file',
  ENOTDIR: 'it, or a part of its path, is a file',
  ENOENT: 'no folder can be made there',
};

function cannotBeUsed(folder: string, cause: unknown): string {
  const why = NO_FOLDER[fsErrorCode(cause) ?? ''];
  if (why === undefined && !isWritable(folder)) return cannotBeWritten(folder);
  return `The data folder ${folder} cannot be used: ${why ?? describeFsError(cause)}. Choose another with --data.`;
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
