import {
  adminOperations,
  type AdminOperationName,
  type AdminOperations,
  type BodyOf,
  type ReplyOf,
} from '../../../src/http/admin/operations/operations.ts';
import type { AdminOperation, ParamsOf } from '../../../src/http/admin/operations/operation.ts';
import { ApiProblem } from './problem.ts';
import { noteVersion } from './server-version.ts';
import { noteSession } from './session-end.ts';

type PathOf<Name extends AdminOperationName> =
  AdminOperations[Name] extends AdminOperation<infer Path, string> ? ParamsOf<Path> : never;
type QueryOf<Name extends AdminOperationName> =
  AdminOperations[Name] extends AdminOperation<string, infer Query> ? Query : never;

/** What an operation is called with. */
export interface CallOptions<Name extends AdminOperationName> {
  readonly params?: { readonly [Param in PathOf<Name>]: string };
  readonly query?: { readonly [Param in QueryOf<Name>]?: string | number | undefined };
  readonly body?: BodyOf<Name>;
  readonly signal?: AbortSignal;
}

/** Writes that are under way, by what they send. */
const underWay = new Map<string, Promise<unknown>>();

/**
 * Calls an operation of the admin API. Throws {@link ApiProblem}. The same write that is asked for while it is under way is sent
 * once: the second press of a double click comes before the page shows that the button is busy.
 */
export async function api<Name extends AdminOperationName>(
  name: Name,
  options: CallOptions<Name> = {},
): Promise<ReplyOf<Name>> {
  const { method } = adminOperations[name];
  const { body, signal } = options;
  if (method === 'GET' || signal !== undefined || body instanceof Uint8Array) return await send(name, options);
  const key = `${method} ${urlOf(name, options)} ${typeof body === 'string' ? body : JSON.stringify(body ?? null)}`;
  const already = underWay.get(key);
  if (already !== undefined) return (await already) as ReplyOf<Name>;
  const sent = send(name, options);
  underWay.set(key, sent);
  try {
    return await sent;
  } finally {
    underWay.delete(key);
  }
}

async function send<Name extends AdminOperationName>(name: Name, options: CallOptions<Name>): Promise<ReplyOf<Name>> {
  const { method } = adminOperations[name];
  const { body, signal } = options;
  const isText = typeof body === 'string';
  const isFile = body instanceof Uint8Array;
  const response = await reach(urlOf(name, options), {
    method,
    headers: {
      'X-Mingce': 'console',
      'Accept-Language': document.documentElement.lang,
      ...(body === undefined
        ? {}
        : { 'Content-Type': isFile ? 'application/octet-stream' : isText ? 'application/yaml' : 'application/json' }),
    },
    ...(body === undefined ? {} : { body: isText ? body : isFile ? new Uint8Array(body) : JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  noteVersion(response.headers.get('x-mingce-version'));
  if (response.status === 401 && !name.startsWith('session.')) noteSession(true);
  const text = await response.text();
  if (!response.ok) throw new ApiProblem(response.status, problemIn(text), response.headers.get('x-request-id'));
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  // The server holds its answers to the same contract.
  return (isJson ? JSON.parse(text) : text) as ReplyOf<Name>;
}

/** Asks whether there is still a session, where something failed that does not say so. */
export async function noteWhetherSignedOut(): Promise<void> {
  try {
    await api('session.show');
  } catch (error) {
    // A server that cannot be reached is said elsewhere.
    if (error instanceof ApiProblem && error.status === 401) noteSession(true);
  }
}

/** Returns the address of an operation, e.g. for a stream of events. */
export function urlOf<Name extends AdminOperationName>(name: Name, { params, query }: CallOptions<Name> = {}): string {
  const given = params as Readonly<Record<string, string>> | undefined;
  const path = adminOperations[name].path.replaceAll(/:([a-z_]+)/g, (_all, param: string) =>
    encodeURIComponent(given?.[param] ?? ''),
  );
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries((query ?? {}) as Readonly<Record<string, string | number | undefined>>))
    if (value !== undefined) search.set(key, String(value));
  return search.size === 0 ? path : `${path}?${search.toString()}`;
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiProblem(0, {}, null);
  }
}

function problemIn(text: string): ApiProblem['details'] {
  try {
    return JSON.parse(text) as ApiProblem['details'];
  } catch {
    return {};
  }
}
