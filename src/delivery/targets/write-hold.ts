import { clearInterval, setInterval } from 'node:timers';
import { setTimeout } from 'node:timers/promises';
import type { ConsumerClaim } from '../../directory/deliveries.ts';
import type { StepOutcome } from '../../directory/targets/step-outcome.ts';
import type { KeptTarget, TargetStore } from '../../directory/targets/target-store.ts';
import { TargetError } from '../../directory/targets/target-view.ts';
import type { OwnPerson } from './own-people.ts';
import { bookSteps } from './plan/book-steps.ts';

/** A write of several steps, while which nothing else writes to the target. */
export interface HeldWrite {
  /** Asked before each step: the target is no longer on, or something else holds it. */
  isStopped(): Promise<boolean>;
  /** Some of our people as they are now. */
  ourPeople(ids: readonly string[]): Promise<ReadonlyMap<string, OwnPerson>>;
  /** Keeps what a step came to. */
  book(outcome: StepOutcome): Promise<void>;
  /** Keeps something under the claim; null where the store is not at hand. Throws {@link TargetError}. */
  readonly keep: ((work: Keeping) => Promise<void>) | null;
}

/** Writes to the store under a claim; answers false where that was lost. */
export type Keeping = (store: TargetStore, claim: ConsumerClaim) => Promise<boolean>;

/** What holding a target needs. */
export interface WriteHoldPorts {
  readonly store: () => TargetStore;
  readonly id: string;
  readonly node: string;
  readonly isOn: () => Promise<boolean>;
  readonly ourPeople: HeldWrite['ourPeople'];
}

/** So long is the target held at a time, and how often that is renewed. */
const LEASE_MS = 30_000;
const RENEW_MS = 8_000;
/** How long, and how often, a target that is held is asked for. */
const WAIT_MS = 10_000;
const ASK_MS = 100;

/**
 * Holds a target for a write. What follows the target waits; a command, such as a pause, may take it over between two steps,
 * and the write goes on afterwards where the target is still on.
 */
export async function holdWrite<Result>(
  ports: WriteHoldPorts,
  work: (held: HeldWrite) => Promise<Result>,
): Promise<Result> {
  const hold = new WriteHold(ports);
  if (!(await hold.take())) throw busy();
  const renewing = setInterval(() => void hold.renew(), RENEW_MS).unref();
  try {
    return await work(hold);
  } finally {
    clearInterval(renewing);
    await hold.release();
  }
}

class WriteHold implements HeldWrite {
  readonly #ports: WriteHoldPorts;
  #claim: KeptTarget | null = null;

  constructor(ports: WriteHoldPorts) {
    this.#ports = ports;
  }

  /** Claims the target; waits a little for whatever works on it. */
  async take(): Promise<boolean> {
    const { id, node } = this.#ports;
    for (const until = Date.now() + WAIT_MS; ;) {
      this.#claim = await this.#store.claimWriting(id, node, LEASE_MS);
      if (this.#claim !== null || Date.now() >= until) return this.#claim !== null;
      await setTimeout(ASK_MS);
    }
  }

  /** Keeps the lease; where it cannot be asked for, the next step sees whether it is still held. */
  async renew(): Promise<boolean> {
    const claim = this.#claim;
    return claim !== null && (await this.#store.renew(claim, LEASE_MS).catch(() => false));
  }

  async release(): Promise<void> {
    if (this.#claim !== null) await this.#store.release(this.#claim);
  }

  async isStopped(): Promise<boolean> {
    const isHeld = (await this.renew()) || (await this.take());
    // Asked for while it is held: no command can change it before the next look.
    return !isHeld || !(await this.#ports.isOn());
  }

  ourPeople(ids: readonly string[]): ReturnType<HeldWrite['ourPeople']> {
    return this.#ports.ourPeople(ids);
  }

  async book(outcome: StepOutcome): Promise<void> {
    await this.keep((store, claim) => bookSteps(store, claim, [outcome], Date.now()));
  }

  readonly keep = async (work: Keeping): Promise<void> => {
    if (this.#claim !== null && (await work(this.#store, this.#claim))) return;
    // A command came in between: what was sent is kept all the same.
    if (!(await this.take()) || this.#claim === null || !(await work(this.#store, this.#claim))) throw busy();
  };

  get #store(): TargetStore {
    return this.#ports.store();
  }
}

function busy(): TargetError {
  return new TargetError('busy', 'Another command or node works on this target; try again when it is done.');
}
