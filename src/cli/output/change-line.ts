import type { ChangeLine } from '../../sandbox/history/contract.ts';
import { isObject } from '../../lib/json-equal.ts';
import { padColumns, type Paint } from './colors.ts';
import { shortened } from '../../lib/text/shortened.ts';

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

/** Phones, names with translations and departments as people write them; all else as JSON has it. */
function worded(value: unknown): string {
  if (value === null) return '–';
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.length > 0 && value.every(isMembership))
    return value.map(({ department }) => department).join('; ');
  if (!isObject(value)) return JSON.stringify(value);
  const { country, number, value: text, i18n } = value;
  const { length } = Object.keys(value);
  if (length === 2 && typeof country === 'string' && typeof number === 'string') return `+${country} ${number}`;
  if (length === 2 && typeof text === 'string' && isObject(i18n)) {
    const others = Object.entries(i18n).filter(([, other]) => other !== text);
    return [text, ...others.map(([language, other]) => `(${language}: ${String(other)})`)].join(' ');
  }
  return JSON.stringify(value);
}

/** Whether someone is in a department without more being said of it, such as a rank. */
function isMembership(value: unknown): value is { readonly department: string } {
  if (!isObject(value) || typeof value['department'] !== 'string') return false;
  return Object.entries(value).every(([name, one]) => name === 'department' || one === null);
}

function shown(value: unknown): string {
  return shortened(worded(value), MAX_LENGTH);
}

/** Returns a change with one field of it only, by its name or the last part of that. */
export function withField(change: ChangeLine, field: string): ChangeLine {
  const chosen = Object.entries(change.fields).filter(
    ([path]) => path === field || path.startsWith(`${field}.`) || path.endsWith(`.${field}`),
  );
  return { ...change, fields: Object.fromEntries(chosen) };
}
