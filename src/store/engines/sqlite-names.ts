/** Where a copy stands while it is made and while it is taken in: beside the data, so on the same disk. */
export const snapshotPath = (file: string): string => `${file}.copy`;
export const restorePath = (file: string): string => `${file}.incoming`;

/** The file that whoever has the data open holds locked. */
export const lockOf = (file: string): string => `${file}.lock`;

/** A database file, and whatever SQLite may keep beside it. */
export function companionsOf(file: string): readonly string[] {
  return ['', '-wal', '-journal', '-shm'].map((ending) => `${file}${ending}`);
}
