import { createServer, type IncomingMessage, type Server as NodeServer, type ServerResponse } from 'node:http';
import { Server as NetServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { Call, DialectContext, Reply, Route, UnhandledReason } from '../dialects/dialect.ts';
import { StoreBusyError, StoreDamagedError } from '../directory/errors.ts';
import { errorFields, type Log } from '../lib/log.ts';
import type { Metric } from '../lib/metrics.ts';
import { CallerGoneError, NoRoomError, piecesOf } from './transport/body.ts';
import { IncomingCall, type RequestDefaults } from './incoming-call.ts';
import type { Connection } from './transport/connection.ts';
import { directed, Finder } from './finder.ts';
import { Intake } from './transport/intake.ts';
import type { HttpLimits } from './limits.ts';
import { BAD_REQUEST, hasOneHost, refusalOf } from './refusals.ts';
import { requestLog, type RequestLog } from './request-log.ts';
import { RequestMeters, type Failure, type RequestMetrics } from './request-meter.ts';
import { Sender, type Destination } from './transport/sender.ts';
import { Traffic } from './transport/traffic.ts';
import type { RouteGroup } from './route-group.ts';

/** What a server is made of. */
export interface ServerOptions {
  /** Asked in this order whether a path is theirs; the last one takes what nobody else does. */
  readonly wings: readonly [...RouteGroup[], RouteGroup];
  /** What routes are given; a request keeps what it was given at its beginning. */
  readonly context: () => DialectContext;
  readonly limits: HttpLimits;
  readonly log: Log;
  /** Under which address callers know this server, if that is not for them to say. */
  readonly origin: string | null;
  /** Whether only this machine can reach it; absent: no. */
  readonly isPrivate?: boolean;
  /** Turns callers away before anything else is asked; null or absent: nobody. */
  readonly turnsAway?: ((call: Call) => Reply | null) | null;
}

/** A request that is being carried out. */
interface Exchange extends Destination {
  readonly call: IncomingCall;
  readonly wing: RouteGroup;
  readonly route: Route | undefined;
  readonly meter: RequestMetrics;
  readonly startedAt: number;
  /** Filled in while the reply waits for the end of the turn. */
  reply: Reply;
}

/** While stopping, how long connections that were just busy may bring what is already on the wire. */
const DRAIN_GRACE_MS = 20;
/** At most one line about a busy store in this time. */
const BUSY_LINE_MS = 10_000;
/** Larger replies do not wait for the end of the turn: others would pile up meanwhile. */
const MAX_IN_TURN = 64 * 1024;
/** Stands for the reply to a caller that does not wait for one. */
const GONE: Reply = { status: 499, headers: {}, body: '' };

/** Sockets to calls, replies to bytes. The only file that knows the HTTP library. */
export class Server {
  readonly #parts: ServerOptions;
  readonly #finder: Finder;
  readonly #http: NodeServer;
  readonly #requestLog: RequestLog | null;
  readonly #meters = new RequestMeters();
  #doorstep: RequestDefaults;
  readonly #intake: Intake;
  readonly #traffic: Traffic;
  readonly #sender: Sender;
  #ready: Exchange[] = [];
  #busyToldAt = -BUSY_LINE_MS;

  constructor(parts: ServerOptions) {
    this.#parts = parts;
    const { context, origin, isPrivate = false } = parts;
    this.#doorstep = { ids: context().ids, address: 'http://127.0.0.1', origin, isPrivate };
    this.#requestLog = requestLog(parts.log);
    this.#finder = new Finder(parts.wings, this.#meters);
    const { limits, log } = parts;
    this.#intake = new Intake(limits.bodiesBytes);
    this.#traffic = new Traffic(limits, {
      onTurnEnd: () => {
        this.#sendReady();
      },
      onDropped: () => {
        this.#meters.dropped++;
      },
    });
    this.#sender = new Sender({
      traffic: this.#traffic,
      patienceSeconds: limits.requestSeconds,
      answersBytes: limits.answersBytes,
      log,
      onCut: () => {
        this.#meters.cut++;
      },
    });
    this.#http = createServer(
      {
        maxHeaderSize: limits.headerBytes,
        headersTimeout: limits.headersSeconds * 1_000,
        requestTimeout: limits.requestSeconds * 1_000,
        keepAliveTimeout: limits.keepAliveSeconds * 1_000,
        connectionsCheckingInterval: Math.min(1_000, limits.headersSeconds * 250),
        optimizeEmptyRequests: true,
        // It is required in `#begin`, in its turn among what else came on the connection.
        requireHostHeader: false,
      },
      (request, response) => {
        this.#serve(request, response, false);
      },
    );
    // Who has said all it wants to may close its half and is answered.
    Object.assign(this.#http, { httpAllowHalfOpen: true });
    this.#http.on('connection', (socket) => {
      this.#traffic.admit(socket);
    });
    // Who expects anything else is answered as if he did not: in the words of whoever he asks.
    this.#http.on('checkExpectation', (request, response) => {
      this.#serve(request, response, false);
    });
    this.#http.on('checkContinue', (request, response) => {
      this.#serve(request, response, true);
    });
    this.#http.on('clientError', (error, socket) => {
      // Connections of a server that listens on a port.
      this.#traffic.refuse(socket as Socket, refusalOf(error));
    });
    this.#http.on('connect', (_request, socket) => {
      // The library has let go of it.
      socket.on('error', () => undefined).on('timeout', () => socket.destroy());
      this.#traffic.refuse(socket as Socket, BAD_REQUEST);
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
        read: () => [{ value: this.#traffic.inFlight }],
      },
    ];
  }

  /** Answers a call without a socket; its path parameters are worked out anew. */
  async handle(call: Call): Promise<Reply> {
    const startedAt = performance.now();
    const found = this.#finder.find(call);
    const { wing, route, meter } = found;
    const routed = directed(call, found);
    const refused = wing.onRequest?.(routed, route) ?? null;
    const reply =
      refused ??
      (call.body.byteLength > wing.bodyBytes && route?.streamsBody !== true
        ? wing.fallback(routed, 'too-large')
        : await this.#answer(routed, wing, route));
    meter.answered(reply, startedAt);
    this.#requestLog?.(wing, route, routed, reply, startedAt);
    return reply;
  }

  /** Stops listening, answers what was accepted, lets go of every connection. */
  async stop(): Promise<void> {
    this.#traffic.stop();
    if (!this.#http.listening) return;
    // From now on the last answer on each connection ends it, so busy ones lose nothing that is on the wire.
    await setTimeout(DRAIN_GRACE_MS);
    const closed = new Promise<void>((resolve) => {
      // The library's own would cut connections whose answers are not sent to their end.
      NetServer.prototype.close.call(this.#http, () => {
        resolve();
      });
    });
    this.#traffic.hangUpIdle();
    await within(this.#parts.limits.stopSeconds * 1_000, closed);
    this.#traffic.cut();
    await closed;
    // Ends its clock.
    this.#http.close();
  }

  /** Begins a request, or lets it wait for those before it on its connection. */
  #serve(request: IncomingMessage, message: ServerResponse, waits: boolean): void {
    const connection = this.#traffic.of(request.socket);
    if (connection === null) return;
    if (this.#traffic.isFree(connection)) this.#begin(connection, request, message, waits);
    else
      this.#traffic.wait(connection, message, () => {
        this.#begin(connection, request, message, waits);
      });
  }

  #begin(connection: Connection, request: IncomingMessage, message: ServerResponse, waits: boolean): void {
    const startedAt = performance.now();
    this.#traffic.enter(connection, message, startedAt);
    if (!hasOneHost(request.rawHeaders, request.httpVersion === '1.0')) {
      this.#sender.refuse({ connection, message }, 400);
      return;
    }
    const { headers } = request;
    // Only `set-cookie`, which no request has, would be a list.
    const given = headers as Call['headers'];
    const peer = request.socket.remoteAddress ?? '';
    const call = new IncomingCall(request.method ?? '', request.url ?? '', given, peer, this.#doorstep);
    const found = this.#finder.find(call);
    const { wing, route, meter } = found;
    directed(call, found);
    const exchange: Exchange = { connection, message, call, wing, route, meter, startedAt, reply: GONE };
    const takesPieces = route?.streamsBody === true;

    const length = headers['content-length'];
    const hasBody = (length !== undefined && length !== '0') || headers['transfer-encoding'] !== undefined;
    const early =
      this.#parts.turnsAway?.(call) ??
      wing.onRequest?.(call, route) ??
      (length !== undefined && Number(length) > wing.bodyBytes && !takesPieces
        ? wing.fallback(call, 'too-large')
        : null);
    if (early !== null) {
      this.#count(exchange, early);
      if (hasBody) this.#sender.sendEarly(exchange, early);
      else this.#send(exchange, early);
      return;
    }
    if (!hasBody) {
      this.#answerTo(exchange);
      return;
    }
    if (waits) message.writeContinue();
    if (takesPieces) {
      call.stream = piecesOf(request);
      call.whole = (limit) => this.#intake.whole(exchange, limit);
      this.#answerTo(exchange);
      return;
    }
    this.#intake.collect(exchange, wing.bodyBytes, (collected, claim) => {
      connection.claim = claim;
      if (collected === 'aborted') {
        meter.aborted++;
        this.#traffic.leave(connection);
      } else if (typeof collected === 'string') {
        if (collected === 'no-room') this.#meters.noRoom++;
        const reply = wing.fallback(call, collected === 'no-room' ? 'busy' : collected);
        this.#count(exchange, reply);
        this.#sender.sendEarly(exchange, reply);
      } else {
        call.body = collected;
        this.#answerTo(exchange);
      }
    });
  }

  #count({ call, wing, route, meter, startedAt }: Exchange, reply: Reply): void {
    meter.answered(reply, startedAt);
    this.#requestLog?.(wing, route, call, reply, startedAt);
  }

  #answerTo(exchange: Exchange): void {
    const { connection, message, call, wing, route, meter } = exchange;
    this.#answer(call, wing, route).then(
      (reply) => {
        if (reply === GONE) {
          meter.aborted++;
          message.destroy();
          this.#traffic.leave(connection);
          return;
        }
        this.#count(exchange, reply);
        if (reply.stream !== undefined) this.#sender.sendPieces(exchange, reply, reply.stream);
        else if (call.stream !== undefined && !message.req.complete) this.#sender.sendEarly(exchange, reply);
        else if (this.#traffic.isTurnOpen && reply.body.length <= MAX_IN_TURN) {
          exchange.reply = reply;
          this.#ready.push(exchange);
        } else this.#send(exchange, reply);
      },
      (error: unknown) => {
        // Only a dialect that cannot even say that something failed comes here.
        this.#parts.log.error('speechless', { wing: wing.name, ...errorFields(error) });
        message.destroy();
        this.#traffic.leave(connection);
      },
    );
  }

  /**
   * Replies to what came in one turn of the event loop leave together at its end: to wake the other side for each of
   * them takes longer than to find most of them out.
   */
  #sendReady(): void {
    const ready = this.#ready;
    this.#ready = [];
    for (const exchange of ready) this.#send(exchange, exchange.reply);
  }

  /** The route's reply, or the wing's where there is no route or the route fails. */
  #answer(call: Call, wing: RouteGroup, route: Route | undefined): Promise<Reply> {
    if (route === undefined) return Promise.resolve(wing.fallback(call, 'not-found'));
    const turn = (error: unknown): Failure | typeof GONE =>
      error instanceof CallerGoneError
        ? GONE
        : { ...wing.fallback(call, this.#why(error, call, route)), isFailure: true };
    try {
      return route.answer(call, this.#parts.context()).catch(turn);
    } catch (error) {
      return Promise.resolve(turn(error));
    }
  }

  /** What a failure means for the caller; whatever nobody foresaw is told to the operator whole. */
  #why(error: unknown, call: Call, route: Route): UnhandledReason {
    if (error instanceof NoRoomError) {
      this.#meters.noRoom++;
      return 'busy';
    }
    if (error instanceof StoreDamagedError) {
      this.#parts.log.error('damaged', { route: route.path, request: call.requestId, ...errorFields(error) });
      return 'internal';
    }
    if (!(error instanceof StoreBusyError)) {
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

  #send(exchange: Exchange, reply: Reply): void {
    try {
      this.#sender.send(exchange, reply);
    } catch (error) {
      const { call, wing } = exchange;
      this.#parts.log.error('unsendable', { wing: wing.name, request: call.requestId, ...errorFields(error) });
    }
  }
}

/** Waits for something, but no longer than so many milliseconds. */
async function within(ms: number, awaited: Promise<void>): Promise<void> {
  const enough = new AbortController();
  const timeout = setTimeout(ms, undefined, { signal: enough.signal }).catch(() => undefined);
  await Promise.race([awaited, timeout]);
  enough.abort();
}
