import {
  createServer,
  STATUS_CODES,
  type IncomingMessage,
  type Server as NodeServer,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { Server as NetServer, type AddressInfo, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import type { Call, DialectContext, Reply } from '../dialects/dialect.ts';
import { errorFields } from '../lib/log.ts';
import type { Metric } from '../lib/metrics.ts';
import { piecesOf } from './transport/body.ts';
import { boundSocket } from './transport/bound-socket.ts';
import { Dispatcher, GONE, type Dispatched, type DispatcherOptions } from './dispatcher.ts';
import { IncomingCall, type RequestDefaults } from './incoming-call.ts';
import type { Connection } from './transport/connection.ts';
import { isCompressed } from './transport/inflate.ts';
import { Intake } from './transport/intake.ts';
import type { HttpLimits } from './limits.ts';
import { BAD_REQUEST, hasOneHost, refusalOf } from './refusals.ts';
import { Sender, type Destination } from './transport/sender.ts';
import { Traffic } from './transport/traffic.ts';
import type { LongConnections } from './transport/websocket.ts';

/** What a server is made of. */
export interface ServerOptions extends DispatcherOptions {
  readonly limits: HttpLimits;
  /** Under which address callers know this server, if that is not for them to say. */
  readonly origin: string | null;
  /** Whether only this machine can reach it; absent: no. */
  readonly isPrivate?: boolean;
  /** The certificate and key for TLS, as PEM; absent: none, and callers use http. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  /** Refuses callers before anything else is asked; null or absent: none. */
  readonly hostCheck?: ((call: Call) => Reply | null) | null;
  /** The connections that callers open to receive events; absent: there are none. */
  readonly longConnections?: LongConnections;
}

/** A request that is being carried out. */
interface Exchange extends Destination, Dispatched {
  readonly call: IncomingCall;
  /** Filled in while the reply waits for the end of the turn. */
  reply: Reply;
}

/** While stopping, how long connections that were just busy may bring what is already on the wire. */
const DRAIN_GRACE_MS = 20;
/** So many connections may wait to be accepted. */
const BACKLOG = 1_024;
/** How long a caller may take to agree on TLS. */
const HANDSHAKE_MS = 10_000;
/** Larger replies do not wait for the end of the turn: others would pile up meanwhile. */
const MAX_IN_TURN = 64 * 1024;

/** Sockets to calls, replies to bytes. The only file that knows the HTTP library. */
export class Server {
  readonly #parts: ServerOptions;
  readonly #dispatcher: Dispatcher;
  readonly #http: NodeServer;
  #defaults: RequestDefaults;
  readonly #intake: Intake;
  readonly #traffic: Traffic;
  readonly #sender: Sender;
  #ready: Exchange[] = [];

  constructor(parts: ServerOptions) {
    this.#parts = parts;
    const { context, origin, isPrivate = false } = parts;
    this.#dispatcher = new Dispatcher(parts);
    const scheme = parts.tls === undefined ? 'http' : 'https';
    const now = (): number => context().now(null);
    this.#defaults = { ids: context().ids, now, scheme, address: `${scheme}://127.0.0.1`, origin, isPrivate };
    const { limits, log } = parts;
    this.#intake = new Intake(limits.bodiesBytes);
    this.#traffic = new Traffic(limits, {
      onTurnEnd: () => {
        this.#sendReady();
      },
      onDropped: () => {
        this.#dispatcher.meters.dropped++;
      },
    });
    this.#sender = new Sender({
      traffic: this.#traffic,
      patienceSeconds: limits.requestSeconds,
      answersBytes: limits.answersBytes,
      log,
      onCut: () => {
        this.#dispatcher.meters.cut++;
      },
    });
    const options = {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersSeconds * 1_000,
      requestTimeout: limits.requestSeconds * 1_000,
      keepAliveTimeout: limits.keepAliveSeconds * 1_000,
      connectionsCheckingInterval: Math.min(1_000, limits.headersSeconds * 250),
      optimizeEmptyRequests: true,
      // It is required in `#begin`, in its turn among what else came on the connection.
      requireHostHeader: false,
      // Many clients offer another protocol with each call; only a path that has one takes it.
      shouldUpgradeCallback: (request: IncomingMessage) => parts.longConnections?.takes(request) === true,
    };
    const serve = (request: IncomingMessage, response: ServerResponse): void => {
      this.#serve(request, response, false);
    };
    const { tls } = parts;
    this.#http =
      tls === undefined
        ? createServer(options, serve)
        : createSecureServer({ ...options, ...tls, handshakeTimeout: HANDSHAKE_MS }, serve);
    // Connections that have not agreed on TLS yet are not counted otherwise.
    if (tls !== undefined) this.#http.maxConnections = limits.connections;
    // Who has said all it wants to may close its half and is answered.
    Object.assign(this.#http, { httpAllowHalfOpen: true });
    this.#http.on(tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => {
      this.#traffic.admit(socket);
    });
    // Ignore any `Expect` value other than `100-continue` and route the request normally.
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
    if (parts.longConnections?.isServed === true) {
      this.#http.on('upgrade', (request, socket, head) => {
        // Connections of a server that listens on a port.
        this.#upgrade(request, socket as Socket, head, parts.longConnections);
      });
    }
    this.#http.on('connect', (_request, socket) => {
      // The library has let go of it.
      socket.on('error', () => undefined).on('timeout', () => socket.destroy());
      this.#traffic.refuse(socket as Socket, BAD_REQUEST);
    });
  }

  /** Starts to listen; port 0 takes any free one. Rejects with the system's error. */
  listen(host: string, port: number): Promise<{ readonly url: string; readonly port: number }> {
    return new Promise((resolve, reject) => {
      const bound = boundSocket(host, port);
      this.#http.once('error', reject);
      const listening = (): void => {
        this.#http.off('error', reject);
        // Later errors are about one connection that could not be accepted.
        this.#http.on('error', (error) => {
          this.#parts.log.error('accept', errorFields(error));
        });
        // It listens on a host and port, so its address is not the name of a pipe.
        const { port: taken } = this.#http.address() as AddressInfo;
        const url = `${this.#defaults.scheme}://${host.includes(':') ? `[${host}]` : host}:${String(taken)}`;
        this.#defaults = { ...this.#defaults, address: url };
        resolve({ url, port: taken });
      };
      if (bound === null) this.#http.listen({ host, port, backlog: BACKLOG }, listening);
      else this.#http.listen(bound, BACKLOG, listening);
    });
  }

  /** What the server counts. */
  get metrics(): readonly Metric[] {
    return [
      ...this.#dispatcher.meters.metrics,
      ...(this.#parts.longConnections?.metrics ?? []),
      {
        name: 'mingce_requests_in_flight',
        help: 'Requests accepted and not answered yet.',
        kind: 'gauge',
        read: () => [{ value: this.#traffic.inFlight }],
      },
    ];
  }

  /** Answers a call without a socket; its path parameters are parsed again. With a context, its route is given that one. */
  handle(call: Call, context?: DialectContext): Promise<Reply> {
    return this.#dispatcher.dispatch(call, context);
  }

  /** Stops listening, answers what was accepted, lets go of every connection. */
  async stop(): Promise<void> {
    this.#traffic.stop();
    await this.#parts.longConnections?.close();
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

  /** Hands a connection over that goes on in another protocol; it keeps its place among those that there may be. */
  #upgrade(
    request: IncomingMessage,
    socket: Socket,
    head: Buffer,
    connections: ServerOptions['longConnections'],
  ): void {
    const connection = this.#traffic.of(socket);
    const call = this.#callOf(request);
    // The library has let go of it, so answers to calls before it are lost.
    const isFree = connection !== null && this.#traffic.isFree(connection);
    if (!isFree || connections === undefined || !hasOneHost(request.rawHeaders, false)) {
      socket.destroy();
      return;
    }
    if ((this.#parts.hostCheck?.(call) ?? null) !== null) {
      socket.end(BAD_REQUEST, () => socket.destroy());
      return;
    }
    connection.hasUpgraded = true;
    void connections.upgrade(call.query, request, socket, head);
  }

  #callOf(request: IncomingMessage): IncomingCall {
    // Only `set-cookie`, which no request has, would be a list.
    const headers = request.headers as Call['headers'];
    const peer = request.socket.remoteAddress ?? '';
    return new IncomingCall(request.method ?? '', request.url ?? '', headers, peer, this.#defaults);
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
    const call = this.#callOf(request);
    const { group, route, meter } = this.#dispatcher.find(call);
    const exchange: Exchange = { connection, message, call, group, route, meter, startedAt, reply: GONE };
    const streamsBody = route?.streamsBody === true;

    const length = headers['content-length'];
    const hasBody = (length !== undefined && length !== '0') || headers['transfer-encoding'] !== undefined;
    const early = this.#parts.hostCheck?.(call) ?? this.#dispatcher.early(exchange, Number(length ?? 0));
    if (early !== null) {
      const reply = this.#dispatcher.finish(exchange, early);
      if (hasBody) this.#sender.sendEarly(exchange, reply);
      else this.#send(exchange, reply);
      return;
    }
    if (!hasBody) {
      this.#answerTo(exchange);
      return;
    }
    if (waits) message.writeContinue();
    if (streamsBody) {
      call.stream = piecesOf(request);
      call.whole = (limit) => this.#intake.whole(exchange, limit);
      this.#answerTo(exchange);
      return;
    }
    this.#intake.collect(exchange, group.bodyBytes, (collected, claim) => {
      connection.claim = claim;
      if (collected === 'aborted') {
        meter.aborted++;
        this.#traffic.leave(connection);
      } else if (typeof collected === 'string') {
        if (collected === 'no-room') this.#dispatcher.meters.noRoom++;
        const reply = group.fallback(call, collected === 'no-room' ? 'busy' : collected);
        this.#sender.sendEarly(exchange, this.#dispatcher.finish(exchange, reply));
      } else {
        call.body = collected;
        const encoding = headers['content-encoding'];
        if (isCompressed(encoding)) void this.#inflate(exchange, encoding);
        else this.#answerTo(exchange);
      }
    });
  }

  /** Goes on with the body as it was before it was compressed. What is no such thing is judged as it came. */
  async #inflate(exchange: Exchange, encoding: string): Promise<void> {
    const { call, group } = exchange;
    const body = await this.#intake.inflated(exchange, call.body, encoding, group.bodyBytes);
    if (typeof body === 'string') {
      if (body === 'no-room') this.#dispatcher.meters.noRoom++;
      const reply = group.fallback(call, body === 'no-room' ? 'busy' : body);
      this.#send(exchange, this.#dispatcher.finish(exchange, reply));
      return;
    }
    if (body !== null) call.body = body;
    this.#answerTo(exchange);
  }

  #answerTo(exchange: Exchange): void {
    const { connection, message, meter } = exchange;
    this.#dispatcher.answer(exchange).then(
      (answer) => {
        if (answer === GONE) {
          meter.aborted++;
          message.destroy();
          this.#traffic.leave(connection);
          return;
        }
        const changed = this.#dispatcher.changed(exchange, answer);
        if (changed === null) this.#finish(exchange, answer);
        else
          void changed.then((other) => {
            this.#finish(exchange, other);
          });
      },
      (error: unknown) => {
        // Only a dialect that cannot even say that something failed comes here.
        this.#parts.log.error('speechless', { group: exchange.group.name, ...errorFields(error) });
        message.destroy();
        this.#traffic.leave(connection);
      },
    );
  }

  #finish(exchange: Exchange, answer: Reply): void {
    const reply = this.#dispatcher.finish(exchange, answer);
    const { call, message } = exchange;
    if (reply.transport !== undefined) this.#sender.sendCarried(exchange, reply, reply.transport);
    else if (reply.stream !== undefined) this.#sender.sendPieces(exchange, reply, reply.stream);
    else if (call.stream !== undefined && !message.req.complete) this.#sender.sendEarly(exchange, reply);
    else if (this.#traffic.isTurnOpen && reply.body.length <= MAX_IN_TURN) {
      exchange.reply = reply;
      this.#ready.push(exchange);
    } else this.#send(exchange, reply);
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

  #send(exchange: Exchange, reply: Reply): void {
    try {
      this.#sender.send(exchange, reply);
    } catch (error) {
      const { call, group } = exchange;
      this.#parts.log.error('unsendable', { group: group.name, request: call.requestId, ...errorFields(error) });
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

/** The words behind a status on the wire. */
export function reasonPhrase(status: number): string {
  return STATUS_CODES[status] ?? 'unknown';
}
