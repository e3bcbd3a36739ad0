import type { Problem, Verdict } from '../../../connectors/connector.ts';
import type { KeptTarget } from '../../../directory/targets/target-store.ts';
import { isNoAnswer, noAnswer } from '../target-states.ts';
import type { ContinuousPorts } from './ports.ts';
import { backOff } from './retries.ts';

/** A target that could not be reached for so long is quarantined. */
const UNREACHABLE_MS = 10 * 60 * 1_000;
const LONGEST_MS = 60 * 60 * 1_000;

/** Remembers what of a target waits: single calls, as the platform asked for it, or everything, as it cannot be reached. */
export class Holds {
  readonly #calls = new Map<string, { readonly until: number; readonly strikes: number }>();
  #allUntil = 0;
  #failures = 0;
  #failingSince: number | null = null;

  /** Until when everything waits. */
  get allUntil(): number {
    return this.#allUntil;
  }

  /** Until when calls of this name wait; 0: they do not. */
  until(call: string): number {
    return this.#calls.get(call)?.until ?? 0;
  }

  /** Has a call wait as long as the platform asks, and longer each time it asks again at once. Returns how long. */
  limit(call: string, ms: number, now: number): number {
    const before = this.#calls.get(call);
    if (before !== undefined && before.until > now) return 0;
    const strikes = before === undefined ? 0 : before.strikes + 1;
    const waitMs = Math.min(LONGEST_MS, ms * 2 ** strikes);
    this.#calls.set(call, { until: now + waitMs, strikes });
    return waitMs;
  }

  /** Has everything wait. */
  all(ms: number, now: number): void {
    this.#allUntil = Math.max(this.#allUntil, now + ms);
  }

  /** The target could not be reached. Returns whether that is so for too long. */
  unreachable(now: number, random: number): boolean {
    if (now < this.#allUntil) return false;
    this.#failures++;
    this.#failingSince ??= now;
    this.#allUntil = now + backOff(this.#failures, random);
    return now - this.#failingSince >= UNREACHABLE_MS;
  }

  /** The target answered. */
  reached(call?: string): void {
    if (call !== undefined) this.#calls.delete(call);
    this.#failures = 0;
    this.#failingSince = null;
  }
}

/** Returns how long reads that brought nothing ask to wait; `otherwise`: what one counts that does not say. */
export function askedMs(problems: readonly Problem[], otherwise: number): number {
  return Math.max(0, ...problems.map(({ verdict: { waitMs = otherwise } }) => waitMs));
}

/** What a target said, or what stood in its way. */
export type Said = Pick<Verdict, 'code' | 'message'>;

/**
 * Keeps with a target that it gives no answer, from the first time on: at every node it can be seen why deliveries wait.
 * That it is so for long is another matter.
 */
export class Answering {
  readonly #ports: ContinuousPorts;
  #isSilent: boolean;

  constructor(ports: ContinuousPorts, { reason }: KeptTarget) {
    this.#ports = ports;
    this.#isSilent = isNoAnswer(reason);
  }

  /** The target gave no answer, or another server gave one. A reason that is kept already says something else, and stays. */
  async silent(target: KeptTarget, { code, message }: Said): Promise<void> {
    if (this.#isSilent || target.reason !== null) return;
    this.#isSilent = true;
    // What a tenant says of a failure may name people: it is shown, and no part of the log.
    this.#ports.log.warn('target-unreachable', { target: target.platform, reason: noAnswer(code) });
    await this.#ports.store().targets.change(target, { reason: noAnswer(code, message) });
  }

  async answered(target: KeptTarget): Promise<void> {
    if (!this.#isSilent) return;
    this.#isSilent = false;
    this.#ports.log.info('target-answers', { target: target.platform });
    await this.#ports.store().targets.change(target, { reason: null });
  }
}
