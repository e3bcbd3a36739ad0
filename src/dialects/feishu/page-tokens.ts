import { createHash } from 'node:crypto';

/** Where the next page begins, as the list that is paged writes it down. */
export type PagePlace = readonly (number | string)[];

const SIGN_LENGTH = 16;

/** What a list is asked for, in few characters: a token serves the query alone that it was given for. */
function signOf(query: unknown): string {
  return createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, SIGN_LENGTH);
}

/** A token that leads on to the place. */
export function pageTokenOf(query: unknown, place: PagePlace): string {
  return signOf(query) + Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** The place that a token leads on to: null for none, which is the beginning; undefined where the token is not of this query. */
export function placeIn(token: string | null | undefined, query: unknown): PagePlace | null | undefined {
  if (token === undefined || token === null || token === '') return null;
  if (!token.startsWith(signOf(query))) return undefined;
  try {
    const place: unknown = JSON.parse(Buffer.from(token.slice(SIGN_LENGTH), 'base64url').toString());
    return isPlace(place) ? place : undefined;
  } catch {
    return undefined;
  }
}

function isPlace(value: unknown): value is PagePlace {
  return (
    Array.isArray(value) && value.every((one) => typeof one === 'string' || (Number.isSafeInteger(one) && one >= 0))
  );
}

/** A piece of a list that is at hand as a whole. */
export interface Piece<Thing> {
  readonly things: readonly Thing[];
  /** Where the next piece begins; null at the end. */
  readonly next: PagePlace | null;
}

/**
 * The next things of a list after a place: after the thing that was shown last, or, where that one is gone, where it
 * stood.
 */
export function pieceOf<Thing extends { readonly id: string }>(
  list: readonly Thing[],
  after: PagePlace | null,
  size: number,
): Piece<Thing> {
  const [id, position = 0] = after ?? [];
  const shown = id === undefined ? -1 : list.findIndex((thing) => thing.id === id);
  const from = shown < 0 ? Number(position) : shown + 1;
  const things = list.slice(from, from + size);
  const last = things.at(-1);
  const isMore = last !== undefined && from + size < list.length;
  return { things, next: isMore ? [last.id, from + size - 1] : null };
}
