import { supportsColor } from '../../../config.ts';
import type { UndoAnswer } from '../../../sandbox/history/contract.ts';
import { toCommandError } from '../../admin-client.ts';
import { askedCompany, askedServer } from '../../asked-server.ts';
import { fieldsText } from '../../output/change-line.ts';
import { colors } from '../../output/colors.ts';
import { UsageError } from '../../error-message.ts';
import type { TargetOptions } from '../../target.ts';

/** The options of `mingce undo`. */
export interface UndoCommandOptions extends TargetOptions {
  readonly company?: string;
  readonly field: readonly string[];
  readonly request: boolean;
  readonly withoutConflicts: boolean;
  readonly plan: boolean;
  readonly json: boolean;
}

/** Takes a change back, and returns whether it was, or could be. */
export async function undo(number: string, options: UndoCommandOptions): Promise<boolean> {
  if (!/^[1-9][0-9]{0,14}$/.test(number)) {
    throw new UsageError('Give the number of a change, as mingce history prints it. 请给出变更编号。');
  }
  const ask = await askedServer(options);
  const key = encodeURIComponent(await askedCompany(ask, options.company));
  const body = {
    ...(options.field.length === 0 ? {} : { fields: options.field }),
    request: options.request,
    plan: options.plan,
    ...(options.withoutConflicts ? { only: 'without-conflicts' } : {}),
  };
  const response = await ask('POST', `/mingce/v1/companies/${key}/changes/${number}/undo`, JSON.stringify(body));
  const isAnswer = response.headers.get('content-type')?.startsWith('application/json') === true;
  if (!isAnswer) throw await toCommandError(response);
  const answer = (await response.json()) as UndoAnswer;
  process.stdout.write(options.json ? `${JSON.stringify(answer)}\n` : textOf(answer));
  return answer.conflicts.length === 0 || answer.undone.length > 0;
}

function textOf({ planned, undone, conflicts }: UndoAnswer): string {
  const paint = colors(supportsColor(process.stdout));
  const lines: string[] = [];
  if (undone.length > 0) lines.push(planned ? 'Would be taken back 将撤销:' : 'Taken back 已撤销:');
  for (const { change, kind, employee, subject, fields } of undone) {
    lines.push(
      `  ${String(change)}  ${paint.bold(employee ?? `${kind} ${subject ?? ''}`)}`,
      ...fieldsText(fields).map((line) => `    ${line}`),
    );
  }
  if (conflicts.length > 0) lines.push('In the way 冲突:');
  for (const { change, employee, subject, field, message, by, holder } of conflicts) {
    const where = [String(change), employee ?? subject, field].filter((part) => part !== null).join('  ');
    const who = [by === null ? '' : ` (change ${String(by)})`, holder === null ? '' : ` (${holder})`].join('');
    lines.push(`  ${where}  ${paint.yellow(message)}${who}`);
  }
  if (undone.length === 0) lines.push('Nothing was taken back. 未撤销任何变更。');
  return `${lines.join('\n')}\n`;
}
