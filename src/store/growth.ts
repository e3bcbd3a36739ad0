/** So many more are always worth it. */
const MANY = 500;
/** And where a look had no effect, so many are. */
const VERY_MANY = 100_000;

/** Says when a database that plans by the size of its tables should look at them again: when there are twice as many people. */
export class Growth {
  #added = 0;
  #enough = MANY;

  /** Counts somebody who was added, and need not have stayed. */
  add(): void {
    this.#added++;
  }

  get isDue(): boolean {
    return this.#added >= this.#enough;
  }

  /** The database begins to look; until it has, no other look is due. */
  looking(): void {
    this.#enough = Number.POSITIVE_INFINITY;
  }

  /** The database has looked, and counted so many; a negative number where it may not, or could not. */
  looked(people: number): void {
    this.#added = 0;
    this.#enough = people < 0 ? VERY_MANY : Math.max(MANY, people);
  }
}
