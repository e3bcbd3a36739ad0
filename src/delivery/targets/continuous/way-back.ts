const MINUTE = 60_000;
const FIRST = [5 * MINUTE, 15 * MINUTE, 60 * MINUTE];
const LATER = 6 * 60 * MINUTE;
/** After so long a quarantined target is off. */
const GIVEN_UP_MS = 28 * 24 * 60 * MINUTE;
/** Reasons that go away by themselves, and are therefore looked at again. */
const OF_CONNECTION: ReadonlySet<string> = new Set(['unreachable', 'credentials']);

/** Says when a quarantined target is looked at again: after 5, 15 and 60 minutes, then every 6 hours. */
export class WayBack {
  #since: number | null = null;
  #lookedAt = 0;
  #looks = 0;

  /** Returns whether to look now; what no wait mends is ended by a command only. */
  step(reason: string | null, now: number): 'wait' | 'look' | 'give-up' {
    if (this.#since === null) {
      this.#since = now;
      this.#lookedAt = now;
    }
    if (now - this.#since >= GIVEN_UP_MS) return 'give-up';
    if (reason === null || !OF_CONNECTION.has(reason)) return 'wait';
    if (now - this.#lookedAt < (FIRST[this.#looks] ?? LATER)) return 'wait';
    this.#looks++;
    this.#lookedAt = now;
    return 'look';
  }

  /** The target is on again; returns whether it was not. */
  over(): boolean {
    const wasAway = this.#since !== null;
    this.#since = null;
    this.#looks = 0;
    return wasAway;
  }
}
