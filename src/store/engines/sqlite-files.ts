import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makePrivateFile, makePrivateFolder, takeFromOthers } from '../../lib/private-files.ts';

/** How many files and folders others could read until now. */
export interface Tightened {
  readonly files: number;
  readonly folders: number;
}

const STICKY = 0o1000;

/**
 * Makes the place of a database file, and the file itself, so that only their owner can read them; closes to others
 * what is there already and was open to them. SQLite gives whatever it makes beside the file the file's own mode.
 */
export function makePrivatePlace(file: string): Tightened {
  const folder = dirname(file);
  const isNew = makePrivateFolder(folder);
  makePrivateFile(file);
  const names = readdirSync(folder);
  const own = names.filter((name) => name.startsWith(basename(file)));
  const files = own.filter((name) => takeFromOthers(join(folder, name))).length;
  const isOpen = !isNew && isForDataAlone(folder, names, basename(file)) && takeFromOthers(folder);
  return { files, folders: isOpen ? 1 : 0 };
}

/** A folder that holds something else may be shared on purpose, as `/tmp` is; the files in it are closed anyway. */
function isForDataAlone(folder: string, names: readonly string[], name: string): boolean {
  if ((statSync(folder).mode & STICKY) !== 0) return false;
  const stem = name.replace(/\.[^.]*$/, '');
  return names.every((one) => one.startsWith(stem) || one.startsWith('mingce') || one === 'lost+found');
}
