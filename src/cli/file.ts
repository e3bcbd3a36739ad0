import { closeSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import type { CompanySource } from '../load-companies.ts';
import { describeFsError } from '../lib/fs-error.ts';
import { openPrivateFile } from '../lib/private-files.ts';
import { CommandError } from './error-message.ts';

/** Reads a company file; `-` is standard input. */
export function readCompany(path: string): CompanySource {
  let bytes: Buffer;
  try {
    bytes = path === '-' ? readStandardInput() : readFileSync(path);
  } catch (cause) {
    throw new CommandError(`Company file ${path} cannot be read: ${describeFsError(cause)}.`, { cause });
  }
  try {
    return { name: path, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (cause) {
    throw new CommandError(`Company file ${path} is not text in UTF-8.`, { cause });
  }
}

/** Reads standard input to its end, also where the program before it in a pipe takes its time. */
export function readStandardInput(): Buffer {
  const pieces: Buffer[] = [];
  const piece = Buffer.alloc(65_536);
  for (;;) {
    try {
      const bytes = readSync(0, piece);
      if (bytes === 0) return Buffer.concat(pieces);
      pieces.push(Buffer.from(piece.subarray(0, bytes)));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      // Windows says so instead of answering 0.
      if (code === 'EOF') return Buffer.concat(pieces);
      // A pipe that does not block has nothing just now.
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
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
