import { clearTimeout, setTimeout } from 'node:timers';
import type { Call, Dialect, MemberNames, Reply, Route } from '../../../dialects/dialect.ts';
import type { JournalEntry } from '../../../sandbox/journal/entry.ts';
import { EXPORT_FORMATS, exported, isExportFormat } from '../../../sandbox/journal/exports/formats.ts';
import type { ClientProfiles } from '../../../sandbox/journal/exports/program.ts';
import type { Journal } from '../../../sandbox/journal/journal.ts';
import { entryMasks, type MaskOptions } from '../../../sandbox/journal/entry-mask.ts';
import {
  QueryLanguageError,
  readQuery,
  saysDirection,
  type Condition,
  type Searched,
} from '../../../sandbox/journal/query-language.ts';
import type { WholeRequestView } from '../../../sandbox/journal/contract.ts';
import { fieldsOf, outcomeOf, viewOf, wholeViewOf } from '../../../sandbox/journal/request-view.ts';
import { nearestRequest } from '../../../sandbox/nearest/nearest-request.ts';
import type { RemedyOf } from '../../../sandbox/nearest/remedy.ts';
import { endedAtOnce } from '../../../lib/ended-at-once.ts';
import { inTurns } from '../../../lib/turns.ts';
import { entryForReaders } from '../access/reader-view.ts';
import { languageOf } from '../language.ts';
import { json, noContent, problem } from '../reply.ts';
import { chosenIn } from './chosen-entries.ts';

/** So many requests are answered at one time. */
const MAX_REQUESTS = 1_000;
/** A live stream says so often that it is still there. */
const HEARTBEAT_MS = 15_000;

/** What the routes of the journal are made of. */
export interface RequestRoutesOptions extends MaskOptions {
  readonly journal: Journal;
  readonly now: () => number;
  /** What the names of members mean, by platform. */
  readonly memberNames: ReadonlyMap<string, MemberNames>;
  readonly profiles: ClientProfiles;
  readonly version: string;
  readonly dialects: readonly Dialect[];
  readonly remedyOf: RemedyOf;
}

const WENT_OUT = 'A call that went out to a live tenant is not exported: it is sent by a delivery alone.';

/** Parameters that are short forms of the search language. */
const SHORT_FORMS = ['company', 'platform', 'operation', 'app', 'employee', 'code', 'verdict', 'since'] as const;

/** Where the journal is. */
const PATH = '/mingce/v1/requests';

/** The operations of the journal where none is kept: they say so, as a path that is not there does not say why. */
export function noJournalRoutes(): readonly Route[] {
  const answer = (): Promise<Reply> =>
    Promise.resolve(problem(409, 'No journal of calls is kept here; start with MINGCE_SANDBOX=on.'));
  return [
    { operation: 'requests.list', method: 'GET', path: PATH, answer },
    { operation: 'requests.clear', method: 'DELETE', path: PATH, answer },
    { operation: 'requests.stream', method: 'GET', path: `${PATH}/stream`, answer },
    { operation: 'requests.get', method: 'GET', path: `${PATH}/:id`, answer },
    { operation: 'requests.replay', method: 'POST', path: `${PATH}/:id/replay`, answer },
  ];
}

/** The journal: what came in, what became of it, and why. */
export function requestRoutes(options: RequestRoutesOptions): readonly Route[] {
  const { journal } = options;
  const usual = entryMasks(options);
  // A file for a program holds bodies as texts, which are not masked by the names of their members afterwards.
  const ofReaders = entryMasks({ ...options, isShown: () => false });
  const masksFor = ({ isReader }: Call): typeof usual => (isReader === true ? ofReaders : usual);
  const wholeFor = (call: Call): ((entry: JournalEntry) => WholeRequestView) => {
    const maskOf = masksFor(call);
    return (entry) => wholeViewOf(entry, fieldsOf(entry), maskOf(entry));
  };
  return [
    {
      operation: 'requests.list',
      method: 'GET',
      path: PATH,
      answer: (call) =>
        answered(async () => {
          const found = await select(options, call);
          const whole = wholeFor(call);
          if (call.query.has('as'))
            return exportReply(
              // The oldest first: a program makes them again in that order.
              found.flatMap(({ entry }) => (entry.outgoing === undefined ? [whole(entry)] : [])).toReversed(),
              call,
              options,
              false,
            );
          const requests = found.map(({ entry, fields }) => viewOf(entry, fields(), masksFor(call)(entry)));
          const last = !call.query.has('ids') && found.length === limitOf(call) ? found.at(-1)?.entry.id : undefined;
          return json(200, { requests, next: last ?? null, scope: journal.isOfAll ? 'all' : 'node' });
        }),
    },
    {
      operation: 'requests.clear',
      method: 'DELETE',
      path: PATH,
      answer: async () => {
        await journal.clear();
        return noContent;
      },
    },
    {
      operation: 'requests.stream',
      method: 'GET',
      path: `${PATH}/stream`,
      answer: (call) =>
        answered(() => {
          const condition = conditionOf(call, options);
          const ended = new AbortController();
          const entries = journal.follow(ended.signal);
          const maskOf = masksFor(call);
          if (entries === null) return problem(503, 'Too many readers follow the requests; close one of them.');
          const views = matching(entries, condition, (entry) => viewOf(entry, fieldsOf(entry), maskOf(entry)));
          return {
            status: 200,
            headers: { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' },
            body: '',
            stream: endedAtOnce(events(views, ended), () => {
              ended.abort();
            }),
          };
        }),
    },
    {
      operation: 'requests.get',
      method: 'GET',
      path: `${PATH}/:id`,
      answer: async (call, context) => {
        const entry = journal.find(call.params['id'] ?? '');
        const whole = wholeFor(call);
        if (entry === null) {
          return problem(404, 'The journal has no such request; it may have been made room for newer ones.');
        }
        if (entry.outgoing !== undefined)
          return call.query.has('as') ? problem(422, WENT_OUT) : json(200, whole(entry));
        if (call.query.has('as')) return exportReply([whole(entry)], call, options, true);
        const { dialects } = options;
        const about = {
          dialects,
          context,
          origin: call.origin,
          mask: masksFor(call)(entry),
          language: languageOf(call),
          remedyOf: options.remedyOf,
        };
        const view = whole(entry);
        const isSilent = view.outcome === 'ok' && view.fields.some(({ silent }) => silent === true);
        if (!isRefused(entry) && !isSilent) return json(200, view);
        const nearest = await nearestRequest(entry, about);
        // What was accepted needs no advice where no better request is known.
        return json(200, nearest.verified || !isSilent ? { ...view, nearest } : view);
      },
    },
  ];
}

/** Whether something of a call was refused by a rule of the platform. */
function isRefused(entry: JournalEntry): boolean {
  const outcome = outcomeOf(entry);
  return outcome === 'refused' || outcome === 'partly';
}

/** Answers mistakes in a search as such. */
async function answered(work: () => Reply | Promise<Reply>): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof QueryLanguageError)) throw error;
    return problem(400, `The search cannot be read. ${error.message}`);
  }
}

function limitOf({ query }: Call): number {
  const limit = Number(query.get('limit') ?? 100);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_REQUESTS) {
    throw new QueryLanguageError(0, `a limit from 1 to ${String(MAX_REQUESTS)}`);
  }
  return limit;
}

/** The newest entries that a call asks for. Others have their turn meanwhile, as long bodies may be looked into for it. */
async function select(options: RequestRoutesOptions, call: Call): Promise<readonly Searched[]> {
  const { journal } = options;
  const condition = conditionOf(call, options);
  const chosen = chosenIn(journal, call.query);
  if (chosen !== null) return chosen.map((entry) => searchedIn(entry)).filter((searched) => condition(searched));
  const limit = limitOf(call);
  const before = call.query.get('before');
  const found: Searched[] = [];
  let hasBegun = before === null;
  for await (const entry of inTurns(journal.both())) {
    if (hasBegun) {
      const searched = searchedIn(entry);
      if (condition(searched)) found.push(searched);
      if (found.length === limit) break;
    } else hasBegun = entry.id === before;
  }
  return found;
}

function searchedIn(entry: JournalEntry): Searched {
  let fields: ReturnType<typeof fieldsOf> | undefined;
  return { entry, fields: () => (fields ??= fieldsOf(entry)) };
}

function conditionOf({ query, isReader }: Call, { now, ...masks }: RequestRoutesOptions): Condition {
  const terms = SHORT_FORMS.flatMap((name) => {
    const value = query.get(name);
    return value === null ? [] : [`${name}:${/[\s()"]/.test(value) ? JSON.stringify(value) : value}`];
  });
  const conditions = [...terms, query.get('q') ?? ''].map((text) => readQuery(text, now()));
  const isMeant = saysDirection(query.get('q') ?? '')
    ? (): boolean => true
    : ({ entry }: Searched): boolean => entry.outgoing === undefined;
  const shown = isReader === true ? entryForReaders(masks) : null;
  return (asked) => {
    const searched = shown === null ? asked : { ...asked, shown: (): string => shown(asked.entry) };
    return isMeant(searched) && conditions.every((condition) => condition(searched));
  };
}

function exportReply(
  requests: readonly WholeRequestView[],
  { query, origin }: Call,
  { version, profiles, memberNames }: RequestRoutesOptions,
  isOne: boolean,
): Reply {
  const format = query.get('as') ?? '';
  if (!isExportFormat(format)) return problem(400, `The parameter as is one of ${EXPORT_FORMATS.join(', ')}.`);
  const file = exported(requests, format, { origin, version, profiles, memberNames, isOne });
  if ('json' in file) return json(200, file.json);
  return {
    status: 200,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
    body: file.text,
  };
}

async function* matching<View>(
  entries: AsyncIterable<JournalEntry>,
  condition: Condition,
  view: (entry: JournalEntry) => View,
): AsyncGenerator<View, void, undefined> {
  for await (const entry of entries) if (condition(searchedIn(entry))) yield view(entry);
}

/** Server-sent events, with a comment every few seconds so that no proxy takes the connection for dead. */
async function* events(
  views: AsyncGenerator<{ readonly id: string }, void, undefined>,
  ended: AbortController,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield Buffer.from(': the requests that come from now on\n\n');
    let next = views.next();
    for (;;) {
      const came = await withinHeartbeat(next);
      if (came === null) yield Buffer.from(': still here\n\n');
      else if (came.done === true) return;
      else {
        yield Buffer.from(`event: entry\nid: ${came.value.id}\ndata: ${JSON.stringify(came.value)}\n\n`);
        next = views.next();
      }
    }
  } finally {
    ended.abort();
  }
}

/** What comes next, or null where nothing comes for some seconds. */
async function withinHeartbeat<Next>(next: Promise<Next>): Promise<Next | null> {
  let timeout: NodeJS.Timeout | undefined;
  const quiet = new Promise<null>((resolve) => {
    timeout = setTimeout(() => {
      resolve(null);
    }, HEARTBEAT_MS);
  });
  try {
    return await Promise.race([next, quiet]);
  } finally {
    clearTimeout(timeout);
  }
}
