import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers';
import type { Dialect, Injection, MemberNames, Reply } from '../../dialects/dialect.ts';
import type { AnsweredCall, RequestObserver } from '../../http/request-observer.ts';
import type { SentCall, SentCalls } from '../../directory/targets/sent-call.ts';
import type { Clock } from '../../lib/time/clock.ts';
import { errorFields, type Log } from '../../lib/log.ts';
import { MAX_KEPT_BYTES, MAX_TEXT_BYTES, partOf, type JournalEntry, type KeptPart } from './entry.ts';
import { JournalRing, type RingLimits } from './ring.ts';
import { secretFilter, type SecretFilter } from './secrets.ts';

/** A buffer may be so much larger than what is kept of it before that is copied. */
const SPARE_BYTES = 8_192;
/** Readers of the live stream, and entries that one of them may not have taken yet. */
const MAX_READERS = 20;
const MAX_UNSENT = 1_000;

/** What a journal is made of. */
export interface JournalOptions {
  readonly dialects: readonly Dialect[];
  readonly limits: RingLimits;
  readonly clock: Clock;
  readonly log: Log;
}

/** Keeps what a journal gets elsewhere as well. */
export interface JournalKeeper {
  readonly added: (entry: JournalEntry) => void;
  readonly cleared: () => Promise<void>;
}

/** So many calls may wait to be made entries, of which as many bodies stay alive. */
const MAX_ANSWERED = 256;

/** What is known of a platform. */
interface PlatformFacts {
  readonly names: MemberNames;
  readonly filter: SecretFilter;
}

/** A call that has its answer, and is no entry yet. */
interface Answered {
  readonly answered: AnsweredCall;
  readonly platform: PlatformFacts;
  readonly at: number;
}

/** A reader of the live stream that does not keep up. */
class JournalOverflowError extends Error {
  constructor() {
    super('The reader of the journal does not keep up.');
    this.name = 'JournalOverflowError';
  }
}

/**
 * Keeps the calls of the platforms' APIs, newest last, within bounds; secrets are replaced before anything is kept.
 * Calls become entries together when their turn of the event loop is over, or when somebody looks: to make one entry
 * after the other takes half as long as to make each between two answers.
 */
export class Journal implements RequestObserver {
  readonly #ring: JournalRing;
  readonly #platforms: ReadonlyMap<string, PlatformFacts>;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #readers = new Set<Reader>();
  #seq = 0;
  #answered: Answered[] = [];
  #keeper: JournalKeeper | undefined;

  constructor({ dialects, limits, clock, log }: JournalOptions) {
    this.#ring = new JournalRing(limits);
    this.#platforms = new Map(
      dialects.map(({ name, memberNames }) => [
        name,
        { names: memberNames, filter: secretFilter(memberNames.secrets) },
      ]),
    );
    this.#clock = clock;
    this.#log = log;
  }

  replied(answered: AnsweredCall): boolean {
    const platform = this.#platforms.get(answered.group);
    if (platform === undefined) return false;
    if (this.#answered.length === 0) setImmediate(this.#keepAnswered);
    this.#answered.push({ answered, platform, at: this.#clock.now() });
    if (this.#answered.length >= MAX_ANSWERED) this.#keepAnswered();
    return true;
  }

  /** Keeps a call that went out to a live tenant; returns its id, or null where it could not be kept. */
  readonly sent: SentCalls = (sent) => {
    const platform = this.#platforms.get(sent.platform);
    if (platform === undefined) return null;
    this.#keepAnswered();
    try {
      const id = randomUUID();
      this.#put(outgoingEntry(++this.#seq, id, sent, platform), true);
      return id;
    } catch (error) {
      this.#failed(error);
      return null;
    }
  };

  /** Returns the calls that came in, newest first. */
  *entries(): Iterable<JournalEntry> {
    for (const entry of this.both()) if (entry.outgoing === undefined) yield entry;
  }

  /** Returns the calls that came in and those that went out, newest first. */
  both(): Iterable<JournalEntry> {
    this.#keepAnswered();
    this.#ring.expire(this.#clock.now());
    return this.#ring.newest();
  }

  /** Finds an entry by its id. */
  find(id: string): JournalEntry | null {
    this.#keepAnswered();
    this.#ring.expire(this.#clock.now());
    return this.#ring.find(id);
  }

  /** Removes all entries, also where they are kept. */
  async clear(): Promise<void> {
    this.#keepAnswered();
    this.#ring.clear();
    await this.#keeper?.cleared();
  }

  /** Removes all entries from memory. */
  forget(): void {
    this.#keepAnswered();
    this.#ring.clear();
  }

  /** Names who keeps entries elsewhere as well. */
  keepIn(keeper: JournalKeeper): void {
    this.#keeper = keeper;
  }

  /** Whether it has the entries of all nodes. */
  get isOfAll(): boolean {
    return this.#keeper !== undefined;
  }

  /** Takes an entry that was made elsewhere; its number is given here. */
  admit(make: (seq: number) => JournalEntry): void {
    this.#keepAnswered();
    this.#put(make(++this.#seq), false);
  }

  /** Makes entries of the calls that wait for it. */
  readonly #keepAnswered = (): void => {
    if (this.#answered.length === 0) return;
    const answered = this.#answered;
    this.#answered = [];
    for (const call of answered) {
      try {
        this.#put(this.#entryOf(call), true);
      } catch (error) {
        this.#failed(error);
      }
    }
  };

  /** The call has its answer nevertheless. */
  #failed(error: unknown): void {
    this.#log.error('journal', errorFields(error));
  }

  /** Keeps an entry, and gives it to those who wait for one: a copy of what is kept, as bodies lie among other bytes. */
  #put(entry: JournalEntry, isOwn: boolean): void {
    this.#ring.add(entry);
    if (this.#readers.size === 0 && this.#keeper === undefined) return;
    const last = this.#ring.last();
    // One that is larger than all may be, or older, is gone already.
    const kept = last?.seq === entry.seq ? last : entry;
    for (const reader of this.#readers) reader.push(kept);
    if (isOwn) this.#keeper?.added(kept);
  }

  /** Yields entries as they come, until the reader stops; null where there are too many readers. */
  follow(signal: AbortSignal): AsyncGenerator<JournalEntry, void, undefined> | null {
    if (this.#readers.size >= MAX_READERS) return null;
    this.#keepAnswered();
    const reader = new Reader();
    this.#readers.add(reader);
    const end = (): void => {
      this.#readers.delete(reader);
      reader.end();
    };
    signal.addEventListener('abort', end, { once: true });
    return this.#read(reader, end);
  }

  /** Ends all live streams. */
  close(): void {
    this.#keepAnswered();
    for (const reader of this.#readers) reader.end();
    this.#readers.clear();
  }

  async *#read(reader: Reader, end: () => void): AsyncGenerator<JournalEntry, void, undefined> {
    try {
      yield* reader.entries();
    } finally {
      end();
    }
  }

  #entryOf({ answered, platform, at }: Answered): JournalEntry {
    const { group, call, target, route, reply, durationMs } = answered;
    const { names, filter } = platform;
    const { identity } = call;
    const { code } = reply;
    return {
      seq: ++this.#seq,
      id: call.requestId,
      at,
      durationMs,
      company: identity?.company ?? null,
      platform: group,
      operation: route?.operation ?? null,
      app: identity?.app ?? null,
      user: identity?.user,
      client: { userAgent: call.headers['user-agent'] ?? '', address: call.peer },
      method: call.method,
      target: filter.target(target),
      status: reply.status === 0 ? null : reply.status,
      ended: reply.transport?.cutAfter === undefined ? 'sent' : 'cut',
      injected: call.injection === undefined ? null : injectedOf(call.injection),
      companyAt: identity?.companyAt ?? null,
      isShown: identity?.isShown,
      resentFrom: call.resentFrom,
      code: code === undefined ? null : String(code),
      request: cleanPart(filter, filter.headers(call.headers), call.stream === undefined ? call.body : null),
      response: cleanPart(filter, answerHeaders(filter, reply.headers), reply.stream === undefined ? reply.body : null),
      outcome: reply.outcome,
      schema: route?.body,
      names,
    };
  }
}

/** Returns the entry of a call that went out: what became of its members is known to the live tenant alone. */
function outgoingEntry(
  seq: number,
  id: string,
  { company, platform, call, host, at, durationMs, method, path, headers, body, answer, code }: SentCall,
  { names, filter }: PlatformFacts,
): JournalEntry {
  return {
    seq,
    id,
    at,
    durationMs,
    company,
    platform,
    operation: call,
    app: null,
    client: { userAgent: '', address: '' },
    method,
    target: filter.target(path),
    status: answer?.status ?? null,
    ended: answer === null ? 'cut' : 'sent',
    injected: null,
    companyAt: null,
    code,
    request: cleanPart(filter, filter.headers(headers), body),
    response: cleanPart(filter, answerHeaders(filter, answer?.headers ?? {}), answer?.body ?? null),
    outcome: undefined,
    schema: undefined,
    names,
    outgoing: { host },
  };
}

function injectedOf({ rule, preset, effect, n }: Injection): JournalEntry['injected'] {
  return { rule, preset, effect, n };
}

/** Returns the headers of an answer, which are ours to keep unless one may hold a secret. */
function answerHeaders(filter: SecretFilter, headers: Reply['headers']): KeptPart['headers'] {
  for (const name in headers) if (filter.mayBeSecret(name)) return filter.headers(headers);
  return headers;
}

/** Returns one side of a call without its secrets; its body is for the ring, which copies it. */
function cleanPart(filter: SecretFilter, headers: KeptPart['headers'], sent: Uint8Array | string | null): KeptPart {
  if (sent === null) return partOf(headers, 0, null);
  const beginning = beginningOf(sent);
  const isClean = typeof sent !== 'string' && filter.isKnownClean(sent);
  return partOf(headers, Buffer.byteLength(sent), isClean ? beginning : filter.body(beginning));
}

/**
 * Returns as much of a body as is kept. Of a long one, without the rest of it: a part of a text or of a buffer keeps the
 * whole alive, and so would a body that lies among others in what came over a socket.
 */
function beginningOf(body: Uint8Array | string): Buffer | string {
  if (typeof body === 'string') return body.length > MAX_KEPT_BYTES ? Buffer.from(body.slice(0, MAX_KEPT_BYTES)) : body;
  const length = Math.min(body.byteLength, MAX_KEPT_BYTES);
  const part = Buffer.from(body.buffer, body.byteOffset, length);
  if (length <= MAX_TEXT_BYTES || body.buffer.byteLength <= length + SPARE_BYTES) return part;
  // Not from the pool of small buffers, which one entry would keep alive whole.
  const own = Buffer.allocUnsafeSlow(length);
  own.set(part);
  return own;
}

/** Entries on their way to one reader. */
class Reader {
  #unsent: JournalEntry[] = [];
  #wake: (() => void) | null = null;
  #state: 'open' | 'ended' | 'overflow' = 'open';

  push(entry: JournalEntry): void {
    if (this.#state !== 'open') return;
    if (this.#unsent.length >= MAX_UNSENT) {
      this.#state = 'overflow';
      this.#unsent = [];
    } else this.#unsent.push(entry);
    this.#wake?.();
  }

  end(): void {
    if (this.#state === 'open') this.#state = 'ended';
    this.#wake?.();
  }

  async *entries(): AsyncGenerator<JournalEntry, void, undefined> {
    for (;;) {
      const entry = this.#unsent.shift();
      if (entry !== undefined) yield entry;
      else if (this.#state === 'overflow') throw new JournalOverflowError();
      else if (this.#state === 'ended') return;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }
}
