import { pathToFileURL } from 'node:url';

/** The path of a copy while it is made or restored: beside the data, so on the same disk. */
export const snapshotPath = (file: string): string => `${file}.copy`;
export const restorePath = (file: string): string => `${file}.incoming`;

/** The file that is locked while the data is open. */
export const lockOf = (file: string): string => `${file}.lock`;

/** A database file, and whatever SQLite may keep beside it. */
export function companionsOf(file: string): readonly string[] {
  return ['', '-wal', '-journal', '-shm'].map((ending) => `${file}${ending}`);
}

/** Which file it is, whatever its name. */
export interface FileIdentity {
  readonly dev: number;
  readonly ino: number;
}

export function isSameFile(one: FileIdentity, other: FileIdentity): boolean {
  return one.ino === other.ino && one.dev === other.dev;
}

/** Whether threads of this process can have one file open while other processes cannot; not on Windows. */
export const canShare = process.platform !== 'win32';

/**
 * Returns the name under which threads of this process open a file together. The way to the file that SQLite calls
 * `unix-excl` locks it for the process and keeps the index of its log in the process's memory:
 * https://www.sqlite.org/vfs.html#standard_unix_vfses
 */
export function sharedName(file: string): string {
  return `${pathToFileURL(file).href}?vfs=unix-excl`;
}
