/** What is counted, as too much of it at one time is more likely a mistake than meant. */
export const BRAKED = [
  'leave',
  'freeze',
  'login',
  'rename',
  'move',
  'create',
  'return',
  'overwrite',
  'clear',
  'message',
  'department-create',
  'department-update',
  'department-remove',
  'headcount',
] as const;
/** One of the kinds. */
export type Braked = (typeof BRAKED)[number];

/** How many of a kind there are. */
export type Counts = Readonly<Partial<Record<Braked, number>>>;

/** How many of a kind one plan may have: so many, or such a share of the linked people, whichever is less. */
export interface BrakeLimit {
  readonly run: number;
  readonly share?: number;
}

/** The limits where the company file gives no others, stricter than any that the field has (design 5.4). */
const BRAKE_LIMITS: Readonly<Partial<Record<Braked, BrakeLimit>>> = {
  leave: { run: 10, share: 0.05 },
  freeze: { run: 10, share: 0.05 },
  login: { run: 5, share: 0.01 },
  rename: { run: 50, share: 0.1 },
  move: { run: 100, share: 0.2 },
  create: { run: 100, share: 0.1 },
  return: { run: 10, share: 0.05 },
  overwrite: { run: 20, share: 0.05 },
  clear: { run: 20, share: 0.05 },
  message: { run: 20 },
  'department-create': { run: 20 },
  'department-update': { run: 20 },
  'department-remove': { run: 3, share: 0.05 },
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
  readonly limits: Readonly<Partial<Record<string, { readonly run: number }>>>;
}

/** A kind that is over its limit: the plan waits until someone allows this number. */
export interface Tripped {
  readonly what: Braked;
  readonly count: number;
  readonly limit: number;
}

/** Returns the kinds of which a plan has more than it may have without being asked. */
export function trippedBy(counts: Counts, { linked, inScope, asked, limits }: BrakeBasis): readonly Tripped[] {
  const tripped = BRAKED.flatMap((what): readonly Tripped[] => {
    const count = counts[what] ?? 0;
    if (count === 0) return [];
    if (asked.has(what)) return [{ what, count, limit: 0 }];
    const limit = limitOf(what, linked, limits);
    return limit !== null && count > limit ? [{ what, count, limit }] : [];
  });
  // Fewer of ours than of theirs: a file that lost people, a wrong scope. Whatever else the plan has, it waits.
  const missing = linked - inScope;
  const most = Math.max(1, Math.floor(linked * HEADCOUNT_SHARE));
  return missing > most ? [...tripped, { what: 'headcount', count: missing, limit: most }] : tripped;
}

function limitOf(what: Braked, linked: number, limits: BrakeBasis['limits']): number | null {
  const given = limits[what];
  if (given !== undefined) return given.run;
  const limit = BRAKE_LIMITS[what];
  if (limit === undefined) return null;
  return limit.share === undefined ? limit.run : Math.min(limit.run, Math.max(1, Math.floor(linked * limit.share)));
}

/** Returns what still holds a plan back: an allowance must repeat the number, and holds for no other. */
export function notAllowed(tripped: readonly Tripped[], allowed: Counts): readonly Tripped[] {
  return tripped.filter(({ what, count }) => allowed[what] !== count);
}
