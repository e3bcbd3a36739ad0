import { setTimeout as sleep } from 'node:timers/promises';
import type { JournalEntry } from '../journal/entry.ts';
import type { LiveChange, LiveEvents, RequestSummary } from './contract.ts';

/** What a feed looks at. */
export interface LiveSources {
  /** The journal's entries, newest first; null where none is kept. */
  readonly entries: (() => Iterable<JournalEntry>) | null;
  /** Whether an entry is looked for. */
  readonly matches: (entry: JournalEntry) => boolean;
  readonly summary: (entry: JournalEntry) => RequestSummary;
  /** The number of the newest change of any company; null where changes are not followed. */
  readonly newestChange: (() => Promise<number>) | null;
  /** The changes after a number, the oldest first, and no more than {@link MAX_CHANGES_SENT}. */
  readonly changesAfter: (number: number) => Promise<readonly LiveChange[]>;
  /** Whether everything can be read and written; null where that is not followed. */
  readonly isReady: (() => Promise<boolean>) | null;
  readonly now: () => number;
}

/** One event on its way. */
export type LiveEvent = {
  readonly [Name in keyof LiveEvents]: { readonly event: Name; readonly data: LiveEvents[Name]; readonly id?: string };
}[keyof LiveEvents];

/** A batch of calls is sent at most so often, and has at most so many. */
const BATCH_MS = 100;
const MAX_IN_BATCH = 200;
/** So many entries at most are looked at for one batch; those before them are missed. */
const MAX_LOOKED_AT = 2_000;
export const MAX_CHANGES_SENT = 200;
/** Changes and health are asked for so often, in batches. */
const CHANGES_EVERY = 5;
const HEALTH_EVERY = 50;
const HEARTBEAT_MS = 15_000;

/**
 * Yields what comes, from the entry after `last` on or from now. It keeps nothing for its reader: each time it looks at
 * what came since, so a reader that is slow, or of a busy server, misses calls and is informed how many.
 */
export async function* liveFeed(
  sources: LiveSources,
  last: string | null,
  signal: AbortSignal,
): AsyncGenerator<LiveEvent, void, undefined> {
  const { entries, newestChange, changesAfter, isReady, now } = sources;
  const at = (): string => new Date(now()).toISOString();
  let seen = entries === null ? 0 : newestOf(entries());
  if (entries !== null && last !== null) {
    const place = placeOf(entries(), last);
    if (place === null) yield { event: 'gap', data: { missed: null } };
    else seen = place;
  }
  let change = newestChange === null ? 0 : await newestChange();
  let ready: boolean | null = null;
  let sentAt = now();
  for (let tick = 0; !signal.aborted; tick++) {
    const events: LiveEvent[] = [];
    if (entries !== null) {
      const came = cameAfter(entries(), seen, sources);
      seen = came.seen;
      if (came.missed > 0) events.push({ event: 'gap', data: { missed: came.missed } });
      const id = came.requests.at(-1)?.id;
      if (id !== undefined) events.push({ event: 'requests', data: { requests: came.requests }, id });
    }
    if (newestChange !== null && tick % CHANGES_EVERY === 0) {
      const newest = await newestChange();
      if (newest !== change) {
        events.push({ event: 'changes', data: { newest, changes: await changesAfter(Math.min(change, newest)) } });
        change = newest;
      }
    }
    if (isReady !== null && tick % HEALTH_EVERY === 0) {
      const is = await isReady();
      if (is !== ready) events.push({ event: 'health', data: { ready: is, at: at() } });
      ready = is;
    }
    if (events.length === 0 && now() - sentAt >= HEARTBEAT_MS) events.push({ event: 'heartbeat', data: { at: at() } });
    if (events.length > 0) sentAt = now();
    yield* events;
    await sleep(BATCH_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** The number of the newest entry. */
function newestOf(entries: Iterable<JournalEntry>): number {
  for (const { seq } of entries) return seq;
  return 0;
}

/** The number of the entry with an id; null where it is not kept. */
function placeOf(entries: Iterable<JournalEntry>, id: string): number | null {
  for (const entry of entries) if (entry.id === id) return entry.seq;
  return null;
}

/** The newest entries after a number, the oldest first, and how many besides were not looked at or do not fit. */
function cameAfter(
  entries: Iterable<JournalEntry>,
  seen: number,
  { matches, summary }: Pick<LiveSources, 'matches' | 'summary'>,
): { readonly seen: number; readonly missed: number; readonly requests: readonly RequestSummary[] } {
  const found: JournalEntry[] = [];
  let newest = seen;
  let missed = 0;
  let looked = 0;
  for (const entry of entries) {
    if (entry.seq <= seen) break;
    newest = Math.max(newest, entry.seq);
    if (++looked > MAX_LOOKED_AT) {
      missed += entry.seq - seen;
      break;
    }
    if (!matches(entry)) continue;
    if (found.length < MAX_IN_BATCH) found.push(entry);
    else missed++;
  }
  return { seen: newest, missed, requests: found.toReversed().map(summary) };
}
