import { performance, type EventLoopUtilization } from 'node:perf_hooks';

/** The share of its time that the process is at work, and the writes a second, from which on deliveries give way. */
const BUSY = 0.8;
const WRITES_A_SECOND = 100;
/** So long is looked back to see that, and to see that it is over. */
const LOOK_MS = 25;
const CALM_MS = 250;
/** A look that was longer ago says nothing: what was known before is believed until the next one. */
const STALE_MS = 1_000;
/** What deliveries of all targets take together then, over what updates take. */
export const SHARE = 0.025;
/** So many updates take what one call takes, with all that belongs to it; measured, and so on slow machines, too. */
export const CALL_IN_WRITES = 30;
/** So long after the last call one is made whatever the share: a delivery never waits for good. */
export const FLOOR_MS = 1_000;
/** How often it is looked whether one who waits may go. */
const TICK_MS = 50;

/** What giving way needs of the world. */
export interface GiveWayPorts {
  readonly sleep: (ms: number) => Promise<unknown>;
  /** Milliseconds by a clock that is never set. */
  readonly now?: () => number;
  /** How busy the process was, since an earlier look. */
  readonly look?: (before?: EventLoopUtilization) => EventLoopUtilization;
}

/** Waits until so many calls may be made, one after another; rejects once the signal is aborted. */
export type Turn = (calls?: number, signal?: AbortSignal) => Promise<void>;

/** One who waits for a turn. */
interface Waiting {
  readonly calls: number;
  readonly signal: AbortSignal | undefined;
  readonly go: () => void;
  readonly end: (reason: unknown) => void;
}

/**
 * Has deliveries give way to those who write to the directory: while these leave the process no time, calls to live tenants
 * take a small share of what updates take. What waits stays in the log, where later changes of the same person join it.
 */
export class GiveWay {
  readonly #now: () => number;
  readonly #sleep: (ms: number) => Promise<unknown>;
  readonly #look: (before?: EventLoopUtilization) => EventLoopUtilization;
  /** The lanes in which someone waits; the first is the next to go. */
  #waiting: Waiting[][] = [];
  #seen: EventLoopUtilization;
  #seenAt: number;
  #writes = 0;
  #isBusy = false;
  /** What calls may take now, counted in writes; not much more than one call is saved up. */
  #credit = 0;
  #calledAt = -Infinity;

  constructor({ sleep, now = monotonicMs, look = utilization }: GiveWayPorts) {
    this.#now = now;
    this.#sleep = sleep;
    this.#look = look;
    this.#seen = look();
    this.#seenAt = now();
  }

  /** The directory was written to. */
  wrote(): void {
    this.#writes++;
    this.#credit = Math.min(2 * CALL_IN_WRITES, this.#credit + SHARE);
  }

  /** Whether updates leave the process no time. */
  get isBusy(): boolean {
    const ms = this.#now() - this.#seenAt;
    if (ms >= (this.#isBusy ? CALM_MS : LOOK_MS)) this.#lookBack(ms);
    return this.#isBusy;
  }

  /** Returns the turns of one target: where several wait, each has its turn in rotation. */
  lane(): Turn {
    const lane: Waiting[] = [];
    return async (calls = 1, signal) => {
      if (!this.isBusy) return;
      if (this.#waiting.length === 0 && this.#takes(calls)) return;
      await new Promise<void>((go, end) => {
        lane.push({ calls, signal, go, end });
        if (lane.length > 1) return;
        this.#waiting.push(lane);
        if (this.#waiting.length === 1) void this.#letGo();
      });
    };
  }

  /** Lets those go who wait, each as soon as there is room for it. */
  async #letGo(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#sleep(TICK_MS);
      this.#endAborted();
      while (this.#letOneGo());
    }
  }

  /** Lets the next one go; false where none may. */
  #letOneGo(): boolean {
    const lane = this.#waiting[0];
    const first = lane?.[0];
    if (lane === undefined || first === undefined) return false;
    if (this.isBusy && !this.#takes(first.calls)) return false;
    lane.shift();
    this.#waiting.shift();
    if (lane.length > 0) this.#waiting.push(lane);
    first.go();
    return true;
  }

  #endAborted(): void {
    for (const lane of this.#waiting) {
      const over = lane.filter(({ signal }) => signal?.aborted === true);
      for (const { signal, end } of over) end(signal?.reason);
      lane.splice(0, lane.length, ...lane.filter((one) => !over.includes(one)));
    }
    this.#waiting = this.#waiting.filter((lane) => lane.length > 0);
  }

  /** Counts calls where there is room for the first of them; those behind it are made up for later. */
  #takes(calls: number): boolean {
    const now = this.#now();
    if (this.#credit >= CALL_IN_WRITES) this.#credit -= calls * CALL_IN_WRITES;
    else if (now - this.#calledAt < FLOOR_MS) return false;
    this.#calledAt = now;
    return true;
  }

  #lookBack(ms: number): void {
    const { utilization: share } = this.#look(this.#seen);
    if (ms < STALE_MS) this.#isBusy = share >= BUSY && this.#writes * 1_000 >= WRITES_A_SECOND * ms;
    this.#seen = this.#look();
    this.#seenAt += ms;
    this.#writes = 0;
  }
}

function utilization(before?: EventLoopUtilization): EventLoopUtilization {
  return performance.eventLoopUtilization(before);
}

function monotonicMs(): number {
  return performance.now();
}
