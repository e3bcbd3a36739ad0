import type { ItemResult } from './plan.ts';

/** What is known of a step of a run: it is about to be sent, or what it came to. */
export type RunEntry =
  | { readonly n: number; readonly state: 'sending'; readonly at: number }
  | {
      readonly n: number;
      readonly state: 'done';
      readonly at: number;
      readonly items: readonly ItemResult[];
      /** Ids of what was made, by our ids. */
      readonly made: readonly (readonly [string, string])[];
    }
  /** Nothing reached the platform after all. */
  | { readonly n: number; readonly state: 'unsent'; readonly at: number };

/** Where a run keeps what it does. An entry is kept when the method's promise is fulfilled. */
export interface RunJournal {
  /** The last entry of a step; null where it is still to be sent. */
  entry(n: number): Exclude<RunEntry, { readonly state: 'unsent' }> | null;
  add(entry: RunEntry): void | Promise<void>;
  /** Takes back that a step is about to be sent. */
  forget(n: number): void | Promise<void>;
}

/** Keeps a run as lines of text, each written by the function given. */
export class LineJournal implements RunJournal {
  readonly #entries = new Map<number, RunEntry>();
  readonly #write: (line: string) => void | Promise<void>;

  /** Takes the lines of earlier runs; a last one that was cut off while it was written counts as not written. */
  constructor(text: string, write: (line: string) => void | Promise<void>) {
    this.#write = write;
    for (const line of text.split('\n').slice(0, -1)) {
      const entry = JSON.parse(line) as RunEntry;
      this.#entries.set(entry.n, entry);
    }
  }

  entry(n: number): Exclude<RunEntry, { readonly state: 'unsent' }> | null {
    const entry = this.#entries.get(n);
    return entry === undefined || entry.state === 'unsent' ? null : entry;
  }

  async add(entry: RunEntry): Promise<void> {
    await this.#write(`${JSON.stringify(entry)}\n`);
    this.#entries.set(entry.n, entry);
  }

  async forget(n: number): Promise<void> {
    await this.add({ n, state: 'unsent', at: Date.now() });
  }
}
