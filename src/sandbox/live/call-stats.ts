import { Turns } from '../../lib/turns.ts';
import type { JournalEntry } from '../journal/entry.ts';
import type { CallBucket, CallStats } from './contract.ts';
import { outcomeOf } from '../journal/request-view.ts';
import { isSilent } from './summary.ts';

/** Which calls are counted, and how finely. */
export interface CallWindow {
  /** Null: those of all companies, and of none. */
  readonly company: string | null;
  readonly now: number;
  readonly windowMs: number;
  readonly stepMs: number;
}

/** The most steps of an answer; where a window has more, its steps are longer. */
const MAX_STEPS = 200;

/** Counts the calls of a window by platform and outcome, letting others have their turn; `entries` are newest first. */
export async function callStats(
  entries: Iterable<JournalEntry>,
  { company, now, windowMs, stepMs: wanted }: CallWindow,
): Promise<CallStats> {
  const turns = new Turns();
  const stepMs = Math.max(wanted, Math.ceil(windowMs / MAX_STEPS));
  const from = Math.floor((now - windowMs) / stepMs) * stepMs;
  const buckets = new Map<string, { -readonly [Name in keyof CallBucket]: CallBucket[Name] }>();
  for (const entry of entries) {
    if (entry.at < from) break;
    if (company !== null && entry.company !== company) continue;
    const at = new Date(from + Math.floor((entry.at - from) / stepMs) * stepMs).toISOString();
    const key = `${at} ${entry.platform}`;
    let bucket = buckets.get(key);
    if (bucket === undefined) {
      bucket = { at, platform: entry.platform, ok: 0, partly: 0, refused: 0, injected: 0, silent: 0 };
      buckets.set(key, bucket);
    }
    bucket[outcomeOf(entry)]++;
    if (isSilent(entry)) bucket.silent++;
    await turns.next();
  }
  const calls = [...buckets.values()].toSorted((one, other) =>
    `${one.at} ${one.platform}` < `${other.at} ${other.platform}` ? -1 : 1,
  );
  return { from: new Date(from).toISOString(), step_ms: stepMs, calls };
}
