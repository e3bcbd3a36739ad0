import type { Employee } from '../../directory/employees/employee.ts';
import type { LookupKey, LookupSpace } from '../../directory/lookup.ts';
import { load, type Query, type Store, type StoreTask } from '../../directory/store.ts';
import type { Tenant } from '../../directory/tenant.ts';

/** Questions about named values, of which each value is answered on its own. */
type ByValue = 'employees-by' | 'employees-by-id' | 'accounts-by';
type ByValueQuery = Extract<Query, { ask: ByValue }>;

/** Questions that differ in their values alone, and what was learnt about these; undefined: it is of no employee. */
interface Kind {
  readonly query: ByValueQuery;
  readonly known: Map<string, unknown>;
}

const UNKNOWN = Symbol('unknown');

/** Returns the answer to a question as it is to be; the given one where nothing bears on it. */
export type AnswerChange = (query: Query, answer: unknown) => unknown;

/** What is known of the questions of a batch, as another thread can take it over. */
export interface KnownAnswers {
  readonly kinds: readonly { readonly query: ByValueQuery; readonly known: ReadonlyMap<string, unknown> }[];
  readonly others: ReadonlyMap<string, unknown>;
}

/** How many answers to other questions are remembered. */
const MAX_OTHERS = 1_000;

/**
 * Answers the questions of many dry runs together: those about the values of a batch are asked of the store at once, as soon
 * as one run has asked such a question. What was answered is believed in this batch alone. Answers are the store's own.
 */
export class SharedLookUps {
  readonly #store: () => Store;
  /** Kinds of questions about values that were asked so far, by what they are about: a few each. */
  readonly #kinds = new Map<string, Kind[]>();
  readonly #values: ReadonlyMap<LookupSpace, ReadonlySet<string>>;
  readonly #others = new Map<string, unknown>();
  readonly #tenants = new Map<number, Tenant | null>();

  private constructor(store: () => Store, values: ReadonlyMap<LookupSpace, ReadonlySet<string>>) {
    this.#store = store;
    this.#values = values;
  }

  /** Begins a batch: asks for its values what was asked for those of the batch before. */
  static async begin(
    store: () => Store,
    keys: Iterable<LookupKey>,
    before: SharedLookUps | null,
  ): Promise<SharedLookUps> {
    const values = new Map<LookupSpace, Set<string>>();
    for (const [space, value] of keys) {
      const known = values.get(space);
      if (known === undefined) values.set(space, new Set([value]));
      else known.add(value);
    }
    const begun = new SharedLookUps(store, values);
    if (before === null) return begun;
    for (const [topic, kinds] of before.#kinds) {
      begun.#kinds.set(
        topic,
        kinds.map(({ query }) => ({ query, known: new Map<string, unknown>() })),
      );
    }
    const kinds = [...begun.#kinds.values()].flat();
    await store().read(() => begun.#askAll(kinds));
    return begun;
  }

  /** Returns what is known, each answer as `change` makes it. */
  known(change: AnswerChange): KnownAnswers {
    const kinds = [...this.#kinds.values()].flat().map(({ query, known }) => {
      const values = [...known.keys()];
      const found = new Map([...known].filter(([, answer]) => answer !== undefined));
      const changed = change(withValues(query, values), found) as ReadonlyMap<string, unknown>;
      return {
        query: withValues(query, []) as ByValueQuery,
        known: new Map(values.map((value) => [value, changed.get(value)])),
      };
    });
    return { kinds, others: this.#others };
  }

  /** Begins a batch with what another thread knows of it, and of one company. */
  static takeOver(store: () => Store, { kinds, others }: KnownAnswers, tenant: Tenant | null): SharedLookUps {
    const begun = new SharedLookUps(store, new Map());
    for (const { query, known } of kinds) {
      const topic = topicOf(query);
      const kind = { query, known: new Map(known) };
      const same = begun.#kinds.get(topic);
      if (same === undefined) begun.#kinds.set(topic, [kind]);
      else same.push(kind);
    }
    for (const [key, answer] of others) begun.#others.set(key, answer);
    if (tenant !== null) begun.#tenants.set(tenant.number, tenant);
    return begun;
  }

  /** Runs a work with its answers shared, each as `change` makes it; waits for the store only where it asks something new. */
  async run<Answer>(work: StoreTask<Answer>, change: AnswerChange): Promise<Answer> {
    for (let step = work.next(); ;) {
      if (step.done === true) return step.value;
      const asked = step.value;
      if ('ask' in asked) {
        let answer = this.#answer(asked);
        if (answer === UNKNOWN) {
          await this.#store().read(() => this.#learn([asked]));
          answer = this.#answer(asked);
        }
        step = work.next(change(asked, answer));
      } else {
        let answers = asked.map((query) => this.#answer(query));
        if (answers.includes(UNKNOWN)) {
          await this.#store().read(() => this.#learn(asked));
          answers = asked.map((query) => this.#answer(query));
        }
        step = work.next(answers.map((answer, index) => change(asked[index] as Query, answer)));
      }
    }
  }

  /** What is known of a question, or `UNKNOWN`. */
  #answer(query: Query): unknown {
    if (query.ask === 'tenant') {
      const tenant = this.#tenants.get(query.number);
      return tenant === undefined ? UNKNOWN : tenant;
    }
    if (!isByValue(query)) {
      const key = JSON.stringify(query);
      const answer = this.#others.get(key);
      return answer === undefined && !this.#others.has(key) ? UNKNOWN : answer;
    }
    const known = this.#kindOf(query)?.known;
    if (known === undefined) return UNKNOWN;
    const found = new Map<string, unknown>();
    for (const value of valuesOf(query)) {
      const answer = known.get(value);
      if (answer !== undefined) found.set(value, answer);
      else if (!known.has(value)) return UNKNOWN;
    }
    return found;
  }

  /** Asks what is not known: of a new kind of question for all values of the batch. */
  *#learn(queries: readonly Query[]): StoreTask<void> {
    for (const query of queries) {
      if (this.#answer(query) !== UNKNOWN) continue;
      if (query.ask === 'tenant') this.#tenants.set(query.number, yield* load('tenant', query));
      else if (isByValue(query)) {
        const kind = this.#kindOf(query) ?? (yield* this.#begun(query));
        yield* this.#ask(kind, valuesOf(query));
      } else {
        if (this.#others.size >= MAX_OTHERS) this.#others.clear();
        this.#others.set(JSON.stringify(query), yield query);
      }
    }
  }

  /** Begins to ask a new kind of question, for the values of the batch first. */
  *#begun(query: ByValueQuery): StoreTask<Kind> {
    const kind = { query, known: new Map<string, unknown>() };
    const topic = topicOf(query);
    const others = this.#kinds.get(topic);
    if (others === undefined) this.#kinds.set(topic, [kind]);
    else others.push(kind);
    yield* this.#askAll([kind]);
    return kind;
  }

  /** Asks some kinds of questions for the values of the batch. */
  *#askAll(kinds: readonly Kind[]): StoreTask<void> {
    for (const kind of kinds) yield* this.#ask(kind, [...(this.#values.get(spaceOf(kind.query)) ?? [])]);
  }

  *#ask({ query, known }: Kind, values: readonly string[]): StoreTask<void> {
    const missing = values.filter((value) => !known.has(value));
    if (missing.length === 0) return;
    const found = (yield withValues(query, missing)) as ReadonlyMap<string, Employee>;
    for (const value of missing) known.set(value, found.get(value));
  }

  /** A row asks thirty questions, so a kind is found without a text being made of each. */
  #kindOf(query: ByValueQuery): Kind | undefined {
    return this.#kinds.get(topicOf(query))?.find((kind) => isSameKind(kind.query, query));
  }
}

function isByValue(query: Query): query is ByValueQuery {
  return query.ask === 'employees-by' || query.ask === 'employees-by-id' || query.ask === 'accounts-by';
}

function valuesOf(query: ByValueQuery): readonly string[] {
  return query.ask === 'employees-by-id' ? query.ids : query.values;
}

function withValues(query: ByValueQuery, values: readonly string[]): Query {
  return query.ask === 'employees-by-id' ? { ...query, ids: values } : { ...query, values };
}

/** The space in which a batch has values for a question; own ids are those of leaders. */
function spaceOf(query: ByValueQuery): LookupSpace {
  if (query.ask === 'employees-by') return query.space;
  if (query.ask === 'employees-by-id') return 'leader';
  return query.by === 'id' ? 'id:account' : query.by;
}

function topicOf(query: ByValueQuery): string {
  return query.ask === 'employees-by' ? query.space : query.ask;
}

/** Whether two questions on one topic ask the same apart from their values. */
function isSameKind(one: ByValueQuery, other: ByValueQuery): boolean {
  if (one.ask === 'employees-by') {
    return other.ask === 'employees-by' && one.tenant === other.tenant && one.upTo === other.upTo;
  }
  if (one.ask === 'employees-by-id') return other.ask === 'employees-by-id' && one.tenant === other.tenant;
  return (
    other.ask === 'accounts-by' && one.by === other.by && one.realm === other.realm && one.realmOf === other.realmOf
  );
}
