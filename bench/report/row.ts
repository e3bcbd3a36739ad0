import type { Series } from './ratio.ts';

/** What a figure is held to; null where it is only reported. */
export interface Goal {
  readonly text: string;
  readonly isMet: boolean;
}

/** One line of the table. */
export interface Row {
  readonly goal: string;
  readonly what: string;
  /** The ratio, and how far single rounds were from it; null where there is only an absolute figure. */
  readonly ratio: Series | null;
  readonly wanted: Goal | null;
  /** Absolute figures, which hold for this machine on this day only. */
  readonly absolute: string;
}
