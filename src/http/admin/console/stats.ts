import type { Reply, Route } from '../../../dialects/dialect.ts';
import { shortDurationMs } from '../../../lib/time/duration.ts';
import type { Journal } from '../../../sandbox/journal/journal.ts';
import { callStats } from '../../../sandbox/live/call-stats.ts';
import type { CallStats } from '../../../sandbox/live/contract.ts';
import { json, problem } from '../reply.ts';

/** A window is no longer than this. */
const MOST_MS = 7 * 86_400_000;
const WINDOW_MS = 15 * 60_000;
/** A window without a step has so many. */
const STEPS = 30;

/** What counts calls is made of. */
export interface StatsOptions {
  /** Undefined: none is kept. */
  readonly journal: Journal | undefined;
  readonly now: () => number;
}

/** Counts the calls by platform and outcome, for a chart. */
export function statsRoute(options: StatsOptions): Route {
  return {
    operation: 'stats.calls',
    method: 'GET',
    path: '/mingce/v1/stats/calls',
    answer: async ({ query }) => {
      const stats = await statsOf(options, query);
      return 'status' in stats ? stats : json(200, stats);
    },
  };
}

/** Counts the calls in the window that a query names; a refusal where it names none. */
export async function statsOf({ journal, now }: StatsOptions, query: URLSearchParams): Promise<CallStats | Reply> {
  const windowMs = query.has('window') ? shortDurationMs(query.get('window') ?? '') : WINDOW_MS;
  const stepMs = query.has('step') ? shortDurationMs(query.get('step') ?? '') : (windowMs ?? 0) / STEPS;
  if (windowMs === null || windowMs < 1_000 || windowMs > MOST_MS || stepMs === null || stepMs < 1) {
    return problem(400, 'The parameters window and step are durations such as 15m, 2h or 30s; a window is at most 7d.');
  }
  const company = query.get('company');
  return callStats(journal?.entries() ?? [], { company, now: now(), windowMs, stepMs });
}
