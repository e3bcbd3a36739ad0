import type { RequestView } from '../../../../src/sandbox/journal/contract.ts';
import type { RequestSummary } from '../../../../src/sandbox/live/contract.ts';

/** A call as the list shows it. */
export type ListedCall = Pick<
  RequestSummary,
  | 'id'
  | 'at'
  | 'platform'
  | 'operation'
  | 'method'
  | 'path'
  | 'employee'
  | 'app'
  | 'status'
  | 'code'
  | 'duration_ms'
  | 'outcome'
  | 'verdicts'
  | 'silent'
>;

/** Returns a call as the list shows it, from the live stream or from a search. */
export function listed(call: RequestSummary | RequestView | ListedCall): ListedCall {
  if ('verdicts' in call) return call;
  const verdicts: Record<string, number> = {};
  let silent = 0;
  for (const { verdict, silent: isSilent } of call.fields) {
    verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
    if (isSilent === true) silent++;
  }
  return { ...call, verdicts, silent };
}

/** Returns the calls of a search with those that came since before them, the newest first; of the live ones, so many at most. */
export function withLive(
  live: readonly RequestSummary[],
  found: readonly (RequestView | ListedCall)[],
  most = live.length,
): readonly ListedCall[] {
  const known = new Set(found.map(({ id }) => id));
  const came = live.slice(0, most).filter(({ id }) => !known.has(id));
  const all = [...came, ...found].map((call) => listed(call));
  return all.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}
