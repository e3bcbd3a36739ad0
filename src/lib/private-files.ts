import { chmodSync, closeSync, fchmodSync, fstatSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** What is kept or written out is personal data and secrets, so only the owner of the process may read it. */
export const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;
const OF_OTHERS = 0o077;

/**
 * Makes a folder that only its owner can enter, with those above it that are missing; returns whether it was made.
 * One level at a time: Node's own recursive `mkdirSync` never returns below /proc, where no folder can be made.
 */
export function makePrivateFolder(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return false;
  const above = dirname(path);
  if (found === undefined && above !== path) makePrivateFolder(above);
  try {
    mkdirSync(path, { mode: PRIVATE_FOLDER });
  } catch (error) {
    // Another process may have made it since.
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return false;
    throw error;
  }
  // The umask may have taken away what the owner needs.
  chmodSync(path, PRIVATE_FOLDER);
  return true;
}

/** Makes an empty file that only its owner can read; one that is there stays as it is. */
export function makePrivateFile(path: string): void {
  let fd: number;
  try {
    fd = openSync(path, 'wx', PRIVATE_FILE);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return;
    throw error;
  }
  fchmodSync(fd, PRIVATE_FILE);
  closeSync(fd);
}

/** Opens a file to be written from its beginning, after taking it from others if it is there. */
export function openPrivateFile(path: string): number {
  const fd = openSync(path, 'w', PRIVATE_FILE);
  try {
    if (fstatSync(fd).isFile()) fchmodSync(fd, PRIVATE_FILE);
  } catch {
    // Someone else's file, which the caller named: only its owner says who reads it.
  }
  return fd;
}

/** Takes from others what they may do with a file or folder; answers whether they could do anything. */
export function takeFromOthers(path: string): boolean {
  if (process.platform === 'win32') return false;
  try {
    const { mode } = statSync(path);
    if ((mode & OF_OTHERS) === 0) return false;
    chmodSync(path, mode & 0o700);
    return true;
  } catch {
    // It is gone already, or belongs to someone else, who alone can change it.
    return false;
  }
}
