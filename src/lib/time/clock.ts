/** Where the time comes from, so that a test can turn it instead of sleeping. */
export interface Clock {
  /** The present instant in epoch milliseconds. */
  now(): number;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() };
