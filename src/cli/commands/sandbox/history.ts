import { supportsColor } from '../../../config.ts';
import type { ChangeLine, ChangeList } from '../../../sandbox/history/contract.ts';
import { askedCompany, askedJson, askedServer } from '../../asked-server.ts';
import { changeText, withField } from '../../output/change-line.ts';
import { colors } from '../../output/colors.ts';
import type { TargetOptions } from '../../target.ts';

/** The options of `mingce history`. */
export interface HistoryCommandOptions extends TargetOptions {
  readonly company?: string;
  readonly field?: string;
  readonly limit: string;
  readonly json: boolean;
}

/** Prints what was changed of an employee, or of everybody, oldest first. */
export async function history(employee: string | undefined, options: HistoryCommandOptions): Promise<void> {
  const ask = await askedServer(options);
  const key = encodeURIComponent(await askedCompany(ask, options.company));
  const { field } = options;
  const query = new URLSearchParams({
    limit: options.limit,
    // Of everybody the server lists the newest changes, whatever they changed.
    ...(field === undefined || employee === undefined ? {} : { field }),
  });
  const of = employee === undefined ? '' : `/employees/${encodeURIComponent(employee)}`;
  const list = await askedJson<ChangeList>(ask('GET', `/mingce/v1/companies/${key}${of}/changes?${query.toString()}`));
  const changes = field === undefined ? list.changes : list.changes.filter((change) => field in change.fields);
  const paint = colors(supportsColor(process.stdout));
  const print = (change: ChangeLine): string =>
    options.json ? JSON.stringify(change) : changeText(field === undefined ? change : withField(change, field), paint);
  for (const change of changes.toReversed()) process.stdout.write(`${print(change)}\n`);
  if (changes.length > 0 || options.json) return;
  process.stdout.write(
    field === undefined
      ? 'Nothing was changed. 没有变更记录。\n'
      : `No change has a field ${field}; without --field all are shown, with the names of their fields. 没有该字段的变更记录。\n`,
  );
}
