import { closeSync, readFileSync, writeFileSync } from 'node:fs';
import type { CompanySource } from '../load-companies.ts';
import { describeFsError } from '../lib/fs-error.ts';
import { openPrivateFile } from '../lib/private-files.ts';
import { CommandError } from './error-message.ts';

/** Reads a company file; `-` is standard input. */
export function readCompany(path: string): CompanySource {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path === '-' ? 0 : path);
  } catch (cause) {
    throw new CommandError(`Company file ${path} cannot be read: ${describeFsError(cause)}.`, { cause });
  }
  try {
    return { name: path, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (cause) {
    throw new CommandError(`Company file ${path} is not text in UTF-8.`, { cause });
  }
}

/** Writes what a command made, to standard output or to a file that only its owner can read. */
export function writeOut(path: string | undefined, text: string): void {
  if (path === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    const fd = openPrivateFile(path);
    try {
      writeFileSync(fd, text);
    } finally {
      closeSync(fd);
    }
  } catch (cause) {
    throw new CommandError(`${path} cannot be written: ${describeFsError(cause)}.`, { cause });
  }
}
