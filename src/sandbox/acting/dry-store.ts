import type { Employee } from '../../directory/employees/employee.ts';
import type { LookupSpace } from '../../directory/lookup.ts';
import type { Decision, Query, Store, StoreTask } from '../../directory/store.ts';

/** Changes that are to be made before the one that is tried, as far as others are found by them. */
export interface PendingPeople {
  /** Returns the holders of a value as they will be; the given ones where nothing bears on it. */
  holders(space: LookupSpace, value: string, found: readonly Employee[]): readonly Employee[];
  /** Returns an employee who is still to be added; undefined where there is none with this own id. */
  added(id: string): Employee | undefined;
}

/** Returns a store that writes nothing: what is decided is answered as if it had been written. */
export function dryStore(store: Store, pending: PendingPeople): Store {
  return new Proxy(store, {
    get: (target, name) => {
      if (name === 'read')
        return <Answer>(work: () => StoreTask<Answer>) => target.read(() => answering(work(), pending));
      if (name === 'write')
        return <Answer>(work: () => StoreTask<Decision<Answer>>) => target.read(() => decided(work(), pending));
      const member: unknown = Reflect.get(target, name, target);
      // Methods of the store use what only the store itself has.
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

function* decided<Answer>(work: StoreTask<Decision<Answer>>, pending: PendingPeople): StoreTask<Answer> {
  return (yield* answering(work, pending)).answer;
}

/** Runs a work whose questions are answered by what is kept and what is pending. */
function* answering<Answer>(work: StoreTask<Answer>, pending: PendingPeople): StoreTask<Answer> {
  for (let step = work.next(); ;) {
    if (step.done === true) return step.value;
    const asked = step.value;
    const answer: unknown = yield asked;
    step = work.next(
      'ask' in asked
        ? withPending(asked, answer, pending)
        : asked.map((query, index) => withPending(query, (answer as readonly unknown[])[index], pending)),
    );
  }
}

function withPending(query: Query, answer: unknown, pending: PendingPeople): unknown {
  if (query.ask === 'employees-by') {
    const found = answer as ReadonlyMap<string, readonly Employee[]>;
    let changed: Map<string, readonly Employee[]> | undefined;
    for (const value of query.values) {
      const kept = found.get(value) ?? NOBODY;
      const holders = pending.holders(query.space, value, kept);
      if (holders === kept) continue;
      changed ??= new Map(found);
      if (holders.length === 0) changed.delete(value);
      else changed.set(value, holders);
    }
    return changed ?? found;
  }
  if (query.ask === 'employees-by-id') {
    const found = answer as ReadonlyMap<string, Employee>;
    const others = query.ids.flatMap((id) => (found.has(id) ? [] : (pending.added(id) ?? [])));
    return others.length === 0 ? found : new Map([...found, ...others.map((one) => [one.id, one] as const)]);
  }
  return answer;
}

const NOBODY: readonly Employee[] = [];
