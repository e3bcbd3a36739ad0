import type { RecordFactory } from '../../../dialects/record-factory.ts';
import type { RowChange } from '../../../dialects/row-calls.ts';
import type { RowVerdicts } from '../../../dialects/row-verdict.ts';
import type { LookupKey } from '../../../directory/lookup.ts';
import type { Store } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { Ids } from '../../../lib/ids.ts';
import type { TablePlatform } from '../columns/columns.ts';
import type { TableLimits } from '../formats/limits.ts';
import type { PendingRows } from '../rows/pending-rows.ts';

/** Asks platforms about a change, without writing. */
export interface Judge {
  platforms(tenant: Tenant): readonly string[];
  open(platforms: readonly string[]): OpenJudge;
}

/** Judges the rows of one table. */
export interface OpenJudge {
  /** Begins a batch of rows, which have these values; what it returns is for `start`. */
  begin(keys: Iterable<LookupKey>): Promise<unknown>;
  /**
   * Begins to judge changes of a batch that touch neither each other nor those that are judged already; `pause` lets others
   * have their turn.
   */
  start(
    batch: unknown,
    changes: readonly RowChange[],
    pending: PendingRows,
    pause: () => Promise<void> | undefined,
  ): Promise<Judging>;
  /** Lets go of what was opened. */
  end(): Promise<void>;
}

/** Changes that are judged; a thread may be at them while other work is done here. */
export interface Judging {
  /** Returns the verdicts, in the order of the changes, once all are there: what the thread has not got to is judged here. */
  verdicts(): Promise<readonly RowVerdicts[]>;
}

/** Takes back what the request of a change changed, apart from what has a conflict. */
export type UndoRequest = (company: string, change: number) => Promise<void>;

/** What imports are made with. */
export interface ImportPorts {
  readonly store: () => Store;
  readonly platforms: readonly TablePlatform[];
  readonly judge: Judge;
  readonly undo: UndoRequest;
  readonly recordFactory: () => RecordFactory;
  readonly now: (tenant: Tenant) => number;
  readonly ids: Ids;
  readonly limits: TableLimits;
  /** Takes notice of a defect that ended an import. */
  readonly onError?: (error: unknown) => void;
}
