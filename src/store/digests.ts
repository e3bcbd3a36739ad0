import { crc32 } from 'node:zlib';

/** What must be in a table, and what is, in any order and without keeping either: by company. */
export class Digests {
  readonly #left = new Map<number, { sum: number; rows: number }>();

  /** Keeps that a row must be there. */
  due(tenant: number, row: string): void {
    this.#add(tenant, row, 1);
  }

  /** Keeps that a row is there. */
  found(tenant: number, row: string): void {
    this.#add(tenant, row, -1);
  }

  /** The companies of which something is missing, or something is there that must not be. */
  differing(): readonly number[] {
    return [...this.#left].filter(([, { sum, rows }]) => sum !== 0 || rows !== 0).map(([tenant]) => tenant);
  }

  #add(tenant: number, row: string, rows: 1 | -1): void {
    const left = this.#left.get(tenant);
    if (left === undefined) this.#left.set(tenant, { sum: crc32(row), rows });
    else {
      // The same row twice leaves nothing of the sum.
      left.sum ^= crc32(row);
      left.rows += rows;
    }
  }
}

/** How many there must be of each kind, less how many are said to be: by company. */
export class Counts {
  readonly #left = new Map<string, number>();

  add(tenant: number, kind: string, people: number): void {
    const key = `${String(tenant)} ${kind}`;
    const left = (this.#left.get(key) ?? 0) + people;
    if (left === 0) this.#left.delete(key);
    else this.#left.set(key, left);
  }

  /** The companies of which too many or too few are said to be. */
  differing(): readonly number[] {
    return [...new Set([...this.#left.keys()].map((key) => Number(key.split(' ')[0])))];
  }
}
