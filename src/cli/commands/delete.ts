import { counted } from '../../lib/counted.ts';
import { unknownCompany, withCompanies } from '../companies.ts';
import { confirm } from '../confirm.ts';
import { CommandError } from '../error-message.ts';
import type { TargetOptions } from '../target.ts';

/** The options of `mingce delete`. */
export interface DeleteOptions extends TargetOptions {
  readonly yes: boolean;
  readonly json: boolean;
}

/** Removes a company with everything it has, once someone at the terminal agrees or `--yes` is given. */
export async function deleteCompany(key: string, options: DeleteOptions): Promise<void> {
  await withCompanies(options, async (companies) => {
    const summary = await companies.summary(key);
    if (summary === null) throw await unknownCompany(key, companies);
    const people = counted(summary.employees, 'person', 'people');
    const question = `Remove company "${key}" with ${people} and its history? 确定删除该公司及其历史？`;
    const agreed = options.yes ? true : await confirm(question);
    if (agreed === null) throw new CommandError(`This removes ${people} and their history; add --yes if it is meant.`);
    if (!agreed) throw new CommandError('Nothing was removed. 未删除。');
    await companies.remove(key, 'command-line');
    process.stdout.write(
      options.json ? `${JSON.stringify({ removed: key })}\n` : `Removed company ${key}, ${people}. 已删除。\n`,
    );
  });
}
