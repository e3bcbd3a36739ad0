const PATTERN = /^P(?:(\d{1,6})W)?(?:(\d{1,7})D)?(?:T(?:(\d{1,8})H)?(?:(\d{1,9})M)?(?:(\d{1,11})(?:\.(\d{1,3}))?S)?)?$/;
const UNITS_MS = [7 * 86_400_000, 86_400_000, 3_600_000, 60_000, 1_000] as const;

/**
 * Reads a duration of ISO 8601 in milliseconds, e.g. `PT2H` or `P32D`; null where it is none. Years and months are none:
 * they are not equally long.
 */
export function durationMs(text: string): number | null {
  const found = PATTERN.exec(text);
  if (found === null || /^P$|T$/.test(text)) return null;
  const [, ...numbers] = found;
  const fraction = Number((numbers[5] ?? '').padEnd(3, '0'));
  return UNITS_MS.reduce((sum, unit, index) => sum + unit * Number(numbers[index] ?? 0), fraction);
}

const SHORT = /^([0-9]{1,6})([smhd])$/;
const SHORT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads a duration of one unit in milliseconds, e.g. `15m` or `2h`; null where it is none. */
export function shortDurationMs(text: string): number | null {
  const [, number = '', unit = ''] = SHORT.exec(text) ?? [];
  const ms = SHORT_MS[unit];
  return ms === undefined ? null : Number(number) * ms;
}
