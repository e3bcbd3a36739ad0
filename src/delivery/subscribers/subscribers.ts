import { clearInterval, clearTimeout, setInterval, setTimeout } from 'node:timers';
import type { App } from '../../directory/auth/app.ts';
import type { Consumer } from '../../directory/deliveries.ts';
import { subjectOf } from '../../directory/history/company-change.ts';
import type { Change } from '../../directory/history/change.ts';
import { load, type Store } from '../../directory/store.ts';
import type { Tenant } from '../../directory/tenant.ts';
import { errorFields } from '../../lib/log.ts';
import type { Claim } from '../claims.ts';
import type { Listeners } from '../listeners.ts';
import { LogGaps } from '../log-gaps.ts';
import { Driver } from './driver.ts';
import type { SubscriberPorts } from './ports.ts';

/** Changes that come together are looked at together. */
const WAKE_MS = 5;
/** How often a node looks for what other nodes did, and for consumers that have no driver. */
const POLL_MS = 1_000;
const GAP_MS = 20;
/** How long a check that was asked for is waited for. */
const CHECK_MS = 3_000;
const PAGE = 200;

/** One consumer that this node drives, or would. */
interface Driven {
  readonly consumer: Consumer;
  readonly stop: AbortController;
  driver: Driver | null;
  done: Promise<void>;
}

/**
 * Keeps one driver for each app that receives events: finds them when the settings of a company change, and wakes those
 * of a company when it was written to. Where no app receives events a commit costs one look at an empty map.
 */
export class Subscribers {
  readonly #ports: SubscriberPorts;
  readonly #driven = new Map<string, Driven>();
  /** The consumers of each company. */
  readonly #companies = new Map<number, Set<string>>();
  readonly #gaps = new LogGaps();
  readonly #closing = new AbortController();
  #lineage = '';
  /** The newest change when this node began; null once it was used. */
  #newestAtStart: number | null = null;
  #poll: NodeJS.Timeout | undefined;
  #timer: NodeJS.Timeout | null = null;
  readonly #woken = new Set<number>();
  #areSettingsNew = true;
  #following: Promise<void> = Promise.resolve();

  constructor(ports: SubscriberPorts) {
    this.#ports = ports;
  }

  /** Begins to follow the log. What is written once this has resolved is followed, also in a store that was not before. */
  async start(store: Pick<Store, 'isShared' | 'read'>, listeners: Pick<Listeners, 'add'>): Promise<void> {
    this.#newestAtStart = await store.read(() => load('newest-change', {}));
    listeners.add((tenant, onlyEmployees) => {
      this.#changed(tenant, onlyEmployees);
    });
    this.#ports.connections?.onOpen((tenant) => {
      this.#changed(tenant, true);
    });
    if (store.isShared) {
      this.#poll = setInterval(() => {
        this.#changed(null, false);
      }, POLL_MS);
      this.#poll.unref();
    }
    this.#changed(null, false);
  }

  /** Stops all drivers, once the tries that are under way have ended. */
  async close(): Promise<void> {
    clearInterval(this.#poll);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#closing.abort();
    await this.#following;
    await Promise.all([...this.#driven.values()].map(({ done }) => done));
    this.#ports.claims.close();
  }

  /** Has the drivers of some consumers read again which events wait. */
  readAgain(consumers: readonly string[]): void {
    for (const id of consumers) this.#driven.get(id)?.driver?.readAgain();
  }

  /** Has the address of a consumer asked again, and answers the consumer as it is then; a node that does not drive it waits in vain. */
  async checkAgain(consumer: Consumer): Promise<Consumer> {
    await this.#driven.get(consumer.id)?.driver?.checkAgain(CHECK_MS);
    const found = await this.#ports.store().deliveries.consumers(consumer.tenant);
    return found.find(({ id }) => id === consumer.id) ?? consumer;
  }

  #changed(tenant: number | null, onlyEmployees: boolean): void {
    if (onlyEmployees && (tenant === null || !this.#companies.has(tenant))) return;
    if (!onlyEmployees) this.#areSettingsNew = true;
    if (tenant === null) for (const number of this.#companies.keys()) this.#woken.add(number);
    else this.#woken.add(tenant);
    this.#later(WAKE_MS);
  }

  #later(ms: number): void {
    if (this.#timer !== null || this.#closing.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#following = this.#following.then(() => this.#look());
    }, ms);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    const woken = [...this.#woken];
    this.#woken.clear();
    if (this.#areSettingsNew) {
      this.#areSettingsNew = false;
      try {
        await this.#follow();
      } catch (error) {
        this.#areSettingsNew = true;
        this.#ports.log.error('event-apps-unknown', errorFields(error));
        this.#later(POLL_MS);
      }
    }
    for (const number of woken) {
      for (const id of this.#companies.get(number) ?? []) this.#driven.get(id)?.driver?.wake();
    }
  }

  /** Looks through the changes of settings since the last time for apps that receive events from now on, or no more. */
  async #follow(): Promise<void> {
    const { store } = this.#ports;
    const { deliveries } = store();
    const installation = await deliveries.installation();
    this.#lineage = installation.lineage;
    const followed = installation.followed ?? (await this.#followAll(store()));
    await this.#followFrom(store(), followed);
    await this.#drive(await deliveries.consumers());
  }

  /** Looks at every company once, in data that is older than events; answers from where the log is followed. */
  async #followAll(store: Store): Promise<number> {
    const newest = this.#newestAtStart ?? (await store.read(() => load('newest-change', {})));
    this.#newestAtStart = null;
    for (const key of newest === 0 ? [] : await store.tenantKeys()) {
      const tenant = await store.tenantByKey(key);
      if (tenant !== null) await this.#settle(store, tenant, () => Promise.resolve(newest));
    }
    await store.deliveries.followed(newest);
    return newest;
  }

  async #followFrom(store: Store, followed: number): Promise<void> {
    let after = followed;
    for (;;) {
      const about = {
        tenant: null,
        after,
        limit: PAGE,
        settled: this.#gaps.settled,
        kinds: ['app', 'company'],
      } as const;
      const page = await store.read(() => load('changes-after', about));
      for (const [number, changes] of Map.groupBy(page.changes, (change) => change.tenant)) {
        const tenant = await store.tenant(number);
        if (tenant !== null) await this.#settle(store, tenant, (app) => beginningOf(store, number, app, changes));
      }
      if (page.upTo > after) await store.deliveries.followed(page.upTo);
      after = page.upTo;
      await this.#gaps.look(store, page, this.#ports.clock.now());
      if (page.gap !== null) {
        this.#areSettingsNew = true;
        this.#later(GAP_MS);
        return;
      }
      if (page.isEnd) return;
    }
  }

  /** Makes the consumers of a company those that its settings name. */
  async #settle(store: Store, tenant: Tenant, cursorOf: (app: App) => Promise<number>): Promise<void> {
    const { platforms } = this.#ports;
    const named = platforms.flatMap(({ name: platform, events }) =>
      (events?.subscriptions(tenant) ?? []).map(({ app }) => ({ platform, name: app.id, app })),
    );
    const known = await store.deliveries.consumers(tenant.number);
    const isSame = (one: Pick<Consumer, 'platform' | 'name'>, other: Pick<Consumer, 'platform' | 'name'>): boolean =>
      one.platform === other.platform && one.name === other.name;
    for (const { app, ...one } of named) {
      if (known.some((other) => isSame(one, other))) continue;
      await store.deliveries.add({ tenant: tenant.number, ...one, cursor: await cursorOf(app) });
    }
    const gone = known.filter((one) => !named.some((other) => isSame(one, other)));
    if (gone.length > 0) await store.deliveries.remove(gone.map(({ id }) => id));
  }

  /** Starts a driver for each consumer that has none, and ends those of consumers that are gone. */
  async #drive(consumers: readonly Consumer[]): Promise<void> {
    const ids = new Set(consumers.map(({ id }) => id));
    for (const [id, { consumer, stop }] of this.#driven) {
      if (ids.has(id)) continue;
      stop.abort();
      this.#driven.delete(id);
      const left = this.#companies.get(consumer.tenant);
      left?.delete(id);
      if (left?.size === 0) this.#companies.delete(consumer.tenant);
    }
    for (const consumer of consumers) {
      const known = this.#driven.get(consumer.id);
      if (known !== undefined && known.driver !== null) continue;
      const claim = await this.#ports.claims.take(consumer.id);
      const driven: Driven = known ?? { consumer, stop: new AbortController(), driver: null, done: Promise.resolve() };
      this.#driven.set(consumer.id, driven);
      const company = this.#companies.get(consumer.tenant) ?? new Set<string>();
      this.#companies.set(consumer.tenant, company.add(consumer.id));
      if (claim === null) continue;
      driven.driver = new Driver(this.#ports, claim.consumer, this.#lineage);
      const over = AbortSignal.any([driven.stop.signal, this.#closing.signal]);
      driven.done = this.#runDriver(driven, driven.driver, claim, over);
    }
  }

  async #runDriver(driven: Driven, driver: Driver, claim: Claim, over: AbortSignal): Promise<void> {
    await driver.run(claim, over);
    driven.driver = null;
    await this.#ports.claims.release(claim).catch(() => undefined);
  }
}

/**
 * Returns the change behind which the events of an app begin. Of the changes that were found together, the app's first one counts:
 * what came after it must not be lost. What a company is made with gives no events, so all that the same request did is left out.
 */
async function beginningOf(store: Store, tenant: number, app: App, changes: readonly Change[]): Promise<number> {
  const subject = subjectOf(app);
  const first = changes.find(({ kind, employee }) => kind === 'app' && employee === subject) ?? changes[0];
  if (first === undefined) return 0;
  const same = { tenant, before: null, limit: 1, request: first.origin.request };
  const [newest] = (await store.read(() => load('changes', same))).changes;
  return newest?.number ?? first.number;
}
