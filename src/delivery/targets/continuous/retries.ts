import type { Fate, ItemVerdict } from '../../../connectors/writing.ts';
import type { DeliveryState } from '../../../directory/targets/target-store.ts';

/** What became of one part of what was sent, as far as deciding what follows needs it. */
export interface Said {
  readonly field: string | null;
  readonly fate: Fate;
  readonly code: string | null;
  readonly waitMs?: number;
  /** The field that a refusal is about. */
  readonly cause?: string;
}

/** Returns what of a verdict decides what follows. */
export function saidOf({ field, fate, code, waitMs, cause }: ItemVerdict): Said {
  return {
    field,
    fate,
    code,
    ...(waitMs === undefined ? {} : { waitMs }),
    ...(cause === undefined ? {} : { cause }),
  };
}

/** How far a delivery is when something is decided about it. */
export interface Tries {
  readonly attempt: number;
  /** How often it was in doubt since it was opened. */
  readonly doubts: number;
  readonly createdAt: number;
}

/** What follows from an answer. */
export type Next =
  /** The next request of the delivery, or its proof. */
  | { readonly do: 'go-on' }
  | {
      readonly do: 'wait';
      readonly state: Extract<DeliveryState, 'waiting' | 'held' | 'doubt'>;
      readonly ms: number;
      /** Whether it counts as a try. */
      readonly isTry: boolean;
      /** What else must wait as long: the call, or everything. */
      readonly holds: 'call' | 'all' | null;
      /** So long the platform asks everything to wait; absent: it does not say. */
      readonly askedMs?: number;
    }
  /** The secret is no longer taken: nothing can be sent until an operator changed that. */
  | { readonly do: 'quarantine'; readonly reason: 'credentials' }
  /** One field is refused: the others are sent without it. */
  | { readonly do: 'set-aside'; readonly field: string; readonly code: string | null }
  | { readonly do: 'give-up'; readonly why: DeadClass; readonly code: string | null };

/** Why a delivery is dead. */
export type DeadClass =
  | 'refused'
  | 'foreseen'
  | 'gave-up'
  | 'in-doubt'
  | 'ambiguous'
  | 'lost'
  | 'taken'
  | 'not-composed';

/** So often, and so long, a delivery is tried. */
const MAX_ATTEMPTS = 10;
const MAX_AGE_MS = 6 * 60 * 60 * 1_000;
/** Something in doubt is sent again at most so often. */
const MAX_DOUBTS = 3;
const FIRST_MS = 2_000;
const LONGEST_MS = 15 * 60 * 1_000;
const HELD_MS = 60_000;
const LONGEST_HELD_MS = 60 * 60 * 1_000;

/** Returns how long the `n`-th try waits, so that not all wait for the same time: 2 s doubling up to 15 minutes. */
export function backOff(n: number, random: number): number {
  return Math.round(Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, n - 1)) * (0.5 + random / 2));
}

/** Returns how long a delivery is held before it is looked at again: longer each time. */
export function heldMs({ attempt }: Pick<Tries, 'attempt'>): number {
  return Math.min(LONGEST_HELD_MS, HELD_MS * 2 ** Math.min(attempt, 6));
}

/** Decides what follows from an answer (design 1.5). */
export function nextAfter(said: readonly Said[], tries: Tries, now: number, random: number, doubtMs: number): Next {
  const withFate = (fate: Fate): readonly Said[] => said.filter((one) => one.fate === fate);
  const lost = withFate('doubt');
  if (lost.length > 0) {
    if (tries.doubts + 1 > MAX_DOUBTS) return { do: 'give-up', why: 'in-doubt', code: lost[0]?.code ?? null };
    // A platform that is away for a time says for how long: others of the same call wait as well.
    const asked = Math.max(0, ...lost.map(({ waitMs }) => waitMs ?? 0));
    const holds = asked > 0 ? 'call' : null;
    return { do: 'wait', state: 'doubt', ms: Math.max(doubtMs, asked), isTry: true, holds };
  }
  const [token] = withFate('token');
  if (token !== undefined) return { do: 'quarantine', reason: 'credentials' };
  const limits = withFate('limit');
  if (limits.length > 0) {
    // A limit is of the platform, not of the delivery: it is no try.
    const ms = Math.max(...limits.map(({ waitMs }) => waitMs ?? 1_000));
    return { do: 'wait', state: 'waiting', ms, isTry: false, holds: 'call' };
  }
  const isOver = tries.attempt >= MAX_ATTEMPTS || now - tries.createdAt >= MAX_AGE_MS;
  const [unsent] = withFate('not-sent');
  // A place that was not free in time says nothing about the network.
  if (unsent?.code === TOO_LATE) return { do: 'wait', state: 'waiting', ms: 0, isTry: false, holds: null };
  if (unsent !== undefined) {
    // Where it was the token that could not be had, the platform may have said for how long.
    const { waitMs: askedMs = 0 } = unsent;
    const ms = Math.max(backOff(tries.attempt, random), askedMs);
    return { do: 'wait', state: 'waiting', ms, isTry: false, holds: 'all', ...(askedMs > 0 ? { askedMs } : {}) };
  }
  const waits = withFate('wait');
  if (waits.length > 0) {
    if (isOver) return { do: 'give-up', why: 'gave-up', code: waits[0]?.code ?? null };
    const ms = Math.max(...waits.map(({ waitMs }) => waitMs ?? 60_000));
    return { do: 'wait', state: 'waiting', ms, isTry: true, holds: null };
  }
  const refused = withFate('refused');
  if (refused.length > 0) {
    const [{ code, cause } = { code: null, cause: undefined }] = refused;
    const others = said.some(({ field }) => field !== null && field !== cause);
    if (cause !== undefined && others && !isOver) return { do: 'set-aside', field: cause, code };
    return { do: 'give-up', why: 'refused', code };
  }
  return { do: 'go-on' };
}

/** The cause of a write that did not begin in its time; the session's own word. */
const TOO_LATE = 'TOO_LATE';
