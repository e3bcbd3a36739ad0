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
/** The share after the platform answered that its limit was reached, and for how long: other clients may use it, too. */
const LOWERED_SHARE = 0.95;
const LOWERED_MS = 10 * 60_000;

/**
 * Counts calls in exact sliding windows: no stretch of a window's length has more than its number. A share is kept by longer
 * windows, as of a small number a whole call less would be a tenth. It keeps the time of each call that still counts, never
 * more than a window allows.
 */
export class SlidingWindows {
  readonly #clock: Clock;
  readonly #lines: { readonly window: Window; readonly times: number[]; from: number }[];
  #loweredUntil = -Infinity;

  constructor(windows: readonly Window[], clock: Clock) {
    this.#clock = clock;
    this.#lines = windows.map((window) => ({ window, times: [], from: 0 }));
  }

  /** Takes notice that the platform answered that its limit was reached. */
  reached(): void {
    this.#loweredUntil = this.#clock.now() + LOWERED_MS;
  }

  /** Counts a call and returns 0, or returns how many milliseconds it has to wait, and counts nothing. */
  take(): number {
    const now = this.#clock.now();
    const share = now < this.#loweredUntil ? LOWERED_SHARE : SHARE;
    let wait = 0;
    for (const line of this.#lines) {
      const { times } = line;
      const most = line.window.requests;
      const ms = Math.ceil(line.window.ms / share);
      while (line.from < times.length && (times[line.from] ?? 0) <= now - ms) line.from++;
      // Forgets what no longer counts, now and then, so that a call costs the same however many there were.
      if (line.from > most) {
        times.splice(0, line.from);
        line.from = 0;
      }
      const used = times.length - line.from;
      if (used >= most) wait = Math.max(wait, (times[times.length - most] ?? 0) + ms - now);
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
