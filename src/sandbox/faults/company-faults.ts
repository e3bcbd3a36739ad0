import { MAX_FAULTS } from '../../directory/faults/fault-shape.ts';
import type { FaultRule } from '../../directory/faults/fault.ts';
import { load, type Decision, type Store, type StoreTask } from '../../directory/store.ts';
import type { FaultView } from './contract.ts';
import type { FaultCounters } from './counters.ts';
import { presetsOf } from './presets.ts';
import { readRule, type RuleSources } from './rule.ts';

/** What became of a change of the rules: the rules as they are, or a sentence. */
export type FaultsChanged =
  | { readonly done: readonly FaultRule[]; readonly id: string }
  | { readonly refused: string; readonly why: 'invalid' | 'conflict' | 'unknown-rule' | 'unknown-company' };

/** Reads and changes the rules of companies. */
export class CompanyFaults {
  readonly #store: () => Store;
  readonly #counters: FaultCounters;
  readonly #sources: RuleSources;

  constructor(store: () => Store, counters: FaultCounters, sources: RuleSources) {
    this.#store = store;
    this.#counters = counters;
    this.#sources = sources;
  }

  /** The names of the presets that a rule can be made from. */
  get presets(): readonly string[] {
    return [...presetsOf(this.#sources.platforms).keys()];
  }

  /** Lists the rules of a company in their order; null where there is no such company. */
  async list(key: string): Promise<readonly FaultView[] | null> {
    const tenant = await this.#store().tenantByKey(key);
    if (tenant === null) return null;
    return await Promise.all(
      (tenant.parts.faults ?? []).map(async (rule) => {
        const n = await this.#counters.countOf(tenant, rule);
        return { ...rule, n, fired: this.#counters.firings(tenant, rule).firedUpTo(n) };
      }),
    );
  }

  /** Adds a rule after the others. */
  async add(key: string, given: unknown): Promise<FaultsChanged> {
    return await this.#change(key, (rules) => {
      const rule = readRule(given, () => freshId(rules), this.#sources);
      if (typeof rule === 'string') return { refused: rule, why: 'invalid' };
      if (rules.some(({ id }) => id === rule.id))
        return { refused: `There is a rule ${JSON.stringify(rule.id)} already.`, why: 'conflict' };
      if (rules.length >= MAX_FAULTS)
        return { refused: `A company has at most ${String(MAX_FAULTS)} rules; remove one first.`, why: 'conflict' };
      return { done: [...rules, rule], id: rule.id };
    });
  }

  /** Switches a rule on or off, or puts it before another one. */
  async edit(
    key: string,
    id: string,
    edit: { readonly enabled?: boolean; readonly before?: string },
  ): Promise<FaultsChanged> {
    return await this.#change(key, (rules) => {
      const found = rules.find((rule) => rule.id === id);
      if (found === undefined) return unknownRule(id);
      const rule = edit.enabled === undefined ? found : { ...found, enabled: edit.enabled };
      if (edit.before === undefined || edit.before === id)
        return { done: rules.map((one) => (one === found ? rule : one)), id };
      const others = rules.filter((one) => one !== found);
      const place = others.findIndex((one) => one.id === edit.before);
      return place === -1 ? unknownRule(edit.before) : { done: others.toSpliced(place, 0, rule), id };
    });
  }

  /** Removes a rule; all of them without an id. */
  async remove(key: string, id: string | null): Promise<FaultsChanged> {
    return await this.#change(key, (rules) =>
      id === null
        ? { done: [], id: '' }
        : rules.some((rule) => rule.id === id)
          ? { done: rules.filter((rule) => rule.id !== id), id }
          : unknownRule(id),
    );
  }

  async #change(key: string, work: (rules: readonly FaultRule[]) => FaultsChanged): Promise<FaultsChanged> {
    const store = this.#store();
    const found = await store.tenantByKey(key);
    if (found === null) return { refused: `There is no company "${key}".`, why: 'unknown-company' };
    const { number } = found;
    let before: readonly FaultRule[] = [];
    const changed = await store.write(function* (): StoreTask<Decision<FaultsChanged>> {
      const tenant = yield* load('tenant', { number });
      if (tenant === null)
        return { answer: { refused: `There is no company "${key}".`, why: 'unknown-company' }, effects: [] };
      before = tenant.parts.faults ?? [];
      const answer = work(before);
      if ('refused' in answer) return { answer, effects: [] };
      const { number: _number, faults: _faults, ...parts } = tenant.parts;
      const faults = answer.done.length === 0 ? {} : { faults: answer.done };
      return { answer, effects: [{ write: 'tenant', now: tenant, parts: { ...parts, ...faults } }] };
    });
    if ('done' in changed) {
      const kept = new Set(changed.done.map(({ id }) => id));
      for (const rule of before) if (!kept.has(rule.id)) await this.#counters.end(found, rule);
    }
    return changed;
  }
}

function unknownRule(id: string): FaultsChanged {
  return { refused: `There is no rule ${JSON.stringify(id)}.`, why: 'unknown-rule' };
}

/** The first free one, so that the same rules in the same order have the same ids, and with one seed the same failures. */
function freshId(rules: readonly FaultRule[]): string {
  const taken = new Set(rules.map(({ id }) => id));
  let number = 1;
  while (taken.has(`fault-${String(number)}`)) number++;
  return `fault-${String(number)}`;
}
