import { backOff } from './retries.ts';

/** A target that could not be reached for so long is quarantined. */
const UNREACHABLE_MS = 10 * 60 * 1_000;
const LONGEST_MS = 60 * 60 * 1_000;

/** Remembers what of a target waits: single calls, as the platform asked for it, or everything, as it cannot be reached. */
export class Holds {
  readonly #calls = new Map<string, { readonly until: number; readonly strikes: number }>();
  #allUntil = 0;
  #failures = 0;
  #failingSince: number | null = null;

  /** Until when everything waits. */
  get allUntil(): number {
    return this.#allUntil;
  }

  /** Until when calls of this name wait; 0: they do not. */
  until(call: string): number {
    return this.#calls.get(call)?.until ?? 0;
  }

  /** Has a call wait as long as the platform asks, and longer each time it asks again at once. Returns how long. */
  limit(call: string, ms: number, now: number): number {
    const before = this.#calls.get(call);
    if (before !== undefined && before.until > now) return 0;
    const strikes = before === undefined ? 0 : before.strikes + 1;
    const waitMs = Math.min(LONGEST_MS, ms * 2 ** strikes);
    this.#calls.set(call, { until: now + waitMs, strikes });
    return waitMs;
  }

  /** Has everything wait. */
  all(ms: number, now: number): void {
    this.#allUntil = Math.max(this.#allUntil, now + ms);
  }

  /** The target could not be reached. Returns whether that is so for too long. */
  unreachable(now: number, random: number): boolean {
    if (now < this.#allUntil) return false;
    this.#failures++;
    this.#failingSince ??= now;
    this.#allUntil = now + backOff(this.#failures, random);
    return now - this.#failingSince >= UNREACHABLE_MS;
  }

  /** The target answered. */
  reached(call?: string): void {
    if (call !== undefined) this.#calls.delete(call);
    this.#failures = 0;
    this.#failingSince = null;
  }
}
