import { LruCache } from './lru-cache.ts';

/** At most so many requests in so long a time. */
export interface RequestLimit {
  readonly requests: number;
  readonly ms: number;
}

/** A limit that was reached, and how long it still holds. */
export interface LimitReached {
  readonly limit: RequestLimit;
  readonly msLeft: number;
}

interface Window {
  startedAt: number;
  ms: number;
  requests: number;
}

/** So many windows are kept. */
const MAX_WINDOWS = 100_000;

/**
 * Counts requests in windows of time, each of which begins with its first request. A name is of something that nothing
 * else is ever called: what is made after it must begin without its windows.
 */
export class RateLimiter {
  /** Where there are too many, those used longest ago go, and no others. */
  readonly #windows = new LruCache<string, Window>(MAX_WINDOWS);

  /** Counts a request under the name, unless one of the limits is reached: that one is answered, the one that holds longest. */
  tryAcquire(name: string, limits: readonly RequestLimit[], at: number): LimitReached | null {
    let reached: LimitReached | null = null;
    for (const limit of limits) {
      const window = this.#running(name, limit, at);
      if (window === undefined || window.requests < limit.requests) continue;
      const msLeft = window.startedAt + window.ms - at;
      if (reached === null || msLeft > reached.msLeft) reached = { limit, msLeft };
    }
    if (reached !== null) return reached;
    for (const limit of limits) {
      const window = this.#running(name, limit, at);
      if (window !== undefined) window.requests++;
      else this.#windows.set(`${name} ${String(limit.ms)}`, { startedAt: at, ms: limit.ms, requests: 1 });
    }
    return null;
  }

  /** How many were counted under the name in a window of this length that is not over. */
  countOf(name: string, ms: number, at: number): number {
    return this.#running(name, { requests: 0, ms }, at)?.requests ?? 0;
  }

  /** Lists the windows that are kept: their names, each with the length after it, and when they end. */
  windows(): readonly { readonly name: string; readonly endsAt: number; readonly requests: number }[] {
    return Array.from(this.#windows.entries(), ([name, { startedAt, ms, requests }]) => ({
      name,
      endsAt: startedAt + ms,
      requests,
    }));
  }

  #running(name: string, { ms }: RequestLimit, at: number): Window | undefined {
    const window = this.#windows.get(`${name} ${String(ms)}`);
    // A clock that was turned back begins a new one.
    return window !== undefined && at >= window.startedAt && at < window.startedAt + ms ? window : undefined;
  }
}
