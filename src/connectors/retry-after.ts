/** No header has anything wait for longer: after that it is asked again. */
const LONGEST_MS = 60 * 60 * 1_000;
/** So long is waited at least after a limit: `0`, or a date that is over, would have it reached again at once. */
const SHORTEST_MS = 1_000;
const DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/;
const ZONE = /(?:[A-Z]{1,3}|[+-]\d{4})$/i;

type Headers = Readonly<Record<string, string>>;

/**
 * Reads `Retry-After`, or a header like it: seconds, or a date, of which all three forms are in UTC (RFC 9110, 5.6.7 and 10.2.3);
 * one with another zone is in that. Null where it is neither; an hour at the most.
 */
export function retryAfterMs(value: string | undefined, now = Date.now()): number | null {
  const text = value?.trim() ?? '';
  if (/^\d+$/.test(text)) return Math.min(LONGEST_MS, Number(text) * 1_000);
  if (!DATE.test(text)) return null;
  const at = Date.parse(ZONE.test(text) ? text : `${text} GMT`);
  return Number.isNaN(at) ? null : Math.min(LONGEST_MS, Math.max(0, at - now));
}

/** Returns how long an answer asks to wait, as a verdict has it: nothing where it does not say. */
export function askedWait({ headers }: { readonly headers: Headers }): { readonly waitMs?: number } {
  // A date is by the clock of the server, which may differ from the one here: most answers say what it was.
  const sentAt = Date.parse(headers['date'] ?? '');
  const waitMs = retryAfterMs(headers['retry-after'], Number.isNaN(sentAt) ? undefined : sentAt);
  return waitMs === null ? {} : { waitMs };
}

/** Returns how long to wait where a limit is reached; `own`: what the platform says of it in a header of its own. */
export function limitWait(answer: { readonly headers: Headers }, own?: string): { readonly waitMs: number } {
  const { waitMs } = askedWait(answer);
  return { waitMs: Math.max(SHORTEST_MS, retryAfterMs(own) ?? waitMs ?? 0) };
}
