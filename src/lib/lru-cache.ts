interface Kept<Value> {
  readonly value: Value;
  readonly weight: number;
}

/**
 * Keeps the values that were used last, at most so much of them. What was used since half of that came in is kept, what
 * was not goes all at once: so a use costs one look-up, whatever is kept.
 */
export class LruCache<Key, Value> {
  #young = new Map<Key, Kept<Value>>();
  #old = new Map<Key, Kept<Value>>();
  #weight = 0;
  readonly #half: number;

  constructor(limit: number) {
    this.#half = limit / 2;
  }

  get(key: Key): Value | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young.value;
    const old = this.#old.get(key);
    if (old === undefined) return undefined;
    this.#keep(key, old);
    return old.value;
  }

  set(key: Key, value: Value, weight = 1): void {
    if (weight > this.#half) {
      this.delete(key);
      return;
    }
    const before = this.#young.get(key);
    if (before !== undefined) this.#weight -= before.weight;
    this.#keep(key, { value, weight });
  }

  /** Yields everything that is kept, in no order. */
  *entries(): Generator<readonly [Key, Value], void, undefined> {
    for (const [key, { value }] of this.#young) yield [key, value];
    for (const [key, { value }] of this.#old) if (!this.#young.has(key)) yield [key, value];
  }

  delete(key: Key): void {
    const young = this.#young.get(key);
    if (young !== undefined) {
      this.#weight -= young.weight;
      this.#young.delete(key);
    }
    this.#old.delete(key);
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
    this.#weight = 0;
  }

  #keep(key: Key, kept: Kept<Value>): void {
    if (this.#weight + kept.weight > this.#half) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#weight = 0;
    }
    this.#young.set(key, kept);
    this.#weight += kept.weight;
  }
}
