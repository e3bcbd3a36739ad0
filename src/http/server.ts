import { createServer, type IncomingMessage, type Server as NodeServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import findMyWay from 'find-my-way';
import type { Call, House, Reply, Route, Turned } from '../dialects/dialect.ts';
import { StoreBusy } from '../directory/errors.ts';
import { errorFields, type Log } from '../lib/log.ts';
import type { Metric } from '../lib/metrics.ts';
import { collectBody, drain } from './body.ts';
import { IncomingCall, type Doorstep } from './call.ts';
import { requestLog, type RequestLog } from './request-log.ts';
import { RequestMeters, type Failure, type RequestMeter } from './request-meter.ts';
import type { Wing } from './wing.ts';

/** How much the server takes, and how long it waits. */
export interface HttpLimits {
  readonly headerBytes: number;
  readonly connections: number;
  readonly headersSeconds: number;
  readonly requestSeconds: number;
  readonly keepAliveSeconds: number;
  readonly stopSeconds: number;
}

/** What a server is made of. */
export interface ServerParts {
  /** Asked in this order whether a path is theirs; the last one takes what nobody else does. */
  readonly wings: readonly [...Wing[], Wing];
  /** What routes are given; a request keeps what it was given at its beginning. */
  readonly house: () => House;
  readonly limits: HttpLimits;
  readonly log: Log;
  /** Under which address callers know this server, if that is not for them to say. */
  readonly origin: string | null;
  /** Whether only this machine can reach it; absent: no. */
  readonly isPrivate?: boolean;
  /** Turns callers away before anything else is asked; null or absent: nobody. */
  readonly turnsAway?: ((call: Call) => Reply | null) | null;
}

/** Where a route leads. */
interface Way {
  readonly wing: Wing;
  readonly route: Route;
  readonly meter: RequestMeter;
}

/** Where a call goes: to a route, or to the wing that answers instead of one. */
interface Found {
  readonly wing: Wing;
  readonly route: Route | undefined;
  readonly meter: RequestMeter;
  readonly routePath: string | undefined;
  readonly params: Call['params'] | undefined;
}

/** A reply that waits for the end of the turn. */
interface Ready {
  readonly response: ServerResponse;
  readonly call: Call;
  readonly wing: Wing;
  readonly reply: Reply;
}

const METHODS: readonly Route['method'][] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
/** A longer segment of a path names nothing. */
export const MOST_IN_SEGMENT = 16_384;
/** While stopping, how long connections that were just busy may bring what is already on the wire. */
const LAST_CALL_MS = 20;
/** How long a connection may take to be closed by the other side before it is cut. */
const CUT_MS = 250;
/** At most one line about a busy store in this time. */
const BUSY_LINE_MS = 10_000;

/** Sockets to calls, replies to bytes. The only file that knows the HTTP library and the router. */
export class Server {
  readonly #parts: ServerParts;
  readonly #router = findMyWay({ maxParamLength: MOST_IN_SEGMENT });
  readonly #http: NodeServer;
  readonly #requestLog: RequestLog | null;
  readonly #meters = new RequestMeters();
  #doorstep: Doorstep;
  #inFlight = 0;
  #isTurnOpen = false;
  #ready: Ready[] = [];
  #stopping = false;
  #whenIdle: (() => void) | null = null;
  #busyToldAt = -BUSY_LINE_MS;

  constructor(parts: ServerParts) {
    this.#parts = parts;
    const { house, origin, isPrivate = false } = parts;
    this.#doorstep = { ids: house().ids, address: 'http://127.0.0.1', origin, isPrivate };
    this.#requestLog = requestLog(parts.log);
    for (const wing of parts.wings) {
      for (const route of wing.routes)
        this.#router.on(route.method, route.path, nowhere, {
          wing,
          route,
          meter: this.#meters.of(wing.name, route.operation),
        } satisfies Way);
    }
    const { limits } = parts;
    this.#http = createServer(
      {
        maxHeaderSize: limits.headerBytes,
        headersTimeout: limits.headersSeconds * 1_000,
        requestTimeout: limits.requestSeconds * 1_000,
        keepAliveTimeout: limits.keepAliveSeconds * 1_000,
        connectionsCheckingInterval: Math.min(1_000, limits.headersSeconds * 250),
        optimizeEmptyRequests: true,
      },
      (request, response) => {
        this.#serve(request, response, false);
      },
    );
    this.#http.maxConnections = limits.connections;
    this.#http.on('drop', () => this.#meters.dropped++);
    // Who expects anything else is answered as if he did not: in the words of whoever he asks.
    this.#http.on('checkExpectation', (request, response) => {
      this.#serve(request, response, false);
    });
    this.#http.on('checkContinue', (request, response) => {
      this.#serve(request, response, true);
    });
  }

  /** Starts to listen; port 0 takes any free one. Rejects with the system's error. */
  listen(host: string, port: number): Promise<{ readonly url: string; readonly port: number }> {
    return new Promise((resolve, reject) => {
      this.#http.once('error', reject);
      this.#http.listen({ host, port, backlog: 1_024 }, () => {
        this.#http.off('error', reject);
        // Later errors are about one connection that could not be accepted.
        this.#http.on('error', (error) => {
          this.#parts.log.error('accept', errorFields(error));
        });
        // It listens on a host and port, so its address is not the name of a pipe.
        const { port: taken } = this.#http.address() as AddressInfo;
        const url = `http://${host.includes(':') ? `[${host}]` : host}:${String(taken)}`;
        this.#doorstep = { ...this.#doorstep, address: url };
        resolve({ url, port: taken });
      });
    });
  }

  /** What the server counts. */
  get metrics(): readonly Metric[] {
    return [
      ...this.#meters.metrics,
      {
        name: 'mingce_requests_in_flight',
        help: 'Requests accepted and not answered yet.',
        kind: 'gauge',
        read: () => [{ value: this.#inFlight }],
      },
    ];
  }

  /** Answers a call without a socket; its path parameters are worked out anew. */
  async handle(call: Call): Promise<Reply> {
    const startedAt = performance.now();
    const found = this.#find(call);
    const { wing, route, meter } = found;
    const routed = directed(call, found);
    const refused = wing.admit?.(routed, route) ?? null;
    const reply =
      refused ??
      (call.body.byteLength > wing.bodyBytes && route?.takesPieces !== true
        ? wing.turn(routed, 'too-large')
        : await this.#answer(routed, wing, route));
    meter.answered(reply, startedAt);
    this.#requestLog?.(wing, route, routed, reply, startedAt);
    return reply;
  }

  /** Stops listening, answers what was accepted, lets go of every connection. */
  async stop(): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    if (!this.#http.listening) return;
    // From now on each answer closes its connection, so busy ones end by themselves and lose nothing on the wire.
    await setTimeout(LAST_CALL_MS);
    const closed = new Promise<void>((resolve) => {
      this.#http.close(() => {
        resolve();
      });
    });
    await within(this.#parts.limits.stopSeconds * 1_000, this.#idle());
    await within(CUT_MS, closed);
    this.#http.closeAllConnections();
    await closed;
  }

  #idle(): Promise<void> {
    if (this.#inFlight === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#whenIdle = resolve;
    });
  }

  #serve(request: IncomingMessage, response: ServerResponse, waits: boolean): void {
    this.#inFlight++;
    this.#openTurn();
    const startedAt = performance.now();
    const { headers } = request;
    // Only `set-cookie`, which no request has, would be a list.
    const given = headers as Call['headers'];
    const call = new IncomingCall(
      request.method ?? '',
      request.url ?? '',
      given,
      request.socket.remoteAddress ?? '',
      this.#doorstep,
    );
    const found = this.#find(call);
    const { wing, route, meter } = found;
    directed(call, found);
    const takesPieces = route?.takesPieces === true;

    const length = headers['content-length'];
    const hasBody = (length !== undefined && length !== '0') || headers['transfer-encoding'] !== undefined;
    const early =
      this.#parts.turnsAway?.(call) ??
      wing.admit?.(call, route) ??
      (length !== undefined && Number(length) > wing.bodyBytes && !takesPieces ? wing.turn(call, 'too-large') : null);
    if (early !== null) {
      meter.answered(early, startedAt);
      this.#requestLog?.(wing, route, call, early, startedAt);
      if (hasBody) this.#sendEarly(request, response, early);
      else this.#send(response, call, wing, early);
      return;
    }
    if (!hasBody) {
      this.#answerTo(response, call, wing, route, meter, startedAt);
      return;
    }
    if (waits) response.writeContinue();
    if (takesPieces) {
      // Breaking off must leave the connection as it is: there is an answer to be sent.
      call.pieces = { [Symbol.asyncIterator]: () => request.iterator({ destroyOnReturn: false }) };
      this.#answerTo(response, call, wing, route, meter, startedAt);
      return;
    }
    collectBody(request, wing.bodyBytes, (collected) => {
      if (collected === 'aborted') {
        meter.aborted++;
        this.#leave();
      } else if (collected === 'too-large') {
        const reply = wing.turn(call, 'too-large');
        meter.answered(reply, startedAt);
        this.#requestLog?.(wing, route, call, reply, startedAt);
        this.#sendEarly(request, response, reply);
      } else {
        call.body = collected;
        this.#answerTo(response, call, wing, route, meter, startedAt);
      }
    });
  }

  #answerTo(
    response: ServerResponse,
    call: Call,
    wing: Wing,
    route: Route | undefined,
    meter: RequestMeter,
    startedAt: number,
  ): void {
    this.#answer(call, wing, route).then(
      (reply) => {
        meter.answered(reply, startedAt);
        this.#requestLog?.(wing, route, call, reply, startedAt);
        if (reply.pieces !== undefined) this.#sendPieces(response, reply, reply.pieces);
        else if (call.pieces !== undefined && !response.req.complete) this.#sendEarly(response.req, response, reply);
        else if (this.#isTurnOpen) this.#ready.push({ response, call, wing, reply });
        else this.#send(response, call, wing, reply);
      },
      (error: unknown) => {
        // Only a dialect that cannot even say that something failed comes here.
        this.#parts.log.error('speechless', { wing: wing.name, ...errorFields(error) });
        response.destroy();
        this.#leave();
      },
    );
  }

  /**
   * Replies to what came in one turn of the event loop leave together at its end: to wake the other side for each of
   * them takes longer than to find most of them out.
   */
  #openTurn(): void {
    if (this.#isTurnOpen) return;
    this.#isTurnOpen = true;
    setImmediate(() => {
      this.#isTurnOpen = false;
      const ready = this.#ready;
      this.#ready = [];
      for (const { response, call, wing, reply } of ready) this.#send(response, call, wing, reply);
    });
  }

  /** The route's reply, or the wing's where there is no route or the route fails. */
  #answer(call: Call, wing: Wing, route: Route | undefined): Promise<Reply> {
    if (route === undefined) return Promise.resolve(wing.turn(call, 'not-found'));
    const turn = (error: unknown): Failure => ({ ...wing.turn(call, this.#why(error, call, route)), isFailure: true });
    try {
      return route.answer(call, this.#parts.house()).catch(turn);
    } catch (error) {
      return Promise.resolve(turn(error));
    }
  }

  /** What a failure means for the caller; whatever nobody foresaw is told to the operator whole. */
  #why(error: unknown, call: Call, route: Route): Turned {
    if (!(error instanceof StoreBusy)) {
      this.#parts.log.error('defect', { route: route.path, request: call.requestId, ...errorFields(error) });
      return 'internal';
    }
    const now = performance.now();
    if (now - this.#busyToldAt >= BUSY_LINE_MS) {
      this.#busyToldAt = now;
      this.#parts.log.warn('store-busy', errorFields(error));
    }
    return 'busy';
  }

  #find({ method, path }: Call): Found {
    // Text with NUL cannot be kept anywhere, so nothing can have such an id.
    if (path.includes('%00')) return this.#elsewhere(path, undefined);
    const match = this.#router.find(method === 'HEAD' ? 'GET' : (method as Route['method']), path);
    if (match === null) return this.#elsewhere(path, this.#withAnyMethod(path));
    // What the constructor put there; every parameter of a matched path has a value.
    const { wing, route, meter } = match.store as Way;
    return { wing, route, meter, routePath: route.path, params: match.params as Call['params'] };
  }

  /** Where a call goes that no route takes: to the wing of a route with the same path, or of the path's beginning. */
  #elsewhere(path: string, near: Way | undefined): Found {
    const wing = near?.wing ?? this.#wingOf(path);
    const meter = this.#meters.other(wing.name);
    return { wing, route: undefined, meter, routePath: near?.route.path, params: undefined };
  }

  /** A route with this path that takes another method. */
  #withAnyMethod(path: string): Way | undefined {
    for (const method of METHODS) {
      const match = this.#router.find(method, path);
      if (match !== null) return match.store as Way;
    }
    return undefined;
  }

  #wingOf(path: string): Wing {
    const { wings } = this.#parts;
    for (const wing of wings) for (const prefix of wing.prefixes) if (path.startsWith(prefix)) return wing;
    return wings[wings.length - 1] as Wing;
  }

  #send(response: ServerResponse, call: Call, wing: Wing, reply: Reply): void {
    try {
      response.writeHead(reply.status, this.#head(reply, this.#stopping));
      response.end(reply.status === 204 ? undefined : reply.body);
      // Whoever does not take what it asked for is waited for no longer than whoever does not send it.
      const { socket } = response;
      if (socket !== null && socket.writableLength > 0) socket.setTimeout(this.#parts.limits.requestSeconds * 1_000);
    } catch (error) {
      this.#parts.log.error('unsendable', { wing: wing.name, request: call.requestId, ...errorFields(error) });
      response.destroy();
    }
    this.#leave();
  }

  /** Sends what comes, as it comes. A connection that breaks says that it was not all. */
  #sendPieces(response: ServerResponse, reply: Reply, pieces: AsyncIterable<Uint8Array>): void {
    const head = this.#head(reply, this.#stopping, false);
    response.writeHead(reply.status, head);
    pipeline(pieces, response)
      .catch((error: unknown) => {
        this.#parts.log.warn('cut-short', errorFields(error));
      })
      .finally(() => {
        this.#leave();
      });
  }

  /** Answers a caller that is still sending, and hangs up. */
  #sendEarly(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
    response.writeHead(reply.status, this.#head(reply, true));
    response.write(reply.body);
    drain(request, () => {
      response.end();
      this.#leave();
    });
  }

  #head(reply: Reply, last: boolean, isWhole = true): string[] {
    const head: string[] = [];
    const { headers } = reply;
    for (const name in headers) head.push(name, headers[name] as string);
    if (isWhole && reply.status !== 204) head.push('Content-Length', String(Buffer.byteLength(reply.body)));
    if (last) head.push('Connection', 'close');
    return head;
  }

  #leave(): void {
    this.#inFlight--;
    if (this.#inFlight === 0) this.#whenIdle?.();
  }
}

/** The router wants a function for each route; ways are looked up instead. */
function nowhere(): void {
  // never called
}

/** The call with what its route says of it. */
function directed(call: Call, { routePath, params }: Found): Call {
  if (!(call instanceof IncomingCall)) {
    return { ...call, ...(routePath === undefined ? {} : { routePath }), params: params ?? {} };
  }
  if (routePath !== undefined) call.routePath = routePath;
  if (params !== undefined) call.params = params;
  return call;
}

/** Waits for something, but no longer than so many milliseconds. */
async function within(ms: number, awaited: Promise<void>): Promise<void> {
  const enough = new AbortController();
  const timeout = setTimeout(ms, undefined, { signal: enough.signal }).catch(() => undefined);
  await Promise.race([awaited, timeout]);
  enough.abort();
}
