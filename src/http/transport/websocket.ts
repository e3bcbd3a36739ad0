import { randomInt } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { Duplex } from 'node:stream';
import { clearInterval, clearTimeout, setInterval, setTimeout } from 'node:timers';
import { WebSocketServer, type WebSocket } from 'ws';
import type {
  Admission,
  AdmissionContext,
  ConnectionProtocol,
  ConnectionRefusal,
  ConnectionSession,
  OpenConnections,
} from '../../dialects/event-connections.ts';
import type { EventAnswer, EventConnections } from '../../dialects/events.ts';
import { errorFields, type Log } from '../../lib/log.ts';
import type { Metric } from '../../lib/metrics.ts';

/** What long connections are made of. */
export interface LongConnectionsOptions {
  readonly protocols: readonly ConnectionProtocol[];
  readonly context: () => AdmissionContext;
  readonly log: Log;
}

/** A request as the HTTP library has it. */
type UpgradeRequest = Parameters<WebSocketServer['handleUpgrade']>[0];

/** One open connection. */
interface Open {
  readonly tenant: number;
  /** The app's own id. */
  readonly app: string;
  readonly protocol: ConnectionProtocol;
  readonly session: ConnectionSession;
  readonly socket: WebSocket;
  /** What waits for the answer to an event, by its id. */
  readonly waiting: Map<string, Waiting>;
  heardAt: number;
  /** Whether events are sent over it. */
  isReady: boolean;
}

interface Waiting {
  readonly answered: (answer: EventAnswer) => void;
  readonly failed: (error: Error) => void;
}

/** A connection was lost, or gave no answer in time. */
class NoAnswerError extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'NoAnswerError';
  }
}

/** A client that takes nothing of this much is let go. */
const MAX_UNSENT = 4 * 1024 * 1024;
/**
 * Clients ping at once, and the vendor's hears nothing before: what comes with the handshake is lost to it. A client
 * that does not ping gets events after this time. [public: node]
 */
const READY_MS = 1_000;
/** How often silent connections are looked for. */
const SWEEP_MS = 15_000;
/** How long clients may take to say good-bye. */
const CLOSE_MS = 500;
const GOING_AWAY = 1001;
const UNREADABLE = 1003;

/** The first release of Node that lets a server choose which upgrades it takes; other calls with that header go on. */
const CHOOSES_UPGRADES = ((): boolean => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 24 || (major === 24 && minor >= 9);
})();

/** The connections that apps opened to this node. The only file that knows the library of web sockets. */
export class LongConnections implements EventConnections, OpenConnections {
  readonly isServed = CHOOSES_UPGRADES;
  readonly #protocols: ReadonlyMap<string, ConnectionProtocol>;
  readonly #context: () => AdmissionContext;
  readonly #log: Log;
  readonly #server: WebSocketServer;
  /** By company and app. */
  readonly #open = new Map<string, Set<Open>>();
  readonly #listeners: ((tenant: number, app: string) => void)[] = [];
  #sweep: NodeJS.Timeout | undefined;
  #isClosing = false;

  constructor({ protocols, context, log }: LongConnectionsOptions) {
    this.#protocols = new Map(protocols.map((protocol) => [protocol.path, protocol]));
    this.#context = context;
    this.#log = log;
    const maxPayload = Math.max(0, ...protocols.map(({ maxMessageBytes }) => maxMessageBytes));
    this.#server = new WebSocketServer({ noServer: true, maxPayload, clientTracking: false, perMessageDeflate: false });
  }

  /** Whether a request opens a connection; any other with these headers is a call like any. */
  takes({ method, url = '', headers }: Pick<UpgradeRequest, 'method' | 'url' | 'headers'>): boolean {
    return method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket' && this.#protocols.has(pathOf(url));
  }

  /** Opens the connection that a request asks for, or refuses it. */
  async upgrade(query: URLSearchParams, request: UpgradeRequest, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    const protocol = this.#protocols.get(pathOf(request.url ?? ''));
    if (protocol === undefined || this.#isClosing) {
      refuse(socket, { status: 503, headers: {} });
      return;
    }
    let admitted: Admission | ConnectionRefusal;
    try {
      admitted = await protocol.admit(query, this.#context());
    } catch (error) {
      this.#log.error('connection-not-opened', errorFields(error));
      admitted = { status: 503, headers: {} };
    }
    if (!('session' in admitted)) {
      refuse(socket, admitted);
      return;
    }
    const { tenant, app, session } = admitted;
    if (this.#isClosing || this.countOf(tenant.number, app.id) >= protocol.maxPerApp) {
      refuse(socket, protocol.full);
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      const one: Open = {
        tenant: tenant.number,
        app: app.id,
        protocol,
        session,
        socket: webSocket,
        waiting: new Map(),
        heardAt: performance.now(),
        isReady: false,
      };
      this.#keep(one);
      const note = (state: 'open' | 'closed'): void => {
        this.#log.info('long-connection', { state, company: tenant.key, app: app.key });
      };
      note('open');
      webSocket.on('close', () => {
        note('closed');
      });
      const ready = setTimeout(() => {
        this.#ready(one);
      }, READY_MS);
      webSocket.once('close', () => {
        clearTimeout(ready);
      });
    });
  }

  countOf(tenant: number, app: string): number {
    return this.#open.get(keyOf(tenant, app))?.size ?? 0;
  }

  isOpen(tenant: number, app: string): boolean {
    return this.#readyOf(tenant, app).length > 0;
  }

  onOpen(opened: (tenant: number, app: string) => void): void {
    this.#listeners.push(opened);
  }

  /** One of the app's connections gets the event, at random. */
  send: EventConnections['send'] = (tenant, app, event, { body }, timeoutMs) => {
    const all = this.#readyOf(tenant, app);
    const one = all[all.length > 1 ? randomInt(all.length) : 0];
    if (one === undefined) return Promise.reject(new NoAnswerError('No connection is open.'));
    return new Promise((resolve, reject) => {
      const settle = (done: () => void): void => {
        clearTimeout(timer);
        one.waiting.delete(event.eventId);
        done();
      };
      const waiting: Waiting = {
        answered: (answer) => {
          settle(() => {
            resolve(answer);
          });
        },
        failed: (error) => {
          settle(() => {
            reject(error);
          });
        },
      };
      const timer = setTimeout(() => {
        waiting.failed(new NoAnswerError('No answer came in time.'));
      }, timeoutMs);
      one.waiting.get(event.eventId)?.failed(new NoAnswerError('The event was sent once more.'));
      one.waiting.set(event.eventId, waiting);
      for (const message of one.session.messages(event.eventId, body)) write(one, message);
    });
  };

  /** What is counted. */
  get metrics(): readonly Metric[] {
    return [
      {
        name: 'mingce_event_connections',
        help: 'Connections that apps opened to receive events.',
        kind: 'gauge',
        read: () => [{ value: [...this.#open.values()].reduce((sum, some) => sum + some.size, 0) }],
      },
    ];
  }

  /** Ends every connection; clients connect again to another node. */
  async close(): Promise<void> {
    this.#isClosing = true;
    clearInterval(this.#sweep);
    const all = [...this.#open.values()].flatMap((some) => [...some]);
    await Promise.all(all.map(({ socket }) => closed(socket)));
  }

  #keep(one: Open): void {
    const { tenant, app, socket } = one;
    const key = keyOf(tenant, app);
    const some = this.#open.get(key) ?? new Set();
    this.#open.set(key, some.add(one));
    this.#sweep ??= setInterval(() => {
      this.#endSilent();
    }, SWEEP_MS).unref();
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      this.#receive(one, data, isBinary);
    });
    socket.on('error', () => {
      socket.terminate();
    });
    socket.on('close', () => {
      some.delete(one);
      if (some.size === 0 && this.#open.get(key) === some) this.#open.delete(key);
      for (const waiting of one.waiting.values()) waiting.failed(new NoAnswerError('The connection was closed.'));
    });
  }

  #readyOf(tenant: number, app: string): readonly Open[] {
    return [...(this.#open.get(keyOf(tenant, app)) ?? [])].filter(({ isReady }) => isReady);
  }

  #ready(one: Open): void {
    if (one.isReady) return;
    one.isReady = true;
    const { tenant, app } = one;
    if (this.#readyOf(tenant, app).length === 1) for (const opened of this.#listeners) opened(tenant, app);
  }

  #receive(one: Open, data: Buffer, isBinary: boolean): void {
    const received = isBinary ? one.session.received(data) : null;
    if (received === null) {
      one.socket.close(UNREADABLE);
      return;
    }
    one.heardAt = performance.now();
    this.#ready(one);
    if ('reply' in received) write(one, received.reply);
    else one.waiting.get(received.eventId)?.answered({ ...received.answer, headers: {} });
  }

  /** A client that is gone without a word leaves its connection open. */
  #endSilent(): void {
    const now = performance.now();
    for (const some of this.#open.values()) {
      for (const { socket, heardAt, protocol } of some) if (now - heardAt > protocol.silenceMs) socket.terminate();
    }
  }
}

function write({ socket }: Open, message: Uint8Array): void {
  if (socket.bufferedAmount > MAX_UNSENT) socket.terminate();
  else socket.send(message, { binary: true }, () => undefined);
}

function closed(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      socket.terminate();
    }, CLOSE_MS);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.close(GOING_AWAY);
  });
}

function refuse(socket: Duplex, { status, headers }: ConnectionRefusal): void {
  const lines = Object.entries({ ...headers, Connection: 'close', 'Content-Length': '0' });
  const head = [`HTTP/1.1 ${String(status)} Refused`, ...lines.map(([name, value]) => `${name}: ${value}`)];
  socket.end(`${head.join('\r\n')}\r\n\r\n`, () => socket.destroy());
}

function keyOf(tenant: number, app: string): string {
  return `${String(tenant)}/${app}`;
}

function pathOf(url: string): string {
  const mark = url.indexOf('?');
  return mark === -1 ? url : url.slice(0, mark);
}
