import type { ChangeLine } from '../../sandbox/history/contract.ts';
import { padColumns, type Paint } from './colors.ts';

/** A value longer than this is cut off in a terminal. */
const MAX_LENGTH = 60;

/** Writes a change for a terminal: number, when, who, through what, and each field with its two values. */
export function changeText(change: ChangeLine, paint: Paint): string {
  const { number, at, kind, employee, subject, platform, operation, undoes, fields, verdict, reason } = change;
  const line = [
    paint.bold(padColumns(String(number), 6)),
    paint.dim(at.slice(0, 19)),
    padColumns(employee ?? `${kind} ${subject ?? ''}`, 12),
    `${platform} ${operation}`,
    ...(undoes === null ? [] : [paint.yellow(`undoes 撤销 ${String(undoes)}`)]),
    ...(verdict === undefined ? [] : [paint.yellow(`${verdict}: ${reason ?? ''}`)]),
  ].join('  ');
  return [line, ...fieldsText(fields).map((text) => `        ${text}`)].join('\n');
}

/** Writes each field with the value before and after. */
export function fieldsText(fields: ChangeLine['fields']): readonly string[] {
  return Object.entries(fields).map(([name, { before, after }]) => `${name}: ${shown(before)} → ${shown(after)}`);
}

function shown(value: unknown): string {
  const text = value === null ? '–' : typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}

/** Returns a change with one field of it only, by its name or the last part of that. */
export function withField(change: ChangeLine, field: string): ChangeLine {
  const chosen = Object.entries(change.fields).filter(
    ([path]) => path === field || path.startsWith(`${field}.`) || path.endsWith(`.${field}`),
  );
  return { ...change, fields: Object.fromEntries(chosen) };
}
