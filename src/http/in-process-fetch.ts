import type { Call, Reply, Transport } from '../dialects/dialect.ts';
import { letGo } from '../lib/ended-at-once.ts';
import type { Ids } from '../lib/ids.ts';
import { systemClock } from '../lib/time/clock.ts';
import { failed, fetched, MAX_REDIRECTS, redirectedTo, type Sent } from './fetched.ts';
import { createCall } from './incoming-call.ts';
import { reasonPhrase } from './server.ts';
import { atPace, carriedBy } from './transport/carried.ts';

/** Where a `fetch` is answered, and by what. */
export interface InProcess {
  /** The address of the server. */
  readonly url: string;
  /** Names of hosts that are answered as the address is: those that clients have built in. */
  readonly hosts: readonly string[];
  readonly ids: Ids;
  readonly handle: (call: Call) => Promise<Reply>;
}

/** Makes a `fetch` that answers calls to one address, and to some hosts, without a socket; it rejects all others. */
export function inProcessFetch({ url, hosts, ids, handle }: InProcess): typeof globalThis.fetch {
  const { origin, host } = new URL(url);
  const builtIn = new Set(hosts);
  return async (input, init) => {
    const request = new Request(input, init);
    const { signal, redirect } = request;
    let sent: Sent = {
      method: request.method,
      target: new URL(request.url),
      headers: Object.fromEntries(request.headers),
      body: new Uint8Array(await request.arrayBuffer()),
    };
    for (let redirects = 0; ; redirects += 1) {
      const { method, target, body } = sent;
      if (target.origin !== origin && !builtIn.has(target.host))
        throw new TypeError(`Only ${origin} is answered here, not ${target.origin}.`);
      const headers = { host, ...sent.headers };
      const call = createCall(method, target.pathname + target.search, { ids, headers, body });
      signal.throwIfAborted();
      const reply = await handle(call);
      if (signal.aborted || method === 'HEAD') letGo(reply.stream?.[Symbol.asyncIterator]());
      signal.throwIfAborted();
      const next = redirect === 'manual' ? null : redirectedTo(sent, reply);
      if (next === null) return fetched(responseOf(method, signal, reply), target, redirects > 0);
      if (redirect === 'error') throw failed('unexpected redirect');
      if (redirects === MAX_REDIRECTS) throw failed('redirect count exceeded');
      sent = next;
    }
  };
}

/** Rejects a call to a Mingce that was closed, as `fetch` does where no one listens any more. */
export function afterEnd(): Promise<never> {
  const cause = Object.assign(new Error('This Mingce is closed.'), { code: 'ECONNREFUSED' });
  return Promise.reject(new TypeError('fetch failed: this Mingce is closed', { cause }));
}

/** Statuses whose answers have no body. */
const EMPTY = new Set([204, 205, 304]);

function responseOf(method: string, signal: AbortSignal, reply: Reply): Response {
  const { status, body, stream, transport } = reply;
  if (transport?.cutAfter === 0) throw new TypeError('fetch failed', { cause: cutError(transport) });
  const headers = new Headers(Object.entries(reply.headers));
  headers.set('date', new Date(systemClock.now()).toUTCString());
  const init = { status, statusText: reasonPhrase(status), headers };
  if (stream === undefined && status !== 204) {
    const length = transport === undefined ? Buffer.byteLength(body) : carriedBy(reply, transport).declaredLength;
    headers.set('content-length', String(length));
  }
  if (EMPTY.has(status) || method === 'HEAD') return new Response(null, init);
  if (transport !== undefined && stream === undefined)
    return new Response(ReadableStream.from(carried(reply, transport)), init);
  if (stream !== undefined) {
    const pieces: ReadableStream<Uint8Array> = ReadableStream.from(stream);
    return new Response(pieces.pipeThrough(new TransformStream(), { signal }), init);
  }
  // As bytes: text would be given a type where the answer has none.
  return new Response(typeof body === 'string' ? new TextEncoder().encode(body) : new Uint8Array(body), init);
}

/** A body as it comes over a socket: at its pace, and broken off where the connection would end. */
async function* carried(reply: Reply, transport: Transport): AsyncGenerator<Uint8Array, void, undefined> {
  const { bytes, endsEarly } = carriedBy(reply, transport);
  for await (const piece of atPace(bytes, transport)) yield new Uint8Array(piece);
  if (endsEarly) throw new TypeError('terminated', { cause: cutError(transport) });
}

/** The error of a connection that ended, as clients get it. */
function cutError({ how }: Transport): Error {
  return how === 'close'
    ? Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' })
    : Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
}
