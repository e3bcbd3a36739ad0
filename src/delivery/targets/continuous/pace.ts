/** So many deliveries of a target are open; what comes after them stays in the log. */
export const MAX_OPEN = 1_000;
export const PAGE = 200;
/** So many are prepared with one read, and sent at the same time. */
export const BATCH = 100;
export const SIDE_BY_SIDE = 8;
/** More is prepared while fewer than so many wait to be sent. */
export const ENOUGH = 50;
export const FEEDS = 2;
export const GAP_MS = 20;
export const FAILURE_MS = 1_000;
export const SHARED_MS = 500;
export const TRIM_MS = 60 * 60 * 1_000;
