/**
 * Chance that can be asked about any position by itself: the same seed, position and purpose always give the same, so
 * that the ten-thousandth person need not wait for the others and none need be remembered.
 */
export class SeededRandom {
  readonly #seed: number;

  constructor(seed: number, of: string) {
    let state = scramble(seed >>> 0);
    for (let at = 0; at < of.length; at++) state = scramble(state ^ of.charCodeAt(at));
    this.#seed = state;
  }

  /** A whole number from 0 up to, but not including, 2³². */
  number(position: number, purpose: number): number {
    return scramble(scramble(this.#seed ^ Math.imul(position + 1, 0x9e37_79b1)) ^ Math.imul(purpose + 1, 0x85eb_ca6b));
  }

  /** A whole number below the limit. */
  below(limit: number, position: number, purpose: number): number {
    return Math.floor((this.number(position, purpose) / 0x1_0000_0000) * limit);
  }

  /** Whether something happens that does in so many of a thousand cases. */
  happens(perMille: number, position: number, purpose: number): boolean {
    return this.below(1_000, position, purpose) < perMille;
  }

  /** One of the list. */
  pick<Item>(list: readonly Item[], position: number, purpose: number): Item {
    return elementAt(list, this.below(list.length, position, purpose));
  }

  /** One of the list, the first ones far more often. */
  pickEarly<Item>(list: readonly Item[], position: number, purpose: number): Item {
    const share = this.number(position, purpose) / 0x1_0000_0000;
    return elementAt(list, Math.floor(share * share * list.length));
  }
}

/** Returns an item of a list that is known to be long enough. */
export function elementAt<Item>(list: readonly Item[], index: number): Item {
  const item = list[index];
  if (item === undefined) throw new Error('a place beyond the list');
  return item;
}

/** Turns a number of 32 bits into another one that looks like chance; no two into the same. */
function scramble(value: number): number {
  let state = value;
  state = Math.imul(state ^ (state >>> 16), 0x7feb_352d);
  state = Math.imul(state ^ (state >>> 15), 0x846c_a68b);
  return (state ^ (state >>> 16)) >>> 0;
}
