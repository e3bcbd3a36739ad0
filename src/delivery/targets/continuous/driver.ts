import type { Problem } from '../../../connectors/connector.ts';
import type { LiveSetup } from '../../../connectors/writing.ts';
import { load } from '../../../directory/store.ts';
import type { Delivery, DeliveryState, KeptTarget } from '../../../directory/targets/target-store.ts';
import type { TargetSettings } from '../../../directory/targets/target.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { errorFields } from '../../../lib/log.ts';
import { Semaphore } from '../../../lib/semaphore.ts';
import type { Claim } from '../../claims.ts';
import { LogGaps } from '../../log-gaps.ts';
import { ScopeError } from '../plan/scope.ts';
import { settle } from '../settle.ts';
import { standingOf } from '../target-states.ts';
import { DayBrake } from './day-brake.ts';
import { mustHold, TakenOverError, type Context } from './context.ts';
import { intentOf, outcomeOf, type KeptOutcome } from './kept.ts';
import type { ContinuousPorts, OpenLive } from './ports.ts';
import { prepare, type Agreed, type Prepared } from './prepare.ts';
import { agreedFields, heldMs, prove } from './prove.ts';
import type { Refusals } from './refusals.ts';
import { backOff, DOUBT_MS } from './retries.ts';
import { keep, patched, send } from './send.ts';
import { takeNext } from './take.ts';

/** So many deliveries of a target are open; what comes after them stays in the log. */
const MAX_OPEN = 1_000;
/** So many changes are looked at in one transaction. */
const PAGE = 200;
/** So many are prepared with one read, and sent at the same time. */
const BATCH = 100;
const SIDE_BY_SIDE = 8;
/** More is prepared while fewer than so many wait to be sent. */
const ENOUGH = 50;
const FEEDS = 2;
/** Something written is read back with others after so long, or once there are enough of them. */
const PROVE_MS = 1_000;
const GAP_MS = 20;
const FAILURE_MS = 1_000;
const SHARED_MS = 500;
const TRIM_MS = 60 * 60 * 1_000;
/** A target that could not be reached for so long is quarantined. */
const UNREACHABLE_MS = 10 * 60 * 1_000;
const MAX_TIMER_MS = 2 ** 31 - 1;

const OPEN: readonly DeliveryState[] = ['waiting', 'staged', 'held', 'sending', 'doubt', 'written'];
const FEEDABLE: ReadonlySet<DeliveryState> = new Set(['waiting', 'held', 'doubt']);

/** Follows the change log for one live tenant, for as long as its claim holds. */
export class TargetDriver {
  readonly #ports: ContinuousPorts;
  readonly #live: OpenLive;
  readonly #refusals: Refusals;
  readonly #gaps = new LogGaps();
  readonly #open = new Map<string, Delivery>();
  readonly #busy = new Set<string>();
  /** Those of them that wait for their turn to be sent, or are. */
  readonly #sending = new Set<string>();
  readonly #tasks = new Set<Promise<void>>();
  readonly #places = new Semaphore(SIDE_BY_SIDE);
  /** Calls that wait, as the platform asked for it, and how often in a row it did. */
  readonly #held = new Map<string, { readonly until: number; readonly strikes: number }>();
  #target: KeptTarget;
  #brake: DayBrake | null = null;
  #setup: LiveSetup | null = null;
  #toSend = 0;
  #feeds = 0;
  #isProving = false;
  #allHeldUntil = 0;
  #failures = 0;
  #failingSince: number | null = null;
  #isOver = false;
  #newest = 0;
  #trimmedAt = 0;
  #wake: (() => void) | null = null;
  #isAwake = false;

  constructor(ports: ContinuousPorts, target: KeptTarget, live: OpenLive, refusals: Refusals) {
    this.#ports = ports;
    this.#target = target;
    this.#live = live;
    this.#refusals = refusals;
  }

  /** Has it look at the log and at what is due, now. */
  wake(): void {
    this.#isAwake = true;
    this.#wake?.();
  }

  /** Drives until the claim ends, a command takes over, or the target is not to be followed any more. */
  async run(claim: Claim<KeptTarget>, stop: AbortSignal): Promise<void> {
    const over = AbortSignal.any([claim.signal, stop]);
    over.addEventListener('abort', () => this.#wake?.(), { once: true });
    while (!over.aborted && !this.#isOver) {
      this.#isAwake = false;
      try {
        await this.#pause(await this.#round(), over);
      } catch (error) {
        if (error instanceof TakenOverError) break;
        if (over.aborted) break;
        await this.#failed(error);
        await this.#pause(FAILURE_MS, over);
      }
    }
    this.#isOver = true;
    await Promise.all(this.#tasks);
  }

  /** Looks at settings, the log and what is due; answers how long there is nothing to do, at the longest. */
  async #round(): Promise<number> {
    const { store, clock } = this.#ports;
    if (this.#brake === null) await this.#begin();
    const context = await this.#contextNow();
    if (context === null) {
      this.#isOver = true;
      return 0;
    }
    const taken = await this.#take(context);
    const now = clock.now();
    if (this.#brake?.isOld(now) === true) this.#brake = await DayBrake.begin(context.store, context.target, now);
    this.#feed(context, now);
    this.#proveDue(context, now);
    await this.#trim(now);
    this.#report(context, now);
    if (taken === 'more') return 0;
    const idle = store().isShared ? SHARED_MS : Infinity;
    return Math.min(idle, this.#nextDueMs(now), taken === 'gap' ? GAP_MS : Infinity);
  }

  /** Reads the settings as they are now; null where the target is not to be followed. */
  async #contextNow(): Promise<Context | null> {
    const { store, place, clock, random } = this.#ports;
    const tenant = await store().tenant(this.#target.tenant);
    const settings = tenant?.parts.targets?.[this.#target.platform];
    if (tenant === null || !isFollowed(this.#target, tenant, settings, place)) return null;
    const setup = (this.#setup ??= await this.#readSetup());
    return {
      store: store(),
      target: this.#target,
      tenant,
      settings: settings as TargetSettings,
      live: this.#live,
      setup,
      now: () => clock.now(),
      random,
    };
  }

  async #readSetup(): Promise<LiveSetup> {
    const setup = await this.#live.run(this.#live.writes.setup(this.#live.target));
    const [first] = setup.problems.filter(({ verdict }) => verdict.kind !== 'refused');
    if (first !== undefined) throw new UnreadableError(setup.problems);
    return setup;
  }

  /** Finds out what earlier drivers left behind: whatever was being sent may have been done. */
  async #begin(): Promise<void> {
    const store = this.#ports.store();
    const target = this.#target;
    this.#open.clear();
    const open = await store.targets.deliveries(target.id, { states: OPEN, limit: 2 * MAX_OPEN });
    for (const one of open) {
      if (one.plan !== null) continue;
      const intent = intentOf(one);
      const isLeft = one.state === 'sending' && intent !== null;
      this.#open.set(one.id, isLeft ? { ...one, state: 'doubt', dueAt: intent.sendBefore + DOUBT_MS } : one);
    }
    if (target.cursor === 0) {
      // A target begins with what is, never with history: what differs already is a matter for a plan.
      const cursor = await store.read(() => load('newest-change', {}));
      mustHold(await store.targets.change(target, { cursor }));
      this.#target = { ...target, cursor };
    }
    this.#brake = await DayBrake.begin(store, target, this.#ports.clock.now());
  }

  async #take(context: Context): Promise<'end' | 'more' | 'gap'> {
    const { store } = context;
    if (this.#open.size >= MAX_OPEN) return 'end';
    const limit = Math.min(PAGE, MAX_OPEN - this.#open.size);
    const target = this.#target;
    const { page, subjects } = await takeNext(store, {
      target,
      tenant: context.tenant,
      settled: this.#gaps.settled,
      limit,
    });
    if (page.upTo > target.cursor) {
      const taken = await store.targets.take(target, page.upTo, subjects, context.now());
      if (taken === null) throw new TakenOverError();
      this.#target = { ...target, cursor: page.upTo };
      for (const one of taken) this.#merge(one);
    }
    await this.#gaps.look(store, page, context.now());
    this.#newest = page.isEnd && page.gap === null ? page.upTo : await store.read(() => load('newest-change', {}));
    if (page.gap !== null) return 'gap';
    return page.isEnd ? 'end' : 'more';
  }

  /** A delivery that is being worked on keeps what this driver knows of it, and covers the newer change afterwards. */
  #merge(one: Delivery): void {
    const known = this.#open.get(one.id);
    if (known === undefined) this.#open.set(one.id, one);
    else {
      const isHeld = known.state === 'held';
      this.#open.set(one.id, { ...known, toChange: one.toChange, ...(isHeld ? { dueAt: 0 } : {}) });
    }
  }

  /** Begins to work on what is due, where there is room for it. */
  #feed(context: Context, now: number): void {
    while (this.#feeds < FEEDS && this.#toSend < ENOUGH && now >= this.#allHeldUntil) {
      const due: Delivery[] = [];
      for (const one of this.#open.values()) {
        if (due.length === BATCH) break;
        if (FEEDABLE.has(one.state) && one.dueAt <= now && !this.#busy.has(one.id)) due.push(one);
      }
      if (due.length === 0) return;
      for (const { id } of due) this.#busy.add(id);
      this.#feeds++;
      this.#start(async () => {
        try {
          await this.#work(context, due);
        } finally {
          this.#feeds--;
          for (const { id } of due) if (!this.#sending.has(id)) this.#busy.delete(id);
        }
      });
    }
  }

  async #work(context: Context, due: readonly Delivery[]): Promise<void> {
    const prepared = await prepare(context, due);
    const agreed: Agreed[] = [];
    for (const one of prepared) {
      if (one.do === 'close' && one.agreed !== undefined) agreed.push(one.agreed);
    }
    if (agreed.length > 0) {
      const verified = agreed.map(({ own, live, link, ownOf }) => ({
        kind: 'employee' as const,
        subject: own.id,
        liveId: link?.liveId ?? live.id,
        fields: agreedFields({ own, live, ownOf }, context.live.fields),
        delivered: due.find(({ subject }) => subject === own.id)?.toChange ?? 0,
      }));
      mustHold(await settle(context.store.targets, context.target, verified, context.now()));
    }
    for (const one of prepared) await this.#handle(context, one);
  }

  async #handle(context: Context, one: Prepared): Promise<void> {
    const { delivery } = one;
    const { now } = context;
    switch (one.do) {
      case 'close': {
        // After a doubt the look shows that it was done.
        const state = delivery.state === 'doubt' && one.reason === 'equal' ? 'verified' : 'equal';
        const outcome: KeptOutcome = { reason: one.reason, code: null };
        await this.#keep(context, delivery, { id: delivery.id, state, covers: delivery.toChange, outcome });
        return;
      }
      case 'hold': {
        const outcome: KeptOutcome = { reason: 'held', code: null, fields: one.fields };
        const patch = { id: delivery.id, state: 'held' as const, dueAt: now() + heldMs(delivery), outcome };
        await this.#keep(context, delivery, { ...patch, attempt: delivery.attempt + 1 });
        return;
      }
      case 'give-up':
        await this.#keep(context, delivery, {
          id: delivery.id,
          state: 'dead',
          covers: delivery.toChange,
          outcome: { reason: one.why, code: null, fields: one.fields },
        });
        await this.#gaveUp(context, one.why);
        return;
      case 'read-again':
        await this.#couldNotRead(one.problems);
        return;
      case 'send':
        await this.#brakeOrSend(context, one);
    }
  }

  async #brakeOrSend(context: Context, one: Extract<Prepared, { readonly do: 'send' }>): Promise<void> {
    const { delivery } = one;
    const counted = new Set(intentOf(delivery)?.counted);
    const fresh = one.counts.filter((kind) => !counted.has(kind));
    const allowed = new Set(outcomeOf(delivery)?.allowed);
    const asked = one.asked.filter((kind) => !counted.has(kind));
    const over = [...new Set([...asked, ...(this.#brake?.over(context, fresh) ?? [])])].filter(
      (kind) => !allowed.has(kind),
    );
    if (over.length > 0) {
      for (const kind of over) this.#ports.metrics.braked(this.#name(context), kind);
      const outcome: KeptOutcome = { reason: 'brake', code: null, staged: over };
      await this.#keep(context, delivery, { id: delivery.id, state: 'staged', outcome });
      return;
    }
    await this.#brake?.count(context, fresh);
    this.#toSend++;
    this.#sending.add(delivery.id);
    this.#start(async () => {
      try {
        await this.#places.pass(() => this.#send(context, one));
      } finally {
        this.#toSend--;
        this.#sending.delete(delivery.id);
        this.#busy.delete(delivery.id);
      }
    });
  }

  async #send(context: Context, one: Extract<Prepared, { readonly do: 'send' }>): Promise<void> {
    if (this.#isOver || context.now() < this.#allHeldUntil) return;
    const name = this.#name(context);
    const ports = {
      heldUntil: (call: string) => this.#held.get(call)?.until ?? 0,
      sent: (call: string, fate: string, ms: number) => {
        this.#ports.metrics.called(name, call, fate, ms);
      },
    };
    const current = this.#open.get(one.delivery.id) ?? one.delivery;
    const { delivery, stopped, call } = await send(
      context,
      ports,
      { ...current, toChange: one.delivery.toChange },
      one,
    );
    this.#put(delivery);
    if (stopped === null) {
      this.#held.delete(call);
      this.#reached();
      return;
    }
    switch (stopped.do) {
      case 'wait':
        if (stopped.holds === 'call') this.#limited(context, call, stopped.ms);
        if (stopped.holds === 'all') await this.#unreachable();
        return;
      case 'quarantine':
        await this.#quarantine(stopped.reason);
        return;
      case 'give-up':
        await this.#gaveUp(context, `${stopped.why} ${stopped.code ?? ''}`.trim());
        return;
      case 'set-aside':
        return;
    }
  }

  /** Has a call wait as long as the platform asks, and longer each time it asks again at once. */
  #limited(context: Context, call: string, ms: number): void {
    const now = context.now();
    const before = this.#held.get(call);
    if (before !== undefined && before.until > now) return;
    const strikes = before === undefined ? 0 : before.strikes + 1;
    const waitMs = Math.min(60 * 60 * 1_000, ms * 2 ** strikes);
    this.#held.set(call, { until: now + waitMs, strikes });
    this.#ports.metrics.limited(this.#name(context), waitMs);
  }

  #proveDue(context: Context, now: number): void {
    if (this.#isProving || now < this.#allHeldUntil) return;
    const written = [...this.#open.values()].filter(
      ({ state, dueAt, id }) => state === 'written' && dueAt <= now && !this.#busy.has(id),
    );
    if (written.length === 0) return;
    const oldest = Math.min(...written.map(({ updatedAt }) => updatedAt));
    const isBusy = this.#toSend > 0 || this.#feeds > 0;
    // While others are being sent they are read back together, as one call reads many.
    if (isBusy && written.length < BATCH && now - oldest < PROVE_MS) return;
    const some = written.slice(0, BATCH);
    for (const { id } of some) this.#busy.add(id);
    this.#isProving = true;
    this.#start(async () => {
      try {
        const { deliveries, problems } = await prove(context, some);
        for (const one of deliveries) {
          this.#put(one);
          if (one.state === 'verified' || one.state === 'partial') {
            this.#ports.metrics.verified(this.#name(context), one.state);
            this.#refusals.add({ at: context.now(), refusal: null });
          }
        }
        if (problems.length > 0) await this.#couldNotRead(problems);
        else this.#reached();
      } finally {
        this.#isProving = false;
        for (const { id } of some) this.#busy.delete(id);
      }
    });
  }

  /** Runs something beside the rounds; what it fails with ends the drive, or has it wait. */
  #start(work: () => Promise<void>): void {
    const task = work()
      .catch(async (error: unknown) => {
        if (error instanceof TakenOverError) this.#isOver = true;
        else if (!this.#isOver) await this.#failed(error);
      })
      .finally(() => {
        this.#tasks.delete(task);
        this.wake();
      });
    this.#tasks.add(task);
  }

  async #failed(error: unknown): Promise<void> {
    if (error instanceof UnreadableError) return await this.#couldNotRead(error.problems);
    if (error instanceof ScopeError) return await this.#quarantine('scope');
    this.#ports.log.error('delivery-failed', { target: this.#target.platform, ...errorFields(error) });
    this.#allHeldUntil = Math.max(this.#allHeldUntil, this.#ports.clock.now() + FAILURE_MS);
  }

  /** Waits after a read that brought nothing, or gives the target up where waiting does not help. */
  async #couldNotRead(problems: readonly Problem[]): Promise<void> {
    const kinds = new Set(problems.map(({ verdict }) => verdict.kind));
    if (kinds.has('token') || kinds.has('refused')) await this.#quarantine('credentials');
    else if (kinds.has('limit')) {
      const ms = Math.max(...problems.map(({ verdict }) => verdict.waitMs ?? 1_000));
      this.#allHeldUntil = Math.max(this.#allHeldUntil, this.#ports.clock.now() + ms);
    } else await this.#unreachable();
  }

  async #unreachable(): Promise<void> {
    const now = this.#ports.clock.now();
    if (now < this.#allHeldUntil) return;
    this.#failures++;
    this.#failingSince ??= now;
    this.#allHeldUntil = now + backOff(this.#failures, this.#ports.random());
    if (now - this.#failingSince >= UNREACHABLE_MS) await this.#quarantine('unreachable');
  }

  #reached(): void {
    this.#failures = 0;
    this.#failingSince = null;
  }

  async #gaveUp(context: Context, reason: string): Promise<void> {
    this.#ports.metrics.died(this.#name(context), reason);
    const tooMany = this.#refusals.add({ at: context.now(), refusal: reason });
    if (tooMany !== null) await this.#quarantine(tooMany);
  }

  /** Stops writing to the target, with the reason. */
  async #quarantine(reason: string): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    await this.#ports.store().targets.change(this.#target, { state: 'quarantined', reason });
    this.#ports.log.error('target-quarantined', { target: this.#target.platform, reason });
    this.wake();
  }

  async #keep(context: Context, delivery: Delivery, patch: Parameters<typeof keep>[2]): Promise<void> {
    await keep(context, delivery, patch);
    const current = this.#open.get(delivery.id) ?? delivery;
    this.#put(patched(current, patch, context.now()));
  }

  /** Keeps what is known of a delivery, with changes that came while it was worked on. */
  #put(delivery: Delivery): void {
    const known = this.#open.get(delivery.id);
    const toChange = Math.max(delivery.toChange, known?.toChange ?? 0);
    if (OPEN.includes(delivery.state)) this.#open.set(delivery.id, { ...delivery, toChange });
    else if (toChange > delivery.toChange) {
      this.#open.set(delivery.id, { ...delivery, toChange, state: 'waiting', dueAt: 0 });
    } else this.#open.delete(delivery.id);
  }

  #nextDueMs(now: number): number {
    let next = Infinity;
    for (const { id, state, dueAt, updatedAt } of this.#open.values()) {
      if (this.#busy.has(id) || state === 'staged' || state === 'sending') continue;
      const at = state === 'written' ? Math.max(dueAt, Math.min(updatedAt + PROVE_MS, dueAt + PROVE_MS)) : dueAt;
      // What is due and has no place yet is looked at when a task ends.
      if (at > now || this.#tasks.size === 0) next = Math.min(next, Math.max(0, at - now));
    }
    return Math.max(next, this.#allHeldUntil - now);
  }

  async #trim(now: number): Promise<void> {
    if (now - this.#trimmedAt < TRIM_MS) return;
    this.#trimmedAt = now;
    await this.#ports.store().targets.trim(this.#target.id, now);
  }

  #name({ tenant, target }: Context): { readonly company: string; readonly platform: string } {
    return { company: tenant.key, platform: target.platform };
  }

  #report(context: Context, now: number): void {
    const open = [...this.#open.values()];
    const oldest = Math.min(now, ...open.map(({ createdAt }) => createdAt));
    this.#ports.metrics.observe({
      ...this.#name(context),
      state: 'on',
      reason: null,
      lagChanges: Math.max(0, this.#newest - this.#target.cursor),
      lagSeconds: (now - oldest) / 1_000,
      open: open.length,
      staged: open.filter(({ state }) => state === 'staged').length,
    });
  }

  /** Waits, until it is woken or ended at the latest. */
  async #pause(ms: number, over: AbortSignal): Promise<void> {
    if (this.#isAwake || this.#isOver || over.aborted || ms <= 0) return;
    await new Promise<void>((resolve) => {
      const timer = ms === Infinity ? undefined : setTimeout(resolve, Math.min(ms, MAX_TIMER_MS));
      timer?.unref();
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = null;
  }
}

/** The tenant could not be read. */
class UnreadableError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super('the tenant could not be read');
    this.problems = problems;
  }
}

/** Whether a target follows the log: the company file says so, and it is on, here. */
export function isFollowed(
  target: KeptTarget,
  tenant: Tenant,
  settings: TargetSettings | undefined,
  place: string,
): boolean {
  if (tenant.number !== target.tenant || settings?.continuous !== true) return false;
  return standingOf(target, { settings, place }).state === 'on';
}
