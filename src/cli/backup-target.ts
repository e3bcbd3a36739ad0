import { readConfig } from '../config.ts';
import { DEMO_ADMIN_KEY } from '../demo.ts';
import type { Backups, Contents } from '../directory/backup.ts';
import { StoreBusy } from '../directory/errors.ts';
import type { CompanyList } from '../http/admin/contract.ts';
import { StoreUnusable } from '../store/engine.ts';
import { openBackups } from '../store/open.ts';
import { CommandRefused } from './error-message.ts';
import type { TargetOptions } from './company-target.ts';
import { toCommandError, createAdminClient, type AdminRequest } from './admin-client.ts';

/** What a command does with copies, and where something damaged went to make place. */
export interface BackupTarget extends Backups {
  readonly aside: string | null;
}

/** Opens the store in the data folder, or speaks to a running server, for as long as the work takes. */
export async function withBackups<Result>(
  options: TargetOptions,
  purpose: { readonly restore: boolean; readonly force: boolean },
  work: (copies: BackupTarget) => Promise<Result>,
): Promise<Result> {
  const { store, adminKey } = readConfig({
    MINGCE_DATA: options.data,
    MINGCE_STORE: options.store,
    MINGCE_ADMIN_KEY: options.adminKey,
  });
  if (options.server !== undefined)
    return await work(remote(createAdminClient(options.server, adminKey ?? DEMO_ADMIN_KEY)));
  try {
    const opened = await openBackups(store, purpose);
    const { backups, aside } = opened;
    try {
      if (typeof backups === 'string') throw new CommandRefused(backups);
      return await work({ ...backups, aside });
    } finally {
      await opened.close();
    }
  } catch (error) {
    if (error instanceof StoreBusy) {
      throw new CommandRefused('The data folder cannot be written; is its disk full?', { cause: error });
    }
    if (!(error instanceof StoreUnusable && error.isInUse)) throw error;
    throw new CommandRefused(
      'A running Mingce has this data open; add --server with its address, e.g. --server http://127.0.0.1:6464.',
      { cause: error },
    );
  }
}

function remote(ask: AdminRequest): BackupTarget {
  return {
    aside: null,
    copy: async () => {
      const answer = await ask('POST', '/mingce/v1/backup');
      if (!answer.ok || answer.body === null) throw await toCommandError(answer);
      return whole(answer.body);
    },
    restore: async (pieces, { force }) => {
      // Asked for beforehand, so that nothing large is sent in vain.
      const there = await ask('GET', '/mingce/v1/companies');
      if (!there.ok) throw await toCommandError(there);
      if (!force && ((await there.json()) as CompanyList).companies.length > 0) {
        throw new CommandRefused('There are companies there already; give --force to have them replaced.');
      }
      const answer = await ask('POST', `/mingce/v1/restore?force=${String(force)}`, pieces);
      if (!answer.ok) throw await toCommandError(answer);
      return (await answer.json()) as Contents;
    },
  };
}

/** What a server sends; a connection that breaks is told as what it means. */
async function* whole(pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    yield* pieces;
  } catch (cause) {
    throw new CommandRefused('The connection broke before the copy was complete; nothing was kept.', { cause });
  }
}

/** What a copy holds, in words. */
export function describeBackup({ companies, employees }: Contents): string {
  const so = (number: number, one: string, many: string): string => `${String(number)} ${number === 1 ? one : many}`;
  return `${so(companies, 'company', 'companies')} with ${so(employees, 'employee', 'employees')}`;
}
