/** Why a cell cannot be taken, in both languages. */
export interface CellProblem {
  readonly en: string;
  readonly zh: string;
  /** Names that may have been meant. */
  readonly did_you_mean?: readonly string[];
}
