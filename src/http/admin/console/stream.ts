import { entryForReaders } from '../access/reader-view.ts';
import type { Call, DialectContext, Reply, Route } from '../../../dialects/dialect.ts';
import { load } from '../../../directory/store.ts';
import { whose } from '../../../sandbox/history/change-view.ts';
import { entryMasks, type MaskOptions } from '../../../sandbox/journal/entry-mask.ts';
import type { Journal } from '../../../sandbox/journal/journal.ts';
import { QueryLanguageError, readQuery, saysDirection } from '../../../sandbox/journal/query-language.ts';
import type { LiveChange } from '../../../sandbox/live/contract.ts';
import { liveFeed, MAX_CHANGES_SENT, type LiveEvent, type LiveSources } from '../../../sandbox/live/live-feed.ts';
import { knownFieldsOf, summaryOf } from '../../../sandbox/live/summary.ts';
import { problem } from '../reply.ts';
import { endedAtOnce } from '../../../lib/ended-at-once.ts';

/** What a stream is made of. */
export interface StreamOptions extends MaskOptions {
  /** Undefined: none is kept. */
  readonly journal: Journal | undefined;
  readonly now: () => number;
  /** Ends all streams when the server stops. */
  readonly closing: AbortSignal;
}

/** What a stream can be about. */
const TOPICS = ['requests', 'changes', 'health', 'jobs'] as const;
type Topic = (typeof TOPICS)[number];

/** So many pages follow at one time. */
const MAX_STREAMS = 50;

/** The one stream that a page of the console follows: calls in batches, changes, and whether the store is well. */
export function streamRoute(options: StreamOptions): Route {
  let open = 0;
  return {
    operation: 'stream',
    method: 'GET',
    path: '/mingce/v1/stream',
    answer: (call, context) => {
      const topics = topicsOf(call.query);
      if (topics === null) {
        return Promise.resolve(
          problem(400, `The parameter topics lists some of ${TOPICS.join(', ')}, with commas between.`),
        );
      }
      const sources = sourcesOf(options, call, context, topics);
      if ('status' in sources) return Promise.resolve(sources);
      if (open >= MAX_STREAMS) {
        return Promise.resolve(problem(503, 'Too many pages follow what happens here; close one of them.'));
      }
      const last = call.headers['last-event-id'] ?? null;
      const begun = (): void => void open++;
      const ended = (): void => void open--;
      const gone = new AbortController();
      const feed = liveFeed(sources, last, AbortSignal.any([options.closing, gone.signal]));
      return Promise.resolve({
        status: 200,
        headers: { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' },
        body: '',
        stream: endedAtOnce(eventStream(feed, begun, ended), () => {
          gone.abort();
        }),
      });
    },
  };
}

function topicsOf(query: URLSearchParams): ReadonlySet<Topic> | null {
  const given = (query.get('topics') ?? 'requests,changes,health').split(',').filter((one) => one !== '');
  const topics = given.flatMap((name) => TOPICS.find((topic) => topic === name) ?? []);
  return topics.length === given.length ? new Set(topics) : null;
}

function sourcesOf(
  { journal, now, ...masks }: StreamOptions,
  { query, isReader }: Call,
  { store }: DialectContext,
  topics: ReadonlySet<Topic>,
): LiveSources | Reply {
  const company = query.get('company');
  const withOut = saysDirection(query.get('q') ?? '');
  let condition;
  try {
    condition = readQuery(query.get('q') ?? '', now());
  } catch (error) {
    if (!(error instanceof QueryLanguageError)) throw error;
    return problem(400, `The search cannot be read. ${error.message}`);
  }
  const maskOf = entryMasks(masks);
  const shown = isReader === true ? entryForReaders(masks) : null;
  return {
    entries:
      topics.has('requests') && journal !== undefined ? () => (withOut ? journal.both() : journal.entries()) : null,
    matches: (entry) =>
      (company === null || entry.company === company) &&
      condition({
        entry,
        fields: () => knownFieldsOf(entry),
        ...(shown === null ? {} : { shown: () => shown(entry) }),
      }),
    summary: (entry) => summaryOf(entry, maskOf(entry)),
    newestChange: topics.has('changes') ? () => store.read(() => load('newest-change', {})) : null,
    changesAfter: (number) => changesAfter(store, company, number),
    isReady: topics.has('health') ? () => store.isReady() : null,
    now,
  };
}

/** The newest changes of a company after a number; none where no company is named. */
async function changesAfter(
  store: DialectContext['store'],
  company: string | null,
  number: number,
): Promise<readonly LiveChange[]> {
  const tenant = company === null ? null : await store.tenantByKey(company);
  if (tenant === null) return [];
  const about = { tenant: tenant.number, before: null, limit: MAX_CHANGES_SENT };
  const { changes } = await store.read(() => load('changes', about));
  return changes
    .filter((change) => change.number > number)
    .map((change) => ({
      number: change.number,
      company: tenant.key,
      ...whose(change.kind, change.employee),
      fields: Object.keys(change.fields),
    }))
    .toReversed();
}

/** Writes events as they are sent: https://html.spec.whatwg.org/multipage/server-sent-events.html */
async function* eventStream(
  events: AsyncIterable<LiveEvent>,
  begun: () => void,
  ended: () => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  begun();
  try {
    yield Buffer.from(': what happens from now on\n\n');
    for await (const { event, data, id } of events) {
      const place = id === undefined ? '' : `id: ${id}\n`;
      yield Buffer.from(`event: ${event}\n${place}data: ${JSON.stringify(data)}\n\n`);
    }
  } finally {
    ended();
  }
}
