import type { Clock } from '../lib/time/clock.ts';

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
  /** What is read changes so rarely that an answer up to a minute old is taken where another would have to wait. */
  readonly isReusable?: true;
}

/** The share of a limit that is used, so that a clock that differs a little does not reach it. */
const SHARE = 0.98;
/** The share after the platform answered that its limit was reached, and for how long: other clients may use it, too. */
const LOWERED_SHARE = 0.95;
const LOWERED_MS = 10 * 60_000;

/** What is kept of a count: how many calls were sent up to an instant, by the length of the window. */
export type KeptCounts = Readonly<Record<string, readonly (readonly [until: number, calls: number])[]>>;

/** A window this long is not worth keeping: after a process that was killed it is waited for. */
const SHORT_MS = 1_000;
/** So much of a window may be sent without being kept: a hundredth of it is lost with a process, and each hundredth kept. */
const SPARE = 0.01;

function isKept({ ms }: Window): boolean {
  return ms > SHORT_MS;
}

/** Returns how finely the calls of a window are kept: it has some sixty cells. */
function cellOf({ ms }: Window): number {
  return Math.max(1, Math.ceil(ms / 60));
}

/** Returns how many of these times are in each cell, by its end. */
function inCells(window: Window, times: readonly number[]): ReadonlyMap<number, number> {
  const cell = cellOf(window);
  const cells = Map.groupBy(times, (time) => Math.ceil(time / cell) * cell);
  return new Map(Array.from(cells, ([until, { length }]) => [until, length]));
}

function repeated(time: number, times: number): number[] {
  return Array.from({ length: times }, () => time);
}

/**
 * Counts calls in exact sliding windows: no stretch of a window's length has more than its number. A share is kept by longer
 * windows, as of a small number a whole call less would be a tenth. It keeps the time of each call that still counts, never
 * more than a window allows.
 */
export class SlidingWindows {
  readonly #clock: Clock;
  readonly #lines: { readonly window: Window; times: number[]; from: number }[];
  /** So many calls may be sent that are not kept yet. */
  readonly #spare: number;
  #unkept = 0;
  #loweredUntil = -Infinity;

  constructor(windows: readonly Window[], clock: Clock) {
    this.#clock = clock;
    this.#lines = windows.map((window) => ({ window, times: [], from: 0 }));
    const kept = windows.filter(isKept).map(({ requests }) => Math.floor(requests * SPARE));
    this.#spare = Math.min(Infinity, ...kept);
  }

  /** How many calls were counted that are not kept yet. */
  get unkept(): number {
    return this.#unkept;
  }

  /** Whether the counts are to be kept before another call is sent, so that a restart knows of it. */
  get isToKeep(): boolean {
    return this.#unkept > this.#spare;
  }

  /** Takes notice that so many of the counted calls are kept. */
  kept(calls: number): void {
    this.#unkept -= calls;
  }

  /** Returns what was counted, by the length of the window. */
  counts(): KeptCounts {
    return Object.fromEntries(
      this.#lines.map(({ window, times, from }) => [window.ms, [...inCells(window, times.slice(from))]]),
    );
  }

  /**
   * Adds what another process counted; it may have begun with what was counted here, so of each cell the larger number counts.
   * Where it did not end by itself, it may have sent what it was allowed to send without keeping it, and the short windows are
   * taken to be full.
   */
  restore(counts: KeptCounts, isWhole: boolean): void {
    const now = this.#clock.now();
    for (const line of this.#lines) {
      const { window } = line;
      const own = line.times.slice(line.from);
      const ownCells = inCells(window, own);
      // A cell counts as if all of it was sent at its end; the clock of another machine may be ahead.
      const times = (counts[window.ms] ?? []).flatMap(([until, calls]) =>
        repeated(Math.min(until, now), Math.max(0, calls - (ownCells.get(until) ?? 0))),
      );
      const lost = isKept(window) ? this.#spare : window.requests;
      if (!isWhole) times.push(...repeated(now, lost));
      line.times = [...own, ...times].toSorted((a, b) => a - b).slice(-window.requests);
      line.from = 0;
    }
    this.#unkept = 0;
  }

  /** Takes notice that the platform answered that its limit was reached. */
  reached(): void {
    this.#loweredUntil = this.#clock.now() + LOWERED_MS;
  }

  /** Returns how many milliseconds the next call has to wait. */
  wait(): number {
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
    return wait;
  }

  /** Counts a call and returns 0, or returns how many milliseconds it has to wait, and counts nothing. */
  take(): number {
    const wait = this.wait();
    if (wait > 0) return wait;
    const now = this.#clock.now();
    for (const { times } of this.#lines) times.push(now);
    this.#unkept++;
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
