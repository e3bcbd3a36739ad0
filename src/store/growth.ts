/** The tables that a company's people fill; to be named in a statement. */
export const TABLES_OF_PEOPLE = 'employee, lookup, change, recency, account, account_member';

/** So many more are always worth it. */
const MANY = 500;

/** Says when a database that plans by the size of its tables should look at it again: when there are twice as many people. */
export class Growth {
  #added = 0;
  #enough = MANY;

  /** Counts people who were added; they need not have stayed. */
  add(people: number): void {
    this.#added += people;
  }

  get isDue(): boolean {
    return this.#added >= this.#enough;
  }

  /** The database has looked, and there were so many; from now on it is due after as many more. */
  looked(people: number): void {
    this.#added = 0;
    this.#enough = Math.max(MANY, people);
  }
}
