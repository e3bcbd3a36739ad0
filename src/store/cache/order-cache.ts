/** So many employees in order of creation are remembered together. */
export const RUN = 500;
/** Of a million employees in one order, and then all begin again. */
const MAX_RUNS = 2_000;

/** The numbers of employees of one kind from a multiple of {@link RUN} on, and how many of the kind there are in all. */
export interface OrderRun {
  readonly total: number;
  readonly numbers: readonly number[];
}

/** Cache of the order of employees in the lists of a company, until somebody comes, goes, or becomes of another kind. */
export class OrderCache {
  readonly #companies = new Map<number, Map<string, OrderRun>>();
  #size = 0;

  /** The run with this number of a company's employees of a kind. */
  get(tenant: number, kind: string, index: number): OrderRun | undefined {
    return this.#companies.get(tenant)?.get(keyOf(kind, index));
  }

  /** Remembers a run; an empty one is sooner asked for than kept. */
  put(tenant: number, kind: string, index: number, run: OrderRun): void {
    if (run.numbers.length === 0) return;
    if (this.#size >= MAX_RUNS) this.clear();
    let runs = this.#companies.get(tenant);
    if (runs === undefined) this.#companies.set(tenant, (runs = new Map<string, OrderRun>()));
    const key = keyOf(kind, index);
    if (!runs.has(key)) this.#size++;
    runs.set(key, run);
  }

  /** Forgets the lists of a company. */
  forget(tenant: number): void {
    this.#size -= this.#companies.get(tenant)?.size ?? 0;
    this.#companies.delete(tenant);
  }

  clear(): void {
    this.#companies.clear();
    this.#size = 0;
  }
}

function keyOf(kind: string, index: number): string {
  return `${String(index)} ${kind}`;
}
