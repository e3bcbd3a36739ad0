import { closeSync, writeSync } from 'node:fs';
import { describeFsError } from '../../../lib/fs-error.ts';
import { openPrivateFile } from '../../../lib/private-files.ts';
import { toCommandError } from '../../admin-client.ts';
import { askedCompany, askedServer, OF_VALUES } from '../../asked-server.ts';
import { CommandError, UsageError } from '../../error-message.ts';
import type { TargetOptions } from '../../target.ts';

/** The options of `mingce export-table`. */
export interface ExportTableOptions extends TargetOptions {
  readonly company?: string;
  readonly out?: string;
  readonly format?: string;
  readonly template?: string;
  readonly columns?: string;
  readonly department?: string;
  readonly status?: string;
  readonly language: string;
  readonly raw: boolean;
}

/** Writes the employees of a company as a table, as they arrive. */
export async function exportTable(options: ExportTableOptions): Promise<void> {
  const { out, template } = options;
  const format = options.format ?? (out?.endsWith('.xlsx') === true && template === undefined ? 'xlsx' : 'csv');
  if (out === undefined && format === 'xlsx')
    throw new UsageError('Name a file for a workbook with --out. 请用 --out 指定文件。');
  const ask = await askedServer(options);
  const key = encodeURIComponent(await askedCompany(ask, options.company));
  const query = new URLSearchParams({ format, language: options.language, raw: String(options.raw) });
  for (const name of ['template', 'columns', 'department', 'status'] as const) {
    const value = options[name];
    if (value !== undefined) query.set(name, value);
  }
  const answer = await ask('GET', `/mingce/v1/companies/${key}/export?${query.toString()}`);
  if (!answer.ok) throw await toCommandError(answer, OF_VALUES);
  await save(answer, out);
}

/** Writes an answer to a file that only its owner can read, or to standard output. */
export async function save(answer: Response, out: string | undefined): Promise<void> {
  let file: number;
  try {
    file = out === undefined ? process.stdout.fd : openPrivateFile(out);
  } catch (cause) {
    throw new CommandError(`${out ?? ''} cannot be written: ${describeFsError(cause)}.`, { cause });
  }
  try {
    const pieces: AsyncIterable<Uint8Array> | readonly Uint8Array[] = answer.body ?? NOTHING;
    for await (const piece of pieces) writeSync(file, piece);
  } catch (cause) {
    throw new CommandError('The table was not written to its end.', { cause });
  } finally {
    if (out !== undefined) closeSync(file);
  }
}

const NOTHING: readonly Uint8Array[] = [];
