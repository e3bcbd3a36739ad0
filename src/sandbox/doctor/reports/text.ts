import type { DoctorReport } from '../contract.ts';
import { counted } from '../../../lib/counted.ts';
import type { Judged } from '../suppressions.ts';

/** Writes findings for people. */
export function textOf({ calls, from }: DoctorReport, { findings, unused }: Judged): string {
  const head = from === null ? 'No call was judged.' : `${counted(calls, 'call')} judged, from ${from}.`;
  const parts = findings.map(([finding, reason]) => {
    const { id, severity, message, remedy, count, about, requests, platform, app, client } = finding;
    const shown = requests.slice(0, 3).join(' ');
    return [
      `${reason === null ? severity : 'suppressed'}  ${id}  ${platform}${app === null ? '' : ` ${app}`}  ${client}`,
      `  ${message}: ${about.join(', ')} (${String(count)})`,
      `  → ${remedy}`,
      ...(reason === null ? [] : [`  reason 原因: ${reason}`]),
      `  mingce requests id:${shown.replaceAll(' ', ',')}`,
      '',
    ].join('\n');
  });
  const idle = unused.map(({ id }) => `The suppression of ${id} applies to nothing. 屏蔽规则未命中。\n`);
  const end = findings.length === 0 ? 'Nothing was found. 未发现问题。\n' : '';
  return `${head}\n\n${parts.join('\n')}${idle.join('')}${end}`;
}
