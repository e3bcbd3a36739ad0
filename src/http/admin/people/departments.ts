import type { Route } from '../../../dialects/dialect.ts';
import type { Department } from '../../../directory/departments/department.ts';
import { load, pause, type Store, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { companyOf, isCompany } from '../console/company-param.ts';
import { json } from '../reply.ts';
import type { DepartmentList, DepartmentRow } from './contract.ts';

/** So many are counted at one time. */
const AT_ONCE = 200;
/** So many employees are in a block of their numbers. */
const BLOCK = 1_024;

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
  const seen = new FirstDepartments();
  for (let from = 0; from < all.length; from += AT_ONCE) {
    const departments = all.slice(from, from + AT_ONCE).map(({ id }) => id);
    const places = yield* load('places-in-departments', { tenant: tenant.number, departments });
    for (const [index, id] of departments.entries()) {
      const people = places.get(id) ?? [];
      own.set(id, people.length);
      for (const place of people) seen.add(place, from + index);
    }
    yield* pause();
  }
  const several = seen.several().map((indexes) => indexes.flatMap((index) => all[index]?.id ?? []));
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

/**
 * Finds who is in several departments as these are looked at one after the other: a database asked for all of them at once
 * does nothing else for seconds where a company is large.
 */
class FirstDepartments {
  /** The first department of each, counted from 1, in blocks of the numbers in order of creation. */
  readonly #first = new Map<number, Int32Array>();
  readonly #several = new Map<number, number[]>();

  add(place: number, department: number): void {
    const block = Math.floor(place / BLOCK);
    let firsts = this.#first.get(block);
    if (firsts === undefined) this.#first.set(block, (firsts = new Int32Array(BLOCK)));
    const first = firsts[place % BLOCK] ?? 0;
    if (first === 0) {
      firsts[place % BLOCK] = department + 1;
      return;
    }
    const known = this.#several.get(place);
    if (known === undefined) this.#several.set(place, [first - 1, department]);
    else known.push(department);
  }

  /** The departments of each one who is in several. */
  several(): readonly (readonly number[])[] {
    return [...this.#several.values()];
  }
}

/** Counts the people in each department and below; who is in several departments of one branch counts once there. */
function countsBelow(
  { departments }: Pick<Tenant, 'departments'>,
  all: readonly Pick<Department, 'id' | 'parent'>[],
  own: ReadonlyMap<string, number>,
  several: readonly (readonly string[])[],
): ReadonlyMap<string, number> {
  const counts = new Map(all.map(({ id }) => [id, own.get(id) ?? 0]));
  // Each comes after its parent.
  for (const { id, parent } of all.toReversed()) {
    if (parent !== null) counts.set(parent, (counts.get(parent) ?? 0) + (counts.get(id) ?? 0));
  }
  for (const one of several) {
    const times = new Map<string, number>();
    for (const id of one) {
      for (const above of departments.pathTo(id)) times.set(above.id, (times.get(above.id) ?? 0) + 1);
    }
    for (const [id, count] of times) counts.set(id, (counts.get(id) ?? 0) - (count - 1));
  }
  return counts;
}
