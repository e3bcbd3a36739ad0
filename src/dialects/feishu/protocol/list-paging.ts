import { LOOK_UP_CODES, type Code } from './codes.ts';
import type { FieldViolation } from './envelope.ts';
import { encodeCursor, decodeCursor, type PagedList } from './query/query-paging.ts';

/** How long a list's pages are, and what is said of a page that cannot be shown. */
export interface PageLimits {
  readonly usual: number;
  readonly most: number;
  /** Of a size below zero or beyond the most; 40001 where nothing is said. [contract feishu-contact.md 1.3, 4.3] */
  readonly sizeInvalid?: Code;
  /** Of a size of zero, which else is as none. [contract feishu-contact.md 9.1] */
  readonly zeroInvalid?: Code;
  readonly tokenInvalid?: Code;
}

/** Which page is wanted: so many items, after the one with this key. */
export interface PageRequest {
  readonly size: number;
  /** Null begins at the beginning. */
  readonly after: string | null;
}

/** Why a page cannot be shown: the list's own code, or a value that has not the form of one. */
export type PageRefusal = { readonly refused: Code } | { readonly violations: readonly FieldViolation[] };

const INTEGER = /^-?[0-9]{1,15}$/;

/** Reads `page_size`: what is no integer is a violation of the form. [contract feishu-contact.md 1.3, 7.6] */
export function readPageSize(
  query: URLSearchParams,
  { usual, most, sizeInvalid = LOOK_UP_CODES.paramsInvalid, zeroInvalid }: PageLimits,
): { readonly size: number } | PageRefusal {
  const text = query.get('page_size') ?? '';
  if (text === '') return { size: usual };
  if (!INTEGER.test(text)) {
    const description = 'type mismatch, expect int';
    return { violations: [{ field: 'page_size', value: text.slice(0, 64), description }] };
  }
  const size = Number(text);
  if (size === 0) return zeroInvalid === undefined ? { size: usual } : { refused: zeroInvalid };
  return size < 0 || size > most ? { refused: sizeInvalid } : { size };
}

/** Reads `page_size` and `page_token`. */
export function readPageRequest(
  query: URLSearchParams,
  list: PagedList,
  limits: PageLimits,
): { readonly asked: PageRequest } | PageRefusal {
  const read = readPageSize(query, limits);
  if (!('size' in read)) return read;
  const after = keyAfter(query, list);
  return after === undefined
    ? { refused: limits.tokenInvalid ?? LOOK_UP_CODES.paramsInvalid }
    : { asked: { size: read.size, after } };
}

/** One page, and the token of the next where there is one. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Null on the last page. */
  readonly next: string | null;
}

/**
 * The page of a list that begins after the item with the asked key. Null where no item has the key any more. A key
 * rather than a position, so that nothing is shown twice or passed over when the list grows in between.
 */
export function pageOf<Item>(
  all: readonly Item[],
  keyOf: (item: Item) => string,
  list: PagedList,
  { size, after }: PageRequest,
): Page<Item> | null {
  const last = after === null ? -1 : all.findIndex((item) => keyOf(item) === after);
  if (after !== null && last < 0) return null;
  const items = all.slice(last + 1, last + 1 + size);
  const end = items.at(-1);
  const hasMore = last + 1 + size < all.length;
  return { items, next: hasMore && end !== undefined ? encodeCursor(list, [keyOf(end)]) : null };
}

/** Returns `{items, page_token?, has_more}`; the token is there only when there is more. [public: contact/job_title/list] */
export function serializePage<Item>({ items, next }: Page<Item>, show: (item: Item) => object): object {
  return { items: items.map(show), ...(next === null ? {} : { page_token: next }), has_more: next !== null };
}

/** The key in `page_token`: null without one; undefined where it was not given out for this list. */
export function keyAfter(query: URLSearchParams, list: PagedList): string | null | undefined {
  const place = decodeCursor(query.get('page_token'), list);
  return place === null || place === undefined ? place : String(place[0]);
}
