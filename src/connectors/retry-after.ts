/** No header has anything wait for longer: after that it is asked again. */
const LONGEST_MS = 60 * 60 * 1_000;
const DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/;

/**
 * Reads `Retry-After`, or a header like it: seconds, or a date, of which all three forms are in UTC (RFC 9110, 5.6.7 and 10.2.3).
 * Null where it is neither; an hour at the most.
 */
export function retryAfterMs(value: string | undefined, now = Date.now()): number | null {
  const text = value?.trim() ?? '';
  if (/^\d+$/.test(text)) return Math.min(LONGEST_MS, Number(text) * 1_000);
  if (!DATE.test(text)) return null;
  const at = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(at) ? null : Math.min(LONGEST_MS, Math.max(0, at - now));
}

/** Returns how long an answer asks to wait, as a verdict has it: nothing where it does not say. */
export function askedWait({ headers }: { readonly headers: Readonly<Record<string, string>> }): {
  readonly waitMs?: number;
} {
  const waitMs = retryAfterMs(headers['retry-after']);
  return waitMs === null ? {} : { waitMs };
}
