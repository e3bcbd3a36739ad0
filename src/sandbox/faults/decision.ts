import { createHash } from 'node:crypto';
import type { FaultDelay, FaultMatch, FaultRule } from '../../directory/faults/fault.ts';

/** Draws a number from 0 to below 1 for a call of a rule: the same for the same seed, whatever engine or node asks. */
export function drawOf({ id, seed = 0 }: Pick<FaultRule, 'id' | 'seed'>, n: number, about = ''): number {
  const digest = createHash('sha256')
    .update(`${String(seed)}\n${id}\n${String(n)}${about === '' ? '' : `\n${about}`}`)
    .digest();
  return Number(digest.readBigUInt64BE() >> 11n) / 2 ** 53;
}

/** Whether a rule fires for the n-th call that it matches, its `times` left aside. */
export function fires(rule: Pick<FaultRule, 'id' | 'seed' | 'share' | 'match'>, n: number): boolean {
  return isNth(rule.match?.nth, n) && (rule.share === undefined || drawOf(rule, n) < rule.share);
}

function isNth(nth: FaultMatch['nth'], n: number): boolean {
  if (nth === undefined) return true;
  if (typeof nth === 'number') return n === nth;
  if (isList(nth)) return nth.includes(n);
  const { every, from = every } = nth;
  return n >= from && (n - from) % every === 0;
}

function isList(nth: NonNullable<FaultMatch['nth']>): nth is readonly number[] {
  return Array.isArray(nth);
}

/** Returns how long the n-th call is held up, in milliseconds. */
export function delayOf(rule: Pick<FaultRule, 'id' | 'seed'>, delay: FaultDelay, n: number): number {
  if (typeof delay === 'number') return delay;
  const draw = drawOf(rule, n, 'delay');
  if ('uniform' in delay) {
    const [least, most] = delay.uniform;
    return least + draw * (most - least);
  }
  const { median, sigma, max } = delay.lognormal;
  return Math.min(max, median * Math.exp(sigma * normal(draw, drawOf(rule, n, 'delay\n2'))));
}

/** Makes a number of the normal distribution from two even ones (Box and Muller). */
function normal(one: number, other: number): number {
  return Math.sqrt(-2 * Math.log(1 - one)) * Math.cos(2 * Math.PI * other);
}

/**
 * Counts how often a rule fired among its calls. All of it follows from their numbers, so that nodes need not tell each
 * other: which numbers fired is worked out once, in their order.
 */
export class FiringCount {
  readonly #rule: Pick<FaultRule, 'id' | 'seed' | 'share' | 'match'>;
  #upTo = 0;
  #fired = 0;
  /** Of a rule with `times`: the number after which it fires no more. */
  #last = Number.POSITIVE_INFINITY;
  readonly #times: number;

  constructor(rule: FaultRule) {
    this.#rule = rule;
    this.#times = rule.times ?? Number.POSITIVE_INFINITY;
  }

  /** Whether the n-th call is one of the first `times` that fire. */
  isWithin(n: number): boolean {
    if (this.#times === Number.POSITIVE_INFINITY) return true;
    this.firedUpTo(n);
    return n <= this.#last;
  }

  /** How often it fired among the first n calls, no further than they were asked for. */
  firedUpTo(n: number): number {
    for (; this.#upTo < n && this.#fired < this.#times; this.#upTo++) {
      if (!fires(this.#rule, this.#upTo + 1)) continue;
      this.#fired++;
      if (this.#fired === this.#times) this.#last = this.#upTo + 1;
    }
    return this.#fired;
  }
}
