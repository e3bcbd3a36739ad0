import { open } from 'node:fs/promises';
import { atCopies, inWords } from '../backup-target.ts';
import { CommandRefused } from '../error-message.ts';
import { whyNot } from '../file.ts';
import type { OfficeOptions } from '../company-target.ts';

/** The options of `mingce restore`. */
export interface RestoreOptions extends OfficeOptions {
  readonly force: boolean;
}

/** Puts a copy in the place of everything. */
export async function restore(path: string, options: RestoreOptions): Promise<void> {
  const { force } = options;
  const file = await open(path).catch((cause: unknown) => {
    throw new CommandRefused(`${path} cannot be read: ${whyNot(cause)}.`, { cause });
  });
  try {
    if ((await file.stat()).isDirectory()) throw new CommandRefused(`${path} cannot be read: it is a folder.`);
    await atCopies(options, { restore: true, force }, async (copies) => {
      const contents = await copies.restore(file.createReadStream({ autoClose: false }), { force });
      process.stdout.write(`Restored ${inWords(contents)} from ${path}. 恢复完成。\n`);
      if (copies.aside !== null)
        process.stdout.write(`What was there and could not be opened is in ${copies.aside}.\n`);
    });
  } finally {
    await file.close();
  }
}
