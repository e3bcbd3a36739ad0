import { performance } from 'node:perf_hooks';
import {
  ReplyInstead,
  type Call,
  type DialectContext,
  type Injection,
  type Reply,
  type Route,
  type UnhandledReason,
} from '../dialects/dialect.ts';
import { StoreBusyError, StoreDamagedError } from '../directory/errors.ts';
import { errorFields, type Log } from '../lib/log.ts';
import { CrossOrigin } from './cross-origin.ts';
import { directed, Finder, type Found } from './routing/finder.ts';
import { IncomingCall } from './incoming-call.ts';
import { NotServed } from './routing/not-served.ts';
import { requestLog, type RequestLog } from './request-log.ts';
import { RequestMeters, type Failure, type RequestMetrics } from './request-meter.ts';
import type { RequestObserver } from './request-observer.ts';
import type { RouteGroup } from './routing/route-group.ts';
import { CallerGoneError, NoRoomError } from './transport/body.ts';
import { inflated, isCompressed } from './transport/inflate.ts';

/** What a dispatcher is made of. */
export interface DispatcherOptions {
  /** Asked in this order whether a path is theirs; the last one takes what no other does. */
  readonly groups: readonly [...RouteGroup[], RouteGroup];
  /** What routes are given; a request keeps what it was given at its beginning. */
  readonly context: () => DialectContext;
  readonly log: Log;
  /** Looks at what is answered; absent: what is answered is not looked at. */
  readonly observer?: RequestObserver | undefined;
  /** Origins whose pages may call the platforms from a browser, besides those of this machine. */
  readonly corsOrigins?: readonly string[];
}

/** A call, and where it goes. */
export interface Dispatched {
  readonly call: Call;
  readonly group: RouteGroup;
  readonly route: Route | undefined;
  readonly meter: RequestMetrics;
  /** When it came, as `performance.now()` has it. */
  readonly startedAt: number;
  /** What its route is given; absent: what all are given. */
  readonly context?: DialectContext;
}

/** At most one line about a busy store in this time. */
const BUSY_LINE_MS = 10_000;
/** The reply to a caller that does not wait for one. */
export const GONE: Reply = { status: 499, headers: {}, body: '' };

/** Calls to replies, with everything that is counted and logged of them. What carries the bytes does not matter. */
export class Dispatcher {
  readonly meters = new RequestMeters();
  readonly #context: () => DialectContext;
  readonly #log: Log;
  readonly #finder: Finder;
  readonly #requestLog: RequestLog | null;
  readonly #observer: RequestObserver | undefined;
  readonly #crossOrigin: CrossOrigin;
  readonly #notServed: NotServed;
  #busyLoggedAt = -BUSY_LINE_MS;

  constructor({ groups, context, log, observer, corsOrigins }: DispatcherOptions) {
    this.#context = context;
    this.#log = log;
    this.#finder = new Finder(groups, this.meters);
    this.#requestLog = requestLog(log);
    this.#observer = observer;
    this.#crossOrigin = new CrossOrigin(corsOrigins);
    this.#notServed = new NotServed(log);
  }

  /** Finds where a call goes, and notes its route in it. */
  find(call: IncomingCall): Found {
    const found = this.#finder.find(call);
    directed(call, found);
    return found;
  }

  /** Returns the reply to a call that is refused before its body is read; null: read it. */
  early({ call, group, route }: Dispatched, bodyBytes: number): Reply | null {
    if (call.method === 'OPTIONS' && group.isPlatform === true) {
      const origin = this.#crossOrigin.allowed(call);
      const preflight = origin === null ? null : this.#crossOrigin.preflight(call, origin);
      if (preflight !== null) return preflight;
    }
    const refused = group.onRequest?.(call, route) ?? null;
    if (refused !== null) return refused;
    return bodyBytes > group.bodyBytes && route?.streamsBody !== true ? group.fallback(call, 'too-large') : null;
  }

  /** Returns the route's reply, or the group's where there is no route or the route fails. */
  answer({ call, group, route, context }: Dispatched): Promise<Reply> {
    if (route === undefined)
      return Promise.resolve(this.#notServed.explained(group.fallback(call, 'not-found'), call, group));
    const replyTo = (error: unknown): Reply | Failure => {
      if (error instanceof CallerGoneError) return GONE;
      if (error instanceof ReplyInstead) return error.reply;
      return { ...group.fallback(call, this.#why(error, call, route)), isFailure: true };
    };
    try {
      return route.answer(call, context ?? this.#context()).catch(replyTo);
    } catch (error) {
      return Promise.resolve(replyTo(error));
    }
  }

  /** Returns the answer as a rule of the company changes it; null, and at once, where no rule does. */
  changed({ call }: Dispatched, answer: Reply): Promise<Reply> | null {
    const { injection } = call;
    return injection === undefined || injection.afterwards.length === 0 || answer === GONE
      ? null
      : inOrder(injection.afterwards, answer);
  }

  /** Counts, logs and shows a call that is answered; returns the reply as it is to be sent. */
  finish({ call, group, route, meter, startedAt }: Dispatched, answer: Reply): Reply {
    const origin = group.isPlatform === true ? this.#crossOrigin.allowed(call) : null;
    const reply = origin === null ? withHeaders(answer, group.headers) : this.#crossOrigin.shared(answer, origin);
    meter.answered(reply, startedAt);
    this.#requestLog?.(group, route, call, reply, startedAt);
    if (this.#observer === undefined) return reply;
    const target = call instanceof IncomingCall ? call.target : targetOf(call);
    const durationMs = performance.now() - startedAt;
    const isKept = this.#observer.replied({ group: group.name, call, target, route, reply, durationMs });
    return isKept ? { ...reply, headers: { ...reply.headers, 'x-mingce-request': call.requestId } } : reply;
  }

  /** Answers a call whose body is there already; with a context, its route is given that one. */
  async dispatch(call: Call, context?: DialectContext): Promise<Reply> {
    const startedAt = performance.now();
    const found = this.#finder.find(call);
    const { group, route, meter } = found;
    const dispatched: Dispatched = { call: directed(call, found), group, route, meter, startedAt };
    const given = context === undefined ? dispatched : { ...dispatched, context };
    const early = this.early(dispatched, call.body.byteLength);
    const refused = early ?? (await unpacked(dispatched));
    const reply = refused ?? (await this.answer(given));
    return this.finish(dispatched, (await this.changed(dispatched, reply)) ?? reply);
  }

  /** Returns what a failure means for the caller; unexpected ones are logged for the operator. */
  #why(error: unknown, call: Call, route: Route): UnhandledReason {
    if (error instanceof NoRoomError) {
      this.meters.noRoom++;
      return 'busy';
    }
    if (!(error instanceof StoreBusyError)) {
      const fields = { route: route.path, request: call.requestId, ...errorFields(error) };
      if (error instanceof StoreDamagedError) this.#log.error('damaged', fields);
      else this.#log.error('defect', fields);
      return 'internal';
    }
    const now = performance.now();
    if (now - this.#busyLoggedAt >= BUSY_LINE_MS) {
      this.#busyLoggedAt = now;
      this.#log.warn('store-busy', errorFields(error));
    }
    return 'busy';
  }
}

/** Puts a body in its place as it was before it was compressed, as the server does; returns the refusal of one that is too large. */
async function unpacked({ call, group, route }: Dispatched): Promise<Reply | null> {
  const encoding = call.headers['content-encoding'];
  if (!isCompressed(encoding) || route?.streamsBody === true || !(call instanceof IncomingCall)) return null;
  const body = await inflated(call.body, encoding, group.bodyBytes);
  if (body === 'too-large') return group.fallback(call, 'too-large');
  if (body !== null) call.body = body;
  return null;
}

/** Returns a reply with further headers. */
function withHeaders(reply: Reply, headers: RouteGroup['headers']): Reply {
  return headers === undefined ? reply : { ...reply, headers: { ...headers, ...reply.headers } };
}

/** Applies one change after the other. */
async function inOrder(changes: Injection['afterwards'], answer: Reply): Promise<Reply> {
  let reply = answer;
  for (const change of changes) reply = await change(reply);
  return reply;
}

/** Path and query of a call that was made without a socket. */
function targetOf({ path, query }: Call): string {
  const search = query.toString();
  return search === '' ? path : `${path}?${search}`;
}
