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

type Counts = { -readonly [Name in keyof Omit<CallBucket, 'at' | 'platform'>]: CallBucket[Name] };

/** Counts the calls of a window by platform and outcome, letting others have their turn; `entries` are newest first. */
export async function callStats(
  entries: Iterable<JournalEntry>,
  { company, now, windowMs, stepMs: wanted }: CallWindow,
): Promise<CallStats> {
  const turns = new Turns();
  const stepMs = Math.max(wanted, Math.ceil(windowMs / MAX_STEPS));
  const from = Math.floor((now - windowMs) / stepMs) * stepMs;
  /** By step and platform. */
  const steps: (Map<string, Counts> | undefined)[] = [];
  for (const entry of entries) {
    if (entry.at < from) break;
    if (company !== null && entry.company !== company) continue;
    const step = Math.floor((entry.at - from) / stepMs);
    const platforms = (steps[step] ??= new Map<string, Counts>());
    let counts = platforms.get(entry.platform);
    if (counts === undefined) {
      counts = { ok: 0, partly: 0, refused: 0, injected: 0, silent: 0 };
      platforms.set(entry.platform, counts);
    }
    counts[outcomeOf(entry)]++;
    if (isSilent(entry)) counts.silent++;
    const others = turns.next();
    if (others !== undefined) await others;
  }
  const calls = steps.flatMap((platforms, step): readonly CallBucket[] => {
    const at = new Date(from + step * stepMs).toISOString();
    const sorted = [...(platforms ?? [])].toSorted(([one], [other]) => (one < other ? -1 : 1));
    return sorted.map(([platform, counts]) => ({ at, platform, ...counts }));
  });
  return { from: new Date(from).toISOString(), step_ms: stepMs, calls };
}
