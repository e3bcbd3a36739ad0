import { closeSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { describeFsError, fsErrorCode } from '../lib/fs-error.ts';
import { openPrivateFile } from '../lib/private-files.ts';
import { CommandError } from './error-message.ts';

/** How the text of every ready file begins. */
const BEGINNING = '{"url":';

/** Removes what an earlier server that was killed left at the path. Throws where something else is there. */
export function clearReadyFile(path: string): void {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if (fsErrorCode(cause) === 'ENOENT') return;
    throw new CommandError(`--ready-file ${path} cannot be used: ${describeFsError(cause)}.`, { cause });
  }
  if (!text.startsWith(BEGINNING)) {
    throw new CommandError(`--ready-file ${path} is there already and is no ready file; name another.`);
  }
  rmSync(path, { force: true });
}

/** Writes the file under another name first, so that a program that waits for it never reads a part. */
export function writeReadyFile(path: string, line: string): void {
  const part = `${path}.part`;
  try {
    const fd = openPrivateFile(part);
    try {
      writeFileSync(fd, line);
    } finally {
      closeSync(fd);
    }
    renameSync(part, path);
  } catch (cause) {
    throw new CommandError(`--ready-file ${path} cannot be written: ${describeFsError(cause)}.`, { cause });
  }
}
