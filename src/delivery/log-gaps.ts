import { load, type LogPage, type Store } from '../directory/store.ts';

/** Where an engine cannot say who writes, a missing number counts as given up after so long. */
const UNKNOWN_MS = 10 * 60 * 1000;

/**
 * Finds out when a number that is missing in the log never comes any more. A transaction that drew it was there before the
 * number was missed, so once all of those have ended it is committed or rolled back.
 */
export class LogGaps {
  #settled = 0;
  #waiting: { readonly gap: number; readonly writers: ReadonlySet<string> | null; readonly since: number } | null =
    null;

  /** Up to which number a missing one is known to be of nothing. */
  get settled(): number {
    return this.#settled;
  }

  /** Takes notice of a page that stopped at a missing number. */
  async look(store: Store, { gap }: LogPage, now: number): Promise<void> {
    if (gap === null) return;
    const found = await store.read(() => load('change-writers', {}));
    const writers = found === null ? null : new Set(found);
    if (this.#waiting === null) {
      this.#waiting = { gap, writers, since: now };
      return;
    }
    const { writers: then, since } = this.#waiting;
    const isOver =
      then === null || writers === null ? now - since > UNKNOWN_MS : [...then].every((writer) => !writers.has(writer));
    if (!isOver) return;
    this.#settled = this.#waiting.gap;
    this.#waiting = null;
  }
}
