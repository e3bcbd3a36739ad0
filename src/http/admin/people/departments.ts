import type { Route } from '../../../dialects/dialect.ts';
import type { Department } from '../../../directory/departments/department.ts';
import { load, loadAll, pause, type DepartmentsOfOne, type Store, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { companyOf, isCompany } from '../console/company-param.ts';
import { json } from '../reply.ts';
import type { DepartmentList, DepartmentRow } from './contract.ts';

/** So many are counted at one time. */
const AT_ONCE = 200;
const EVERYBODY = Number.MAX_SAFE_INTEGER;

/** The departments of a company, each after its parent, with how many people are in them. */
export const departmentsRoute: Route = {
  operation: 'departments.tree',
  method: 'GET',
  path: '/mingce/v1/companies/:key/departments',
  answer: async (call, context) => {
    const tenant = await companyOf(call, context);
    return isCompany(tenant) ? json(200, await departmentsOf(context.store, tenant)) : tenant;
  },
};

async function departmentsOf(store: Store, tenant: Tenant): Promise<DepartmentList> {
  const { root } = tenant.departments;
  const all = [root, ...tenant.departments.descendantsOf(root.id, (one, other) => one.order - other.order)];
  return store.read(() => listed(tenant, all));
}

function* listed(tenant: Tenant, all: readonly Department[]): StoreTask<DepartmentList> {
  const own = new Map<string, number>();
  for (let from = 0; from < all.length; from += AT_ONCE) {
    const some = all.slice(from, from + AT_ONCE);
    const asked = some.map(({ id }) => ({
      tenant: tenant.number,
      space: 'department' as const,
      value: id,
      upTo: EVERYBODY,
    }));
    const counts = yield* loadAll('count-by', asked);
    for (const [index, { id }] of some.entries()) own.set(id, counts[index] ?? 0);
    yield* pause();
  }
  const several = yield* load('in-several-departments', { tenant: tenant.number });
  const below = countsBelow(tenant, all, own, several);
  const leaders = [...new Set(all.flatMap((department) => department.leaders.map(({ employee }) => employee)))];
  const names = new Map<string, string>();
  for (let from = 0; from < leaders.length; from += AT_ONCE) {
    const ids = leaders.slice(from, from + AT_ONCE);
    const found = yield* load('employees-by-id', { tenant: tenant.number, ids });
    for (const [id, { name }] of found) names.set(id, name.value);
  }
  return {
    departments: all.map((department): DepartmentRow => ({
      id: department.id,
      parent: department.parent,
      name: department.name.value,
      code: department.code,
      enabled: department.enabled,
      order: department.order,
      ids: department.ids,
      leaders: department.leaders.map(({ employee, deputy }) => ({
        id: employee,
        name: names.get(employee) ?? employee,
        deputy,
      })),
      people: own.get(department.id) ?? 0,
      people_below: below.get(department.id) ?? 0,
    })),
  };
}

/** Counts the people in each department and below; who is in several departments of one branch counts once there. */
function countsBelow(
  { departments }: Pick<Tenant, 'departments'>,
  all: readonly Pick<Department, 'id' | 'parent'>[],
  own: ReadonlyMap<string, number>,
  several: readonly DepartmentsOfOne[],
): ReadonlyMap<string, number> {
  const counts = new Map(all.map(({ id }) => [id, own.get(id) ?? 0]));
  // Each comes after its parent.
  for (const { id, parent } of all.toReversed()) {
    if (parent !== null) counts.set(parent, (counts.get(parent) ?? 0) + (counts.get(id) ?? 0));
  }
  for (const one of several) {
    const times = new Map<string, number>();
    for (const id of one.departments) {
      for (const above of departments.pathTo(id)) times.set(above.id, (times.get(above.id) ?? 0) + 1);
    }
    for (const [id, count] of times) counts.set(id, (counts.get(id) ?? 0) - (count - 1));
  }
  return counts;
}
