import { Agent, createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Agent as SecureAgent, createServer as createSecureServer, type Server as SecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { nameOf } from '../lib/network/loopback.ts';
import type { KeyedCertificate } from '../tls/certificates.ts';
import { forward, refuse, type Upstream } from './forward.ts';

/** What a proxy is made of. */
export interface ProxyOptions {
  /** The names of hosts that are handed to the directory; every other one is refused. */
  readonly hosts: readonly string[];
  /** Where the directory is. */
  readonly to: URL;
  /** For all these hosts. */
  readonly certificate: KeyedCertificate;
  /** Who signed it, and the directory's own if it has one. */
  readonly ca: string;
}

/** Most connections at one time, and most of the proxy to the directory. */
const MAX_CONNECTIONS = 1_024;
const MAX_UPSTREAM = 256;

const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  maxHeaderSize: 16_384,
  connectionsCheckingInterval: 2_000,
} as const;

/**
 * A proxy for clients that have the platforms' hosts built in: one port for CONNECT, behind which it ends TLS, and for
 * requests that name a whole URL. What is for a platform goes to the directory, and nothing goes anywhere else.
 */
export class Proxy {
  readonly #hosts: ReadonlySet<string>;
  readonly #upstream: Upstream;
  readonly #plain: Server;
  readonly #secure: SecureServer;

  constructor({ hosts, to, certificate, ca }: ProxyOptions) {
    this.#hosts = new Set(hosts);
    const pool = { keepAlive: true, maxSockets: MAX_UPSTREAM };
    this.#upstream = { url: to, ca, agent: to.protocol === 'https:' ? new SecureAgent(pool) : new Agent(pool) };
    this.#plain = createServer(LIMITS, (request, response) => {
      this.#whole(request, response);
    });
    this.#plain.maxConnections = MAX_CONNECTIONS;
    this.#plain.on('connect', (request, socket, head) => {
      this.#connect(request, socket, head);
    });
    this.#secure = createSecureServer({ ...LIMITS, ...certificate, handshakeTimeout: 10_000 }, (request, response) => {
      this.#inner(request, response);
    });
    // A client that does not trust the certificate hangs up; its own message says why.
    this.#secure.on('tlsClientError', (_error, socket) => socket.destroy());
  }

  /** Starts to listen; port 0 takes any free one. */
  listen(host: string, port: number): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#plain.once('error', reject);
      this.#plain.listen({ host, port }, () => {
        this.#plain.off('error', reject);
        // It listens on a host and port, so its address is not the name of a pipe.
        const { port: taken } = this.#plain.address() as AddressInfo;
        resolve(`http://${host.includes(':') ? `[${host}]` : host}:${String(taken)}`);
      });
    });
  }

  /** Stops listening and lets go of every connection. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#plain.close(() => {
        resolve();
      });
    });
    this.#secure.closeAllConnections();
    this.#plain.closeAllConnections();
    for (const socket of this.#tunnels) socket.destroy();
    this.#upstream.agent.destroy();
    await closed;
  }

  readonly #tunnels = new Set<Duplex>();

  #connect({ url = '' }: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    if (!this.#isPlatform(url)) {
      socket.end(`HTTP/1.1 403 Forbidden\r\nX-Mingce-Reason: not-a-platform\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    this.#tunnels.add(socket);
    socket.once('close', () => this.#tunnels.delete(socket));
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (head.byteLength > 0) socket.unshift(head);
    this.#secure.emit('connection', socket);
  }

  /** A request behind CONNECT: the host is that of its header. */
  #inner(request: IncomingMessage, response: ServerResponse): void {
    if (this.#isPlatform(request.headers.host ?? '')) forward(request, response, request.url ?? '/', this.#upstream);
    else refuse(response, 403, NOT_A_PLATFORM);
  }

  /** A request that names a whole URL, as clients send it without TLS, and some with it. */
  #whole(request: IncomingMessage, response: ServerResponse): void {
    const [, authority = '', path = ''] = /^https?:\/\/([^/?#]*)([^#]*)/i.exec(request.url ?? '') ?? [];
    if (this.#isPlatform(authority))
      forward(request, response, path.startsWith('/') ? path : `/${path}`, this.#upstream);
    else refuse(response, 403, NOT_A_PLATFORM);
  }

  #isPlatform(authority: string): boolean {
    return this.#hosts.has(nameOf(authority) ?? '');
  }
}

const NOT_A_PLATFORM =
  'This proxy leads to the hosts of the platforms that Mingce serves, and nowhere else. 本代理仅转发 Mingce 所支持平台的主机。';
