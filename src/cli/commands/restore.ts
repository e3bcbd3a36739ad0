import { open } from 'node:fs/promises';
import { describeFsError } from '../../lib/fs-error.ts';
import { describeBackup, withBackups } from '../backups.ts';
import { CommandError } from '../error-message.ts';
import type { TargetOptions } from '../target.ts';

/** The options of `mingce restore`. */
export interface RestoreOptions extends TargetOptions {
  readonly force: boolean;
}

/** Puts a copy in the place of everything. */
export async function restore(path: string, options: RestoreOptions): Promise<void> {
  const { force } = options;
  const file = await open(path).catch((cause: unknown) => {
    throw new CommandError(`${path} cannot be read: ${describeFsError(cause)}.`, { cause });
  });
  try {
    const found = await file.stat();
    if (found.isDirectory()) throw new CommandError(`${path} cannot be read: it is a folder.`);
    // A pipe can be read once only.
    const copy = found.isFile() ? { copy: path } : {};
    await withBackups(options, { restore: true, force, ...copy }, async (copies) => {
      const contents = await copies.restore(file.createReadStream({ autoClose: false }), { force });
      process.stdout.write(`Restored ${describeBackup(contents)} from ${path}. 恢复完成。\n`);
      if (copies.aside !== null)
        process.stdout.write(`What was there and could not be opened is in ${copies.aside}.\n`);
    });
  } finally {
    await file.close();
  }
}
