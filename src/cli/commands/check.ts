import type { CheckAnswer } from '../../http/admin/contract.ts';
import { StoreUnusableError } from '../../store/engine.ts';
import { checkStore } from '../../store/open.ts';
import { describeBackup } from '../backups.ts';
import { DamageFoundError } from '../error-message.ts';
import { withTarget, type TargetOptions } from '../target.ts';

/** The options of `mingce check`. */
export interface CheckOptions extends TargetOptions {
  readonly json: boolean;
}

/** Looks through everything in a data folder, a copy or a running server, and says what is damaged. */
export async function check(copy: string | undefined, options: CheckOptions): Promise<void> {
  const answer =
    copy === undefined
      ? await withTarget(options, {
          local: (store) => checkHere(store, false),
          remote: (server) => server.check(),
        })
      : await checkHere(`sqlite:${copy}`, true);
  const { whole, damage } = answer;
  if (options.json) process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
  else if (whole) process.stdout.write(`${describeBackup(answer)}: nothing is damaged. 检查完成，未发现损坏。\n`);
  else process.stdout.write(damage.map((sentence) => `${sentence}\n`).join(''));
  if (!whole) throw new DamageFoundError('The data is damaged; restore it from a backup. 数据已损坏，请从备份恢复。');
}

async function checkHere(store: string, isCopy: boolean): Promise<CheckAnswer> {
  try {
    const checked = await checkStore(store, { isCopy });
    return { whole: checked.damage.length === 0, ...checked };
  } catch (error) {
    if (!(error instanceof StoreUnusableError && error.isDamaged)) throw error;
    // What cannot even be opened is what was looked for.
    return { whole: false, companies: 0, employees: 0, damage: [error.message] };
  }
}
