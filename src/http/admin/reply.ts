import type { Reply } from '../../dialects/dialect.ts';
import type { ProblemDetails } from './contract.ts';

/** Answers of the admin API are current and private, so they are not cached. */
const PRIVATE = { 'Cache-Control': 'no-store' };

/** A JSON answer. */
export function json(status: number, body: unknown): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...PRIVATE },
    body: JSON.stringify(body),
  };
}

/** So many characters or more are sent at a time. */
const LEAST_SENT = 16_384;

/** A text that is sent as it is made; where it is short, when it is complete. */
export async function textInPieces(type: string, pieces: AsyncIterable<string>): Promise<Reply> {
  const texts = joined(pieces);
  const headers = { 'Content-Type': `${type}; charset=utf-8`, ...PRIVATE };
  const first = await texts.next();
  const second = first.done === true ? first : await texts.next();
  if (second.done === true) return { status: 200, headers, body: first.value ?? '' };
  return { status: 200, headers, body: '', stream: encoded([first.value ?? '', second.value], texts) };
}

/** The same text in fewer pieces. */
async function* joined(pieces: AsyncIterable<string>): AsyncGenerator<string, undefined, undefined> {
  let held = '';
  for await (const piece of pieces) {
    held += piece;
    if (held.length < LEAST_SENT) continue;
    yield held;
    held = '';
  }
  if (held !== '') yield held;
  return undefined;
}

async function* encoded(
  first: readonly string[],
  others: AsyncIterable<string>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (const text of first) yield Buffer.from(text);
  for await (const text of others) yield Buffer.from(text);
}

/** Done, and nothing to say about it. */
export const noContent: Reply = { status: 204, headers: PRIVATE, body: '' };

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  413: 'Content Too Large',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** A refusal as RFC 9457 words it; the detail says what to do next. */
export function problem(
  status: number,
  detail: string,
  more: Pick<ProblemDetails, 'code' | 'detail_zh' | 'demo' | 'faults' | 'removals'> = {},
): Reply {
  const details: ProblemDetails = {
    type: 'about:blank',
    title: TITLES[status] ?? '',
    status,
    detail,
    ...more,
  };
  return {
    status,
    headers: {
      'Content-Type': 'application/problem+json; charset=utf-8',
      ...PRIVATE,
      ...(status === 401 ? { 'WWW-Authenticate': 'Bearer realm="mingce"' } : {}),
    },
    body: JSON.stringify(details),
  };
}

/** The answer to what a page of another site made a browser send. */
export const FOREIGN = problem(
  403,
  'A page of another site sent this; if the page is yours, set MINGCE_ORIGIN to the address of this server as browsers see it.',
);
