import type { DriftCounts, DriftLine, DriftRun } from '../../../directory/targets/drift-run.ts';

export type { DriftAccepted, DriftChoice, DriftRepair } from '../../../directory/targets/drift-view.ts';

/** One read of a live tenant, and what it showed. */
export interface DriftRunLine extends Pick<DriftRun, 'id' | 'state' | 'why' | 'people' | 'found'> {
  readonly read_at: string;
  /** Whether everybody was read; else no one is called missing. */
  readonly complete: boolean;
  readonly counts: DriftCounts;
}

/** The newest runs, newest first. */
export interface DriftRunList {
  readonly runs: readonly DriftRunLine[];
}

/** A run with a page of its lines. Mobiles and mail addresses are masked. */
export interface DriftRunPage extends DriftRunLine {
  readonly lines: readonly DriftLine[];
  /** What to give as `after` for the next page; null: this is the last. */
  readonly next: string | null;
}
