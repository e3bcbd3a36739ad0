import type { Problem } from '../../../connectors/connector.ts';
import type { LiveSetup } from '../../../connectors/writing.ts';
import { load } from '../../../directory/store.ts';
import type { Delivery, KeptTarget } from '../../../directory/targets/target-store.ts';
import type { TargetSettings } from '../../../directory/targets/target.ts';
import { errorFields } from '../../../lib/log.ts';
import { Semaphore } from '../../../lib/semaphore.ts';
import { Alarm } from '../../../lib/alarm.ts';
import type { Claim } from '../../claims.ts';
import { LogGaps } from '../../log-gaps.ts';
import { ScopeError } from '../plan/scope.ts';
import { settle } from '../settle.ts';
import { mayBegin } from './canary/canary.ts';
import { agreedOf, patchOf } from './closing.ts';
import { DayBrake, type Reservation } from './day-brake.ts';
import { isFollowed, mustHold, PACE, readSetup, TakenOverError, UnreadableError, type Context } from './context.ts';
import { Blocked } from './givers/freed.ts';
import { afterGivers } from './givers/givers.ts';
import { Answering, askedMs, Holds, type Said } from './holds.ts';
import { OPEN, outcomeOf, type KeptOutcome } from './kept.ts';
import { OpenDeliveries } from './open-deliveries.ts';
import type { ContinuousPorts, OpenLive, Remembered } from './ports.ts';
import { portionOf, type Portion } from './portion.ts';
import { prepare, type ToSend } from './prepare.ts';
import { prove } from './prove.ts';
import { rehearsed } from './rehearsal/rehearse.ts';
import { keep, patched, send } from './send.ts';
import { Looks, takeNext } from './take.ts';

/** Follows the change log for one live tenant, for as long as its claim holds. */
export class TargetDriver {
  readonly #ports: ContinuousPorts;
  readonly #live: OpenLive;
  readonly #remembered: Remembered;
  readonly #gaps = new LogGaps();
  readonly #blocked = new Blocked();
  readonly #open = new OpenDeliveries(this.#blocked);
  readonly #holds = new Holds();
  readonly #answering: Answering;
  readonly #alarm = new Alarm();
  readonly #tasks = new Set<Promise<void>>();
  readonly #places: Semaphore;
  #target: KeptTarget;
  readonly #brake = new DayBrake();
  #hasBegun = false;
  #setup: LiveSetup | null = null;
  #toSend = 0;
  #feeds = 0;
  #isProving = false;
  #isOver = false;
  readonly #looks = new Looks();
  #reportedAt = -Infinity;
  #trimmedAt = 0;

  constructor(ports: ContinuousPorts, target: KeptTarget, live: OpenLive, remembered: Remembered) {
    this.#ports = ports;
    this.#target = target;
    this.#answering = new Answering(ports, target);
    this.#live = live;
    this.#places = new Semaphore(live.sideBySide);
    this.#remembered = remembered;
  }

  /** Something was written: has it read the log, once for all that is written in a moment. */
  changed(): void {
    if (this.#looks.changed()) this.#alarm.ring();
  }

  /** Drives until the claim ends, a command takes over, or the target is not to be followed any more. */
  async run(claim: Claim<KeptTarget>, stop: AbortSignal): Promise<void> {
    const over = AbortSignal.any([claim.signal, stop]);
    const end = (): void => {
      this.#isOver = true;
      this.#alarm.ring();
    };
    over.addEventListener('abort', end, { once: true });
    while (!over.aborted && !this.#isOver) {
      this.#alarm.set();
      try {
        await this.#pause(await this.#round(), over, PACE.roundMs);
      } catch (error) {
        if (error instanceof TakenOverError) break;
        if (over.aborted) break;
        await this.#failed(error);
        await this.#pause(PACE.failureMs, over);
      }
    }
    this.#isOver = true;
    await Promise.all(this.#tasks);
  }

  /** Looks at settings, the log and what is due; answers how long there is nothing to do, at the longest. */
  async #round(): Promise<number> {
    const { clock } = this.#ports;
    if (!this.#hasBegun) await this.#begin();
    const context = await this.#contextNow();
    const { isLookedAt } = this.#remembered;
    if (context === null || !(isLookedAt || (await mayBegin(context, this.#ports.log)))) {
      this.#isOver = true;
      return 0;
    }
    this.#remembered.isLookedAt = true;
    if (this.#lookInMs(clock.now()) <= 0) await this.#take(context);
    for (const one of await this.#blocked.reopen(context)) this.#open.merge(one);
    const now = clock.now();
    if (this.#brake.isOld(now)) await this.#brake.read(context.store, context.target, now);
    this.#feed(context, now);
    this.#proveDue(context, now);
    await this.#trim(now);
    if (this.#tasks.size === 0 || now - this.#reportedAt >= PACE.reportMs) await this.#report(context, now);
    const nextMs = this.#open.nextDueMs(now, this.#tasks.size > 0, this.#portion);
    const dueMs = Math.max(nextMs, this.#holds.allUntil - now);
    return Math.min(this.#lookInMs(now), dueMs);
  }

  /** Returns when the log is read next; never, while enough of it is at work: what is behind that stays in the log. */
  #lookInMs(now: number): number {
    const isFull = this.#open.size >= PACE.maxOpen || this.#open.atWork(now + PACE.soonMs) > PACE.ahead;
    return isFull ? Infinity : this.#looks.inMs(now);
  }

  get #portion(): Portion {
    return portionOf(this.#ports.giveWay);
  }

  /** Reads the settings as they are now; null where the target is not to be followed. */
  async #contextNow(): Promise<Context | null> {
    const { store, place, clock, random, waits } = this.#ports;
    const tenant = await store().tenant(this.#target.tenant);
    const settings = tenant?.parts.targets?.[this.#target.platform];
    if (tenant === null || !isFollowed(this.#target, tenant, settings, place)) return null;
    const setup = (this.#setup ??= await readSetup(this.#live));
    return {
      store: store(),
      target: this.#target,
      tenant,
      settings: settings as TargetSettings,
      live: this.#live,
      setup,
      now: () => clock.now(),
      random,
      waits,
    };
  }

  /** Finds out what earlier drivers left behind: whatever was being sent may have been done. */
  async #begin(): Promise<void> {
    const store = this.#ports.store();
    const target = this.#target;
    const open = await store.targets.deliveries(target.id, { states: OPEN, limit: 2 * PACE.maxOpen });
    this.#open.begin(open, this.#ports.waits.doubtMs);
    await this.#blocked.begin({ store, target });
    if (target.cursor === 0) {
      // A target begins with what is, never with history: what differs already is a matter for a plan.
      const cursor = await store.read(() => load('newest-change', {}));
      mustHold(await store.targets.change(target, { cursor }));
      this.#target = { ...target, cursor };
    }
    this.#hasBegun = true;
  }

  async #take(context: Context): Promise<void> {
    const { store } = context;
    const limit = Math.min(PACE.page, PACE.maxOpen - this.#open.size);
    const target = this.#target;
    this.#looks.begin(context.now());
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
      for (const one of taken) this.#open.merge(one);
    }
    await this.#gaps.look(store, page, context.now());
    this.#looks.end(page, store.isShared);
  }

  /** Begins to work on what is due, where there is room for it. */
  #feed(context: Context, now: number): void {
    const { batch, enough, feeds } = this.#portion;
    while (this.#feeds < feeds && this.#toSend < enough && now >= this.#holds.allUntil) {
      const due = this.#open.take(now, batch);
      if (due.length === 0) return;
      this.#feeds++;
      this.#start(async () => {
        const sent = new Set<string>();
        try {
          await this.#work(context, due, sent);
        } finally {
          this.#feeds--;
          for (const { id } of due) if (!sent.has(id)) this.#open.giveBack(id);
        }
      });
    }
  }

  /** Works on deliveries; `sent` gets those that are given back once they were sent. */
  async #work(context: Context, due: readonly Delivery[], sent: Set<string>): Promise<void> {
    const ordered = await afterGivers(context, await prepare(context, due), this.#open.all);
    const prepared = await rehearsed(context, ordered);
    if (prepared.some((one) => one.do !== 'read-again')) await this.#reached();
    const verified = agreedOf(prepared, context.live.fields);
    mustHold(await settle(context.store.targets, context.target, verified, context.now()));
    for (const one of prepared) {
      const { delivery } = one;
      if (one.do === 'read-again') await this.#couldNotRead(one.problems);
      else if (one.do === 'send') {
        const reserved = await this.#reserved(context, one);
        if (reserved === null) continue;
        sent.add(delivery.id);
        this.#sendInTurn(context, one, reserved);
      } else {
        await this.#keep(context, delivery, patchOf(one, context.now()));
        if (one.do === 'give-up') await this.#gaveUp(context, one.why);
      }
    }
  }

  /** Keeps room for a delivery; null where the brake holds it back. It is counted when it is sent. */
  async #reserved(context: Context, one: ToSend): Promise<Reservation | null> {
    const { delivery } = one;
    const { fresh, over } = this.#brake.weigh(context, one);
    if (over.length > 0) {
      for (const kind of over) this.#ports.metrics.braked(this.#name(context), kind);
      const outcome: KeptOutcome = { reason: 'brake', code: null, staged: over };
      await this.#keep(context, delivery, { id: delivery.id, state: 'staged', outcome });
      return null;
    }
    return this.#brake.reserve(fresh);
  }

  #sendInTurn(context: Context, one: ToSend, reserved: Reservation): void {
    this.#toSend++;
    this.#start(async () => {
      try {
        await this.#places.pass(() => this.#send(context, one, () => reserved.count(context)));
      } finally {
        reserved.free();
        this.#toSend--;
        this.#open.giveBack(one.delivery.id);
      }
    });
  }

  async #send(context: Context, one: ToSend, counts: () => Promise<void>): Promise<void> {
    if (!this.#isOver) await this.#live.turn(one.requests.length);
    if (this.#isOver || context.now() < this.#holds.allUntil) return;
    const name = this.#name(context);
    const ports = {
      counts,
      heldUntil: (call: string) => this.#holds.until(call),
      sent: (call: string, fate: string, ms: number) => {
        this.#ports.metrics.called(name, call, fate, ms);
      },
    };
    const current = this.#open.now(one.delivery);
    const { delivery, stopped, call } = await send(
      context,
      ports,
      { ...current, toChange: one.delivery.toChange },
      one,
    );
    this.#open.put(delivery);
    if (stopped === null) return await this.#reached(call);
    switch (stopped.do) {
      case 'wait':
        if (stopped.holds === 'call') {
          this.#ports.metrics.limited(name, this.#holds.limit(call, stopped.ms, context.now()));
        }
        if (stopped.holds === 'all')
          await this.#unreachable({ code: outcomeOf(delivery)?.code ?? null, message: '' }, stopped.askedMs);
        return;
      case 'quarantine':
        await this.#quarantine(stopped.reason);
        return;
      case 'give-up':
        await this.#gaveUp(context, `${stopped.why} ${stopped.code ?? ''}`.trim());
        return;
      case 'set-aside':
    }
  }

  #proveDue(context: Context, now: number): void {
    if (this.#isProving || now < this.#holds.allUntil) return;
    const some = this.#open.takeWritten(now, this.#portion, this.#toSend > 0 || this.#feeds > 0);
    if (some.length === 0) return;
    this.#isProving = true;
    this.#start(async () => {
      try {
        const { deliveries, problems } = await prove(context, some);
        for (const one of deliveries) {
          this.#open.put(one);
          if (one.state === 'verified' || one.state === 'partial') {
            this.#ports.metrics.verified(this.#name(context), one.state);
            this.#remembered.refusals.add({ at: context.now(), refusal: null });
          }
        }
        if (problems.length > 0) await this.#couldNotRead(problems);
        else await this.#reached();
      } finally {
        this.#isProving = false;
        for (const { id } of some) this.#open.giveBack(id);
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
        this.#alarm.ring();
      });
    this.#tasks.add(task);
  }

  async #failed(error: unknown): Promise<void> {
    try {
      if (error instanceof UnreadableError) return await this.#couldNotRead(error.problems);
      if (error instanceof ScopeError) return await this.#quarantine('scope');
    } catch (second) {
      // The state could not be kept: what failed is met again after the wait.
      this.#ports.log.error('delivery-failed', { target: this.#target.platform, ...errorFields(second) });
    }
    this.#ports.log.error('delivery-failed', { target: this.#target.platform, ...errorFields(error) });
    this.#holds.all(PACE.failureMs, this.#ports.clock.now());
  }

  /** Waits after a read that brought nothing, or gives the target up where waiting does not help. */
  async #couldNotRead(problems: readonly Problem[]): Promise<void> {
    const kinds = new Set(problems.map(({ verdict }) => verdict.kind));
    if (kinds.has('token')) await this.#quarantine('credentials');
    else if (kinds.has('limit')) this.#holds.all(askedMs(problems, 1_000), this.#ports.clock.now());
    else await this.#unreachable(problems[0]?.verdict, askedMs(problems, 0));
  }

  async #unreachable(why: Said = { code: null, message: '' }, waitMs = 0): Promise<void> {
    if (this.#holds.unreachable(this.#ports.clock.now(), this.#ports.random())) await this.#quarantine('unreachable');
    else if (!this.#isOver) await this.#answering.silent(this.#target, why);
    this.#holds.all(waitMs, this.#ports.clock.now());
  }

  async #reached(call?: string): Promise<void> {
    this.#holds.reached(call);
    if (!this.#isOver) await this.#answering.answered(this.#target);
  }

  async #gaveUp(context: Context, reason: string): Promise<void> {
    this.#ports.metrics.died(this.#name(context), reason);
    const tooMany = this.#remembered.refusals.add({ at: context.now(), refusal: reason });
    if (tooMany !== null) await this.#quarantine(tooMany);
  }

  /** Stops writing to the target, with the reason. */
  async #quarantine(reason: string): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    await this.#ports.store().targets.change(this.#target, { state: 'quarantined', reason });
    this.#ports.log.error('target-quarantined', { target: this.#target.platform, reason });
    this.#alarm.ring();
  }

  async #keep(context: Context, delivery: Delivery, patch: Parameters<typeof keep>[2]): Promise<void> {
    await keep(context, delivery, patch);
    this.#open.put(patched(this.#open.now(delivery), patch, context.now()));
  }

  async #trim(now: number): Promise<void> {
    if (now - this.#trimmedAt < PACE.trimMs) return;
    this.#trimmedAt = now;
    await this.#ports.store().targets.trim(this.#target.id, now);
  }

  #name({ tenant, target }: Context): { readonly company: string; readonly platform: string } {
    return { company: tenant.key, platform: target.platform };
  }

  async #report(context: Context, now: number): Promise<void> {
    this.#reportedAt = now;
    const newest = await context.store.read(() => load('newest-change', {}));
    const lagChanges = Math.max(0, newest - this.#target.cursor);
    this.#ports.metrics.followed({ ...this.#name(context), lagChanges, ...this.#open.summary(now) });
  }

  /** Waits, until it is woken or ended at the latest; what happens in the first moment is looked at once. */
  async #pause(ms: number, over: AbortSignal, leastMs = 0): Promise<void> {
    if (!this.#isOver && !over.aborted) await this.#alarm.wait(ms, leastMs);
  }
}
