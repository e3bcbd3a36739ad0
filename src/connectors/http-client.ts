import { createRequire } from 'node:module';
import type * as Undici from 'undici';
import { isLoopbackName } from '../lib/network/loopback.ts';
import type { Answered, OutboundRequest } from './connector.ts';
import { codeOf, PROXY_SILENT, proxyCodeOf, TOO_LARGE, wasNotSent } from './no-answer.ts';

/** How long each part of a call may take, and how much an answer may bring. */
const CONNECT_TIMEOUT_MS = 5_000;
/** How long a proxy may take to make its way to the platform: it looks the name up, and may try several addresses. */
const TUNNEL_MS = 10_000;
const HEADERS_MS = 15_000;
const BODY_MS = 30_000;
const WHOLE_MS = 45_000;
const MAX_BYTES = 8 * 1024 * 1024;

const require = createRequire(import.meta.url);
/** Read with the first client: most starts have no live tenant, and it is a tenth of what a start reads. */
const undici = (): typeof Undici => require('undici') as typeof Undici;

/** What became of a call: an answer, or why there is none. `lost` may have reached the platform, `unreachable` did not. */
export type Outcome =
  | { readonly kind: 'answered'; readonly answer: Answered }
  | { readonly kind: 'unreachable' | 'lost'; readonly code: string };

/** An address that a target cannot have. */
export class TargetAddressError extends Error {}

/**
 * Sends requests to one address. Over https, but to this machine itself; redirects are not followed, since they would take
 * a secret to another address; answers are bounded in time and in size.
 */
export class HttpClient {
  readonly #base: URL;
  readonly #dispatcher: Undici.Dispatcher;

  constructor(baseUrl: string, connections: number, tunnelMs = TUNNEL_MS) {
    this.#base = checkedAddress(baseUrl);
    const { Agent, EnvHttpProxyAgent } = undici();
    const options = {
      connections,
      pipelining: 1,
      // Else the first connection finds out what is spoken there, and all others wait for it: where none is made, one after the other.
      allowH2: false,
      connect: { timeout: CONNECT_TIMEOUT_MS },
      headersTimeout: HEADERS_MS,
      bodyTimeout: BODY_MS,
      maxHeaderSize: 64 * 1024,
    };
    // A proxy from the environment is for the world outside, not for this machine.
    this.#dispatcher = isLoopbackName(this.#base.hostname)
      ? new Agent(options)
      : checkedProxy(() => new EnvHttpProxyAgent({ ...options, ...proxyOptions(tunnelMs) }));
  }

  /** Sends one request whose placeholders are filled in. A write is never sent behind another on one connection. */
  async send(
    { method, path, query, headers, body }: OutboundRequest,
    { isWrite = false }: { readonly isWrite?: boolean } = {},
  ): Promise<Outcome> {
    const url = new URL(this.#base.pathname.replace(/\/$/, '') + path, this.#base);
    for (const [name, value] of query) url.searchParams.append(name, value);
    try {
      const answer = await undici().request(url, {
        method,
        headers,
        ...(body === null ? {} : { body }),
        ...(isWrite ? { idempotent: false } : {}),
        dispatcher: this.#dispatcher,
        signal: AbortSignal.timeout(WHOLE_MS),
      });
      const text = await readBounded(answer.body);
      return { kind: 'answered', answer: { status: answer.statusCode, headers: oneEach(answer.headers), body: text } };
    } catch (error) {
      return { kind: wasNotSent(error) ? 'unreachable' : 'lost', code: codeOf(error) };
    }
  }

  async close(): Promise<void> {
    await this.#dispatcher.destroy();
  }
}

class TooLargeError extends Error {
  readonly code = TOO_LARGE;
}

async function readBounded(body: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    // Leaving the loop destroys the stream.
    if (bytes > MAX_BYTES) throw new TooLargeError();
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** Returns the address, or throws {@link TargetAddressError} with what is wrong with it. */
function checkedAddress(text: string): URL {
  const url = URL.parse(text);
  if (url === null) throw new TargetAddressError('base_url is no address');
  const isPlain = url.protocol === 'http:';
  if (url.protocol !== 'https:' && !(isPlain && isLoopbackName(url.hostname))) {
    throw new TargetAddressError('base_url must begin with https://, but for an address of this machine');
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new TargetAddressError('base_url must have no user, query or fragment');
  }
  return url;
}

/** Returns how long a proxy is waited for; by itself the library bounds the connection to it, and not its answer. */
function proxyOptions(tunnelMs: number): Pick<Undici.ProxyAgent.Options, 'clientFactory'> & {
  readonly connectTimeout: number;
} {
  return {
    connectTimeout: CONNECT_TIMEOUT_MS,
    clientFactory: (origin, options) => {
      const pool = new (undici().Pool)(origin, options);
      const connect = pool.connect.bind(pool) as (options: Undici.Dispatcher.ConnectOptions) => Promise<ConnectData>;
      const bounded = async (given: Undici.Dispatcher.ConnectOptions): Promise<ConnectData> => {
        const time = AbortSignal.timeout(tunnelMs);
        try {
          return await connect({ ...given, signal: time });
        } catch (error) {
          if (time.aborted) throw new ProxyError(PROXY_SILENT);
          throw wasNotSent(error) ? error : new ProxyError(proxyCodeOf(error));
        }
      };
      return Object.assign(pool, { connect: bounded });
    },
  };
}

type ConnectData = Undici.Dispatcher.ConnectData;

class ProxyError extends Error {
  readonly code: string;

  constructor(code: string) {
    super('the proxy made no way to the platform');
    this.code = code;
  }
}

/** Makes a client with the proxy of the environment, or throws {@link TargetAddressError}; its address may have a password. */
function checkedProxy(make: () => Undici.Dispatcher): Undici.Dispatcher {
  try {
    return make();
  } catch (error) {
    throw new TargetAddressError('HTTPS_PROXY or HTTP_PROXY is no address of a proxy, as http://HOST:PORT is', {
      cause: error,
    });
  }
}

function oneEach(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? (value[0] ?? '') : value]],
    ),
  );
}
