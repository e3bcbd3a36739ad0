import type { StagedRewriting } from '../rewriting/staged-rewriting.ts';
import type { LoadedTenant } from '../queries/tenants.ts';

/** What a cache may keep, unless something was forgotten since. */
interface Learnt {
  readonly forgotten: number;
  readonly remember: () => void;
}

const NOTHING: readonly Learnt[] = [];

/** One run of a work: what it may believe, and what is to be remembered once it ended well. */
export class TransactionContext {
  readonly isWrite: boolean;
  #tenants: Map<number, LoadedTenant> | undefined;
  #versions: Map<number, number> | undefined;
  /** The number of a company that is to be removed a piece at a time, once that is decided. */
  removed: { readonly tenant: number; readonly staged: StagedRewriting } | null = null;
  #learnt: Learnt[] | undefined;

  constructor(isWrite: boolean) {
    this.isWrite = isWrite;
  }

  /** Companies as they are for this run. Most runs on an embedded engine need neither this nor what follows. */
  get tenants(): Map<number, LoadedTenant> {
    return (this.#tenants ??= new Map());
  }

  /** Which versions of companies there are, as far as this run happened to learn. */
  get versions(): Map<number, number> {
    return (this.#versions ??= new Map());
  }

  /** What was loaded for the first time. */
  get learnt(): readonly Learnt[] {
    return this.#learnt ?? NOTHING;
  }

  learn(learnt: Learnt): void {
    (this.#learnt ??= []).push(learnt);
  }
}

/** Decides when what was loaded may go into a cache. */
export class CacheAdmission {
  /** How often something was forgotten. */
  #forgotten = 0;

  /** Remembers something that was loaded; in a write only once that is kept, and unless it was changed meanwhile. */
  learn(run: TransactionContext, remember: () => void): void {
    if (run.isWrite) run.learn({ forgotten: this.#forgotten, remember });
    else remember();
  }

  /** Notes that a cache forgets something, at once, before the commit. */
  forget(): void {
    this.#forgotten++;
  }

  /** Remembers what a write learnt, now that it is kept. */
  keep(run: TransactionContext): void {
    for (const { forgotten, remember } of run.learnt) if (forgotten === this.#forgotten) remember();
  }
}
