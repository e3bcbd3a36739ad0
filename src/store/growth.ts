/**
 * The tables that a company's people fill. Not `change`: a list by date locks it, would wait for the look at it, and
 * every write behind them.
 */
const TABLES = ['employee', 'lookup', 'recency', 'account', 'account_member'];

/**
 * Returns those of the tables, as `name`, that have ten pages or more. Of smaller ones PostgreSQL assumes as much while it has not
 * looked; after a look at an empty one it would plan for none.
 */
export const GROWN_TABLES = `SELECT relname AS name FROM pg_class WHERE oid IN (${TABLES.map((table) => `'${table}'::regclass`).join(', ')}) AND pg_relation_size(oid) >= 10 * current_setting('block_size')::integer`;

/** Returns how many employees the server counted when it looked last, as `people`; a negative number where it never did. */
export const PEOPLE_COUNTED = "SELECT reltuples AS people FROM pg_class WHERE oid = 'employee'::regclass";

/** So many more are always worth it. */
const MANY = 500;
/** And where a look had no effect, so many are. */
const VERY_MANY = 100_000;

/** Says when a database that plans by the size of its tables should look at them again: when there are twice as many people. */
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

  /** The database has looked, and counted so many; a negative number where it may not, or could not. */
  looked(people: number): void {
    this.#added = 0;
    this.#enough = people < 0 ? VERY_MANY : Math.max(MANY, people);
  }
}
