import type { Call, Reply, Transport } from '../dialects/dialect.ts';
import { letGo } from '../lib/ended-at-once.ts';
import type { Ids } from '../lib/ids.ts';
import { createCall } from './incoming-call.ts';
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
    const target = new URL(request.url);
    if (target.origin !== origin && !builtIn.has(target.host))
      throw new TypeError(`Only ${origin} is answered here, not ${target.origin}.`);
    const headers: Record<string, string> = { host };
    request.headers.forEach((value, name) => (headers[name] = value));
    const body = new Uint8Array(await request.arrayBuffer());
    const call = createCall(request.method, target.pathname + target.search, { ids, headers, body });
    request.signal.throwIfAborted();
    const reply = await handle(call);
    if (request.signal.aborted || request.method === 'HEAD') letGo(reply.stream?.[Symbol.asyncIterator]());
    request.signal.throwIfAborted();
    return responseOf(request, reply);
  };
}

/** Rejects a call to a Mingce that was closed, as `fetch` does where no one listens any more. */
export function afterEnd(): Promise<never> {
  const cause = Object.assign(new Error('This Mingce is closed.'), { code: 'ECONNREFUSED' });
  return Promise.reject(new TypeError('fetch failed: this Mingce is closed', { cause }));
}

/** Statuses whose answers have no body. */
const EMPTY = new Set([204, 205, 304]);

function responseOf({ method, signal }: Request, reply: Reply): Response {
  const { status, headers, body, stream, transport } = reply;
  if (transport?.cutAfter === 0) throw new TypeError('fetch failed', { cause: cutError(transport) });
  const init = { status, headers: new Headers(Object.entries(headers)) };
  if (EMPTY.has(status) || method === 'HEAD') return new Response(null, init);
  if (transport !== undefined && stream === undefined) {
    init.headers.set('content-length', String(carriedBy(reply, transport).declaredLength));
    return new Response(ReadableStream.from(carried(reply, transport)), init);
  }
  if (stream !== undefined) {
    const pieces: ReadableStream<Uint8Array> = ReadableStream.from(stream);
    return new Response(pieces.pipeThrough(new TransformStream(), { signal }), init);
  }
  return new Response(typeof body === 'string' ? body : new Uint8Array(body), init);
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
