import { clearInterval, clearTimeout, setInterval, setTimeout } from 'node:timers';
import type { KeptWindows } from '../../../connectors/call-windows.ts';
import type { ChangeListener } from '../../../directory/store.ts';
import type { KeptTarget } from '../../../directory/targets/target-store.ts';
import type { TargetSettings } from '../../../directory/targets/target.ts';
import { errorFields } from '../../../lib/log.ts';
import type { Claim } from '../../claims.ts';
import { isFollowed, mustHold, TakenOverError } from './context.ts';
import { TargetDriver } from './driver.ts';
import type { ContinuousPorts, OpenLive, Remembered } from './ports.ts';
import { Refusals } from './refusals.ts';
import { WayBack } from './way-back.ts';

/** Changes that come together are looked at together. */
const WAKE_MS = 5;
/** How often it is looked for what commands and other nodes did. */
const POLL_MS = 1_000;

/** One target that this node drives, or would. */
interface Driven extends Remembered {
  readonly id: string;
  /** The settings with which the tenant was opened; others open it again. */
  settings: string;
  live: OpenLive | null;
  driver: TargetDriver | null;
  stop: AbortController;
  done: Promise<void>;
  readonly wayBack: WayBack;
  /** Looks whether it can be reached again; null: it is not looked now. */
  reaching: Promise<void> | null;
  /** The epoch of the claim that is driven with. */
  epoch: number;
}

/**
 * Keeps one driver for each target that is on and continuous, and wakes those of a company when it was written to. Where
 * no target is continuous a commit costs one look at an empty map.
 */
export class TargetDrivers {
  readonly #ports: ContinuousPorts;
  readonly #driven = new Map<string, Driven>();
  readonly #companies = new Map<number, Set<string>>();
  readonly #closing = new AbortController();
  #poll: NodeJS.Timeout | undefined;
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> = Promise.resolve();

  constructor(ports: ContinuousPorts) {
    this.#ports = ports;
  }

  /** Begins to follow. */
  start(listeners: { add(listener: ChangeListener): void }, isShared: boolean): void {
    listeners.add((tenant, onlyEmployees) => {
      this.#changed(tenant, onlyEmployees);
    });
    this.#poll = setInterval(() => {
      if (isShared || this.#driven.size > 0) this.look();
    }, POLL_MS);
    this.#poll.unref();
    this.look();
  }

  /** Stops all drivers, once what is being sent was answered. */
  async close(): Promise<void> {
    clearInterval(this.#poll);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#closing.abort();
    for (const { stop, live } of this.#driven.values()) {
      stop.abort();
      live?.stop();
    }
    await this.#looking;
    await Promise.all([...this.#driven.values()].map(ended));
    for (const { live } of this.#driven.values()) await live?.close();
    this.#ports.claims.close();
  }

  /** Looks for targets that are to be driven from now on, or no more; a command on one was carried out. */
  look(): void {
    if (this.#timer !== null || this.#closing.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#looking = this.#looking.then(() => this.#lookNow());
    }, WAKE_MS);
    this.#timer.unref();
  }

  #changed(tenant: number | null, onlyEmployees: boolean): void {
    this.#ports.giveWay.wrote();
    if (!onlyEmployees) this.look();
    if (tenant !== null) this.#changedIn(this.#companies.get(tenant));
    else for (const ids of this.#companies.values()) this.#changedIn(ids);
  }

  #changedIn(ids: ReadonlySet<string> | undefined): void {
    if (ids === undefined) return;
    for (const id of ids) this.#driven.get(id)?.driver?.changed();
  }

  async #lookNow(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    try {
      const { store } = this.#ports;
      const targets = await store().targets.list();
      const ids = new Set(targets.map(({ id }) => id));
      for (const id of this.#driven.keys()) if (!ids.has(id)) await this.#end(id);
      // One that cannot be driven is no reason not to drive the others.
      for (const target of targets) await this.#settle(target).catch(this.#failed);
    } catch (error) {
      this.#failed(error);
    }
  }

  readonly #failed = (error: unknown): void => {
    if (!this.#closing.signal.aborted) this.#ports.log.error('delivery-targets-unknown', errorFields(error));
  };

  async #settle(target: KeptTarget): Promise<void> {
    const { store, place } = this.#ports;
    const tenant = await store().tenant(target.tenant);
    const settings = tenant?.parts.targets?.[target.platform];
    if (tenant === null || settings?.continuous !== true) return await this.#end(target.id);
    const driven = this.#drivenOf(target);
    if (target.state === 'quarantined') {
      // The secret may be another by now: it is read again with the next look, and when an operator resumes it.
      if (target.reason === 'credentials') driven.settings = '';
      this.#lookForWayBack(target, driven, settings);
    }
    if (!isFollowed(target, tenant, settings, place)) {
      this.#observe(target, tenant.key);
      driven.stop.abort();
      return;
    }
    if (driven.wayBack.over()) driven.refusals.clear();
    // A command or another node took over: this driver would write nothing more.
    if (driven.driver !== null && driven.epoch !== target.epoch) driven.stop.abort();
    if (driven.driver !== null) return;
    await this.#drive(target, driven, settings);
  }

  #drivenOf(target: KeptTarget): Driven {
    const known = this.#driven.get(target.id);
    if (known !== undefined) return known;
    const driven: Driven = {
      id: target.id,
      settings: '',
      live: null,
      driver: null,
      stop: new AbortController(),
      done: Promise.resolve(),
      refusals: new Refusals(),
      wayBack: new WayBack(),
      reaching: null,
      epoch: 0,
      isLookedAt: false,
    };
    this.#driven.set(target.id, driven);
    const company = this.#companies.get(target.tenant) ?? new Set<string>();
    this.#companies.set(target.tenant, company.add(target.id));
    return driven;
  }

  async #drive(target: KeptTarget, driven: Driven, settings: TargetSettings): Promise<void> {
    const claim = await this.#ports.claims.take(target.id);
    if (claim === null) return;
    try {
      const live = await this.#opened(target, driven, settings);
      await this.#count(live, claim);
      driven.epoch = claim.consumer.epoch;
      driven.stop = new AbortController();
      driven.driver = new TargetDriver(this.#ports, claim.consumer, live, driven);
      const over = AbortSignal.any([driven.stop.signal, this.#closing.signal]);
      driven.done = this.#run(driven, driven.driver, claim, over);
    } catch (error) {
      await this.#ports.claims.release(claim);
      if (!(error instanceof TakenOverError)) throw error;
    }
  }

  async #run(driven: Driven, driver: TargetDriver, claim: Claim<KeptTarget>, over: AbortSignal): Promise<void> {
    await driver.run(claim, over);
    driven.driver = null;
    if (driven.live !== null) await this.#counted(driven.live, claim);
    await this.#ports.claims.release(claim).catch(() => undefined);
    this.look();
  }

  /** Counts on from what another process sent, and has what is sent with this claim kept. */
  async #count(live: OpenLive, { consumer }: Claim<KeptTarget>): Promise<void> {
    // Written by `#counted` and the line below from values of this type.
    if (consumer.windows !== null) live.windows.restore(consumer.windows as unknown as KeptWindows);
    await live.windows.keepWith(async (windows) => {
      mustHold(await this.#ports.store().targets.change(consumer, { windows: { ...windows } }));
    });
  }

  /** Keeps what was sent with a claim that ends: nothing more is. */
  async #counted(live: OpenLive, { consumer }: Claim<KeptTarget>): Promise<void> {
    live.windows.keepNoMore();
    const windows = { ...live.windows.state(true) };
    // The node that took over knows of all but a few.
    await this.#ports
      .store()
      .targets.change(consumer, { windows })
      .catch(() => undefined);
  }

  /** Opens the tenant once: the windows of its limits are counted over drives. */
  async #opened(target: KeptTarget, driven: Driven, settings: TargetSettings): Promise<OpenLive> {
    const { base_url: address, credentials, fields } = settings;
    const text = JSON.stringify([address, credentials, fields]);
    if (driven.live !== null && driven.settings === text) return driven.live;
    await driven.live?.close();
    driven.live = null;
    const tenant = await this.#ports.store().tenant(target.tenant);
    driven.live = this.#ports.open(tenant?.key ?? '', target.platform, settings);
    driven.settings = text;
    return driven.live;
  }

  /** Looks whether a quarantined target can be reached again, where waiting helps; the other targets do not wait for it. */
  #lookForWayBack(target: KeptTarget, driven: Driven, settings: TargetSettings): void {
    if (driven.reaching !== null) return;
    const step = driven.wayBack.step(target.reason, this.#ports.clock.now());
    if (step === 'wait') return;
    driven.reaching = this.#tryWayBack(target, driven, settings, step)
      .catch(this.#failed)
      .finally(() => {
        driven.reaching = null;
      });
  }

  async #tryWayBack(
    target: KeptTarget,
    driven: Driven,
    settings: TargetSettings,
    step: 'look' | 'give-up',
  ): Promise<void> {
    const { claims, store, log } = this.#ports;
    const claim = await claims.take(target.id);
    if (claim === null) return;
    try {
      // A command may have switched it off, or on, since it was read.
      if (claim.consumer.state !== 'quarantined') return;
      const live = await this.#opened(target, driven, settings);
      if (step === 'give-up') await store().targets.change(claim.consumer, { state: 'off', reason: target.reason });
      else if (await this.#isReachable(live, claim)) {
        await store().targets.change(claim.consumer, { state: 'on', reason: null });
        log.info('target-back', { target: target.platform, reason: target.reason ?? '' });
        this.look();
      }
    } finally {
      await claims.release(claim);
    }
  }

  async #isReachable(live: OpenLive, claim: Claim<KeptTarget>): Promise<boolean> {
    await this.#count(live, claim);
    try {
      return await live.isReachable();
    } finally {
      await this.#counted(live, claim);
    }
  }

  #observe({ platform, state, reason }: KeptTarget, company: string): void {
    this.#ports.metrics.observe({ company, platform, state, reason, lagChanges: 0, lagSeconds: 0, open: 0, staged: 0 });
  }

  async #end(id: string): Promise<void> {
    const driven = this.#driven.get(id);
    if (driven === undefined) return;
    driven.stop.abort();
    driven.live?.stop();
    this.#driven.delete(id);
    for (const [tenant, ids] of this.#companies) {
      ids.delete(id);
      if (ids.size === 0) this.#companies.delete(tenant);
    }
    await ended(driven);
    await driven.live?.close();
  }
}

/** Waits until a target's driver ended, and no one looks for its way back. */
async function ended({ done, reaching }: Driven): Promise<void> {
  await Promise.all([done, reaching]);
}
