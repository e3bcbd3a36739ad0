import type { DialectContext } from './dialects/dialect.ts';
import { createRecordFactory } from './dialects/record-factory.ts';
import { dialects } from './dialects/registry.ts';
import { companyTime } from './directory/company-clock.ts';
import type { Store } from './directory/store.ts';
import type { Clock } from './lib/time/clock.ts';
import type { Ids } from './lib/ids.ts';
import { RateLimiter } from './lib/rate-limiter.ts';
import type { FaultEngine } from './sandbox/faults/engine.ts';
import type { Journal } from './sandbox/journal/journal.ts';
import type { OpenedStore } from './store/replaceable-store.ts';

/** Makes what is done as soon as a caller is known; undefined where that is nothing. */
export function whoCalls(
  clock: Clock,
  journal: Journal | undefined,
  engine: FaultEngine | null,
): DialectContext['identified'] {
  if (journal === undefined && engine === null) return undefined;
  return (call, caller) => {
    const { tenant, app, user } = caller;
    const { sandbox } = tenant.parts;
    const shown = sandbox?.personal_data === 'show' ? { isShown: true as const } : {};
    const identity = { company: tenant.key, app: app.key, ...(user === undefined ? {} : { user }), ...shown };
    call.identity =
      tenant.parts.clock === undefined ? identity : { ...identity, companyAt: companyTime(tenant, clock.now()) };
    return engine?.meet(call, caller);
  };
}

/** Returns the context of the store as it is; when everything in it is replaced, a new one that remembers nothing. */
export function dialectContexts(
  store: OpenedStore,
  clock: Clock,
  ids: Ids,
  identified: DialectContext['identified'],
  connections: DialectContext['connections'],
): () => DialectContext {
  const recordFactory = createRecordFactory(dialects);
  const contextOn = (current: Store): DialectContext => ({
    store: current,
    now: (tenant) => companyTime(tenant, clock.now()),
    ids,
    recordFactory,
    rateLimiter: new RateLimiter(),
    ...(identified === undefined ? {} : { identified }),
    ...(connections === undefined ? {} : { connections }),
  });
  let context = contextOn(store.current());
  return () => {
    const current = store.current();
    if (context.store !== current) context = contextOn(current);
    return context;
  };
}
