import type { Employee } from '../../directory/employees/employee.ts';
import { lookupKeys } from '../../directory/lookup.ts';
import type { Effect, QueryParams } from '../../directory/store.ts';
import { LruCache } from '../../lib/lru-cache.ts';
import { affectsLookups, kindOf } from '../queries/employee-write.ts';
import { rowPositionOf } from '../queries/row-position.ts';
import { OrderCache } from './order-cache.ts';

/** How many characters of records are remembered, and of values by which somebody was found. */
const CHARACTERS_OF_RECORDS = 10_000_000;
const CHARACTERS_OF_VALUES = 3_000_000;

/** What is remembered of a question, and what must be asked. */
export interface CacheLookup<Found> {
  readonly found: Map<string, Found>;
  readonly missing: readonly string[];
}

/**
 * Cache of the records used last, and of the values they were found by. Only for an engine without other writers: every
 * write passes through here, in order, before the next read.
 */
export class EmployeeCache {
  readonly #bySeq = new LruCache<number, Employee>(CHARACTERS_OF_RECORDS);
  /** The number of the only one who has a value; values of none or several are not remembered. */
  readonly #byValue = new LruCache<string, number>(CHARACTERS_OF_VALUES);

  /** The order of employees in lists by creation. */
  readonly order = new OrderCache();

  /** Of the values of a question, those whose one holder is remembered. */
  get({ tenant, space, values }: QueryParams['employees-by']): CacheLookup<readonly Employee[]> {
    const found = new Map<string, readonly Employee[]>();
    let missing: string[] | undefined;
    for (const value of values) {
      const employee = this.#holder(keyOf(tenant, space, value));
      if (employee === undefined) (missing ??= []).push(value);
      else found.set(value, [employee]);
    }
    return { found, missing: missing ?? NONE };
  }

  /** Of some own ids, those whose employees are remembered. */
  getById({ tenant, ids }: QueryParams['employees-by-id']): CacheLookup<Employee> {
    const found = new Map<string, Employee>();
    let missing: string[] | undefined;
    for (const id of ids) {
      const employee = this.#holder(keyOf(tenant, OWN, id));
      if (employee === undefined) (missing ??= []).push(id);
      else found.set(id, employee);
    }
    return { found, missing: missing ?? NONE };
  }

  /** The record with this number in order of creation. */
  at(seq: number): Employee | undefined {
    return this.#bySeq.get(seq);
  }

  /** Remembers an answer. */
  put({ tenant, space }: QueryParams['employees-by'], found: ReadonlyMap<string, readonly Employee[]>): void {
    for (const [value, employees] of found) {
      const [only] = employees;
      if (only === undefined || employees.length > 1) continue;
      this.putRecord(only);
      this.#name(keyOf(tenant, space, value), only);
    }
  }

  keepById({ tenant }: QueryParams['employees-by-id'], found: ReadonlyMap<string, Employee>): void {
    for (const [id, employee] of found) {
      this.putRecord(employee);
      this.#name(keyOf(tenant, OWN, id), employee);
    }
  }

  /** Remembers a record that was just read. */
  putRecord(employee: Employee): void {
    const place = rowPositionOf(employee);
    if (place !== undefined) this.#bySeq.set(place.seq, employee, place.size);
  }

  /** Takes in what is about to be written, as one of so many. */
  write({ tenant, before, after, fields }: Effect & { readonly write: 'employee' }, together = 1): void {
    if (after !== null && before !== null && !affectsLookups(fields)) {
      this.putRecord(after);
      return;
    }
    if (before === null || after === null || String(kindOf(before)) !== String(kindOf(after)))
      this.order.forget(tenant);
    for (const one of [before, after]) {
      if (one === null) continue;
      for (const [space, value] of lookupKeys(one)) this.#byValue.delete(keyOf(tenant, space, value));
    }
    // Many that are added at once would push out those that are used.
    if (after !== null && (before !== null || together <= MANY)) this.putRecord(after);
    else if (before !== null) {
      this.#byValue.delete(keyOf(tenant, OWN, before.id));
      const place = rowPositionOf(before);
      if (place !== undefined) this.#bySeq.delete(place.seq);
    }
  }

  clear(): void {
    this.#bySeq.clear();
    this.#byValue.clear();
    this.order.clear();
  }

  #holder(key: string): Employee | undefined {
    const seq = this.#byValue.get(key);
    return seq === undefined ? undefined : this.#bySeq.get(seq);
  }

  #name(key: string, employee: Employee): void {
    const place = rowPositionOf(employee);
    if (place !== undefined) this.#byValue.set(key, place.seq, key.length);
  }
}

const MANY = 100;
const NONE: readonly string[] = [];

/** The space of own ids, which no platform's space is called. */
const OWN = '';

/** No value that is kept has a NUL, so that what is asked with one is never taken for another. */
function keyOf(tenant: number, space: string, value: string): string {
  return `${String(tenant)}\0${space}\0${value}`;
}
