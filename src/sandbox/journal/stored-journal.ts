import { randomUUID } from 'node:crypto';
import { clearTimeout, setTimeout } from 'node:timers';
import type { Dialect } from '../../dialects/dialect.ts';
import type { KeptRequest, KeptRequestLimits, KeptRequestPage } from '../../directory/kept-requests.ts';
import type { Store } from '../../directory/store.ts';
import type { Clock } from '../../lib/time/clock.ts';
import { errorFields, type Log } from '../../lib/log.ts';
import { ENTRY_BYTES, type JournalEntry } from './entry.ts';
import { entryReader, entryText } from './kept-entry.ts';
import type { Journal } from './journal.ts';
import type { Mask } from './mask.ts';

/** Entries are written together, as many or after as long. */
const BATCH = 200;
const BATCH_MS = 250;
/** So many, and of so many bytes, may wait to be written; of more the newest are dropped and counted. */
const MAX_WAITING = 2_000;
const MAX_WAITING_BYTES = 16 * 1024 * 1024;
/** How often the entries of other nodes are asked for, so many at a time. */
const POLL_MS = 300;
const PAGE = 500;
/** How often what is too much is removed. */
const TRIM_MS = 5_000;

/** What a journal in the store is made of. */
export interface StoredJournalOptions {
  readonly journal: Journal;
  readonly store: () => Store;
  readonly dialects: readonly Dialect[];
  readonly maskOf: (entry: JournalEntry) => Mask;
  readonly limits: KeptRequestLimits;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Keeps the entries of a journal in the store, behind the answers, and brings it those of other nodes and of earlier
 * starts: so all that reads the journal reads one that is the same on every node.
 */
export class StoredJournal {
  readonly #options: StoredJournalOptions;
  readonly #read: (text: string, seq: number) => JournalEntry;
  readonly #node = randomUUID();
  readonly #timers = new Set<NodeJS.Timeout>();
  #waiting: JournalEntry[] = [];
  #waitingBytes = 0;
  /** How many were not kept: too many waited, or the store did not take them. */
  #dropped = 0;
  /** The number of the newest entry that came from the store. */
  #cursor = 0;
  #isClosed = false;

  private constructor(options: StoredJournalOptions) {
    this.#options = options;
    this.#read = entryReader(options.dialects);
  }

  /** Brings a journal what is kept, and keeps from then on what it gets. */
  static async begin(options: StoredJournalOptions): Promise<StoredJournal> {
    const stored = new StoredJournal(options);
    const { journal, limits, store } = options;
    stored.#admit(await store().requests.newest(limits.entries));
    journal.keepIn({
      added: (entry) => {
        stored.#add(entry);
      },
      cleared: () => stored.#clear(),
    });
    stored.#every(BATCH_MS, () => stored.#flush());
    stored.#every(TRIM_MS, () => stored.#attempt(() => store().requests.trim(limits, options.clock.now())));
    // An embedded store has no other node.
    if (store().isShared) stored.#every(POLL_MS, () => stored.#attempt(() => stored.#poll()));
    return stored;
  }

  /** Writes what is waiting, and stops. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#flush();
    await this.#attempt(() => this.#options.store().requests.trim(this.#options.limits, this.#options.clock.now()));
  }

  #every(ms: number, work: () => Promise<void>): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void work().then(() => {
        if (!this.#isClosed) this.#every(ms, work);
      });
    }, ms);
    timer.unref();
    this.#timers.add(timer);
  }

  #add(entry: JournalEntry): void {
    const bytes = sizeOf(entry);
    if (this.#waiting.length >= MAX_WAITING || this.#waitingBytes + bytes > MAX_WAITING_BYTES) {
      this.#dropped++;
      return;
    }
    this.#waiting.push(entry);
    this.#waitingBytes += bytes;
  }

  /** Masks and writes what is waiting, one batch after the other; a batch that fails is dropped. */
  async #flush(): Promise<void> {
    const { store, maskOf } = this.#options;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, BATCH);
      for (const entry of batch) this.#waitingBytes -= sizeOf(entry);
      this.#dropped += batch.length;
      await this.#attempt(async () => {
        const requests = batch.map((entry): KeptRequest => ({ at: entry.at, record: entryText(entry, maskOf(entry)) }));
        await store().requests.add(this.#node, requests);
        this.#dropped -= batch.length;
      });
    }
  }

  async #poll(): Promise<void> {
    const { journal, store } = this.#options;
    const page = await store().requests.after(this.#cursor, this.#node, PAGE);
    // What came from the store is gone from it: another node emptied it, or it was too old.
    if (this.#cursor > 0 && (page.oldest ?? Infinity) > this.#cursor) {
      journal.forget();
      this.#cursor = page.oldest === null ? 0 : page.oldest - 1;
    }
    this.#admit(page);
  }

  #admit({ requests }: KeptRequestPage): void {
    for (const { number, record } of requests) {
      this.#cursor = Math.max(this.#cursor, number);
      this.#options.journal.admit((seq) => this.#read(record, seq));
    }
  }

  async #clear(): Promise<void> {
    this.#waiting = [];
    this.#waitingBytes = 0;
    await this.#attempt(() => this.#options.store().requests.clear());
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#options.log.error('journal-lost', { ...errorFields(error), dropped: this.#dropped });
    }
  }
}

function sizeOf({ request, response, target }: JournalEntry): number {
  return ENTRY_BYTES + request.held + response.held + target.length;
}
