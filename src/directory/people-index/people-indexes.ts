import { after } from '../../lib/time/after.ts';
import { load, type ChangePage, type Store } from '../store.ts';
import { PeopleIndex } from './people-index.ts';
import type { Romanise } from './search-text.ts';

/** How the index of a company is: there, or on its way, with the share that is done. */
export type IndexState = { readonly index: PeopleIndex } | { readonly done: number };

/** What indexes are made of. */
export interface IndexesOptions {
  /** Asked for when the first index is made, as it takes memory. */
  readonly romanise: () => Promise<Romanise>;
  /** Makes what lets others have their turn in a long work. */
  readonly pause: () => () => Promise<void> | undefined;
}

/** Of all companies together so many people are kept, those of the companies that were looked at last. */
const MAX_PEOPLE = 1_200_000;
/** After more changes than this an index is made again. */
const MAX_CHANGES = 5_000;
const CHANGES_AT_ONCE = 500;
const OVERLAP = 1_000;

interface Kept {
  /** Null while it is made for the first time. */
  index: PeopleIndex | null;
  /** The number of the newest change that is in it. */
  change: number;
  /** The share of the people that are in it, below 1. */
  done: number;
  building: Promise<false> | null;
}

/** Indexes of companies, each made when its people are first looked for, and kept up to date by the changes. */
export class PeopleIndexes {
  readonly #options: IndexesOptions;
  readonly #kept = new Map<number, Kept>();

  constructor(options: IndexesOptions) {
    this.#options = options;
  }

  /** Returns the index of a company as of now; where it takes longer than that to make one, how far it is. */
  async of(store: Store, tenant: number, waitMs: number): Promise<IndexState> {
    const newest = await store.read(() => load('newest-change', {}));
    let kept = this.#kept.get(tenant);
    if (kept === undefined) this.#kept.set(tenant, (kept = { index: null, change: 0, done: 0, building: null }));
    // The last one asked for is the last to go.
    this.#kept.delete(tenant);
    this.#kept.set(tenant, kept);
    const one = kept;
    const late = after(waitMs);
    let isLate = false;
    // One that is made already may have begun before the newest change.
    while ((one.index === null || one.change < newest) && !isLate) {
      one.building ??= this.#follow(store, tenant, one, newest).finally(() => {
        one.building = null;
      });
      isLate = await Promise.race([one.building, late]);
    }
    this.#forgetSome(tenant);
    return one.index === null ? { done: one.done } : { index: one.index };
  }

  async #follow(store: Store, tenant: number, kept: Kept, newest: number): Promise<false> {
    try {
      if (kept.index === null || !(await this.#caughtUp(store, tenant, kept.index, kept.change))) {
        kept.index = await this.#made(store, tenant, kept);
      }
      kept.change = newest;
      return false;
    } catch (error) {
      // The next one who asks begins again.
      this.#kept.delete(tenant);
      throw error;
    }
  }

  async #made(store: Store, tenant: number, kept: Kept): Promise<PeopleIndex> {
    const index = new PeopleIndex(await this.#options.romanise());
    const pause = this.#options.pause();
    const expected = (await store.read(() => load('employee-page', { tenant, offset: 0, limit: 0, order: 'created' })))
      .total;
    for await (const employee of store.employees(tenant)) {
      index.put(employee);
      // Below 1 until it is made: at 1 a caller would take what was found without it for all there is, and not ask again.
      kept.done = index.size / Math.max(index.size + 1, expected);
      await pause();
    }
    return index;
  }

  /** Takes over the changes after a number; false where there are too many. */
  async #caughtUp(store: Store, tenant: number, index: PeopleIndex, change: number): Promise<boolean> {
    const changed = new Set<string>();
    // Where others write, too, a smaller number may be written after a larger one.
    const since = store.isShared ? change - OVERLAP : change;
    let before: number | null = null;
    for (let seen = 0; ;) {
      const about = { tenant, before, limit: CHANGES_AT_ONCE };
      const page: ChangePage = await store.read(() => load('changes', about));
      const recent = page.changes.filter(({ number }) => number > since);
      for (const { kind, employee } of recent) if (kind === 'employee') changed.add(employee);
      seen += recent.length;
      if (recent.length < page.changes.length || page.next === null) break;
      if (seen > MAX_CHANGES) return false;
      before = page.next;
    }
    const ids = [...changed];
    for (let from = 0; from < ids.length; from += CHANGES_AT_ONCE) {
      const some = ids.slice(from, from + CHANGES_AT_ONCE);
      const found = await store.read(() => load('employees-by-id', { tenant, ids: some }));
      for (const id of some) {
        const employee = found.get(id);
        if (employee === undefined) index.remove(id);
        else index.put(employee);
      }
    }
    return true;
  }

  #forgetSome(tenant: number): void {
    let people = 0;
    for (const { index } of this.#kept.values()) people += index?.size ?? 0;
    for (const [other, { index }] of this.#kept) {
      if (people <= MAX_PEOPLE || other === tenant) return;
      people -= index?.size ?? 0;
      this.#kept.delete(other);
    }
  }
}
