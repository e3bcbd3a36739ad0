import type { Granted } from '../acting/app-grant.ts';
import { MAX_KEPT_BYTES, type JournalEntry } from '../journal/entry.ts';
import type { Mask } from '../journal/mask.ts';
import { hasSecretMark } from '../journal/secrets.ts';
import type { ReplayRequest } from './contract.ts';
import { unmasking, type Unmasking } from './unmasking.ts';

/** A call as it is sent again. */
export interface RebuiltCall {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The address that it comes from, since an app may be bound to some. */
  readonly peer: string;
}

/** Why a call is not sent again, in one sentence. */
export class NotRunError extends Error {
  readonly code = 'not-run';

  constructor(message: string) {
    super(message);
    this.name = 'NotRunError';
  }
}

/** Headers that belong to one connection, or say how a body was packed that is kept unpacked. */
const OF_THE_CONNECTION = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);

/** Empty credentials, for a call that is made up and not sent. */
export function emptyCredentials({ names }: JournalEntry): Pick<Granted, 'headers' | 'query'> {
  return { headers: {}, query: Object.fromEntries(names.tokens.map((name) => [name, ''])) };
}

/** How a masked value ends. */
const MASKED = /#[0-9a-f]{4}(?:[/?&]|$)/;

/**
 * Makes a call of the journal up again, with a token of its own and with what is to be otherwise. Values that were masked
 * where they were shown, and came back so, are what they were. Throws {@link NotRunError}.
 */
export function rebuiltCall(
  entry: JournalEntry,
  { headers: credentials, query: tokens }: Pick<Granted, 'headers' | 'query'>,
  edit: ReplayRequest,
  mask: Mask,
): RebuiltCall {
  const restored = unmasking(entry, mask);
  const target = withTokens(targetOf(entry, edit, restored), tokens);
  if (hasSecretMark(target)) throw withoutSecret('address');
  if (entry.isMasked === true && MASKED.test(target)) {
    throw new NotRunError('The journal kept the address with people masked; send path and query with it.');
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(entry.request.headers))
    if (value !== undefined && !OF_THE_CONNECTION.has(name) && !hasSecretMark(value)) headers[name] = value;
  return {
    method: entry.method,
    target,
    headers: { ...headers, ...credentials },
    body: bodyOf(entry, edit, restored),
    peer: entry.client.address,
  };
}

/** Path and query, of which each is as it was where it is not given. */
function targetOf({ target }: JournalEntry, { path, query }: ReplayRequest, restored: Unmasking): string {
  const [oldPath, oldQuery] = halves(target);
  const [newPath, newQuery] = path === undefined ? [oldPath, oldQuery] : halves(restored.target(path));
  const given = Object.entries(query ?? {}).map(([name, value]) => [name, restored.text(value)]);
  const search = query === undefined ? (newQuery ?? oldQuery ?? '') : new URLSearchParams(given).toString();
  return search === '' ? newPath : `${newPath}?${search}`;
}

/** The same target with other tokens; everything else stays as it was written. */
function withTokens(target: string, tokens: Granted['query']): string {
  const [path, query = ''] = halves(target);
  const own = Object.keys(tokens);
  const others = query.split('&').filter((part) => part !== '' && !own.includes(part.split('=', 1)[0] ?? ''));
  const search = [...others, ...Object.entries(tokens).map(([name, value]) => `${name}=${value}`)].join('&');
  return search === '' ? path : `${path}?${search}`;
}

function halves(target: string): readonly [path: string, query: string | undefined] {
  const mark = target.indexOf('?');
  return mark === -1 ? [target, undefined] : [target.slice(0, mark), target.slice(mark + 1)];
}

function bodyOf(entry: JournalEntry, { body }: ReplayRequest, restored: Unmasking): Uint8Array {
  if (body !== undefined) {
    const whole = typeof body === 'string' ? restored.text(body) : restored.value(body);
    const text = typeof whole === 'string' ? whole : JSON.stringify(whole);
    if (hasSecretMark(text)) throw withoutSecret('body');
    return new TextEncoder().encode(text);
  }
  const { bytes, body: kept } = entry.request;
  if (kept === null) throw new NotRunError('The body was streamed and is not kept, so the call is not sent again.');
  if (bytes > MAX_KEPT_BYTES) {
    throw new NotRunError(
      'Only the beginning of the body is kept, so the call is not sent again; send a body with it.',
    );
  }
  if (hasSecretMark(kept.toString())) throw withoutSecret('body');
  if (entry.isMasked === true && bytes > 0) {
    throw new NotRunError('The journal kept the body with people masked; send a body with it.');
  }
  return typeof kept === 'string' ? new TextEncoder().encode(kept) : kept;
}

function withoutSecret(where: string): NotRunError {
  return new NotRunError(`The ${where} had a secret, which is not kept, so the call is not sent again.`);
}
