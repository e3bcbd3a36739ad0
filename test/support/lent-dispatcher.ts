import type { Dialect, DialectContext } from '../../src/dialects/dialect.ts';
import { Dispatcher } from '../../src/http/dispatcher.ts';
import { rootRoutes } from '../../src/http/root-routes.ts';
import { dialectRoutes } from '../../src/http/routing/route-group.ts';
import { logTo } from '../../src/lib/log.ts';

/** A dispatcher that serves one directory until it is released. */
export interface LentDispatcher {
  readonly dispatcher: Dispatcher;
  /** What it logged as an error, for the test to fail on. */
  readonly defects: string[];
  readonly release: () => void;
}

/** The largest body that a route is given unless set otherwise. */
const BODY_BYTES = 1_048_576;

interface Kept {
  readonly dispatcher: Dispatcher;
  readonly defects: string[];
  context: DialectContext;
}

/** Dispatchers that were released, by their dialects; the table of routes takes longer to make than most tests. */
const spare = new WeakMap<readonly Dialect[], Kept[]>();

/** Lends a dispatcher for these dialects that gives routes this context. */
export function lendDispatcher(dialects: readonly Dialect[], context: DialectContext): LentDispatcher {
  const kept = spare.get(dialects)?.pop() ?? makeDispatcher(dialects, context);
  kept.context = context;
  kept.defects.splice(0);
  const { dispatcher, defects } = kept;
  return {
    dispatcher,
    defects,
    release: () => {
      spare.set(dialects, [...(spare.get(dialects) ?? []), kept]);
    },
  };
}

function makeDispatcher(dialects: readonly Dialect[], context: DialectContext): Kept {
  const defects: string[] = [];
  const dispatcher = new Dispatcher({
    groups: [...dialects.map((dialect) => dialectRoutes(dialect, BODY_BYTES)), rootRoutes],
    context: () => kept.context,
    log: logTo((line) => defects.push(line), 'error'),
  });
  const kept: Kept = { dispatcher, defects, context };
  return kept;
}
