import type { Call, Dialect, Reply, Route, UnhandledReason } from '../dialects/dialect.ts';

/** Routes that are answered alike where none of them answers: a dialect, the admin API, or the front door. */
export interface RouteGroup {
  readonly name: string;
  /** Paths that begin so belong here, also those it does not know. */
  readonly prefixes: readonly string[];
  readonly routes: readonly Route[];
  /** See `Dialect`. */
  readonly otherPaths?: Dialect['otherPaths'];
  /** The largest body that is read. */
  readonly bodyBytes: number;
  readonly fallback: (call: Call, why: UnhandledReason) => Reply;
  /** Turns a caller away before the body is read; absent: everybody may send one. */
  readonly onRequest?: (call: Call, route: Route | undefined) => Reply | null;
}

/** A dialect as a group of routes. */
export function dialectRoutes(dialect: Dialect, bodyBytes: number): RouteGroup {
  const { name, prefixes, routes, otherPaths, fallback } = dialect;
  return { name, prefixes, routes, fallback, bodyBytes, ...(otherPaths === undefined ? {} : { otherPaths }) };
}
