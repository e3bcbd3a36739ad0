import type { MemberResult, RequestView } from '../../sandbox/journal/contract.ts';
import { padColumns, type Paint } from './colors.ts';

/** So many members are named in a line; the others are counted. */
const MAX_NAMED = 4;

/** Writes a request for a terminal: when, who, what, the answer, and what became of its members. */
export function requestLine(request: RequestView, paint: Paint): string {
  const {
    at,
    direction,
    platform,
    operation,
    method,
    path,
    status,
    code,
    employee,
    duration_ms,
    fields,
    injected,
    reason,
  } = request;
  const isGood = status !== null && status < 400 && (code === null || code === '0' || code === '200');
  const what = operation ?? `${method} ${path.replace(/\?.*/, '')} (not served 未提供)`;
  const said = status === null ? 'cut' : String(status);
  const answer = code === null ? said : `${said} ${code}`;
  const line = [
    paint.dim(at.slice(11, 23)),
    padColumns(direction === 'out' ? `→ ${platform}` : platform, direction === 'out' ? 8 : 6),
    paint.bold(padColumns(what, 26)),
    padColumns(employee ?? '', 12),
    (isGood ? paint.green : paint.red)(padColumns(answer, 12)),
    paint.dim(`${String(duration_ms)} ms`),
    ...(injected === null ? [] : [paint.yellow(`${injected.rule} ${injected.effect}`)]),
  ].join('  ');
  const members = membersOf(fields, paint);
  // A member that was refused says why already.
  const isSaid = fields.some(({ verdict, reason: why }) => verdict === 'refused' && why !== undefined);
  const whole =
    reason === undefined || isSaid
      ? []
      : [`    ${paint.yellow(`${padColumns('refused', 11)} ${reason.replaceAll(/\s+/g, ' ')}`)}`];
  return [line, ...whole, ...members].join('\n');
}

function membersOf(fields: readonly MemberResult[], paint: Paint): readonly string[] {
  const seen = fields.filter(({ verdict }) => verdict !== 'used' && verdict !== 'not-applied');
  // What went wrong, or was lost without a word, comes first.
  const order = seen.toSorted((one, other) => Number(other.silent === true) - Number(one.silent === true));
  const lines = order.slice(0, MAX_NAMED).map(({ field, verdict, reason, did_you_mean, silent }) => {
    const tint = verdict === 'refused' || silent === true ? paint.yellow : paint.dim;
    const hint = did_you_mean === undefined ? '' : ` — did you mean ${did_you_mean.join(', ')}?`;
    return `    ${tint(`${padColumns(verdict, 11)} ${field}${reason === undefined ? '' : `: ${reason}`}${hint}`)}`;
  });
  const more = order.length - MAX_NAMED;
  return more > 0 ? [...lines, paint.dim(`    and ${String(more)} more`)] : lines;
}
