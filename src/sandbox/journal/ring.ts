import { ENTRY_BYTES, type JournalEntry } from './entry.ts';
import { AnswerHeaders, KeptCall } from './kept-call.ts';

/** What the journal may hold. */
export interface RingLimits {
  readonly entries: number;
  /** Bodies, targets and headers of all entries, and so much besides for each. */
  readonly bytes: number;
  readonly ageMs: number;
}

/** So many places at the front may be empty before the others move up. */
const MAX_EMPTY = 4_096;
/** So many calls that are gone are ready for the next ones, if their room for texts is not large. */
const MAX_FREE = 64;
const MAX_FREE_BYTES = 16_384;

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
  readonly #answers = new AnswerHeaders();
  /** By number, from {@link JournalRing.#first} on; undefined where one is gone. */
  #entries: (KeptCall | undefined)[] = [];
  /** Those that are gone, for the next ones. */
  #free: KeptCall[] = [];
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

  /** Adds an entry; its number is greater than that of the entry before it. */
  add(entry: JournalEntry): void {
    if (this.#entries.length === 0) this.#first = entry.seq;
    // Of a call that could not be kept there is a number, and an empty place.
    while (this.#first + this.#entries.length < entry.seq) this.#entries.push(undefined);
    const call = this.#free.pop() ?? new KeptCall();
    call.keep(entry, this.#answers);
    this.#entries.push(call);
    const company = entry.company ?? '';
    let queue = this.#companies.get(company);
    if (queue === undefined) this.#companies.set(company, (queue = new Queue()));
    queue.numbers.push(entry.seq);
    queue.size++;
    if (queue.size > (this.#companies.get(this.#largest)?.size ?? 0)) this.#largest = company;
    this.#size++;
    this.#bytes += sizeOf(call);
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
    this.#free = [];
    this.#head = 0;
    this.#companies.clear();
    this.#size = 0;
    this.#bytes = 0;
  }

  /** Returns the entries, newest first. */
  *newest(): Generator<JournalEntry, void, undefined> {
    for (const call of this.#newest()) yield this.#entryOf(call);
  }

  /** Finds an entry by its id. */
  find(id: string): JournalEntry | null {
    for (const call of this.#newest()) if (call.id === id) return this.#entryOf(call);
    return null;
  }

  /** Returns the entry that was added last. */
  last(): JournalEntry | null {
    for (const call of this.#newest()) return this.#entryOf(call);
    return null;
  }

  *#newest(): Generator<KeptCall, void, undefined> {
    const [entries, first] = [this.#entries, this.#first];
    for (let at = entries.length - 1; at >= 0; at--) {
      const call = entries[at];
      // Between two steps of a reader one may have gone, and be another one by now.
      if (call?.seq === first + at) yield call;
    }
  }

  #entryOf(call: KeptCall): JournalEntry {
    const before = sizeOf(call);
    const entry = call.entry();
    this.#bytes += sizeOf(call) - before;
    return entry;
  }

  #oldest(): KeptCall | undefined {
    while (this.#head < this.#entries.length) {
      const call = this.#entries[this.#head];
      if (call !== undefined) return call;
      this.#head++;
    }
    return undefined;
  }

  #evict(): void {
    const queue = this.#companies.get(this.#largest);
    const call = queue !== undefined && queue.size * 2 > this.#size ? this.#oldestOf(queue) : this.#oldest();
    if (call !== undefined) this.#delete(call);
  }

  #oldestOf(queue: Queue): KeptCall | undefined {
    while (queue.head < queue.numbers.length) {
      const call = this.#entries[(queue.numbers[queue.head] as number) - this.#first];
      if (call !== undefined) return call;
      queue.head++;
    }
    return undefined;
  }

  #delete(call: KeptCall): void {
    this.#entries[call.seq - this.#first] = undefined;
    this.#size--;
    this.#bytes -= sizeOf(call);
    const company = call.company ?? '';
    call.clear();
    if (this.#free.length < MAX_FREE && call.room <= MAX_FREE_BYTES) this.#free.push(call);
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

function sizeOf({ held }: KeptCall): number {
  return ENTRY_BYTES + held;
}
