/** Within these times, so many refusals or dead letters of one reason say that the target is wrong, not the people. */
const SHARE_MS = 15 * 60 * 1_000;
const SHARE_OF = 50;
const SHARE = 0.4;
const DEAD_MS = 60 * 60 * 1_000;
const MANY_DEAD = 25;
/** No more ends than this are remembered. */
const MAX_ENDS = 2_000;

/** How one delivery ended. */
export interface End {
  readonly at: number;
  /** The class and code it was given up for; null: it was delivered. */
  readonly refusal: string | null;
}

/** Remembers how deliveries of a target ended, to notice when one refusal meets too many. */
export class Refusals {
  #ends: End[] = [];

  /** Adds the end of a delivery; returns the refusal for which the target is to be quarantined, or null. */
  add(end: End): string | null {
    this.#ends.push(end);
    if (this.#ends.length > MAX_ENDS) this.#ends = this.#ends.slice(-MAX_ENDS / 2);
    return end.refusal === null ? null : tooMany(this.#ends, end.refusal, end.at);
  }

  /** Begins again, as an operator resumed the target. */
  clear(): void {
    this.#ends = [];
  }
}

/** Whether more than 40 % of at least 50 deliveries of 15 minutes, or 25 of an hour, were given up for one reason. */
function tooMany(ends: readonly End[], refusal: string, now: number): string | null {
  const recent = ends.filter(({ at }) => now - at < SHARE_MS);
  const same = recent.filter((one) => one.refusal === refusal).length;
  if (recent.length >= SHARE_OF && same > recent.length * SHARE) return refusal;
  const dead = ends.filter((one) => one.refusal === refusal && now - one.at < DEAD_MS).length;
  return dead >= MANY_DEAD ? refusal : null;
}
