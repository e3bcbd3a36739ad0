import { lookup } from 'node:dns';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net';
import { clearTimeout, setTimeout } from 'node:timers';
import type { EventAnswer, EventRequest } from '../dialects/events.ts';

/** So much of an answer is read. */
const MAX_ANSWER = 64 * 1024;
/** Connections that are kept open for the next event. */
const KEPT_OPEN = 16;

/** How long an answer may take, and where a request may go. */
export interface PostLimits {
  readonly timeoutMs: number;
  readonly connectMs: number;
  /** Whether the address came with a call instead of the company file. */
  readonly isFromCaller: boolean;
}

/** Why there is no answer, in one sentence without the address. */
class NoAnswerError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'NoAnswerError';
  }
}

/** Link-local addresses: machines in a cloud are asked for their credentials there. Never an address of an app. */
const LINK_LOCAL = new BlockList();
LINK_LOCAL.addSubnet('169.254.0.0', 16);
LINK_LOCAL.addSubnet('fe80::', 10, 'ipv6');
LINK_LOCAL.addAddress('fd00:ec2::254', 'ipv6');

/** Addresses of this machine and of networks that are not public. */
const PRIVATE = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  PRIVATE.addSubnet(net, bits);
PRIVATE.addSubnet('::1', 128, 'ipv6');
PRIVATE.addSubnet('::', 128, 'ipv6');
PRIVATE.addSubnet('fc00::', 7, 'ipv6');

/** Sends requests to the addresses of apps. Redirects are not followed, and no proxy is used. */
export class Outgoing {
  readonly #http = new HttpAgent({ keepAlive: true, maxFreeSockets: KEPT_OPEN });
  readonly #https = new HttpsAgent({ keepAlive: true, maxFreeSockets: KEPT_OPEN });
  readonly #arePrivateRefused: boolean;

  /** Where others can reach this server, `refusePrivate` keeps callers from having it call into its own network. */
  constructor(options: { readonly refusePrivate: boolean }) {
    this.#arePrivateRefused = options.refusePrivate;
  }

  /** Sends one request. Rejects with {@link NoAnswerError}. */
  async post({ method, url, headers, body }: EventRequest, limits: PostLimits): Promise<EventAnswer> {
    const lists = limits.isFromCaller && this.#arePrivateRefused ? [LINK_LOCAL, PRIVATE] : [LINK_LOCAL];
    if (!URL.canParse(url)) throw new NoAnswerError('The address is none.');
    const { protocol, hostname, port, pathname, search } = new URL(url);
    const host = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
    // A name is judged by what it resolves to, when it is connected to.
    if (isIP(host) !== 0 && isIn(lists, host)) throw new NoAnswerError(REFUSED);
    const options: RequestOptions = {
      method,
      host,
      port: port === '' ? undefined : Number(port),
      path: `${pathname}${search}`,
      headers: { ...headers, 'content-length': Buffer.byteLength(body), 'user-agent': 'Mingce' },
      lookup: lookupOutside(lists),
    };
    const end = AbortSignal.timeout(limits.timeoutMs);
    const request =
      protocol === 'https:'
        ? httpsRequest({ ...options, agent: this.#https, signal: end })
        : httpRequest({ ...options, agent: this.#http, signal: end });
    request.setTimeout(limits.timeoutMs);
    request.once('socket', (socket) => {
      if (!socket.connecting) return;
      const late = setTimeout(
        () => request.destroy(new NoAnswerError('No connection within the time for it.')),
        limits.connectMs,
      );
      socket.once('connect', () => {
        clearTimeout(late);
      });
      socket.once('close', () => {
        clearTimeout(late);
      });
    });
    try {
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        request.once('response', resolve);
        request.once('error', reject);
        request.end(method === 'GET' ? undefined : body);
      });
      return { status: response.statusCode ?? 0, headers: headersOf(response), body: await firstOf(response) };
    } catch (error) {
      if (error instanceof NoAnswerError) throw error;
      throw new NoAnswerError(sentenceOf(error, end.aborted), { cause: error });
    } finally {
      request.once('error', () => undefined);
    }
  }

  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }
}

const REFUSED = 'The address is of a network that events are not sent to.';

function isIn(lists: readonly BlockList[], address: string): boolean {
  const plain = address.startsWith('::ffff:') && isIP(address.slice(7)) === 4 ? address.slice(7) : address;
  return lists.some((list) => list.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4'));
}

function lookupOutside(lists: readonly BlockList[]): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, [], 4);
        return;
      }
      const [first] = addresses;
      if (first === undefined || addresses.some(({ address }) => isIn(lists, address)))
        callback(new NoAnswerError(REFUSED), [], 4);
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

async function firstOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    // What follows is not read, and its connection is not used again.
    if (bytes >= MAX_ANSWER) break;
  }
  return Buffer.concat(chunks).subarray(0, MAX_ANSWER).toString('utf8');
}

function headersOf({ headers }: IncomingMessage): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}

/** The reason without the address, which may have a secret in it. */
function sentenceOf(error: unknown, isLate: boolean): string {
  if (isLate) return 'No answer within the time for it.';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ECONNREFUSED') return 'The connection was refused.';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'The name of the host is not known.';
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'The connection was closed before an answer.';
  return 'The connection failed.';
}
