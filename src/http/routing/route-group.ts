import type { Call, Coverage, Dialect, Reply, Route, UnhandledReason } from '../../dialects/dialect.ts';

/** Routes that are answered alike where none of them answers: a dialect, the admin API, or the front door. */
export interface RouteGroup {
  readonly name: string;
  /** The name for people; absent: the same. */
  readonly title?: string;
  /** Whether a platform is served: clients reach it by base URLs of their own, and pages of other origins may call it. */
  readonly isPlatform?: true;
  /** What the platform has and is not served. */
  readonly absent?: readonly Coverage[];
  /** Paths that begin so belong here, also those it does not know. */
  readonly prefixes: readonly string[];
  readonly routes: readonly Route[];
  /** See `Dialect`. */
  readonly otherPaths?: Dialect['otherPaths'];
  /** See `Dialect`. */
  readonly methodsOf?: Dialect['methodsOf'];
  /** The largest body that is read. */
  readonly bodyBytes: number;
  readonly fallback: (call: Call, why: UnhandledReason) => Reply;
  /** What every answer says besides its own headers, which win; absent: nothing. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Turns a caller away before the body is read; absent: everybody may send one. */
  readonly onRequest?: (call: Call, route: Route | undefined) => Reply | null;
}

/** A dialect as a group of routes. */
export function dialectRoutes(dialect: Dialect, bodyBytes: number): RouteGroup {
  const { name, title, prefixes, routes, otherPaths, methodsOf, fallback, coverage } = dialect;
  return {
    name,
    title: title.en,
    isPlatform: true,
    prefixes,
    routes,
    fallback,
    bodyBytes,
    absent: coverage.filter(({ status }) => status === 'absent'),
    ...(otherPaths === undefined ? {} : { otherPaths }),
    ...(methodsOf === undefined ? {} : { methodsOf }),
  };
}
