import type { Connector } from '../connectors/connector.ts';
import type { DescribedTenant } from '../connectors/described.ts';
import type { Outcome } from '../connectors/http-client.ts';
import { LiveSession } from '../connectors/session.ts';
import type { Wire } from '../delivery/targets/wire.ts';
import { createCall } from '../http/incoming-call.ts';
import { systemClock } from '../lib/time/clock.ts';
import { randomIds } from '../lib/ids.ts';
import { silentLog } from '../lib/log.ts';
import type { Mingce, StartOptions } from '../mingce.ts';
import { replyText } from '../throwaway.ts';

/** A copy of a live tenant in this process: reached as the tenant is, and gone when it is closed. */
export interface Twin extends Wire {
  close(): Promise<void>;
}

/** Starts a server, as `startMingce` does; it is given, as a server that makes plans is one itself. */
export type StartServer = (options: StartOptions) => Promise<Pick<Mingce, 'handle' | 'close'>>;

/**
 * Opens a copy of a live tenant as it was read at an instant. It is in memory only, has no limits, and listens nowhere. Rejects
 * with `CompanySourceError` where what was read makes no company.
 */
export async function openTwin(
  connector: Connector,
  { file, target, secrets }: DescribedTenant,
  at: number,
  start: StartServer,
): Promise<Twin> {
  const began = systemClock.now();
  const directory = await start({
    store: 'sqlite::memory:',
    listen: false,
    sandbox: 'off',
    clock: { now: () => at + systemClock.now() - began },
    log: silentLog,
    // Read at the start, a file of this length needs no thread of its own, which takes longer to begin than the copy takes to be made.
    companies: [JSON.stringify(file)],
  });
  const session = new LiveSession({
    // The copy answers at once; the limits of the tenant are kept where the plan is applied.
    connector: { ...connector, limits: [] },
    target,
    secrets,
    client: {
      send: async ({ method, path, query, headers, body }): Promise<Outcome> => {
        const search = new URLSearchParams(query.map(([name, value]) => [name, value])).toString();
        const call = createCall(method, search === '' ? path : `${path}?${search}`, {
          ids: randomIds,
          headers,
          ...(body === null ? {} : { body }),
        });
        const reply = await directory.handle(call);
        const names = Object.entries(reply.headers).map(
          ([name, value]) => [name.toLowerCase(), String(value)] as const,
        );
        const answer = { status: reply.status, headers: Object.fromEntries(names), body: await replyText(reply) };
        return { kind: 'answered', answer };
      },
    },
    clock: systemClock,
    sleep: () => Promise.resolve(),
  });
  return {
    run: (task) => session.run(task),
    write: (request, until) => session.write(request, until),
    close: () => directory.close(),
  };
}
