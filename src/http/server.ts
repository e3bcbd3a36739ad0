import {
  createServer,
  STATUS_CODES,
  type IncomingMessage,
  type Server as NodeServer,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { Server as NetServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { Call, DialectContext, Reply } from '../dialects/dialect.ts';
import { errorFields } from '../lib/log.ts';
import type { Metric } from '../lib/metrics.ts';
import { boundSocket } from './transport/bound-socket.ts';
import type { Request } from './transport/connection.ts';
import { Dispatcher, type DispatcherOptions } from './dispatcher.ts';
import { Exchanges } from './exchanges.ts';
import { IncomingCall, type RequestDefaults } from './incoming-call.ts';
import { Intake } from './transport/intake.ts';
import type { HttpLimits } from './limits.ts';
import { BAD_REQUEST, hasOneHost, refusalOf } from './refusals.ts';
import { Sender } from './transport/sender.ts';
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

/** While stopping, how long connections that were just busy may bring what is already on the wire. */
const DRAIN_GRACE_MS = 20;
/** So many connections may wait to be accepted. */
const BACKLOG = 1_024;
/** How long a caller may take to agree on TLS. */
const HANDSHAKE_MS = 10_000;

/** Sockets to calls, replies to bytes. The only file that knows the HTTP library. */
export class Server {
  readonly #parts: ServerOptions;
  readonly #dispatcher: Dispatcher;
  readonly #http: NodeServer;
  #defaults: RequestDefaults;
  readonly #traffic: Traffic;

  constructor(parts: ServerOptions) {
    this.#parts = parts;
    const { context, origin, isPrivate = false } = parts;
    this.#dispatcher = new Dispatcher(parts);
    const scheme = parts.tls === undefined ? 'http' : 'https';
    const now = (): number => context().now(null);
    this.#defaults = { ids: context().ids, now, scheme, address: `${scheme}://127.0.0.1`, origin, isPrivate };
    const { limits, log } = parts;
    this.#traffic = new Traffic(limits, {
      onTurnEnd: () => {
        exchanges.carryOut();
      },
      onDropped: () => {
        this.#dispatcher.meters.dropped++;
      },
    });
    const sender = new Sender({
      traffic: this.#traffic,
      patienceSeconds: limits.requestSeconds,
      answersBytes: limits.answersBytes,
      log,
      onCut: () => {
        this.#dispatcher.meters.cut++;
      },
    });
    const exchanges = new Exchanges({
      dispatcher: this.#dispatcher,
      traffic: this.#traffic,
      intake: new Intake(limits.bodiesBytes),
      sender,
      callOf: (request) => this.#callOf(request),
      hostCheck: parts.hostCheck ?? null,
      log,
    });
    const options = {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersSeconds * 1_000,
      requestTimeout: limits.requestSeconds * 1_000,
      keepAliveTimeout: limits.keepAliveSeconds * 1_000,
      connectionsCheckingInterval: Math.min(1_000, limits.headersSeconds * 250),
      optimizeEmptyRequests: true,
      // It is required when the request begins, in its turn among what else came on the connection.
      requireHostHeader: false,
      // Many clients offer another protocol with each call; only a path that has one takes it.
      shouldUpgradeCallback: (request: IncomingMessage) => parts.longConnections?.takes(request) === true,
    };
    const serve = (_request: IncomingMessage, message: ServerResponse): void => {
      exchanges.serve(message, false);
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
    this.#http.on('checkExpectation', serve);
    this.#http.on('checkContinue', (_request, message) => {
      exchanges.serve(message, true);
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

  #callOf(request: Request): IncomingCall {
    // Only `set-cookie`, which no request has, would be a list.
    const headers = request.headers as Call['headers'];
    const peer = request.socket.remoteAddress ?? '';
    return new IncomingCall(request.method ?? '', request.url ?? '', headers, peer, this.#defaults);
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
