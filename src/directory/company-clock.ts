/** How a company's time differs from the system's, as kept with the company; absent: it does not differ. */
export type CompanyClock =
  /** The system's time, after a reset. */
  | { readonly mode: 'system'; readonly epoch: number }
  | { readonly mode: 'shifted'; readonly offsetMs: number; readonly epoch: number }
  /** Stopped at an instant, in epoch milliseconds. */
  | { readonly mode: 'frozen'; readonly at: number; readonly epoch: number };

/** What of a company tells its time. */
interface Timed {
  readonly number: number;
  readonly parts: { readonly clock?: CompanyClock };
}

/** Returns the instant that a company has when the system has `systemAt`; without a company, the system's. */
export function companyTime(tenant: Timed | null, systemAt: number): number {
  const clock = tenant?.parts.clock;
  return clock === undefined ? systemAt : timeBy(clock, systemAt);
}

/** Returns the instant that a clock shows when the system has `systemAt`. */
export function timeBy(clock: CompanyClock | undefined, systemAt: number): number {
  switch (clock?.mode) {
    case 'frozen':
      return clock.at;
    case 'shifted':
      return systemAt + clock.offsetMs;
    default:
      return systemAt;
  }
}

/**
 * Returns the name under which a company's requests are counted in windows of time. Time goes back only with a new epoch,
 * and what was counted before must not count then.
 */
export function windowOwner({ number, parts: { clock } }: Timed): string {
  return clock === undefined || clock.epoch === 0 ? String(number) : `${String(number)}.${String(clock.epoch)}`;
}
