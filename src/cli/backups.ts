import type { Backups, BackupSummary } from '../directory/backup.ts';
import { StoreBusyError } from '../directory/errors.ts';
import { checkCopy, isAbsent, openBackups } from '../store/open.ts';
import { CommandError } from './error-message.ts';
import { withTarget, type TargetOptions } from './target.ts';

/** What a command does with copies. */
export interface OpenBackups extends Backups {
  /** Where something damaged went to make place; null where nothing had to. */
  readonly aside: string | null;
}

/** Opens the copies of a store, here or on a running server, for as long as the work takes; `copy` is the file that is to be put back. */
export async function withBackups<Result>(
  options: TargetOptions,
  purpose: { readonly restore: boolean; readonly force: boolean; readonly copy?: string },
  work: (backups: OpenBackups) => Promise<Result>,
): Promise<Result> {
  return await withTarget(options, {
    local: async (store) => {
      try {
        // A folder is made for a copy that can be put back alone.
        if (purpose.copy !== undefined && isAbsent(store)) await checkCopy(purpose.copy);
        const opened = await openBackups(store, purpose);
        const { backups, aside } = opened;
        try {
          if (typeof backups === 'string') throw new CommandError(backups);
          return await work({ ...backups, aside });
        } finally {
          await opened.close();
        }
      } catch (cause) {
        if (!(cause instanceof StoreBusyError)) throw cause;
        throw new CommandError('The data folder cannot be written; is its disk full?', { cause });
      }
    },
    remote: ({ backups }) => work({ ...backups, aside: null }),
  });
}

/** Describes in words what a copy holds. */
export function describeBackup({ companies, employees }: BackupSummary): string {
  const so = (number: number, one: string, many: string): string => `${String(number)} ${number === 1 ? one : many}`;
  return `${so(companies, 'company', 'companies')} with ${so(employees, 'employee', 'employees')}`;
}
