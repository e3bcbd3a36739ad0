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

const asItIs: TenantChange = (tenant) => tenant;

/** Members of a store that only look. */
const LOOKS: ReadonlySet<string> = new Set(['tenantKeys', 'employees', 'consider', 'countOf', 'isShared', 'isReady']);

/**
 * Returns a view of a store that writes nothing: what a work decides is answered and dropped. Rules and texts are those of
 * the real call, on both engines alike. Each other use of the store throws {@link DryRunError}.
 */
export function dryStore(store: Store, pretend: TenantChange = asItIs): Store {
  const known = new Map<Tenant, Tenant>();
  const changed = <T extends Tenant | null>(tenant: T): T | Tenant => {
    if (tenant === null) return tenant;
    let instead = known.get(tenant);
    if (instead === undefined) known.set(tenant, (instead = pretend(tenant)));
    return instead;
  };
  const view = {
    read: <Answer>(work: () => StoreTask<Answer>) => store.read(() => pretending(work(), changed)),
    write: <Answer>(work: () => StoreTask<Decision<Answer>>) => store.read(() => decided(pretending(work(), changed))),
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

/** Answers what a work decided, and drops what it would have written. */
function* decided<Answer>(work: StoreTask<Decision<Answer>>): StoreTask<Answer> {
  return (yield* work).answer;
}

/** Runs a work that is answered as if companies were otherwise. */
function* pretending<Answer>(
  work: StoreTask<Answer>,
  changed: (tenant: Tenant | null) => Tenant | null,
): StoreTask<Answer> {
  let step = work.next();
  while (step.done !== true) {
    const asked = step.value;
    const answer = yield asked;
    step = work.next(pretended(asked, answer, changed));
  }
  return step.value;
}

function pretended(
  asked: Query | readonly Query[],
  answer: unknown,
  changed: (tenant: Tenant | null) => Tenant | null,
): unknown {
  if ('ask' in asked) return asked.ask === 'tenant' ? changed(answer as Tenant | null) : answer;
  const answers = answer as readonly unknown[];
  return asked.map((one, index) => pretended(one, answers[index], changed));
}
