import type { JournalEntry } from './entry.ts';

/** What the journal may hold. */
export interface RingLimits {
  readonly entries: number;
  /** Bodies, targets and headers of all entries, and so much besides for each. */
  readonly bytes: number;
  readonly ageMs: number;
}

/** Room that an entry takes besides its bodies, about. */
const ENTRY_BYTES = 1_200;
/** So many places at the front may be empty before the others move up. */
const MAX_EMPTY = 4_096;

/** Numbers of entries in the order in which they came; those at the front may be gone already. */
class Queue {
  numbers: number[] = [];
  head = 0;
  /** How many of them are still there. */
  size = 0;
}

/**
 * Keeps the newest entries within bounds of number, bytes and age. Where there are too many, the oldest one of a company
 * that holds more than half goes first, so that one busy company does not push out all others.
 */
export class JournalRing {
  readonly #limits: RingLimits;
  /** By number, from {@link JournalRing.#first} on; undefined where one is gone. */
  #entries: (JournalEntry | undefined)[] = [];
  /** Number of the entry at index 0. */
  #first = 0;
  /** Index of the oldest entry. */
  #head = 0;
  readonly #companies = new Map<string, Queue>();
  /** The company that may hold more than half: only one can. */
  #largest = '';
  #size = 0;
  #bytes = 0;

  constructor(limits: RingLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Adds an entry; its number is one more than that of the entry before it. */
  add(entry: JournalEntry): void {
    if (this.#entries.length === 0) this.#first = entry.seq;
    this.#entries.push(entry);
    const company = entry.company ?? '';
    let queue = this.#companies.get(company);
    if (queue === undefined) this.#companies.set(company, (queue = new Queue()));
    queue.numbers.push(entry.seq);
    queue.size++;
    if (queue.size > (this.#companies.get(this.#largest)?.size ?? 0)) this.#largest = company;
    this.#size++;
    this.#bytes += sizeOf(entry);
    while (this.#size > this.#limits.entries || this.#bytes > this.#limits.bytes) this.#evict();
    this.expire(entry.at);
  }

  /** Lets go of entries that are too old. */
  expire(now: number): void {
    for (let oldest = this.#oldest(); oldest !== undefined; oldest = this.#oldest()) {
      if (oldest.at >= now - this.#limits.ageMs) return;
      this.#delete(oldest);
    }
  }

  clear(): void {
    this.#entries = [];
    this.#head = 0;
    this.#companies.clear();
    this.#size = 0;
    this.#bytes = 0;
  }

  /** Returns the entries, newest first. */
  *newest(): Generator<JournalEntry, void, undefined> {
    const entries = this.#entries;
    for (let at = entries.length - 1; at >= 0; at--) {
      const entry = entries[at];
      if (entry !== undefined) yield entry;
    }
  }

  #oldest(): JournalEntry | undefined {
    while (this.#head < this.#entries.length) {
      const entry = this.#entries[this.#head];
      if (entry !== undefined) return entry;
      this.#head++;
    }
    return undefined;
  }

  #evict(): void {
    const queue = this.#companies.get(this.#largest);
    const entry = queue !== undefined && queue.size * 2 > this.#size ? this.#oldestOf(queue) : this.#oldest();
    if (entry !== undefined) this.#delete(entry);
  }

  #oldestOf(queue: Queue): JournalEntry | undefined {
    while (queue.head < queue.numbers.length) {
      const entry = this.#entries[(queue.numbers[queue.head] as number) - this.#first];
      if (entry !== undefined) return entry;
      queue.head++;
    }
    return undefined;
  }

  #delete(entry: JournalEntry): void {
    this.#entries[entry.seq - this.#first] = undefined;
    this.#size--;
    this.#bytes -= sizeOf(entry);
    const company = entry.company ?? '';
    const queue = this.#companies.get(company);
    if (queue !== undefined && --queue.size === 0) this.#companies.delete(company);
    else if (queue !== undefined) compact(queue, this.#first);
    this.#oldest();
    if (this.#head < MAX_EMPTY || this.#head * 2 < this.#entries.length) return;
    this.#entries = this.#entries.slice(this.#head);
    this.#first += this.#head;
    this.#head = 0;
  }
}

/** Forgets the numbers at the front of a queue that are gone. */
function compact(queue: Queue, first: number): void {
  while (queue.head < queue.numbers.length && (queue.numbers[queue.head] as number) < first) queue.head++;
  if (queue.head < MAX_EMPTY || queue.head * 2 < queue.numbers.length) return;
  queue.numbers = queue.numbers.slice(queue.head);
  queue.head = 0;
}

/** Returns how many bytes an entry takes, about. */
export function sizeOf({ request, response, target }: JournalEntry): number {
  return ENTRY_BYTES + request.held + response.held + target.length;
}
