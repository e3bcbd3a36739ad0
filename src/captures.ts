import { startMingce } from './app.ts';
import { createCall } from './http/incoming-call.ts';
import { randomIds } from './lib/ids.ts';
import { silentLog } from './lib/log.ts';
import { dialects } from './dialects/registry.ts';
import type { CompanySource } from './load-companies.ts';
import { compareCalls, type CompareOptions } from './sandbox/compare/compare-capture.ts';
import type { CaptureReport } from './sandbox/compare/contract.ts';
import { readHar } from './sandbox/compare/har.ts';
import { replyText } from './throwaway.ts';

/** A capture, and the companies that it is compared with. */
export interface CaptureOptions extends CompareOptions {
  /** The text of an HTTP archive (HAR 1.2). */
  readonly har: string;
  /** Company files; default: the demo company. */
  readonly companies?: readonly (string | CompanySource)[];
}

/** A token is used so long, by the clock of the capture. */
const TOKEN_MS = 600_000;

/**
 * Sends the calls of a capture in their order to a directory in memory, and says field by field where the platform answered
 * otherwise. Opens no connection. Rejects with `CaptureError` where the capture cannot be used.
 */
export async function compareCapture({ har, companies = [], ...options }: CaptureOptions): Promise<CaptureReport> {
  const calls = readHar(har);
  let now = calls[0]?.at ?? Date.now();
  const mingce = await startMingce({
    store: 'sqlite::memory:',
    listen: false,
    clock: { now: () => now },
    log: silentLog,
    sandbox: 'on',
    ...(companies.length === 0 ? { demo: true } : { companies }),
  });
  try {
    const tenants = await Promise.all((await mingce.companies.keys()).map((key) => mingce.store.tenantByKey(key)));
    const owners = tenants.flatMap((tenant) =>
      tenant === null ? [] : tenant.parts.apps.map((app) => ({ tenant, app })),
    );
    const tokens = new Map<string, { readonly token: string; readonly until: number }>();
    return await compareCalls(
      calls,
      {
        dialects,
        apps: owners.map(({ app }) => app),
        at: (instant) => void (now = Math.max(now, instant)),
        token: async (app) => {
          const known = tokens.get(app.key);
          if (known !== undefined && known.until > now) return known.token;
          const owner = owners.find((one) => one.app === app)?.tenant.key ?? '';
          const { tokens: ofCompany } = mingce.company(owner);
          const token = await ofCompany[app.dialect as keyof typeof ofCompany]({ app: app.key });
          tokens.set(app.key, { token, until: now + TOKEN_MS });
          return token;
        },
        send: async ({ method, target, headers, body }) => {
          const call = createCall(method, target, { ids: randomIds, headers: { host: '127.0.0.1', ...headers }, body });
          const reply = await mingce.handle(call);
          const operation = mingce.requests?.last(`id:${call.requestId}`).operation ?? null;
          // Only the newest is looked for.
          mingce.requests?.clear();
          return {
            status: reply.status,
            headers: Object.fromEntries(
              Object.entries(reply.headers).map(([name, value]) => [name.toLowerCase(), value]),
            ),
            body: await replyText(reply),
            operation,
          };
        },
      },
      options,
    );
  } finally {
    await mingce.close();
  }
}
