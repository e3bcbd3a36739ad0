/** What looking through everything that is kept came to. */
export interface Checked {
  readonly companies: number;
  readonly employees: number;
  /** What is damaged, each in a sentence without anybody's data; of many only the first. */
  readonly damage: readonly string[];
}

/** The most damaged things that are listed. */
export const MAX_DAMAGE = 100;
