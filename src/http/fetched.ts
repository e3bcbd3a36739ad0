import type { Reply } from '../dialects/dialect.ts';

/** A `fetch` follows so many redirects. */
export const MAX_REDIRECTS = 20;

/** What a `fetch` sends: first what its caller says, then what a redirect makes of it. */
export interface Sent {
  readonly method: string;
  readonly target: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Headers of a body that is not sent again. */
const OF_THE_BODY = ['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length'];
/** Headers that another origin does not get. */
const OF_THE_ORIGIN = ['authorization', 'proxy-authorization', 'cookie', 'host'];

/** Returns what is sent next for an answer that leads elsewhere, by the rules of `fetch`; null for any other. */
export function redirectedTo({ method, target, headers, body }: Sent, reply: Reply): Sent | null {
  const location = new Headers(Object.entries(reply.headers)).get('location');
  if (!REDIRECTS.has(reply.status) || location === null) return null;
  if (!URL.canParse(location, target)) throw failed('Invalid URL');
  const next = new URL(location, target);
  const isGet =
    reply.status === 303 ? method !== 'HEAD' : (reply.status === 301 || reply.status === 302) && method === 'POST';
  const dropped = [...(isGet ? OF_THE_BODY : []), ...(next.origin === target.origin ? [] : OF_THE_ORIGIN)];
  return {
    method: isGet ? 'GET' : method,
    target: next,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.includes(name))),
    body: isGet ? new Uint8Array(0) : body,
  };
}

/** The error of a `fetch`, whose cause says why. */
export function failed(why: string): TypeError {
  return new TypeError('fetch failed', { cause: new Error(why) });
}

/** Gives a response what only `fetch` can give one: where it came from. */
export function fetched(response: Response, target: URL, redirected: boolean): Response {
  const url = target.href.slice(0, target.href.length - target.hash.length);
  // A copy is made from what the original is inside, where these are not.
  const clone = (): Response => fetched(Response.prototype.clone.call(response), target, redirected);
  return Object.defineProperties(response, {
    url: { value: url },
    type: { value: 'basic' },
    redirected: { value: redirected },
    clone: { value: clone },
  });
}
