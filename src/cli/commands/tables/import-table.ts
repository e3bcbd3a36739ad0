import { createReadStream, existsSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { supportsColor } from '../../../config.ts';
import type { ImportRows, ImportState, ImportView } from '../../../company/tables/contract.ts';
import { toCommandError, type AdminRequest } from '../../admin-client.ts';
import { askedCompany, askedJson, askedServer, OF_VALUES } from '../../asked-server.ts';
import { CommandError, UsageError } from '../../error-message.ts';
import { nextCommand } from '../../live/next-command.ts';
import { colors } from '../../output/colors.ts';
import { importLines } from '../../output/import-lines.ts';
import { progressOn, type Progress } from '../../output/progress.ts';
import type { TargetOptions } from '../../target.ts';
import { save } from './export-table.ts';

/** How a plan is shown and carried out, whatever it was made from. */
export interface PlanOptions extends TargetOptions {
  readonly company?: string;
  readonly plan: boolean;
  readonly failed?: string;
  readonly confirm?: number;
  readonly json: boolean;
}

/** The options of `mingce import`. */
export interface ImportTableOptions extends PlanOptions {
  readonly column: readonly string[];
  readonly sheet?: string;
  readonly skipHidden: boolean;
  readonly clearEmpty: boolean;
  readonly platform: readonly string[];
  readonly resume?: string;
  readonly undo?: string;
}

const POLL_MS = 200;
/** So many of the rows that fail are printed. */
const SHOWN = 20;
const RUNNING: ReadonlySet<ImportState> = new Set(['checking', 'applying', 'undoing']);

/** Imports a table, goes on with an import, or takes one back; returns the exit code: 2 where rows failed. */
export async function importTable(file: string | undefined, options: ImportTableOptions): Promise<number> {
  const ask = await askedServer(options);
  const company = encodeURIComponent(await askedCompany(ask, options.company));
  const base = `/mingce/v1/companies/${company}/imports`;
  const { resume, undo } = options;
  const known = resume ?? undo;
  if ((known === undefined) === (file === undefined)) {
    throw new UsageError(
      'Give a file, or --resume or --undo with the id of an import. 请指定文件，或用 --resume、--undo 指定导入编号。',
    );
  }
  const job =
    known === undefined ? await uploaded(ask, base, file ?? '', options) : `${base}/${encodeURIComponent(known)}`;
  if (known !== undefined) {
    const begun = await askedJson<ImportView>(ask('POST', `${job}/${resume === undefined ? 'undo' : 'resume'}`));
    return await ended(ask, job, await waited(ask, job, begun), options);
  }
  return await checkedAndApplied(ask, job, options);
}

/** Checks an import and, where it is more than a plan, applies it; returns the exit code. */
export async function checkedAndApplied(ask: AdminRequest, job: string, options: PlanOptions): Promise<number> {
  const checked = await waited(ask, job, await askedJson<ImportView>(ask('POST', `${job}/check`)));
  if (checked.state !== 'checked') {
    const { en, zh } = checked.error ?? { en: 'The table was not checked.', zh: '表格未能检查。' };
    throw new CommandError(`${en} ${zh}`);
  }
  if (options.plan || nothingToDo(checked)) return await ended(ask, job, checked, options);
  const { confirm } = options;
  // Where too many would leave, the server refuses with the number to confirm.
  const begun = await askedJson<ImportView>(ask('POST', `${job}/apply`, JSON.stringify({ confirm })));
  return await ended(ask, job, await waited(ask, job, begun), options);
}

function nothingToDo({ counts }: ImportView): boolean {
  return counts === null || counts.add + counts.change === 0;
}

/** Sends the file, or standard input, with how it is meant; returns the path of the import. */
async function uploaded(ask: AdminRequest, base: string, file: string, options: ImportTableOptions): Promise<string> {
  if (file !== '-' && !existsSync(file)) throw new CommandError(`There is no file ${file}. 没有文件 ${file}。`);
  if (file !== '-' && statSync(file).isDirectory()) {
    throw new CommandError(`${file} is a folder; give the table in it. ${file} 是文件夹，请指定其中的表格文件。`);
  }
  const { sheet } = options;
  const query = new URLSearchParams({ name: basename(file), ...(sheet === undefined ? {} : { sheet }) });
  const view = await askedJson<ImportView>(
    ask('POST', `${base}?${query.toString()}`, file === '-' ? process.stdin : createReadStream(file)),
  );
  const job = `${base}/${view.id}`;
  const given = new Map(options.column.map((one) => splitOnce(one)));
  const strange = [...given.keys()].find((header) => !view.columns.some((column) => column.header === header));
  if (strange !== undefined) throw new CommandError(`The table has no column ${strange}. 表格没有列「${strange}」。`);
  const columns = view.columns.map(({ header, field }) => (given.has(header) ? (given.get(header) ?? null) : field));
  await askedJson<ImportView>(
    ask(
      'PATCH',
      job,
      JSON.stringify({
        columns,
        clears_empty: options.clearEmpty,
        skips_hidden: options.skipHidden,
        ...(options.platform.length === 0 ? {} : { platforms: options.platform }),
      }),
    ),
    OF_VALUES,
  );
  return job;
}

/** `手机=mobile`; without a field the column is passed over. */
function splitOnce(text: string): readonly [string, string | null] {
  const at = text.lastIndexOf('=');
  if (at < 1) throw new UsageError(`Write a column as header=field, not ${text}. 列请写成 表头=字段。`);
  const field = text.slice(at + 1);
  return [text.slice(0, at), field === '' ? null : field];
}

async function waited(ask: AdminRequest, job: string, begun: ImportView): Promise<ImportView> {
  let view = begun;
  // How many there are is known only after some of them.
  let progress: Progress | null = null;
  let [shown, all] = [0, 0];
  while (RUNNING.has(view.state)) {
    await setTimeout(POLL_MS);
    view = await askedJson<ImportView>(ask('GET', job));
    const { done, of } = view.progress;
    if (!RUNNING.has(view.state) || of === 0) continue;
    progress ??= progressOn(process.stderr, of, 'rows');
    progress.add(done - shown);
    [shown, all] = [done, of];
  }
  if (view.state !== 'paused' && view.state !== 'failed') progress?.add(all - shown);
  progress?.end();
  return view;
}

async function ended(ask: AdminRequest, job: string, view: ImportView, options: PlanOptions): Promise<number> {
  const refused = view.state === 'checked' ? (view.counts?.refused ?? 0) : 0;
  const failing = (view.counts?.refused ?? 0) + view.failed;
  const lists = await Promise.all(
    ['refused', 'failed'].map((state) =>
      askedJson<ImportRows>(ask('GET', `${job}/rows?state=${state}&limit=${String(SHOWN)}`)),
    ),
  );
  const rows = lists.flatMap((list) => list.rows);
  if (options.json) process.stdout.write(`${JSON.stringify({ ...view, failing: rows })}\n`);
  else {
    const undo = `  take it back 撤销: ${nextCommand(['import', '--undo', view.id], options)}`;
    const next = view.state === 'applied' && view.applied > 0 ? [undo] : [];
    const lines = [...importLines(view, rows, colors(supportsColor(process.stdout))), ...next];
    process.stdout.write(`${lines.join('\n')}\n`);
  }
  if (options.failed !== undefined && failing > 0) {
    const format = options.failed.endsWith('.xlsx') ? 'xlsx' : 'csv';
    const answer = await ask('GET', `${job}/failed?format=${format}`);
    if (!answer.ok) throw await toCommandError(answer);
    await save(answer, options.failed);
  }
  if (view.state === 'paused') return 1;
  if (view.state === 'undone') return view.kept > 0 ? 2 : 0;
  return refused > 0 || failing > 0 ? 2 : 0;
}
