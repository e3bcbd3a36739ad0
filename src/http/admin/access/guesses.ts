/** How many wrong keys are allowed in so many milliseconds: to one address, and to all together. */
export interface GuessLimits {
  readonly ms: number;
  readonly perAddress: number;
  readonly inAll: number;
}

/** Ten seconds are short enough for a person who mistyped the key to wait. */
export const GUESS_LIMITS: GuessLimits = { ms: 10_000, perAddress: 10, inAll: 100 };

/** Where a guess comes from. */
export interface Guesser {
  /** Whose share it takes. */
  readonly address: string;
  /** Whether the caller is on this machine, without a proxy between. */
  readonly isHere: boolean;
}

/**
 * Counts wrong keys, so that none is found by trying. While a limit is reached no key is compared, not even the right
 * one, or trying would go on. The window begins with its first wrong key, and later ones do not make it longer. Callers
 * on this machine have a count of their own: what others guess does not keep them out.
 *
 * Counts are kept for as many addresses as wrong keys are allowed, whatever addresses callers have.
 */
export class Guesses {
  readonly #limits: GuessLimits;
  #startedAt = -Infinity;
  #inAll = 0;
  readonly #byAddress = new Map<string, number>();

  constructor(limits: GuessLimits = GUESS_LIMITS) {
    this.#limits = limits;
  }

  /** For how many milliseconds no key of the caller is compared. */
  msLeft(guesser: Guesser, at: number): number {
    const { ms, perAddress, inAll } = this.#limits;
    if (this.#isOver(at)) return 0;
    const isReached =
      (this.#byAddress.get(nameOf(guesser)) ?? 0) >= perAddress || (!guesser.isHere && this.#inAll >= inAll);
    return isReached ? this.#startedAt + ms - at : 0;
  }

  /** Counts a wrong key. */
  wrong(guesser: Guesser, at: number): void {
    if (this.#isOver(at)) {
      this.#startedAt = at;
      this.#inAll = 0;
      this.#byAddress.clear();
    }
    if (!guesser.isHere) this.#inAll++;
    const name = nameOf(guesser);
    this.#byAddress.set(name, (this.#byAddress.get(name) ?? 0) + 1);
  }

  #isOver(at: number): boolean {
    return at >= this.#startedAt + this.#limits.ms || at < this.#startedAt;
  }

  /** How many addresses are counted. */
  get addresses(): number {
    return this.#byAddress.size;
  }
}

function nameOf({ address, isHere }: Guesser): string {
  return isHere ? 'here' : `at ${address}`;
}
