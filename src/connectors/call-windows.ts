import { randomUUID } from 'node:crypto';
import type { Clock } from '../lib/time/clock.ts';
import { SlidingWindows, type ClientLimit, type KeptCounts } from './limits.ts';

/** What a process counted, for the one that comes after it. */
export interface KeptWindows {
  /** Who counted: a session that finds its own counts knows better. */
  readonly by: string;
  /** Whether nothing was sent afterwards. */
  readonly isWhole: boolean;
  readonly calls: Readonly<Record<string, KeptCounts>>;
}

/** Keeps what was counted. Rejects where it could not: then nothing is sent. */
export type KeepWindows = (windows: KeptWindows) => Promise<void>;

/** What a process counts of a tenant: one for all that ask the same tenant with the same app. */
export interface CallCounts {
  /** Who counts, for the process that comes after this one. */
  readonly id: string;
  readonly windows: ReadonlyMap<string, SlidingWindows>;
}

/** Returns counts of nothing. */
export function callCounts(limits: readonly ClientLimit[], clock: Clock): CallCounts {
  return {
    id: randomUUID(),
    windows: new Map(limits.map(({ call, windows }) => [call, new SlidingWindows(windows, clock)])),
  };
}

/** The windows of all limits of a tenant, by call, as one session uses them: whether counts are kept is its own matter. */
export class CallWindows {
  readonly #id: string;
  readonly #all: ReadonlyMap<string, SlidingWindows>;
  readonly #ofCall = new Map<string, readonly SlidingWindows[]>();
  #keep: KeepWindows | null = null;
  #keeping: Promise<void> | null = null;

  constructor({ id, windows }: CallCounts) {
    this.#id = id;
    this.#all = windows;
  }

  /** The windows that a call counts in. */
  of(call: string): readonly SlidingWindows[] {
    const known = this.#ofCall.get(call);
    if (known !== undefined) return known;
    const found = ['*', call].flatMap((name) => this.#all.get(name) ?? []);
    this.#ofCall.set(call, found);
    return found;
  }

  /** Has counts kept from now on, before what they count is sent. */
  async keepWith(keep: KeepWindows): Promise<void> {
    this.#keep = keep;
    // From here on what is kept is not the whole: the next process knows that more may have been sent.
    await this.#keepNow(keep);
  }

  /** Has counts kept no more. */
  keepNoMore(): void {
    this.#keep = null;
  }

  /** Waits until a call that was counted is kept, or is one of the few that need not be. */
  async kept(call: string): Promise<void> {
    const windows = this.of(call);
    while (this.#keep !== null && windows.some(({ isToKeep }) => isToKeep)) {
      this.#keeping ??= this.#keepNow(this.#keep);
      await this.#keeping;
    }
  }

  /** Returns what was counted. */
  state(isWhole: boolean): KeptWindows {
    const calls = Array.from(this.#all, ([call, windows]) => [call, windows.counts()] as const);
    const counted = calls.filter(([, counts]) => Object.values(counts).some((cells) => cells.length > 0));
    return { by: this.#id, isWhole, calls: Object.fromEntries(counted) };
  }

  /** Begins with what another process counted. */
  restore({ by, isWhole, calls }: KeptWindows): void {
    if (by === this.#id) return;
    for (const [call, windows] of this.#all) windows.restore(calls[call] ?? {}, isWhole);
  }

  async #keepNow(keep: KeepWindows): Promise<void> {
    try {
      const counted = [...this.#all.values()].map((windows) => [windows, windows.unkept] as const);
      await keep(this.state(false));
      for (const [windows, calls] of counted) windows.kept(calls);
    } finally {
      this.#keeping = null;
    }
  }
}
