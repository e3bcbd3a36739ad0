import { BRAKED } from '../../../directory/targets/delivered.ts';
import type { TargetSettings } from '../../../directory/targets/target.ts';

/** One of the kinds. */
export type Braked = (typeof BRAKED)[number];

/** How many of a kind there are. */
export type Counts = Readonly<Partial<Record<Braked, number>>>;

/** Adds counts up. */
export function sumOf(all: readonly Counts[]): Counts {
  const sum: Partial<Record<Braked, number>> = {};
  for (const counts of all)
    for (const what of BRAKED) if (counts[what] !== undefined) sum[what] = (sum[what] ?? 0) + counts[what];
  return sum;
}

/** How many of a kind one plan may have: so many, or such a share of the linked people, whichever is less. */
interface BrakeLimit {
  readonly run: number;
  readonly share?: number;
  /** How many there may be in 24 hours, over all plans and what is delivered without one. */
  readonly day: number;
  /** A share for the day, where there is one. */
  readonly dayShare?: number;
}

/** The limits where the company file gives no others, stricter than any that the field has (design 5.4). */
const BRAKE_LIMITS: Readonly<Partial<Record<Braked, BrakeLimit>>> = {
  leave: { run: 10, share: 0.05, day: 30, dayShare: 0.05 },
  freeze: { run: 10, share: 0.05, day: 30, dayShare: 0.05 },
  login: { run: 5, share: 0.01, day: 10 },
  rename: { run: 50, share: 0.1, day: 100 },
  move: { run: 100, share: 0.2, day: 200 },
  create: { run: 100, share: 0.1, day: 200 },
  return: { run: 10, share: 0.05, day: 30, dayShare: 0.05 },
  overwrite: { run: 20, share: 0.05, day: 50 },
  clear: { run: 20, share: 0.05, day: 50 },
  message: { run: 20, day: 50 },
  'department-create': { run: 20, day: 40 },
  'department-update': { run: 20, day: 40 },
  'department-remove': { run: 3, share: 0.05, day: 5 },
};
/** Our own people in scope may not have become fewer by more than this share. */
const HEADCOUNT_SHARE = 0.1;

/** What is counted against. */
export interface BrakeBasis {
  /** Linked people in scope. */
  readonly linked: number;
  /** Our people in service in scope. */
  readonly inScope: number;
  /** Kinds that are asked about each time, however few. */
  readonly asked: ReadonlySet<Braked>;
  /** Limits of the company file. */
  readonly limits: BrakeLimits;
  /** What was counted in the 24 hours before; absent: nothing. */
  readonly today?: Counts;
}

/** Limits of the company file, by kind. */
export type BrakeLimits = NonNullable<TargetSettings['brake']>;

/** A kind that is over its limit: the plan waits until someone allows this number. */
export interface Tripped {
  readonly what: Braked;
  readonly count: number;
  readonly limit: number;
  /** How many there were in the 24 hours before; present where the limit is that of the day. */
  readonly today?: number;
}

/** Returns the kinds of which a plan has more than it may have without being asked. */
export function trippedBy(counts: Counts, basis: BrakeBasis): readonly Tripped[] {
  const { linked, inScope, asked } = basis;
  const tripped = BRAKED.flatMap((what): readonly Tripped[] => {
    const count = counts[what] ?? 0;
    if (count === 0) return [];
    if (asked.has(what)) return [{ what, count, limit: 0 }];
    const limit = runLimit(what, basis);
    if (limit !== null && count > limit) return [{ what, count, limit }];
    return trippedToday(what, count, basis);
  });
  // Fewer of ours than of theirs: a file that lost people, a wrong scope. Whatever else the plan has, it waits.
  const missing = linked - inScope;
  const most = Math.max(1, Math.floor(linked * HEADCOUNT_SHARE));
  return missing > most ? [...tripped, { what: 'headcount', count: missing, limit: most }] : tripped;
}

/** What the limits of a day are counted against. */
export type DayBasis = Pick<BrakeBasis, 'linked' | 'limits' | 'today'>;

/** Returns the kinds that are over the limit of a day, with those that are about to be done. */
export function trippedByDay(counts: Counts, basis: DayBasis): readonly Tripped[] {
  return BRAKED.flatMap((what) => trippedToday(what, counts[what] ?? 0, basis));
}

function trippedToday(what: Braked, count: number, basis: DayBasis): readonly Tripped[] {
  const today = basis.today?.[what] ?? 0;
  const limit = dayLimit(what, basis);
  return count > 0 && limit !== null && today + count > limit ? [{ what, count, limit, today }] : [];
}

function runLimit(what: Braked, { linked, limits }: DayBasis): number | null {
  const given = limits[what]?.run;
  if (given !== undefined) return given;
  const limit = BRAKE_LIMITS[what];
  return limit === undefined ? null : least(limit.run, limit.share, linked);
}

/** A file that lets more go in one plan lets as many go in a day. */
function dayLimit(what: Braked, { linked, limits }: DayBasis): number | null {
  const given = limits[what];
  if (given?.day !== undefined) return given.day;
  const limit = BRAKE_LIMITS[what];
  if (limit === undefined) return null;
  return Math.max(given?.run ?? 0, least(limit.day, limit.dayShare, linked));
}

function least(most: number, share: number | undefined, linked: number): number {
  return share === undefined ? most : Math.min(most, Math.max(1, Math.floor(linked * share)));
}

/** Returns what still holds a plan back: an allowance must repeat the number, and holds for no other. */
export function notAllowed(tripped: readonly Tripped[], allowed: Counts): readonly Tripped[] {
  return tripped.filter(({ what, count }) => allowed[what] !== count);
}
