import type { OperationView } from '../../../../src/sandbox/operations/contract.ts';
import type { TrySearch } from '../../api/try-queries.ts';
import { movedBody } from './fields.ts';

/** A call as it is being written. */
export interface Draft {
  readonly params: Readonly<Record<string, string>>;
  /** As in an address. */
  readonly query: string;
  /** As it is sent; empty: none. */
  readonly body: string;
}

/** Begins a call: as the link has it, else as the operation begins. */
export function draftOf(start: OperationView['start'], { query, body }: TrySearch): Draft {
  return {
    params: start?.params ?? {},
    query: query ?? queryText(start),
    body: body ?? bodyText(start?.body ?? null),
  };
}

/** Returns a call for another employee, with everything else as it was typed. */
export function movedDraft(draft: Draft, start: OperationView['start']): Draft {
  const body = jsonOf(draft.body);
  const query = new URLSearchParams(draft.query);
  for (const [name, value] of Object.entries(start?.query ?? {})) query.set(name, value);
  return {
    params: { ...draft.params, ...start?.params },
    query: readable(query),
    body: body === undefined ? draft.body : bodyText(movedBody(body, start?.body ?? null)),
  };
}

/** Returns the JSON of a body; undefined where it is none. An empty one has no members. */
export function jsonOf(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Returns the address of the page with the call in it. */
export function linkTo({ query, body }: Draft): string {
  const url = new URL(window.location.href);
  url.searchParams.set('query', query);
  url.searchParams.set('body', compact(body));
  return url.href;
}

function compact(body: string): string {
  const value = jsonOf(body);
  return value === undefined || body === '' ? body : JSON.stringify(value);
}

function queryText(start: OperationView['start']): string {
  return readable(new URLSearchParams(start?.query ?? {}));
}

/** Ids of Hose have colons, which need no escape. */
function readable(query: URLSearchParams): string {
  return query.toString().replaceAll('%3A', ':').replaceAll('%24', '$');
}

function bodyText(body: unknown): string {
  return body === null ? '' : JSON.stringify(body, null, 2);
}
