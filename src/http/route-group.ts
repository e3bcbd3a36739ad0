import type { Call, Dialect, Reply, Route, Turned } from '../dialects/dialect.ts';

/** Routes that are answered alike where none of them answers: a dialect, the admin API, or the front door. */
export interface Wing {
  readonly name: string;
  /** Paths that begin so belong here, also those it does not know. */
  readonly prefixes: readonly string[];
  readonly routes: readonly Route[];
  /** The largest body that is read. */
  readonly bodyBytes: number;
  readonly turn: (call: Call, why: Turned) => Reply;
  /** Turns a caller away before the body is read; absent: everybody may send one. */
  readonly admit?: (call: Call, route: Route | undefined) => Reply | null;
}

/** A dialect as a wing of the house. */
export function dialectWing(dialect: Dialect, bodyBytes: number): Wing {
  const { name, prefixes, routes, turn } = dialect;
  return { name, prefixes, routes, turn, bodyBytes };
}
