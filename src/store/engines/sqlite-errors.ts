import { StoreBusyError } from '../../directory/errors.ts';

/** SQLite's own code for an error, without what it says besides: https://www.sqlite.org/rescode.html */
export function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return error.errcode & 0xff;
}

/** Whether the file is no database, or not any more. */
export function isDamage(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === 11 || code === 26;
}

/** The error of a store whose files are not as it left them. */
export function lost(): StoreBusyError {
  return new StoreBusyError('files of the database were taken away or changed by others');
}

/** SQLite's codes for a database that exists but cannot be written now: full, read-only, I/O trouble, locked. */
const BUSY_CODES = new Set([5, 6, 8, 10, 13, 14]);

/** Whether the database failed for want of something that may come back. */
export function isLack(error: unknown): boolean {
  return BUSY_CODES.has(sqliteCode(error) ?? 0);
}

/** Whether a file did not fit on the disk. */
export function isShortOfSpace(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

/** The error as a busy store where trying again may help. */
export function asBusy(error: unknown): Error {
  if (!isLack(error)) return error instanceof Error ? error : new Error(String(error));
  return new StoreBusyError('the database cannot be written just now', { cause: error });
}
