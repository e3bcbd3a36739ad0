import { request as httpRequest, type Agent, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** Headers about one connection alone: they end here, in both directions. [RFC 9110, 7.6.1] */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Where requests are handed to. */
export interface Upstream {
  readonly url: URL;
  readonly agent: Agent;
  /** Who signed its certificate, where it has one. */
  readonly ca: string;
}

/** Hands a request to the directory, and its answer back, as they come. */
export function forward(request: IncomingMessage, response: ServerResponse, path: string, upstream: Upstream): void {
  const { url, agent, ca } = upstream;
  const isSecure = url.protocol === 'https:';
  const headers = passedOn(request.rawHeaders).filter(([name]) => name.toLowerCase() !== 'host');
  const handed = (isSecure ? httpsRequest : httpRequest)({
    hostname: url.hostname.replaceAll(/[[\]]/g, ''),
    port: url.port === '' ? (isSecure ? 443 : 80) : Number(url.port),
    method: request.method ?? 'GET',
    path,
    agent,
    ...(isSecure ? { ca } : {}),
    headers: [...headers, ['Host', url.host], ['Via', '1.1 mingce'], ...framing(request)].flat(),
  });
  handed.on('response', (answer) => {
    response.sendDate = false;
    response.writeHead(answer.statusCode ?? 502, passedOn(answer.rawHeaders).flat());
    answer.on('error', () => response.destroy());
    answer.pipe(response);
  });
  handed.on('error', () => {
    if (response.headersSent) response.destroy();
    else refuse(response, 502, `The directory does not answer at ${url.origin}.`);
  });
  // A caller that hangs up needs no answer.
  response.on('close', () => {
    if (!response.writableFinished) handed.destroy();
  });
  request.on('error', () => handed.destroy());
  request.pipe(handed);
}

/** A body without a length is sent on in chunks, as it came. */
function framing({ headers }: IncomingMessage): readonly (readonly [string, string])[] {
  return headers['transfer-encoding'] === undefined ? [] : [['Transfer-Encoding', 'chunked']];
}

function passedOn(raw: readonly string[]): readonly (readonly [string, string])[] {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at] ?? '';
    if (!HOP_BY_HOP.has(name.toLowerCase())) pairs.push([name, raw[at + 1] ?? '']);
  }
  return pairs;
}

/** Refuses a request in a sentence. */
export function refuse(response: ServerResponse, status: number, sentence: string): void {
  const body = `${sentence}\n`;
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'X-Mingce-Reason': status === 502 ? 'no-directory' : 'not-a-platform',
  });
  response.end(body);
}
