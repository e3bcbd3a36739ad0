import type { ClockView } from '../../../sandbox/clock/contract.ts';
import { askedCompany, askedJson, askedServer, OF_VALUES } from '../../asked-server.ts';
import { UsageError } from '../../error-message.ts';
import type { TargetOptions } from '../../target.ts';

/** The options of `mingce clock`. */
export interface ClockOptions extends TargetOptions {
  readonly company?: string;
  readonly plan: boolean;
  readonly json: boolean;
}

/** Shows or moves the clock of a company. */
export async function clock(
  action: string | undefined,
  value: string | undefined,
  options: ClockOptions,
): Promise<void> {
  const move = action === undefined ? null : moveOf(action, value);
  const ask = await askedServer(options);
  const key = await askedCompany(ask, options.company);
  const path = `/mingce/v1/companies/${encodeURIComponent(key)}/clock`;
  const view = await askedJson<ClockView>(
    move === null ? ask('GET', path) : ask('POST', `${path}?plan=${String(options.plan)}`, JSON.stringify(move)),
    OF_VALUES,
  );
  process.stdout.write(options.json ? `${JSON.stringify(view)}\n` : textOf(key, view, options.plan));
}

function moveOf(action: string, value: string | undefined): object {
  switch (action) {
    case 'advance':
    case 'to':
      if (value === undefined) break;
      return { [action]: value };
    case 'freeze':
    case 'resume':
      if (value !== undefined) break;
      return { [action]: true };
  }
  throw new UsageError(
    'Say advance with a duration (PT2H, P32D), to with an instant (2026-12-24T08:00:00+08:00), freeze or resume.',
  );
}

const MODES = {
  system: 'the system’s time 系统时间',
  shifted: 'ahead of the system 已快进',
  frozen: 'stopped 已冻结',
} as const;

function textOf(key: string, { now, mode, due, more }: ClockView, isPlan: boolean): string {
  const lines = [`${key}  ${now}  ${MODES[mode]}`];
  if (due.length > 0) lines.push(isPlan ? 'Would become due 将到期:' : 'Became due 已到期:');
  for (const { at, platform, kind, subject, was, is } of due)
    lines.push(`  ${at}  ${platform ?? '-'}  ${kind}  ${subject}: ${was} → ${is}`);
  if (more > 0) lines.push(`  and ${String(more)} more 另有 ${String(more)} 项`);
  return `${lines.join('\n')}\n`;
}
