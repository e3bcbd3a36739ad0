import type { LiveTask, OutboundRequest, Reply, Verdict } from './connector.ts';
import { answering, ask } from './texts.ts';

/** A list that a platform gives in pages. */
export interface Pages {
  /** Asks for a page; the first has no token. */
  readonly request: (token: string) => OutboundRequest;
  /** Where the list is in an answer: one without it is another server's. */
  readonly list: readonly string[];
  readonly each: (json: unknown) => void;
  /** Returns what the next page is asked for with; empty after the last. */
  readonly next: (json: unknown) => string;
  readonly foreign: (status: number) => Verdict;
  readonly most: number;
}

/**
 * Reads a list to its end, and returns null; the reply that ended it before otherwise. A list that leads back to a page that was
 * asked for has no end, and one with more pages than may be was not read whole: both would lack people.
 */
export function* readPages({ request, list, each, next, foreign, most }: Pages): LiveTask<Reply | null> {
  const asked = new Set<string>();
  for (let token = ''; ;) {
    asked.add(token);
    const reply: Reply = answering(yield* ask(request(token)), foreign, ...list);
    if (reply.verdict.kind !== 'ok') return reply;
    each(reply.json);
    token = next(reply.json);
    if (token === '') return null;
    if (asked.has(token) || asked.size >= most)
      return { verdict: { ...foreign(200), message: 'a list that does not end' }, json: null };
  }
}
