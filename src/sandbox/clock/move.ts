import { timeBy, type CompanyClock } from '../../directory/company-clock.ts';

/** What is to be done with a company's clock; of `advance` and `to` at most one. */
export interface ClockMove {
  /** By so many milliseconds. */
  readonly advance?: number;
  /** To this instant, in epoch milliseconds. */
  readonly to?: number;
  /** Whether time stops there (true) or goes on (false); absent: as before. */
  readonly frozen?: boolean;
}

/** A clock as it is after a move, and the instants between which time passed. */
export interface MoveResult {
  readonly clock: CompanyClock;
  readonly from: number;
  readonly to: number;
}

/** Why a clock cannot be moved so: time goes forward only, and not for ever. */
export type MoveRefusal = 'backwards' | 'too-far';

const DAY_MS = 86_400_000;
/** A company's time may be so far ahead of the system's. */
const MAX_AHEAD_MS = 3_653 * DAY_MS;

/** Moves a clock when the system has `systemAt`. */
export function movedClock(
  clock: CompanyClock | undefined,
  { advance, to: target, frozen }: ClockMove,
  systemAt: number,
): MoveResult | MoveRefusal {
  const from = timeBy(clock, systemAt);
  const to = Math.round(target ?? from + (advance ?? 0));
  if (!(to >= from)) return 'backwards';
  if (to - systemAt > MAX_AHEAD_MS) return 'too-far';
  const epoch = clock?.epoch ?? 0;
  const stops = frozen ?? clock?.mode === 'frozen';
  if (stops) return { clock: { mode: 'frozen', at: to, epoch }, from, to };
  const offsetMs = to - systemAt;
  return { clock: offsetMs === 0 ? { mode: 'system', epoch } : { mode: 'shifted', offsetMs, epoch }, from, to };
}
