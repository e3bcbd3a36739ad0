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

/**
 * Keeps the newest entries within bounds of number, bytes and age. Where there are too many, the oldest one of a company
 * that holds more than half goes first, so that one busy company does not push out all others.
 */
export class JournalRing {
  readonly #limits: RingLimits;
  readonly #entries = new Map<number, JournalEntry>();
  readonly #byCompany = new Map<string, Set<number>>();
  #bytes = 0;

  constructor(limits: RingLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#entries.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  add(entry: JournalEntry): void {
    const company = entry.company ?? '';
    this.#entries.set(entry.seq, entry);
    let seqs = this.#byCompany.get(company);
    if (seqs === undefined) this.#byCompany.set(company, (seqs = new Set()));
    seqs.add(entry.seq);
    this.#bytes += sizeOf(entry);
    while (this.#entries.size > this.#limits.entries || this.#bytes > this.#limits.bytes) this.#evict();
    this.expire(entry.at);
  }

  /** Lets go of entries that are too old. */
  expire(now: number): void {
    for (const entry of this.#entries.values()) {
      if (entry.at >= now - this.#limits.ageMs) return;
      this.#delete(entry);
    }
  }

  get(seq: number): JournalEntry | undefined {
    return this.#entries.get(seq);
  }

  clear(): void {
    this.#entries.clear();
    this.#byCompany.clear();
    this.#bytes = 0;
  }

  /** Returns the entries, newest first. */
  *newest(): Generator<JournalEntry, void, undefined> {
    const seqs = [...this.#entries.keys()];
    for (let at = seqs.length - 1; at >= 0; at--) {
      const entry = this.#entries.get(seqs[at] as number);
      if (entry !== undefined) yield entry;
    }
  }

  #evict(): void {
    for (const seqs of this.#byCompany.values()) {
      if (seqs.size * 2 <= this.#entries.size) continue;
      for (const seq of seqs) {
        this.#delete(this.#entries.get(seq) as JournalEntry);
        return;
      }
    }
    for (const entry of this.#entries.values()) {
      this.#delete(entry);
      return;
    }
  }

  #delete(entry: JournalEntry): void {
    this.#entries.delete(entry.seq);
    this.#bytes -= sizeOf(entry);
    const company = entry.company ?? '';
    const seqs = this.#byCompany.get(company);
    seqs?.delete(entry.seq);
    if (seqs?.size === 0) this.#byCompany.delete(company);
  }
}

function sizeOf({ request, response, target }: JournalEntry): number {
  return ENTRY_BYTES + (request.body?.length ?? 0) + (response.body?.length ?? 0) + target.length;
}
