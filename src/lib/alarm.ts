import { clearTimeout, setTimeout } from 'node:timers';
import { setTimeout as sleep } from 'node:timers/promises';

/** A timer can be set for so long; it is set again after that. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** A wait that ends early where something happens. */
export class Alarm {
  #wake: (() => void) | null = null;
  #isAwake = false;

  /** Ends the wait, or has the next one not begin. */
  ring(): void {
    this.#isAwake = true;
    this.#wake?.();
  }

  /** What rings from now on ends the next wait. */
  set(): void {
    this.#isAwake = false;
  }

  /** Waits so long at the most; at the least so long, however early something happens. */
  async wait(ms: number, leastMs = 0): Promise<void> {
    if (leastMs > 0) await sleep(leastMs, undefined, { ref: false });
    if (this.#isAwake || ms <= leastMs) return;
    await new Promise<void>((resolve) => {
      const timer = ms === Infinity ? undefined : setTimeout(resolve, Math.min(ms - leastMs, MAX_TIMER_MS));
      timer?.unref();
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = null;
  }
}
