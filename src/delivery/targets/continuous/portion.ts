/** How much is done in one go. */
export interface Portion {
  /** So many are prepared with one read, and read back together. */
  readonly batch: number;
  /** More is prepared while fewer than so many wait to be sent. */
  readonly enough: number;
  /** So many batches are prepared at a time. */
  readonly feeds: number;
  /** Something written is read back with others after so long, or once there are enough of them. */
  readonly proveMs: number;
}

/** At full speed, many share a read. */
const FULL: Portion = { batch: 100, enough: 50, feeds: 2, proveMs: 1_000 };
/** While calls are few, no more is read than is sent in a moment: what was read long ago is not what is there. */
const SMALL: Portion = { batch: 10, enough: 5, feeds: 1, proveMs: 5_000 };

/** Returns how much is done in one go, while writes to the directory leave no time or do. */
export function portionOf({ isBusy }: { readonly isBusy: boolean }): Portion {
  return isBusy ? SMALL : FULL;
}
