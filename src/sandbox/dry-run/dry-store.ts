import type { Decision, Query, Store, StoreTask } from '../../directory/store.ts';
import type { Tenant } from '../../directory/tenant.ts';

/** Says that a call cannot be run without writing, in one sentence. */
export class DryRunError extends Error {
  constructor(what: string) {
    super(`A call that uses "${what}" of the store cannot be run without writing.`);
    this.name = 'DryRunError';
  }
}

/** What is pretended of a company. */
export type TenantChange = (tenant: Tenant) => Tenant;

/** What is pretended while a call is tried; nothing where a member is absent. */
export interface Pretence {
  readonly tenant?: TenantChange | undefined;
  /** Returns the answer to a query as it is pretended; the given one where nothing bears on it. */
  readonly answer?: (query: Query, answer: unknown) => unknown;
}

/** Members of a store that only look. */
const LOOKS: ReadonlySet<string> = new Set(['tenantKeys', 'employees', 'consider', 'countOf', 'isShared', 'isReady']);

/**
 * Returns a view of a store that writes nothing: what a work decides is answered and dropped. Rules and texts are those of
 * the real call, on both engines alike. Each other use of the store throws {@link DryRunError}.
 */
export function dryStore(store: Store, { tenant: change, answer = asItIs }: Pretence = {}): Store {
  const known = new Map<Tenant, Tenant>();
  const changed = (tenant: Tenant | null): Tenant | null => {
    if (tenant === null || change === undefined) return tenant;
    let instead = known.get(tenant);
    if (instead === undefined) known.set(tenant, (instead = change(tenant)));
    return instead;
  };
  const pretended: NonNullable<Pretence['answer']> = (query, given) =>
    query.ask === 'tenant' ? changed(given as Tenant | null) : answer(query, given);
  const view = {
    read: <Answer>(work: () => StoreTask<Answer>) => store.read(() => pretending(work(), pretended)),
    write: <Answer>(work: () => StoreTask<Decision<Answer>>) =>
      store.read(() => decided(pretending(work(), pretended))),
    tenant: async (number: number) => changed(await store.tenant(number)),
    tenantByKey: async (key: string) => changed(await store.tenantByKey(key)),
    tenantByName: async (space: string, value: string) => changed(await store.tenantByName(space, value)),
    tenantByApp: async (dialect: string, key: string) => changed(await store.tenantByApp(dialect, key)),
    countUp: async (tenant: number, name: string) => (await store.countOf(tenant, name)) + 1,
    endCount: () => Promise.resolve(),
  };
  return new Proxy(store, {
    get: (target, name) => {
      if (typeof name === 'symbol') return undefined;
      if (Object.hasOwn(view, name)) return view[name as keyof typeof view];
      if (!LOOKS.has(name)) throw new DryRunError(name);
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

function asItIs(_query: Query, answer: unknown): unknown {
  return answer;
}

/** Answers what a work decided, and drops what it would have written. */
export function* decided<Answer>(work: StoreTask<Decision<Answer>>): StoreTask<Answer> {
  return (yield* work).answer;
}

/** Runs a work whose questions are answered as it is pretended. */
function* pretending<Answer>(work: StoreTask<Answer>, pretended: NonNullable<Pretence['answer']>): StoreTask<Answer> {
  let step = work.next();
  while (step.done !== true) {
    const asked = step.value;
    const answer: unknown = yield asked;
    step = work.next(
      'ask' in asked
        ? pretended(asked, answer)
        : asked.map((query, index) => pretended(query, (answer as readonly unknown[])[index])),
    );
  }
  return step.value;
}
