/** How a platform would answer the call that makes the change of a row. */
export interface RowVerdict {
  readonly accepted: boolean;
  /** The platform's own code; absent where it accepts. */
  readonly code?: string;
  /** The sentence of its answer; absent where it accepts. */
  readonly message?: string;
  /** The fields that it names, as it writes them. */
  readonly fields?: readonly string[];
}

/** The verdict of each platform; null where it is not asked, or knows none of what changes. */
export type RowVerdicts = Readonly<Record<string, RowVerdict | null>>;
