import type { Employee } from '../../directory/employees/employee.ts';
import type { LookupSpace } from '../../directory/lookup.ts';
import type { Query } from '../../directory/store.ts';

/** Changes that are to be made before the one that is tried, as far as others are found by them. */
export interface PendingPeople {
  /** Returns the holders of a value as they will be; the given ones where nothing bears on it. */
  holders(space: LookupSpace, value: string, found: readonly Employee[]): readonly Employee[];
  /** Returns an employee who is still to be added; undefined where there is none with this own id. */
  added(id: string): Employee | undefined;
}

/** Returns the answer to a query as it will be once what is pending is written. */
export function withPending(query: Query, answer: unknown, pending: PendingPeople): unknown {
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
