import type { FaultRule } from '../../directory/faults/fault.ts';
import type { Store } from '../../directory/store.ts';
import type { Tenant, TenantData } from '../../directory/tenant.ts';
import { deepEqual } from '../../lib/json-equal.ts';
import { LruCache } from '../../lib/lru-cache.ts';
import { FiringCount } from './decision.ts';

/** So many rules are counted on this node. */
const MAX_RULES = 20_000;
/** Of one rule so many blocks and limits hold. */
const MAX_HOLDS = 1_000;

/** Whose calls are counted. */
type CountedCompany = Pick<Tenant, 'number'> & { readonly parts: Pick<TenantData, 'clock'> };

interface Counted {
  rule: FaultRule;
  n: number;
  firings: FiringCount;
  /** Until when a block or a limit that the rule began holds, by the company’s time and what it is for. */
  holds: LruCache<string, number>;
}

/**
 * Numbers the calls that rules match: in memory where only this process writes the data, else in the store, so that each
 * number is given once over all nodes.
 */
export class FaultCounters {
  readonly #store: () => Store;
  readonly #counted = new LruCache<string, Counted>(MAX_RULES);

  constructor(store: () => Store) {
    this.#store = store;
  }

  /** Returns the number of the next call that a rule matches; a promise where the store gives it. */
  next(tenant: CountedCompany, rule: FaultRule): number | Promise<number> {
    const store = this.#store();
    return store.isShared ? store.countUp(tenant.number, nameOf(rule)) : ++this.#of(tenant, rule).n;
  }

  /** Returns how often a rule fired, worked out from the numbers. */
  firings(tenant: CountedCompany, rule: FaultRule): FiringCount {
    return this.#of(tenant, rule).firings;
  }

  /** Returns until when the blocks and limits of a rule hold, on this node; they end with the rule. */
  holds(tenant: CountedCompany, rule: FaultRule): LruCache<string, number> {
    return this.#of(tenant, rule).holds;
  }

  /** Returns how many calls a rule matched. */
  async countOf(tenant: CountedCompany, rule: FaultRule): Promise<number> {
    const store = this.#store();
    return store.isShared ? await store.countOf(tenant.number, nameOf(rule)) : this.#of(tenant, rule).n;
  }

  /** Begins the count of a rule again. */
  async end(tenant: CountedCompany, rule: FaultRule): Promise<void> {
    this.#counted.delete(keyOf(tenant, rule));
    const store = this.#store();
    if (store.isShared) await store.endCount(tenant.number, nameOf(rule));
  }

  #of(tenant: CountedCompany, rule: FaultRule): Counted {
    const key = keyOf(tenant, rule);
    let counted = this.#counted.get(key);
    if (counted === undefined) {
      counted = { rule, n: 0, firings: new FiringCount(rule), holds: new LruCache(MAX_HOLDS) };
      this.#counted.set(key, counted);
    } else if (counted.rule !== rule) {
      // The company was loaded again; the rule may be another one of this name, which another node put in its place.
      if (!deepEqual(counted.rule.effect, rule.effect)) counted.holds = new LruCache(MAX_HOLDS);
      counted.rule = rule;
      counted.firings = new FiringCount(rule);
    }
    return counted;
  }
}

function nameOf({ id }: FaultRule): string {
  return `fault ${id}`;
}

function keyOf({ number, parts }: CountedCompany, { id }: FaultRule): string {
  // A reset begins another epoch, and every count with it; the store ends its own counts then.
  return `${String(number)} ${String(parts.clock?.epoch ?? 0)} ${id}`;
}
