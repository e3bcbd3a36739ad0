import type { Call, Reply } from '../dialects/dialect.ts';
import { isLoopbackName, nameOf } from '../lib/network/loopback.ts';

/* What browsers ask before a page of another origin may call, and what they want to be said (CORS): hose-more 10.1. */

/** How long a browser may remember what it was allowed, in seconds. */
const MAX_AGE = '600';

/** Which pages may call the platforms from a browser: those of this machine, and those that are configured. */
export class CrossOrigin {
  readonly #configured: ReadonlySet<string>;

  constructor(configured: readonly string[] = []) {
    this.#configured = new Set(configured);
  }

  /** The origin of the page that a call is of, if it may call; null for any other, and for programs. */
  allowed({ headers }: Call): string | null {
    const origin = headers['origin'];
    if (origin === undefined) return null;
    if (this.#configured.has(origin)) return origin;
    const authority = /^https?:\/\/([^/]+)$/.exec(origin)?.[1];
    return authority !== undefined && isLoopbackName(nameOf(authority) ?? '') ? origin : null;
  }

  /** The answer to a browser that asks whether a page may call; null where nothing of the kind is asked. */
  preflight(call: Call, origin: string): Reply | null {
    const { method, headers, servedMethods } = call;
    if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return null;
    if (servedMethods === undefined) return null;
    const methods = servedMethods.flatMap((one) => (one === 'GET' ? ['GET', 'HEAD'] : one));
    const asked = headers['access-control-request-headers'];
    return {
      status: 204,
      headers: {
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Allow-Methods': methods.join(', '),
        ...(asked !== undefined && NAMES.test(asked) ? { 'Access-Control-Allow-Headers': asked } : {}),
        'Access-Control-Max-Age': MAX_AGE,
        Vary: 'Origin',
      },
      body: '',
    };
  }

  /** A reply that the page may read. */
  shared(reply: Reply, origin: string): Reply {
    return { ...reply, headers: { ...reply.headers, 'Access-Control-Allow-Origin': origin, Vary: 'Origin' } };
  }
}

/** Names of headers with commas between; anything else is not repeated. */
const NAMES = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+(?:\s*,\s*[A-Za-z0-9!#$%&'*+.^_`|~-]+)*$/;
