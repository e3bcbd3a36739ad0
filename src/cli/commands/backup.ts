import { createWriteStream, existsSync } from 'node:fs';
import { rename, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { describeFsError } from '../../lib/fs-error.ts';
import { openPrivateFile } from '../../lib/private-files.ts';
import { checkCopy, removeCopy } from '../../store/open.ts';
import { describeBackup, withBackups } from '../backups.ts';
import { CommandError } from '../error-message.ts';
import type { TargetOptions } from '../target.ts';

/** The options of `mingce backup`. */
export interface BackupOptions extends TargetOptions {
  readonly out?: string;
  readonly force: boolean;
}

/** Keeps a copy of everything as one file. It is read through before it takes its name, so a file that is there is whole. */
export async function backup(options: BackupOptions): Promise<void> {
  const out = options.out ?? `mingce-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}Z.db`;
  if (!options.force && existsSync(out)) {
    throw new CommandError(`${out} is there already; name another file, or add --force to replace it.`);
  }
  const part = `${out}.part`;
  await removeCopy(part).catch(() => undefined);
  try {
    await withBackups(options, { restore: false, force: false }, async (copies) => {
      const pieces = await copies.copy();
      // It holds everybody's data, and the secrets of apps.
      try {
        await pipeline(pieces, createWriteStream(part, { fd: openPrivateFile(part), flush: true }));
      } catch (cause) {
        if (cause instanceof CommandError) throw cause;
        throw new CommandError(`${out} cannot be written: ${describeFsError(cause)}.`, { cause });
      }
    });
    const contents = await checkCopy(part);
    const { size } = await stat(part);
    await rename(part, out);
    process.stdout.write(`${out}: ${describeBackup(contents)}, ${(size / 1e6).toFixed(1)} MB. 备份完成。\n`);
  } finally {
    await removeCopy(part).catch(() => undefined);
  }
}
