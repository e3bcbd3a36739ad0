import type { StagedRewriting } from '../rewriting/staged-rewriting.ts';
import type { LoadedTenant } from '../queries/tenants.ts';

/** One run of a work: what it may believe, and what is to be remembered once it ended well. */
export class TransactionContext {
  readonly isWrite: boolean;
  /** Companies as they are for this run. */
  readonly tenants = new Map<number, LoadedTenant>();
  /** Which versions of companies there are, as far as this run happened to learn. */
  readonly versions = new Map<number, number>();
  /** The number of a company that is to be removed a piece at a time, once that is decided. */
  removed: { readonly tenant: number; readonly staged: StagedRewriting } | null = null;
  readonly learnt: { readonly forgotten: number; readonly remember: () => void }[] = [];

  constructor(isWrite: boolean) {
    this.isWrite = isWrite;
  }
}

/** Decides when what was loaded may go into a cache. */
export class CacheAdmission {
  /** How often something was forgotten. */
  #forgotten = 0;

  /** Remembers something that was loaded; in a write only once that is kept, and unless it was changed meanwhile. */
  learn(run: TransactionContext, remember: () => void): void {
    if (run.isWrite) run.learnt.push({ forgotten: this.#forgotten, remember });
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
