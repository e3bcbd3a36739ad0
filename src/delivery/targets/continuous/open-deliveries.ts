import type { Delivery, DeliveryState } from '../../../directory/targets/target-store.ts';
import { intentOf, OPEN, reopened, waitsFor } from './kept.ts';
import type { Portion } from './portion.ts';

const WORKABLE: ReadonlySet<DeliveryState> = new Set(['waiting', 'held', 'doubt']);

/** The open deliveries of a target, as its driver knows them. The store has the same; no one else writes it meanwhile. */
export class OpenDeliveries {
  readonly #all = new Map<string, Delivery>();
  readonly #busy = new Set<string>();
  readonly #over: { closed(delivery: Delivery): void };

  /** Each that is over is handed to `over`. */
  constructor(over: { closed(delivery: Delivery): void }) {
    this.#over = over;
  }

  get size(): number {
    return this.#all.size;
  }

  /** Takes over what an earlier driver left: whatever was being sent may have been done. */
  begin(kept: readonly Delivery[], doubtMs: number): void {
    for (const one of kept) {
      if (one.plan !== null) continue;
      const intent = intentOf(one);
      const isLeft = one.state === 'sending' && intent !== null;
      // A command may have linked what a held one waits for.
      const found = one.state === 'held' ? { ...one, dueAt: 0 } : one;
      this.#all.set(one.id, isLeft ? { ...one, state: 'doubt', dueAt: intent.sendBefore + doubtMs } : found);
    }
  }

  /** All of them. */
  get all(): readonly Delivery[] {
    return [...this.#all.values()];
  }

  /** How many are being worked on, or will be by an instant; the others wait for something else. */
  atWork(by: number): number {
    let count = 0;
    for (const { state, dueAt } of this.#all.values()) if (state !== 'staged' && dueAt <= by) count++;
    return count;
  }

  /** Says for metrics how many are open, and how long the oldest has been. */
  summary(now: number): { readonly open: number; readonly staged: number; readonly lagSeconds: number } {
    let oldest = now;
    let staged = 0;
    for (const { createdAt, state } of this.#all.values()) {
      oldest = Math.min(oldest, createdAt);
      if (state === 'staged') staged++;
    }
    return { open: this.#all.size, staged, lagSeconds: (now - oldest) / 1_000 };
  }

  /** Returns a delivery as it is known now. */
  now(delivery: Delivery): Delivery {
    return this.#all.get(delivery.id) ?? delivery;
  }

  /** Takes in what the log brought: one that is worked on covers the newer change afterwards. */
  merge(one: Delivery): void {
    const known = this.#all.get(one.id);
    if (known === undefined) this.#all.set(one.id, one);
    else {
      const isHeld = known.state === 'held';
      this.#all.set(one.id, { ...known, toChange: one.toChange, ...(isHeld ? { dueAt: 0 } : {}) });
    }
  }

  /** Takes in what became of a delivery, with changes that came while it was worked on. */
  put(delivery: Delivery): void {
    const toChange = Math.max(delivery.toChange, this.#all.get(delivery.id)?.toChange ?? 0);
    if (OPEN.includes(delivery.state)) this.#all.set(delivery.id, { ...delivery, toChange });
    else if (toChange > delivery.toChange) {
      this.#all.set(delivery.id, { ...reopened(delivery, delivery.updatedAt), toChange, dueAt: 0 });
    } else {
      this.#all.delete(delivery.id);
      this.#free(delivery.subject);
      this.#over.closed(delivery);
    }
  }

  /** Looks again at those who wait for what an employee has there. */
  #free(subject: string): void {
    for (const one of this.#all.values()) {
      if (one.state === 'held' && waitsFor(one).includes(subject)) this.#all.set(one.id, { ...one, dueAt: 0 });
    }
  }

  /** Takes out those that are to be worked on now; they are not taken again until they are given back. */
  take(now: number, limit: number): readonly Delivery[] {
    const due: Delivery[] = [];
    for (const one of this.#all.values()) {
      if (due.length === limit) break;
      if (WORKABLE.has(one.state) && one.dueAt <= now && !this.#busy.has(one.id)) due.push(one);
    }
    for (const { id } of due) this.#busy.add(id);
    return due;
  }

  /** Takes out those that are to be read back; while others are being sent, many at a time, as one call reads many. */
  takeWritten(now: number, { batch, proveMs }: Portion, areOthersSent: boolean): readonly Delivery[] {
    const written = [...this.#all.values()].filter(
      ({ state, dueAt, id }) => state === 'written' && dueAt <= now && !this.#busy.has(id),
    );
    const oldest = Math.min(...written.map(({ updatedAt }) => updatedAt));
    if (areOthersSent && written.length < batch && now - oldest < proveMs) return [];
    const some = written.slice(0, batch);
    for (const { id } of some) this.#busy.add(id);
    return some;
  }

  /** Gives one back. */
  giveBack(id: string): void {
    this.#busy.delete(id);
  }

  /** Returns how long nothing comes due; what is due and has no place is looked at when a task ends. */
  nextDueMs(now: number, areTasks: boolean, { proveMs }: Portion): number {
    let next = Infinity;
    for (const { id, state, dueAt, updatedAt } of this.#all.values()) {
      if (this.#busy.has(id) || state === 'staged' || state === 'sending') continue;
      const at = state === 'written' ? Math.max(dueAt, Math.min(updatedAt, dueAt) + proveMs) : dueAt;
      if (at > now || !areTasks) next = Math.min(next, Math.max(0, at - now));
    }
    return next;
  }
}
