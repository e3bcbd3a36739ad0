import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { catalogue } from './catalogue.ts';
import { companyHandles, knownApps, rememberingApps } from './company-handles.ts';
import { isAsApplied } from './company/applied-marker.ts';
import { companyFiles } from './company/company-files.ts';
import { compareStates } from './company/compare-states.ts';
import { readingApart } from './company/reading/reading.ts';
import { companySchemas } from './company/chinese/schema.ts';
import { DEMO_ADMIN_KEY, demoKeys } from './demo.ts';
import {
  isExposed,
  isOnLoopback,
  publishedSecrets,
  refuseExposed,
  refusePublishedApps,
  withoutPublished,
} from './exposure.ts';
import type { Call, DialectContext, Reply } from './dialects/dialect.ts';
import { dialectContexts, whoCalls } from './dialect-contexts.ts';
import { dialects } from './dialects/registry.ts';
import { Listeners } from './delivery/listeners.ts';
import { leaseClaims } from './delivery/claims.ts';
import { EventMetrics } from './delivery/subscribers/event-metrics.ts';
import { Subscribers } from './delivery/subscribers/subscribers.ts';
import { companyTime } from './directory/company-clock.ts';
import { outboxOf } from './directory/outbox.ts';
import { readFileFaults } from './file-faults.ts';
import { adminRoutes } from './http/admin/routes.ts';
import { doctorRoutes, findingsByCompany } from './http/admin/sandbox/doctor.ts';
import { eventRoutes } from './http/admin/events.ts';
import { consoleAdminRoutes } from './http/admin/console/routes.ts';
import { errorRoutes } from './http/admin/sandbox/errors.ts';
import { callRoute } from './http/admin/sandbox/calls.ts';
import { checkPersonRoute } from './http/admin/sandbox/check-person.ts';
import { checkCallRoute } from './http/admin/sandbox/check-call.ts';
import { clockRoutes } from './http/admin/sandbox/clock.ts';
import { faultRoutes } from './http/admin/sandbox/faults.ts';
import { callSender } from './http/admin/sandbox/call-sender.ts';
import { replayRoute } from './http/admin/sandbox/replay.ts';
import { noJournalRoutes, requestRoutes } from './http/admin/sandbox/requests.ts';
import { undoRoute } from './http/admin/sandbox/undo.ts';
import { AdminAccess } from './http/admin/access/admin-access.ts';
import { IDLE_MS, SESSION_MS, Sessions } from './http/admin/access/sessions.ts';
import { consoleRoutes } from './http/console/console-routes.ts';
import { afterEnd, inProcessFetch } from './http/in-process-fetch.ts';
import { rootRoutes } from './http/root-routes.ts';
import { hostCheck } from './http/host-check.ts';
import { metricsRoutes } from './http/metrics.ts';
import { Server } from './http/server.ts';
import { LongConnections } from './http/transport/websocket.ts';
import { Outgoing } from './http/outgoing.ts';
import { dialectRoutes } from './http/routing/route-group.ts';
import { systemClock } from './lib/time/clock.ts';
import { randomIds } from './lib/ids.ts';
import { logTo } from './lib/log.ts';
import { processMetrics } from './lib/process-metrics.ts';
import { CompanyClocks } from './sandbox/clock/company-clocks.ts';
import { CompanySuppressions } from './sandbox/doctor/company-suppressions.ts';
import { codeBookOf } from './sandbox/faults/code-book.ts';
import { CompanyFaults } from './sandbox/faults/company-faults.ts';
import { FaultCounters } from './sandbox/faults/counters.ts';
import { FaultEngine } from './sandbox/faults/engine.ts';
import { CompanyHistory } from './sandbox/history/company-history.ts';
import { nearestReplay } from './sandbox/nearest/nearest-request.ts';
import { remedies } from './sandbox/nearest/remedy.ts';
import { entryMasks } from './sandbox/journal/entry-mask.ts';
import { Journal } from './sandbox/journal/journal.ts';
import { StoredJournal } from './sandbox/journal/stored-journal.ts';
import { Replays } from './sandbox/replay/replays.ts';
import { requestsOf } from './sandbox/library/requests.ts';
import { companyStates } from './sandbox/snapshots/states.ts';
import { knownSecrets } from './known-secrets.ts';
import { listen } from './listen.ts';
import { continuousDelivery } from './live-targets/continuous.ts';
import { laterFailures } from './live-targets/later-failures.ts';
import { nightlyReads } from './live-targets/nightly.ts';
import { liveTargetRoutes } from './live-targets/routes.ts';
import type { Mingce, StartOptions } from './mingce.ts';
import { loadCompanies } from './load-companies.ts';
import { configFor, storeUrlOf } from './start-options.ts';
import { openStore } from './store/open.ts';
import { companyPlans, tableImports } from './tables-and-plans.ts';
import { throwaways } from './throwaway.ts';
import { buildInfo, version } from './version.ts';

/**
 * Starts Mingce in this process: store, companies, server. Rejects with an error whose message is a sentence that says
 * what to do ({@link StartError}, {@link CompanySourceError}, `StoreUnusableError`, `ConfigError`), and leaves nothing
 * running then.
 */
export async function startMingce(options: StartOptions = {}): Promise<Mingce> {
  const config = configFor(options);
  const host = options.host ?? config.host;
  const origin = options.origin ?? null;
  const exposed = isExposed(host, origin);
  const log = options.log ?? logTo((line) => process.stderr.write(line), config.log);
  const storeUrl = storeUrlOf(options);
  const store = await openStore(storeUrl, log);
  const measured = processMetrics();
  let isServing = false;
  const reading = readingApart(dialects, thread, () => isServing);
  let close = async (): Promise<void> => {
    await reading.stop();
    measured.stop();
    await store.close();
  };
  try {
    const { clock = systemClock, ids = randomIds } = options;
    if (exposed) await refuseExposed(store, options, origin ?? host);
    const isEmbedded = options.store === undefined || options.store.startsWith('sqlite:');
    const sandbox = options.sandbox ?? config.sandbox ?? (isOnLoopback(host) && !exposed && isEmbedded ? 'on' : 'off');
    const companies = companyFiles(store, dialects, clock, ids, {
      reading,
      keepsApplied: sandbox !== 'off',
      readFaults: readFileFaults,
      ...(exposed ? { forbiddenSecrets: publishedSecrets } : {}),
    });
    const known = knownApps();
    const remembering = rememberingApps(companies, known);
    const { hasDemo, kept, keys } = await loadCompanies(remembering, options);
    isServing = true;
    const adminKey = options.adminKey ?? (hasDemo ? DEMO_ADMIN_KEY : null);
    // Where the directory is of real people, a browser that was left alone is signed out.
    const sessions = new Sessions(sandbox === 'on' && !exposed ? SESSION_MS : IDLE_MS);
    const isDemo = hasDemo && adminKey === DEMO_ADMIN_KEY;
    const access = new AdminAccess({ adminKey, readKey: options.readKey ?? null, isDemo, sessions });
    // A server with another address than its own has a proxy before it, which makes everybody a caller from loopback.
    const isPrivate = isOnLoopback(host) && origin === null;
    const shownAs = {
      isShown: (company: string | null) => (company === null ? hasDemo : hasDemo && demoKeys().includes(company)),
      personal: new Map(dialects.map(({ name, memberNames }) => [name, memberNames.personal] as const)),
    };
    const journalOptions = { ...config.journal, ...options.journal };
    const journal = sandbox === 'off' ? undefined : new Journal({ dialects, limits: journalOptions, clock, log });
    const stored =
      journal !== undefined && journalOptions.in === 'store'
        ? await StoredJournal.begin({
            journal,
            store: () => store.current(),
            dialects,
            maskOf: entryMasks(shownAs),
            limits: journalOptions,
            clock,
            log,
          })
        : null;
    const states = companyStates({
      store,
      clock,
      mode: sandbox,
      isAsApplied,
      dialects,
      putBack: (tenant) => {
        outboxOf(contexts().store).clear(tenant);
      },
      compare: (from, to) => compareStates(store, dialects, ids, [from, to]),
      judgeApps: (apps) => {
        if (exposed) refusePublishedApps(apps);
      },
    });
    const codeBook = codeBookOf(catalogue);
    const counters = new FaultCounters(() => contexts().store);
    const faults = new CompanyFaults(() => contexts().store, counters, { platforms: dialects, codeBook });
    const engine =
      sandbox === 'on'
        ? new FaultEngine({ store: () => contexts().store, dialects, counters, codeBook, now: () => clock.now() })
        : null;
    const longConnections = new LongConnections({
      protocols: dialects.flatMap(({ events }) => events?.connections ?? []),
      context: () => contexts(),
      log,
    });
    const contexts: () => DialectContext = dialectContexts(
      store,
      clock,
      ids,
      whoCalls(clock, journal, engine),
      options.listen === false ? undefined : longConnections,
    );
    const clocks = new CompanyClocks({
      store: () => contexts().store,
      limiter: () => contexts().rateLimiter,
      platforms: dialects,
      now: () => clock.now(),
    });
    const history = new CompanyHistory({
      store: () => contexts().store,
      dialects,
      now: (tenant) => companyTime(tenant, clock.now()),
    });
    const tables = tableImports({ dialects, context: () => contexts(), history, ids, log, place: options, thread });
    const plans = companyPlans({ companies, store: () => contexts().store, clock, ids, log });
    const eventMetrics = new EventMetrics();
    const outgoing = new Outgoing({ refusePrivate: exposed });
    const onFailure = laterFailures(log);
    const nightly = nightlyReads(() => contexts().store, storeUrl, config.installation, onFailure.drift, journal?.sent);
    const subscribers = new Subscribers({
      store: () => contexts().store,
      platforms: dialects,
      clock,
      companyNow: (tenant) => companyTime(tenant, clock.now()),
      claims: leaseClaims(() => contexts().store.deliveries, store.isShared),
      post: (request, limits) => outgoing.post(request, limits),
      connections: longConnections,
      log,
      tried: (tried) => {
        eventMetrics.count(tried);
      },
    });
    const { drivers, metrics: deliveryMetrics } = continuousDelivery({
      store: () => contexts().store,
      isShared: store.isShared,
      storeUrl,
      installation: config.installation,
      start: startMingce,
      log,
      waits: options.deliveryWaits,
      calls: journal?.sent,
    });
    const closing = new AbortController();
    const server: Server = new Server({
      groups: [
        ...dialects.map((dialect) => dialectRoutes(dialect, options.bodyBytes ?? config.bodyBytes)),
        adminRoutes({
          companies,
          states,
          history,
          backups: exposed && typeof store.backups !== 'string' ? withoutPublished(store.backups) : store.backups,
          check: () => store.check(),
          access,
          personal: dialects.map(({ memberNames }) => memberNames.personal),
          hasDemo,
          mode: sandbox,
          version,
          companyBytes: options.companyBytes ?? config.companyBytes,
          requests:
            journal === undefined
              ? noJournalRoutes()
              : [
                  ...requestRoutes({
                    journal,
                    now: () => clock.now(),
                    ...shownAs,
                    memberNames: new Map(dialects.map(({ name, memberNames }) => [name, memberNames])),
                    profiles: new Map(dialects.map(({ name, client }) => [name, client])),
                    version,
                    dialects,
                    remedyOf: remedies(catalogue),
                  }),
                  replayRoute(
                    new Replays({
                      journal,
                      dialects,
                      states,
                      maskOf: entryMasks(shownAs),
                      nearest: (entry, context, at) =>
                        nearestReplay(entry, { dialects, context, origin: at, mask: entryMasks(shownAs)(entry) }),
                      send: callSender(ids, (call, context) => server.handle(call, context)),
                    }),
                    sandbox,
                  ),
                ],
          errors: [
            ...errorRoutes(catalogue, throwaways(startMingce)),
            ...doctorRoutes({
              journal,
              catalogue,
              now: () => clock.now(),
              suppressions: new CompanySuppressions(() => contexts().store),
            }),
          ],
          sandbox: [
            ...clockRoutes(clocks, sandbox),
            ...faultRoutes(faults, sandbox),
            undoRoute(history, sandbox),
            callRoute({ dialects, send: (call, context) => server.handle(call, context), version, mode: sandbox }),
            checkCallRoute(dialects, sandbox),
            checkPersonRoute(dialects, sandbox),
          ],
          tables: [...tables.routes, ...plans.routes],
          events: eventRoutes({
            readAgain: (consumers) => {
              subscribers.readAgain(consumers);
            },
            checkAgain: (consumer) => subscribers.checkAgain(consumer),
          }),
          targets: liveTargetRoutes({
            store: () => contexts().store,
            storeUrl,
            installation: config.installation,
            start: startMingce,
            onFailure,
            changed: () => {
              drivers.look();
            },
            closing: closing.signal,
            calls: journal?.sent,
            waits: options.deliveryWaits,
          }),
          console: consoleAdminRoutes({
            journal,
            now: () => clock.now(),
            ...shownAs,
            closing: closing.signal,
            access,
            dialects,
            catalogue,
            secretOf: knownSecrets(known),
            engine: isEmbedded ? 'embedded' : 'server',
          }),
          schema: companySchemas(dialects),
        }),
        metricsRoutes({
          metrics: () => [
            buildInfo,
            ...server.metrics,
            ...eventMetrics.metrics,
            ...deliveryMetrics.metrics,
            ...store.metrics,
            ...measured.metrics,
          ],
          guard: access.guard,
        }),
        consoleRoutes(consoleFolder, version),
        rootRoutes,
      ],
      context: contexts,
      observer: journal,
      corsOrigins: options.corsOrigins ?? config.corsOrigins,
      limits: { ...config.limits, ...options.limits },
      log,
      origin,
      isPrivate,
      tls: options.tls,
      longConnections,
      hostCheck: hostCheck({ onLoopback: isOnLoopback(host), hosts: options.hosts ?? config.hosts, origin }),
    });
    const closeStore = close;
    const end = async (): Promise<void> => {
      closing.abort();
      journal?.close();
      engine?.close();
      await server.stop();
      await Promise.all([tables.close(), plans.close()]);
      await nightly.close();
      await subscribers.close();
      await drivers.close();
      outgoing.close();
      await stored?.close();
      await closeStore();
    };
    let ended: Promise<void> | undefined;
    close = () => (ended ??= end());
    const listeners = new Listeners(store);
    await subscribers.start(store, listeners);
    drivers.start(listeners, store.isShared);
    const { url, port } = await listen(server, host, options.listen === false ? null : (options.port ?? 0));
    const handle = (call: Call): Promise<Reply> => (closing.signal.aborted ? afterEnd() : server.handle(call));
    const fetch = inProcessFetch({ url, hosts: dialects.flatMap((dialect) => dialect.hosts), ids, handle });
    const companyOf = companyHandles({
      findingsOf: findingsByCompany(() => journal?.entries() ?? [], catalogue),
      clocks,
      faults,
      states,
      history,
      companies: remembering,
      sandbox,
      known,
      url,
      fetch,
      ids,
      first: keys.length === 1 ? (keys[0] ?? null) : null,
    });
    return {
      ...companyOf(null),
      url,
      port,
      adminKey,
      store,
      companies: remembering,
      kept,
      fetch,
      requests: journal === undefined ? null : requestsOf(journal, clock),
      company: companyOf,
      handle,
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The program of threads, which read long company files and judge rows of long tables, as source or compiled as this file is. */
const thread = new URL(`./company-thread${extname(import.meta.url)}`, import.meta.url);

/** The console as it was built; a clone and what is published have it at the same place. */
const consoleFolder = fileURLToPath(new URL('../console/dist/', import.meta.url));
