import type { Department } from '../../../../directory/departments/department.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import type { Caller } from '../../auth/caller.ts';
import { inOrder } from '../view.ts';

/** What is directly below a department, in order. */
export function childrenIn({ departments }: Tenant, id: string): readonly Department[] {
  return inOrder(departments.childrenOf(id));
}

/** Everything below some departments, level by level. [proposed, contract feishu-contact.md 3.2] */
export function levelsBelow(tenant: Tenant, tops: readonly Department[]): readonly Department[] {
  const found = tops.flatMap(({ id }) => childrenIn(tenant, id));
  // The list grows while it is read.
  for (let at = 0; at < found.length; at++)
    for (const child of childrenIn(tenant, found[at]?.id ?? '')) found.push(child);
  return found;
}

/**
 * The departments that the caller's scope names: of everything the root alone, else those named; with `isDeep` also
 * what is below them, each once. [public: old/department/list]
 */
export function departmentsOfScope({ range, tenant }: Caller, isDeep: boolean): readonly Department[] {
  const tree = tenant.departments;
  if (range === 'all') return [tree.root];
  const ids = new Set(range.departments);
  const named = tree.all.filter(({ id }) => ids.has(id));
  if (!isDeep) return named;
  const tops = named.filter(({ parent }) => parent === null || !tree.isWithin(parent, ids));
  return [...tops, ...levelsBelow(tenant, tops)];
}
