import { readConfig } from '../../config.ts';
import { DEMO_ADMIN_KEY } from '../../demo.ts';
import type { CheckAnswer } from '../../http/admin/contract.ts';
import { StoreUnusable } from '../../store/engine.ts';
import { checkStore } from '../../store/open.ts';
import { describeBackup } from '../backup-target.ts';
import { CommandRefused, DamageFound } from '../error-message.ts';
import type { TargetOptions } from '../company-target.ts';
import { toCommandError, createAdminClient } from '../admin-client.ts';

/** The options of `mingce check`. */
export interface CheckOptions extends TargetOptions {
  readonly json: boolean;
}

/** Looks through everything in a data folder, a copy or a running server, and tells what is damaged. */
export async function check(copy: string | undefined, options: CheckOptions): Promise<void> {
  const { store, adminKey } = readConfig({
    MINGCE_DATA: options.data,
    MINGCE_STORE: copy === undefined ? options.store : `sqlite:${copy}`,
    MINGCE_ADMIN_KEY: options.adminKey,
  });
  const server = copy === undefined ? options.server : undefined;
  const answer =
    server === undefined
      ? await checkedHere(store, copy !== undefined)
      : await checkedThere(server, adminKey ?? DEMO_ADMIN_KEY);
  const { whole, damage } = answer;
  if (options.json) process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
  else if (whole) process.stdout.write(`${describeBackup(answer)}: nothing is damaged. 检查完成，未发现损坏。\n`);
  else process.stdout.write(damage.map((sentence) => `${sentence}\n`).join(''));
  if (!whole) throw new DamageFound('The data is damaged; restore it from a backup. 数据已损坏，请从备份恢复。');
}

async function checkedThere(server: string, adminKey: string): Promise<CheckAnswer> {
  const answer = await createAdminClient(server, adminKey)('POST', '/mingce/v1/check');
  if (!answer.ok) throw await toCommandError(answer);
  return (await answer.json()) as CheckAnswer;
}

async function checkedHere(store: string, isCopy: boolean): Promise<CheckAnswer> {
  try {
    const checked = await checkStore(store, { isCopy });
    return { whole: checked.damage.length === 0, ...checked };
  } catch (error) {
    if (!(error instanceof StoreUnusable)) throw error;
    // What cannot even be opened is what was looked for.
    if (error.isDamaged) return { whole: false, companies: 0, employees: 0, damage: [error.message] };
    if (!error.isInUse) throw error;
    throw new CommandRefused(
      'A running Mingce has this data open; add --server with its address, e.g. --server http://127.0.0.1:6464.',
      { cause: error },
    );
  }
}
