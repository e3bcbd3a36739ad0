import { createReadStream, createWriteStream, existsSync, openSync, renameSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { backup, type DatabaseSync } from 'node:sqlite';
import { BackupError } from '../../directory/backup.ts';
import { makePrivateFile, PRIVATE_FILE, takeFromOthers } from '../../lib/private-files.ts';
import { checkFile, type CheckedFile } from './sqlite-check.ts';
import { companionsOf } from './sqlite-names.ts';

/** Pages copied at a time, which is the longest that a writer waits. */
const PAGES = 100;
const NO_COPY = 'This is not a copy of a Mingce directory.';
/** How often a copy is begun that finds a write under way at its very first step. */
const BEGINNINGS = 1_000;

/** Removes a database file with what belongs to it. */
export async function removeDatabase(file: string): Promise<void> {
  for (const path of companionsOf(file)) await rm(path, { force: true });
}

/** Copies an open database into a new file while work on it goes on. What is written meanwhile is in the copy. */
export async function copyInto(db: DatabaseSync, file: string): Promise<void> {
  makePrivateFile(file);
  for (let beginning = 1; ; beginning++) {
    try {
      await backup(db, file, { rate: PAGES });
      return;
    } catch (error) {
      // The runtime waits for a write that is under way at any step but the first, which it reports as code 0.
      if (!(error instanceof Error && 'errcode' in error && error.errcode === 0) || beginning === BEGINNINGS)
        throw error;
      await setImmediate();
    }
  }
}

/** A file's bytes; the file itself is gone from its folder at once, and from the disk when the bytes have been read. */
export async function streamAndUnlink(file: string): Promise<AsyncIterable<Uint8Array>> {
  // No handle: the runtime may report an error when it is closed without having been read.
  const fd = openSync(file, 'r');
  await rm(file);
  return createReadStream('', { fd, highWaterMark: 256 * 1024 });
}

/** Writes pieces into a file and reads it through. Throws {@link BackupError}; the caller must remove the file. */
export async function receiveInto(file: string, pieces: AsyncIterable<Uint8Array>): Promise<CheckedFile> {
  await pipeline(sourced(pieces), createWriteStream(file, { mode: PRIVATE_FILE }));
  return await assertIntact(file);
}

/**
 * Reads a copy through; answers what was found. Throws {@link BackupError} where it is damaged, made otherwise than
 * Mingce makes one, or none.
 */
export async function assertIntact(file: string): Promise<CheckedFile> {
  let checked: CheckedFile;
  try {
    checked = await checkFile(file);
  } catch (cause) {
    throw new BackupError('unusable', NO_COPY, { cause });
  }
  const { damage, isForeign, oddity } = checked;
  if (isForeign) throw new BackupError('unusable', NO_COPY);
  if (oddity !== null) {
    throw new BackupError('unusable', `The copy is not as Mingce makes one: ${oddity}. Take another one.`);
  }
  if (damage.length === 0) return checked;
  throw new BackupError('unusable', 'The copy is damaged; take an older one.', { cause: new Error(damage[0]) });
}

/** The same pieces; where they end in an error, it is the sender's. */
async function* sourced(pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  try {
    for (;;) {
      let step: IteratorResult<Uint8Array>;
      try {
        step = await iterator.next();
      } catch (cause) {
        throw new BackupError('cut-short', 'The copy did not arrive whole.', { cause });
      }
      if (step.done === true) return;
      yield step.value;
    }
  } finally {
    await iterator.return?.();
  }
}

/** Has what was written to a file, or what was renamed in a folder, on the disk. */
export async function fsyncPath(path: string): Promise<void> {
  const handle = await open(path, 'r').catch(() => null);
  // Where a folder cannot be opened, the system keeps its names by itself.
  if (handle === null) return;
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Whether there is anything at the place of a database. */
export function exists(file: string): boolean {
  return existsSync(file);
}

/** Moves a file that cannot be opened out of the way, and answers where to. */
export function quarantine(file: string): string {
  let aside = `${file}.damaged`;
  for (let number = 2; existsSync(aside); number++) aside = `${file}.damaged-${String(number)}`;
  renameSync(file, aside);
  takeFromOthers(aside);
  if (existsSync(`${file}-wal`)) {
    renameSync(`${file}-wal`, `${aside}-wal`);
    takeFromOthers(`${aside}-wal`);
  }
  return aside;
}
