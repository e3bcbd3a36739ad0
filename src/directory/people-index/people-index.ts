import type { Employee, EmployeeStatus, Activation } from '../employees/employee.ts';
import { isFound, searchTextOf, type Romanise, type SearchQuery } from './search-text.ts';
import { SortedNumbers, sortInSlices } from './sort-slices.ts';

/** By what people can be sorted besides the order in which they came. */
export const PEOPLE_ORDERS = ['name', 'job_number', 'updated'] as const;
export type PeopleOrder = (typeof PEOPLE_ORDERS)[number];

/** Which people are meant; all where a member is absent. */
export interface PeopleFilter {
  readonly query?: SearchQuery;
  /** Own ids of departments; a person in any of them is meant. */
  readonly departments?: ReadonlySet<string>;
  readonly statuses?: ReadonlySet<PersonState>;
}

/** A status, or how far someone has joined, or that an account is frozen. */
export type PersonState = EmployeeStatus | Activation | 'frozen';

/** How people are sorted: by one order, or null for that in which they came. */
export interface PeopleSort {
  readonly by: PeopleOrder | null;
  readonly descending: boolean;
}

const STATUSES: readonly EmployeeStatus[] = [
  'pre-hire',
  'pre-hire-cancelled',
  'probation',
  'regular',
  'pre-resigned',
  'resigned',
];
const ACTIVATIONS: readonly Activation[] = ['not-joined', 'not-activated', 'active', 'exited'];
/** Every state is a bit. */
const STATES: readonly PersonState[] = [...STATUSES, ...ACTIVATIONS, 'frozen'];

/** The names of all states, for messages and checks. */
export const PERSON_STATES: ReadonlySet<string> = new Set(STATES);

/** So many selections are remembered, for the pages of a list. */
const MAX_SELECTIONS = 4;

/**
 * The people of one company, as far as lists are searched, filtered and sorted by: about 400 bytes each. It is made from
 * the store and follows its changes; every list is read from the store again, so it never answers what is not kept.
 */
export class PeopleIndex {
  readonly #romanise: Romanise;
  readonly #slots = new Map<string, number>();
  readonly #ids: (string | undefined)[] = [];
  readonly #names: string[] = [];
  readonly #words: string[] = [];
  readonly #orders: string[] = [];
  readonly #jobNumbers: string[] = [];
  readonly #departments: (readonly string[])[] = [];
  readonly #updatedAt: number[] = [];
  readonly #states: number[] = [];
  readonly #sorted = new Map<PeopleOrder, SortedNumbers>();
  /** Counts what was put or removed. */
  #version = 0;
  readonly #selections = new Map<string, Uint32Array>();
  /** One list for each combination of departments, as most people share one. */
  readonly #shared = new Map<string, readonly string[]>();

  constructor(romanise: Romanise) {
    this.#romanise = romanise;
  }

  get size(): number {
    return this.#slots.size;
  }

  /** Adds a person, or takes over what was changed. */
  put(employee: Employee): void {
    const { names, words, order } = searchTextOf(employee, this.#romanise);
    const known = this.#slots.get(employee.id);
    const slot = known ?? this.#ids.length;
    const isMoved = {
      name: this.#orders[slot] !== order,
      job_number: this.#jobNumbers[slot] !== (employee.jobNumber ?? ''),
      updated: this.#updatedAt[slot] !== employee.updatedAt,
    };
    if (known !== undefined) for (const by of PEOPLE_ORDERS) if (isMoved[by]) this.#sorted.get(by)?.remove(slot);
    this.#slots.set(employee.id, slot);
    this.#ids[slot] = employee.id;
    this.#names[slot] = names;
    this.#words[slot] = words;
    this.#orders[slot] = order;
    this.#jobNumbers[slot] = employee.jobNumber ?? '';
    this.#departments[slot] = this.#share(employee.departments.map(({ department }) => department));
    this.#updatedAt[slot] = employee.updatedAt;
    this.#states[slot] = statesOf(employee);
    for (const by of PEOPLE_ORDERS) if (isMoved[by]) this.#sorted.get(by)?.add(slot);
    this.#changed();
  }

  remove(id: string): void {
    const slot = this.#slots.get(id);
    if (slot === undefined) return;
    for (const by of PEOPLE_ORDERS) this.#sorted.get(by)?.remove(slot);
    this.#slots.delete(id);
    this.#ids[slot] = undefined;
    this.#names[slot] = '';
    this.#words[slot] = '';
    this.#changed();
  }

  /** Whether a person is meant by a filter without a search. */
  isMeant(id: string, { departments, statuses }: PeopleFilter): boolean {
    const slot = this.#slots.get(id);
    return slot !== undefined && this.#isAmong(slot, departments, statuses === undefined ? null : maskOf(statuses));
  }

  /** Selects people and sorts them, a piece at a time; returns how many there are and what lists them. */
  async select(filter: PeopleFilter, sort: PeopleSort, pause: () => Promise<void> | undefined): Promise<Selection> {
    const key = keyOf(filter, sort);
    let slots = this.#selections.get(key);
    if (slots === undefined) {
      const version = this.#version;
      slots = await this.#found(filter, sort, pause);
      const [oldest] = this.#selections.keys();
      if (this.#selections.size >= MAX_SELECTIONS && oldest !== undefined) this.#selections.delete(oldest);
      if (version === this.#version) this.#selections.set(key, slots);
    }
    const found = slots;
    return {
      total: found.length,
      has: (id) => {
        const slot = this.#slots.get(id);
        return slot !== undefined && filter.query !== undefined && this.#isFound(slot, filter.query);
      },
      ids: (offset, limit) =>
        Array.from(found.subarray(offset, offset + limit), (slot) => this.#ids[slot]).filter((id) => id !== undefined),
    };
  }

  /** How many people who are in service each department has itself, by own ids. */
  headcounts(): ReadonlyMap<string, number> {
    const gone = maskOf(new Set<PersonState>(['pre-hire', 'pre-hire-cancelled', 'resigned']));
    const counts = new Map<string, number>();
    for (const slot of this.#slots.values()) {
      if (((this.#states[slot] as number) & gone) !== 0) continue;
      for (const id of this.#departments[slot] ?? []) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return counts;
  }

  async #found(
    { query, departments, statuses }: PeopleFilter,
    { by, descending }: PeopleSort,
    pause: () => Promise<void> | undefined,
  ): Promise<Uint32Array> {
    const order = by === null ? null : await this.#inOrder(by, pause);
    const mask = statuses === undefined ? null : maskOf(statuses);
    const count = order?.length ?? this.#ids.length;
    const found = new Uint32Array(this.#slots.size);
    let length = 0;
    for (let at = 0; at < count; at++) {
      if (at % 2_048 === 0) await pause();
      const place = descending ? count - 1 - at : at;
      const slot = order === null ? place : order.at(place);
      if (this.#ids[slot] === undefined || !this.#isAmong(slot, departments, mask)) continue;
      if (query === undefined || this.#isFound(slot, query)) found[length++] = slot;
    }
    return found.slice(0, length);
  }

  #isFound(slot: number, query: SearchQuery): boolean {
    return isFound({ names: this.#names[slot] ?? '', words: this.#words[slot] ?? '' }, query);
  }

  #isAmong(slot: number, departments: ReadonlySet<string> | undefined, mask: number | null): boolean {
    if (mask !== null && ((this.#states[slot] as number) & mask) === 0) return false;
    return departments === undefined || (this.#departments[slot] ?? []).some((id) => departments.has(id));
  }

  async #inOrder(by: PeopleOrder, pause: () => Promise<void> | undefined): Promise<SortedNumbers> {
    const known = this.#sorted.get(by);
    if (known !== undefined) return known;
    const version = this.#version;
    const slots = Uint32Array.from(this.#slots.values());
    await sortInSlices(slots, this.#comparing(by), pause);
    const sorted = new SortedNumbers(slots, this.#comparing(by));
    // Who was changed meanwhile may stand where they were.
    if (version === this.#version) this.#sorted.set(by, sorted);
    return sorted;
  }

  #comparing(by: PeopleOrder): (one: number, other: number) => number {
    if (by === 'updated') {
      return (one, other) => (this.#updatedAt[one] as number) - (this.#updatedAt[other] as number) || one - other;
    }
    const keys = by === 'name' ? this.#orders : this.#jobNumbers;
    return (one, other) => {
      const [a, b] = [keys[one] as string, keys[other] as string];
      return a < b ? -1 : a > b ? 1 : one - other;
    };
  }

  #changed(): void {
    this.#version++;
    this.#selections.clear();
  }

  #share(departments: readonly string[]): readonly string[] {
    const key = departments.join('\n');
    const known = this.#shared.get(key);
    if (known === undefined) this.#shared.set(key, departments);
    return known ?? departments;
  }
}

/** People who were selected, in order. */
export interface Selection {
  readonly total: number;
  /** Whether a person is found by what was looked for; whether other conditions hold is not asked. */
  readonly has: (id: string) => boolean;
  /** Own ids of those from one place on. */
  readonly ids: (offset: number, limit: number) => readonly string[];
}

function statesOf({ status, activation, frozen }: Employee): number {
  const states: readonly PersonState[] = frozen ? [status, activation, 'frozen'] : [status, activation];
  return states.reduce((mask, state) => mask | (1 << STATES.indexOf(state)), 0);
}

function maskOf(states: ReadonlySet<PersonState>): number {
  return STATES.reduce((mask, state, bit) => (states.has(state) ? mask | (1 << bit) : mask), 0);
}

function keyOf({ query, departments, statuses }: PeopleFilter, { by, descending }: PeopleSort): string {
  return JSON.stringify([query ?? null, [...(departments ?? [])], [...(statuses ?? [])], by, descending]);
}
