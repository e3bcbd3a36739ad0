import type { Clock } from '../lib/clock.ts';

/** At most so many calls in any stretch of time this long. */
export interface Window {
  readonly requests: number;
  readonly ms: number;
}

/** A limit of a platform as data: calls of one name, or all that begin so, share its windows. */
export interface ClientLimit {
  /** The call, or `*` for every call. */
  readonly call: string;
  readonly windows: readonly Window[];
  /** How many may be under way at one time; absent: as the session has it. */
  readonly concurrency?: number;
}

/** The share of a limit that is used, so that a clock that differs a little does not reach it. */
const SHARE = 0.98;

/**
 * Counts calls in exact sliding windows: no stretch of a window's length has more than its number. It keeps the time of
 * each call that still counts, never more than a window allows.
 */
export class SlidingWindows {
  readonly #clock: Clock;
  readonly #lines: { readonly window: Window; readonly most: number; readonly times: number[]; from: number }[];

  constructor(windows: readonly Window[], clock: Clock) {
    this.#clock = clock;
    this.#lines = windows.map((window) => ({
      window,
      most: Math.max(1, Math.floor(window.requests * SHARE)),
      times: [],
      from: 0,
    }));
  }

  /** Counts a call and returns 0, or returns how many milliseconds it has to wait, and counts nothing. */
  take(): number {
    const now = this.#clock.now();
    let wait = 0;
    for (const line of this.#lines) {
      const { window, most, times } = line;
      while (line.from < times.length && (times[line.from] ?? 0) <= now - window.ms) line.from++;
      // Forgets what no longer counts, now and then, so that a call costs the same however many there were.
      if (line.from > most) {
        times.splice(0, line.from);
        line.from = 0;
      }
      const used = times.length - line.from;
      if (used >= most) wait = Math.max(wait, (times[times.length - most] ?? 0) + window.ms - now);
    }
    if (wait > 0) return wait;
    for (const { times } of this.#lines) times.push(now);
    return 0;
  }
}

/** Returns limits of which a share is used: the tenant's other clients keep the rest. */
export function shareOf(limits: readonly ClientLimit[], share: number): readonly ClientLimit[] {
  return limits.map((limit) => ({
    ...limit,
    windows: limit.windows.map(({ requests, ms }) => ({ requests: Math.max(1, Math.floor(requests * share)), ms })),
  }));
}
