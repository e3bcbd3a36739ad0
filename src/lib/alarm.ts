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

  /** Waits so long at the most. */
  async wait(ms: number): Promise<void> {
    if (this.#isAwake || ms <= 0) return;
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
