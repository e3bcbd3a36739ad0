import { setTimeout as sleep } from 'node:timers/promises';
import type { DialectEvents, Subscription } from '../../dialects/events.ts';
import type { Consumer, KeptEvent } from '../../directory/deliveries.ts';
import { errorFields } from '../../lib/log.ts';
import { Semaphore } from '../../lib/semaphore.ts';
import type { Tenant } from '../../directory/tenant.ts';
import { Alarm } from '../../lib/alarm.ts';
import type { Claim } from '../claims.ts';
import { LogGaps } from '../log-gaps.ts';
import type { SubscriberPorts } from './ports.ts';
import { checkAddress, trySending } from './send.ts';
import { takeNext } from './take.ts';

/** So many events of a consumer may wait; what comes after them stays in the log. */
const MAX_WAITING = 1_000;
/** So many changes are rendered at a time, while writes wait on an embedded store. */
const PAGE = 50;
/** Events of so many employees or things are sent at the same time. */
const SIDE_BY_SIDE = 8;
/** How long until it is looked again: at a missing number, after a failure, and on several nodes for what others did. */
const GAP_MS = 20;
const FAILURE_MS = 1_000;
const SHARED_MS = 1_000;
/** How often what is old is removed. */
const TRIM_MS = 60 * 60 * 1000;

/** What a driver found out about its subscriber. */
interface Subscriber {
  readonly tenant: Tenant;
  readonly to: Subscription;
  readonly events: DialectEvents;
}

/** Sends one subscriber the events that follow from the log, for as long as its claim holds. */
export class Driver {
  readonly #ports: SubscriberPorts;
  readonly #lineage: string;
  readonly #gaps = new LogGaps();
  #consumer: Consumer;
  /** The settings with which the address was asked last; it is asked once, and again by command. */
  #asked: string | null = null;
  /** The events that wait, in their order; null: they must be read. */
  #queue: KeptEvent[] | null = null;
  #readAt = 0;
  #trimmedAt = 0;
  /** Who waits for the address to be asked. */
  readonly #looked: (() => void)[] = [];
  readonly #alarm = new Alarm();

  constructor(ports: SubscriberPorts, consumer: Consumer, lineage: string) {
    this.#ports = ports;
    this.#consumer = consumer;
    this.#lineage = lineage;
  }

  /** Has it look at the log and at what is due, now. */
  wake(): void {
    this.#alarm.ring();
  }

  /** Has it read again which events wait, as some were queued again. */
  readAgain(): void {
    this.#queue = null;
    this.wake();
  }

  /** Asks the address again, and resolves when that is done, or after so long. */
  async checkAgain(ms: number): Promise<void> {
    this.#asked = null;
    const done = new Promise<void>((resolve) => {
      this.#looked.push(resolve);
    });
    this.wake();
    await Promise.race([done, sleep(ms, undefined, { ref: false })]);
  }

  /** Drives until the claim ends, the consumer is taken over, or the app is no subscriber any more. */
  async run(claim: Claim, stop: AbortSignal): Promise<void> {
    const over = AbortSignal.any([claim.signal, stop]);
    over.addEventListener(
      'abort',
      () => {
        this.#alarm.ring();
      },
      { once: true },
    );
    while (!over.aborted) {
      this.#alarm.set();
      try {
        const pauseMs = await this.#round(over);
        if (pauseMs === 'over') return;
        await this.#pause(pauseMs, over);
      } catch (error) {
        if (over.aborted) return;
        this.#ports.log.error('event-delivery-failed', { consumer: this.#consumer.id, ...errorFields(error) });
        await this.#pause(FAILURE_MS, over);
      }
    }
  }

  /** Takes what is new and sends what is due; answers how long there is nothing to do, at the longest. */
  async #round(over: AbortSignal): Promise<number | 'over'> {
    const { store } = this.#ports;
    const idleMs = store().isShared ? SHARED_MS : Infinity;
    const subscriber = await this.#subscriber();
    if (subscriber === null) return 'over';
    const looked = this.#looked.splice(0);
    const state = await this.#check(subscriber);
    for (const resolve of looked) resolve();
    if (state !== 'on') return state === 'over' ? 'over' : idleMs;
    const queue = await this.#waiting();
    const taken = await this.#take(subscriber, queue);
    if (taken === 'over') return 'over';
    const dueMs = await this.#send(subscriber, queue, over);
    if (dueMs === 'over') return 'over';
    await this.#trim();
    if (taken === 'more') return 0;
    return Math.min(dueMs, idleMs, taken === 'gap' ? GAP_MS : Infinity);
  }

  async #subscriber(): Promise<Subscriber | null> {
    const { store, platforms } = this.#ports;
    const { platform, name, tenant: number } = this.#consumer;
    const tenant = await store().tenant(number);
    const events = platforms.find((one) => one.name === platform)?.events;
    if (tenant === null || events === undefined) return null;
    const to = events.subscriptions(tenant).find(({ app }) => app.id === name);
    return to === undefined ? null : { tenant, to, events };
  }

  /** Asks the address with new settings whether it is the app's. */
  async #check({ tenant, to, events }: Subscriber): Promise<'on' | 'unverified' | 'over'> {
    const { needsCheck, digest } = to;
    const { state, checked, platform } = this.#consumer;
    if (!needsCheck) return state === 'on' ? 'on' : await this.#setState('on', null, checked);
    if (checked === digest) return 'on';
    if (this.#asked === digest) return 'unverified';
    this.#asked = digest;
    const reason = await checkAddress(this.#ports, { tenant, platform, events, to });
    this.#ports.log.info('event-address-checked', { company: tenant.key, app: to.app.key, passed: reason === null });
    return reason === null
      ? await this.#setState('on', null, digest)
      : await this.#setState('unverified', reason, checked);
  }

  async #setState<State extends Consumer['state']>(
    state: State,
    reason: string | null,
    checked: string | null,
  ): Promise<State | 'over'> {
    const kept = { state, reason, checked };
    if (!(await this.#ports.store().deliveries.setState(this.#consumer, kept))) return 'over';
    this.#consumer = { ...this.#consumer, ...kept };
    return state;
  }

  /** Renders the next piece of the log, where there is room for what comes of it. */
  async #take({ to, events }: Subscriber, queue: KeptEvent[]): Promise<'end' | 'more' | 'gap' | 'over'> {
    const { store, clock } = this.#ports;
    const { deliveries } = store();
    const limit = Math.min(PAGE, MAX_WAITING - queue.length);
    if (limit <= 0) return 'end';
    const consumer = this.#consumer;
    const { cursor } = consumer;
    const about = { consumer, cursor, to, events, lineage: this.#lineage, settled: this.#gaps.settled, limit };
    const taken = await store().read(() => takeNext(about));
    if (taken === null) return 'over';
    const { page } = taken;
    if (page.upTo > cursor) {
      const createdAt = clock.now();
      const numbers = await deliveries.take(consumer, page.upTo, taken.events, createdAt);
      if (numbers === null) return 'over';
      this.#consumer = { ...consumer, cursor: page.upTo };
      for (const [index, event] of taken.events.entries()) {
        const number = numbers[index] ?? null;
        if (number !== null) queue.push({ ...event, ...FRESH, number, consumer: consumer.id, createdAt });
      }
    }
    await this.#gaps.look(store(), page, clock.now());
    if (page.gap !== null) return 'gap';
    return page.isEnd ? 'end' : 'more';
  }

  /** Sends what is due, in order; answers when the next one is. */
  async #send(subscriber: Subscriber, queue: KeptEvent[], over: AbortSignal): Promise<number | 'over'> {
    const { order } = subscriber.events;
    const lanes = order === 'app' ? [[...queue]] : [...Map.groupBy(queue, ({ subject }) => subject).values()];
    const places = new Semaphore(SIDE_BY_SIDE);
    const dues = await Promise.all(
      lanes.map((lane) => places.pass(() => this.#sendLane(subscriber, queue, lane, over))),
    );
    if (dues.includes('over')) return 'over';
    return Math.min(Infinity, ...dues.filter((due) => due !== 'over'));
  }

  /** Sends events one after another; the first that is not taken keeps the others waiting. */
  async #sendLane(
    subscriber: Subscriber,
    queue: KeptEvent[],
    lane: readonly KeptEvent[],
    over: AbortSignal,
  ): Promise<number | 'over'> {
    const { store, companyNow } = this.#ports;
    const { tenant, to } = subscriber;
    for (const event of lane) {
      if (over.aborted) return 'over';
      if (to.via === 'connection' && !(this.#ports.connections?.isOpen(tenant.number, to.app.id) ?? false))
        return Infinity;
      const waitMs = event.dueAt - companyNow(tenant);
      if (waitMs > 0) return isStopped(tenant) ? Infinity : waitMs;
      const about = { ...subscriber, platform: this.#consumer.platform };
      const outcome = await trySending(this.#ports, about, event);
      if (!(await store().deliveries.settle(this.#consumer, [outcome]))) return 'over';
      const place = queue.indexOf(event);
      if (outcome.state === 'waiting') queue[place] = { ...event, ...outcome };
      else queue.splice(place, 1);
      if (outcome.state === 'waiting') return isStopped(tenant) ? Infinity : outcome.dueAt - companyNow(tenant);
    }
    return Infinity;
  }

  /** The events that wait; on several nodes one of them may have queued some again. */
  async #waiting(): Promise<KeptEvent[]> {
    const { store, clock } = this.#ports;
    const now = clock.now();
    const isOld = store().isShared && now - this.#readAt >= SHARED_MS;
    if (this.#queue !== null && !isOld) return this.#queue;
    const queue = [...(await store().deliveries.waiting(this.#consumer.id, MAX_WAITING))];
    this.#readAt = now;
    this.#queue = queue;
    return queue;
  }

  async #trim(): Promise<void> {
    const now = this.#ports.clock.now();
    if (now - this.#trimmedAt < TRIM_MS) return;
    this.#trimmedAt = now;
    await this.#ports.store().deliveries.trim(this.#consumer.id, now);
  }

  /** Waits, until it is woken or ended at the latest. */
  async #pause(ms: number, over: AbortSignal): Promise<void> {
    if (!over.aborted) await this.#alarm.wait(ms);
  }
}

/** An event that was not sent yet. */
const FRESH = { state: 'waiting', attempt: 0, dueAt: 0, attempts: [] } as const;

/** Whether the company's clock is stopped, so that nothing more comes due until it is turned. */
function isStopped({ parts: { clock } }: Tenant): boolean {
  return clock?.mode === 'frozen';
}
