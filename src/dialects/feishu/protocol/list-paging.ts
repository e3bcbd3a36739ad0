import { LOOK_UP_CODES, type Code } from './codes.ts';
import { encodeCursor, decodeCursor, type PagedList } from './query-paging.ts';

/** How long a list's pages are, and what is said of a page that cannot be shown. */
export interface PageLimits {
  readonly usual: number;
  readonly most: number;
  /** The codes of their own that only some lists document; 40001 is said by the others. [public: contact/custom_attr/list] */
  readonly sizeInvalid?: Code;
  readonly tokenInvalid?: Code;
}

/** Which page is wanted: so many items, after the one with this key. */
export interface PageRequest {
  readonly size: number;
  /** Null begins at the beginning. */
  readonly after: string | null;
}

const DIGITS = /^[0-9]{1,6}$/;

/** Reads `page_size` and `page_token`. */
export function readPageRequest(
  query: URLSearchParams,
  list: PagedList,
  limits: PageLimits,
): { readonly asked: PageRequest } | { readonly refused: Code } {
  const text = query.get('page_size') ?? '';
  const size = text === '' ? limits.usual : DIGITS.test(text) ? Number(text) : 0;
  if (size < 1 || size > limits.most) return { refused: limits.sizeInvalid ?? LOOK_UP_CODES.paramsInvalid };
  const after = keyAfter(query, list);
  return after === undefined
    ? { refused: limits.tokenInvalid ?? LOOK_UP_CODES.paramsInvalid }
    : { asked: { size, after } };
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

/** `{items, page_token?, has_more}`: the token stands there only when there is more. [public: contact/job_title/list] */
export function serializePage<Item>({ items, next }: Page<Item>, show: (item: Item) => object): object {
  return { items: items.map(show), ...(next === null ? {} : { page_token: next }), has_more: next !== null };
}

/** The key in `page_token`: null without one; undefined where it was not given out for this list. */
export function keyAfter(query: URLSearchParams, list: PagedList): string | null | undefined {
  const place = decodeCursor(query.get('page_token'), list);
  return place === null || place === undefined ? place : String(place[0]);
}
