import type { Call, Identity, Injection } from '../dialects/dialect.ts';
import { systemClock } from '../lib/time/clock.ts';
import type { Ids } from '../lib/ids.ts';
import { isLocal } from './local.ts';

const NO_PARAMS: Readonly<Record<string, string>> = Object.freeze({});
const NO_BODY = new Uint8Array(0);

/** What all calls to one server have in common. */
export interface RequestDefaults {
  readonly ids: Ids;
  /** The server's own time, in epoch milliseconds. */
  readonly now: () => number;
  /** How callers reach this server. */
  readonly scheme: 'http' | 'https';
  /** This server's address where the request does not say under which name it was called. */
  readonly address: string;
  /** The address to tell instead of what callers say; null where they are to be believed. */
  readonly origin: string | null;
  /** Whether only this machine can reach the server. */
  readonly isPrivate: boolean;
}

/** Makes a call up, for a caller without a socket. */
export function createCall(
  method: string,
  target: string,
  parts: {
    readonly ids: Ids;
    readonly headers?: Call['headers'];
    readonly body?: string | Uint8Array;
    readonly peer?: string;
  },
): Call {
  const { ids, peer = '127.0.0.1', body = NO_BODY } = parts;
  const now = (): number => systemClock.now();
  const address = 'http://127.0.0.1';
  const defaults: RequestDefaults = { ids, now, scheme: 'http', address, origin: null, isPrivate: true };
  const call = new IncomingCall(method, target, { host: '127.0.0.1', ...parts.headers }, peer, defaults);
  call.body = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return call;
}

/** A call on its way through the server. What few routes ask for is worked out when it is asked for. */
export class IncomingCall implements Call {
  readonly method: string;
  /** As in the request, or as the platform has it once the route is known. */
  path: string;
  readonly headers: Call['headers'];
  readonly peer: string;
  /** Filled in when the route is known. */
  routePath?: string;
  /** Filled in when no route takes the call. */
  servedMethods?: NonNullable<Call['servedMethods']>;
  /** Filled in when the route is known. */
  params = NO_PARAMS;
  /** Filled in when it has arrived. */
  body: Uint8Array = NO_BODY;
  /** Filled in when the dialect knows who calls. */
  identity?: Identity;
  /** Filled in when a rule of the company meets the call. */
  injection?: Injection;
  /** Filled in for a call with the key that only reads. */
  isReader?: true;
  /** Filled in for a call that repeats another one. */
  resentFrom?: string;
  /** Filled in for a route that takes the body so. */
  stream?: AsyncIterable<Uint8Array>;
  whole?: (limit: number) => Promise<Uint8Array | null>;
  readonly #sentPath: string;
  readonly #search: string;
  readonly #defaults: RequestDefaults;
  #query: URLSearchParams | undefined;
  #requestId: string | undefined;
  #receivedAt: number | undefined;

  /** `target` is that of the request line: a path with an optional query, or a whole URL as proxies send it. */
  constructor(method: string, target: string, headers: Call['headers'], peer: string, defaults: RequestDefaults) {
    const local = target.charCodeAt(0) === 47 ? target : withoutAuthority(target);
    const mark = local.indexOf('?');
    this.method = method;
    this.#sentPath = mark === -1 ? local : local.slice(0, mark);
    this.path = this.#sentPath;
    this.#search = mark === -1 ? '' : local.slice(mark + 1);
    this.headers = headers;
    this.peer = peer;
    this.#defaults = defaults;
  }

  get query(): URLSearchParams {
    // NUL cannot be kept or asked for anywhere; it becomes what any other byte that is no text becomes.
    return (this.#query ??= new URLSearchParams(this.#search.replaceAll('%00', '%EF%BF%BD')));
  }

  /** Path and query, as they were sent. */
  get target(): string {
    return this.#search === '' ? this.#sentPath : `${this.#sentPath}?${this.#search}`;
  }

  get receivedAt(): number {
    return (this.#receivedAt ??= this.#defaults.now());
  }

  get requestId(): string {
    return (this.#requestId ??= this.#defaults.ids.uuid());
  }

  get isLocal(): boolean {
    return isLocal({ isPrivate: this.#defaults.isPrivate, peer: this.peer, headers: this.headers });
  }

  get origin(): string {
    const { origin, address, scheme } = this.#defaults;
    if (origin !== null) return origin;
    const host = this.headers['host'];
    // Whatever is not a name and a port is not repeated to anyone.
    return host !== undefined && /^[A-Za-z0-9._-]+(?::[0-9]{1,5})?$|^\[[0-9A-Fa-f:.]+\](?::[0-9]{1,5})?$/.test(host)
      ? `${scheme}://${host}`
      : address;
  }
}

/** Returns the path and query of `http://host:port/path?query`; anything else is an unknown path and stays unchanged. */
function withoutAuthority(target: string): string {
  const scheme = target.indexOf('://');
  if (scheme === -1) return target;
  const rest = target.slice(scheme + 3);
  const slash = rest.indexOf('/');
  const mark = rest.indexOf('?');
  if (mark !== -1 && (slash === -1 || mark < slash)) return `/${rest.slice(mark)}`;
  return slash === -1 ? '/' : rest.slice(slash);
}
