import type { StoreTask } from '../directory/store.ts';
import type { Tenant } from '../directory/tenant.ts';

/** Something that becomes otherwise by the passing of time alone. */
export interface DueItem {
  /** When, in epoch milliseconds as the company has it. */
  readonly at: number;
  /** The dialect's own name for this kind of thing, e.g. `licence`. */
  readonly kind: string;
  /** Which one, by an id or name that the company file or the platform has for it. */
  readonly subject: string;
  /** How it is before and after. */
  readonly was: string;
  readonly is: string;
}

/** What a dialect knows of its platform besides answering calls; used by the sandbox. */
export interface DialectFacts {
  /** Lists what becomes due in a company after one instant and up to another, tokens and rate limits apart. */
  readonly due: (tenant: Tenant, from: number, to: number) => StoreTask<readonly DueItem[]>;
}
