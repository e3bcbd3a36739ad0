import { sealed, unsealed } from '../../../../directory/auth/secret.ts';
import type { App } from '../../../../directory/auth/app.ts';
import type { Tenant } from '../../../../directory/tenant.ts';

/** Where the next page begins, as the list that is paged writes it down. */
export type Cursor = readonly (number | string)[];

/** A list as one app of one company asks for it: a page token serves this list alone. */
export interface PagedList {
  readonly asked: string;
  readonly key: string;
}

/** The list that an operation shows, and what it was asked for. */
export function pagedList(
  { tenant, app }: { readonly tenant: Tenant; readonly app: App },
  operation: string,
  ...asked: readonly unknown[]
): PagedList {
  return { asked: JSON.stringify([operation, tenant.key, app.key, tenant.parts.createdAt, asked]), key: app.secret };
}

/** A token that leads on to the place. */
export function encodeCursor({ asked, key }: PagedList, place: Cursor): string {
  return sealed(Buffer.from(JSON.stringify(place)).toString('base64url'), asked, key);
}

/** The place that a token leads on to: null for none, which is the beginning; undefined where it was not given out for this list. */
export function decodeCursor(token: string | null | undefined, { asked, key }: PagedList): Cursor | null | undefined {
  if (token === undefined || token === null || token === '') return null;
  const text = unsealed(token, asked, key);
  // Only `encodeCursor` makes what has this seal.
  return text === null ? undefined : (JSON.parse(Buffer.from(text, 'base64url').toString()) as Cursor);
}

/** A piece of a list that is at hand as a whole. */
export interface ListPage<Thing> {
  readonly things: readonly Thing[];
  /** Where the next piece begins; null at the end. */
  readonly next: Cursor | null;
}

/**
 * The next things of a list after a place: after the thing that was shown last, or, where that one is gone, where it
 * stood.
 */
export function pageAfter<Thing extends { readonly id: string }>(
  list: readonly Thing[],
  after: Cursor | null,
  size: number,
): ListPage<Thing> {
  const [id, position = 0] = after ?? [];
  const shown = id === undefined ? -1 : list.findIndex((thing) => thing.id === id);
  const from = shown < 0 ? Number(position) : shown + 1;
  const things = list.slice(from, from + size);
  const last = things.at(-1);
  const isMore = last !== undefined && from + size < list.length;
  return { things, next: isMore ? [last.id, from + size - 1] : null };
}
