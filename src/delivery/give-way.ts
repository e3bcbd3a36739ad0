import { performance, type EventLoopUtilization } from 'node:perf_hooks';
import type { Clock } from '../lib/clock.ts';

/** So long is looked back, to tell whether callers of the directory leave no time. */
const LOOK_MS = 100;
/** What was seen longer ago says nothing about now. */
const STALE_MS = 1_000;
/** The share of its time that the process is at work, and the writes a second, from which on deliveries give way. */
const BUSY = 0.8;
const WRITES_A_SECOND = 100;
/** So far apart are calls then, of all targets together. */
const APART_MS = 25;

/** What giving way needs of the world. */
export interface GiveWayPorts {
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
  /** How busy the process was, since an earlier look. */
  readonly look?: (before?: EventLoopUtilization) => EventLoopUtilization;
}

/**
 * Has deliveries give way to those who write to the directory: while these leave the process no time, calls to live tenants
 * are few. What waits stays in the log, where later changes of the same person join it.
 */
export class GiveWay {
  readonly #clock: Clock;
  readonly #sleep: (ms: number) => Promise<void>;
  readonly #look: (before?: EventLoopUtilization) => EventLoopUtilization;
  #seen: EventLoopUtilization;
  #seenAt: number;
  #writes = 0;
  #isBusy = false;
  #nextAt = -Infinity;

  constructor({ clock, sleep, look = (before) => performance.eventLoopUtilization(before) }: GiveWayPorts) {
    this.#clock = clock;
    this.#sleep = sleep;
    this.#look = look;
    this.#seen = look();
    this.#seenAt = clock.now();
  }

  /** The directory was written to. */
  wrote(): void {
    this.#writes++;
  }

  /** Waits until a call may be made; false where that is not before an instant. */
  async turn(until = Infinity): Promise<boolean> {
    const now = this.#clock.now();
    if (now - this.#seenAt >= LOOK_MS) this.#lookBack(now);
    if (!this.#isBusy) return now < until;
    const at = Math.max(now, this.#nextAt);
    if (at >= until) return false;
    this.#nextAt = at + APART_MS;
    if (at > now) await this.#sleep(at - now);
    return true;
  }

  #lookBack(now: number): void {
    const { utilization } = this.#look(this.#seen);
    const ms = now - this.#seenAt;
    const isMany = this.#writes * 1_000 >= WRITES_A_SECOND * ms;
    this.#isBusy = ms < STALE_MS && isMany && utilization >= BUSY;
    this.#seen = this.#look();
    this.#seenAt = now;
    this.#writes = 0;
  }
}
