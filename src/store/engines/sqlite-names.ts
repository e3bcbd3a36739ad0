/** The path of a copy while it is made or restored: beside the data, so on the same disk. */
export const snapshotPath = (file: string): string => `${file}.copy`;
export const restorePath = (file: string): string => `${file}.incoming`;

/** The file that is locked while the data is open. */
export const lockOf = (file: string): string => `${file}.lock`;

/** A database file, and whatever SQLite may keep beside it. */
export function companionsOf(file: string): readonly string[] {
  return ['', '-wal', '-journal', '-shm'].map((ending) => `${file}${ending}`);
}
