import { describe, expect, test } from 'vitest';
import { changedFields, type Origin } from '../../directory/history/change.ts';
import { emptyEmployee, type Employee } from '../../directory/employees/employee.ts';
import {
  load,
  type Decision,
  type EmployeePageQuery,
  type EmployeeRewrite,
  type StoreTask,
  type TenantRewrite,
  type Store,
} from '../../directory/store.ts';
import type { TenantData } from '../../directory/tenant.ts';
import { plainText } from '../../directory/text.ts';

const origin: Origin = { dialect: 'test', operation: 'test', app: null, request: 'r', at: 1_000 };

/** More than two blocks of those that are counted together. */
const PEOPLE = 2_500;

/** What lists of employees must show on every engine, held against the same lists made in memory. */
export function pagesSuite(engine: string, open: () => Promise<Store>): void {
  describe(`pages of employees on ${engine}`, () => {
    test('every page contains its employees, after any creations, changes, moves and removals', async () => {
      const store = await open();
      try {
        // Another company in between must not show.
        const people = new Map<string, Employee>();
        await rewrite(store, 'other', new Map(), someone(0, 40));
        await rewrite(store, 'acme', people, someone(0, PEOPLE / 2));
        await rewrite(store, 'other', new Map(), someone(40, 80));
        await rewrite(store, 'acme', people, someone(PEOPLE / 2, PEOPLE));
        await expectPages(store, people);
        await rewrite(store, 'acme', people, [...people.values()].filter((_, index) => index % 7 === 0).map(moved));
        await expectPages(store, people);
        await rewrite(
          store,
          'acme',
          people,
          [],
          [...people.keys()].filter((_, index) => index % 5 === 1 || index < 90),
        );
        await expectPages(store, people);
        await rewrite(store, 'acme', people, someone(PEOPLE, PEOPLE + 30));
        await expectPages(store, people);
      } finally {
        await store.close();
      }
    }, 60_000);

    test('a change is in its place in a list by date as soon as it is made', async () => {
      const store = await open();
      const people = new Map<string, Employee>();
      await rewrite(store, 'acme', people, someone(0, 10));
      for (const [index, before] of [...people.values()].entries()) {
        const after = { ...before, updatedAt: 50_000 - index };
        const seen = rewrite(store, 'acme', people, [after]).then(() =>
          page(store, { order: 'updated', updatedFrom: 40_000 }),
        );
        expect((await seen).employees[0]?.id).toBe(before.id);
      }
      await store.close();
    });

    test('who comes, goes or becomes of another kind is so in the very next list', async () => {
      const store = await open();
      const people = new Map<string, Employee>();
      await rewrite(store, 'acme', people, someone(0, 1_100));
      await rewrite(store, 'other', new Map(), someone(0, 20));
      const offsets = [0, 460, 499, 500, 990, 1_000, 1_080, 5_000];
      const expectLists = async (): Promise<void> => {
        for (const kind of KINDS) {
          const expected = [...people.values()].filter((one) => isMeant(one, kind)).map(({ id }) => id);
          for (const offset of offsets) {
            const { total, employees } = await page(store, { ...kind, offset, limit: 50 });
            const what = `${JSON.stringify(kind)} from ${String(offset)}`;
            expect(total, what).toBe(expected.length);
            expect(employees.map(({ id }) => id)).toEqual(expected.slice(offset, offset + 50));
          }
        }
      };
      await expectLists();
      const [first, second] = [...people.values()].slice(600);
      if (first === undefined || second === undefined) throw new Error('there are more than these');
      const [newcomer] = someone(2_000, 2_001);
      for (const [before, after] of [
        [null, newcomer],
        [first, null],
        [second, moved(second)],
      ] as const) {
        await change(store, before, after ?? null);
        if (after === null) people.delete(first.id);
        else if (after !== undefined) people.set(after.id, after);
        await expectLists();
      }
      await store.close();
    });

    test('numbers of a removed company may be used again, and its lists start again', async () => {
      const store = await open();
      for (const round of [1, 2]) {
        const people = new Map<string, Employee>();
        await rewrite(store, 'acme', people, someone(0, 30 * round));
        await expectPages(store, people);
        // eslint-disable-next-line require-yield -- a removal asks nothing
        await store.rewriteTenant('acme', function* (): StoreTask<TenantRewrite<void>> {
          return { answer: undefined, parts: null, employees: [], accounts: [], origin };
        });
      }
      await store.close();
    });
  });
}

/** Lists by date a company that grows from one employee to a thousand; `hasOne` is called before it grows. */
export async function listGrowing(store: Store, hasOne: () => Promise<void>): Promise<void> {
  const people = new Map<string, Employee>();
  await rewrite(store, 'acme', people, someone(0, 1));
  await expectNewest(store, people);
  await hasOne();
  // A server that has planned a statement a few times may keep its plan from then on, on each connection.
  for (let round = 0; round < 20; round++) {
    await rewrite(store, 'acme', people, [...people.values()].map(moved));
    await expectNewest(store, people);
  }
  await rewrite(store, 'acme', people, someone(1, 1_000));
  await expectNewest(store, people);
  await rewrite(store, 'acme', people, [...people.values()].filter((_, index) => index % 5 === 0).map(moved));
  await expectNewest(store, people);
}

/** Adds employees of these numbers to a company. */
export async function hire(store: Store, from: number, to: number): Promise<void> {
  await rewrite(store, 'acme', new Map(), someone(from, to));
}

async function expectNewest(store: Store, people: ReadonlyMap<string, Employee>): Promise<void> {
  const { total, employees } = await page(store, { order: 'updated-descending', limit: 1 });
  expect(total).toBe(people.size);
  expect(employees[0]?.updatedAt).toBe(Math.max(...[...people.values()].map(({ updatedAt }) => updatedAt)));
}

/** People of every kind, changed at times that repeat and do not ascend. */
function someone(from: number, to: number): readonly Employee[] {
  return Array.from({ length: to - from }, (_, index) => {
    const number = from + index;
    return {
      ...emptyEmployee(`e${String(number)}`, plainText('e'), 1),
      status: number % 11 === 0 ? ('resigned' as const) : ('regular' as const),
      external: number % 13 === 0,
      seated: number % 3 !== 0,
      updatedAt: 1_000 + ((number * 7_919) % 997),
    };
  });
}

function moved(before: Employee): Employee {
  const status = before.status === 'resigned' ? 'regular' : 'resigned';
  return { ...before, status, seated: !before.seated, updatedAt: before.updatedAt + 500 };
}

async function rewrite(
  store: Store,
  key: string,
  people: Map<string, Employee>,
  after: readonly Employee[],
  gone: readonly string[] = [],
): Promise<void> {
  const rewrites: EmployeeRewrite[] = [
    ...after.map((employee) => ({ before: people.get(employee.id) ?? null, after: employee })),
    ...gone.map((id) => ({ before: people.get(id) ?? null, after: null })),
  ].map((one) => ({ ...one, fields: changedFields(one.before, one.after) }));
  // eslint-disable-next-line require-yield -- everything is given
  await store.rewriteTenant(key, function* (now): StoreTask<TenantRewrite<void>> {
    const parts = now === null ? { parts: company(key) } : {};
    return { answer: undefined, ...parts, employees: rewrites, accounts: [], origin };
  });
  for (const employee of after) people.set(employee.id, employee);
  for (const id of gone) people.delete(id);
}

/** Writes one employee by itself. */
async function change(store: Store, before: Employee | null, after: Employee | null): Promise<void> {
  const tenant = (await store.tenantByKey('acme'))?.number ?? 0;
  const fields = changedFields(before, after);
  await store.write(function* (): StoreTask<Decision<void>> {
    const id = before?.id ?? '';
    const now = (yield* load('employees-by-id', { tenant, ids: [id] })).get(id) ?? null;
    return { answer: undefined, effects: [{ write: 'employee', tenant, before: now, after, fields, origin }] };
  });
}

async function page(
  store: Store,
  about: Partial<EmployeePageQuery>,
): Promise<{ total: number; employees: readonly Employee[] }> {
  const tenant = (await store.tenantByKey('acme'))?.number ?? 0;
  return await store.read(() => load('employee-page', { tenant, offset: 0, limit: 40, order: 'created', ...about }));
}

const KINDS: readonly Partial<EmployeePageQuery>[] = [
  {},
  { active: true },
  { active: false, external: false },
  { seated: true, external: true },
];
const DATES: readonly Partial<EmployeePageQuery>[] = [
  {},
  { updatedFrom: 1_900 },
  { updatedFrom: 1_100, updatedTo: 1_950 },
];

async function expectPages(store: Store, people: ReadonlyMap<string, Employee>): Promise<void> {
  const created = [...people.values()];
  const place = new Map(created.map(({ id }, index) => [id, index]));
  const byDate = created.toSorted(
    (a, b) => a.updatedAt - b.updatedAt || (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0),
  );
  const orders = { created, updated: byDate, 'updated-descending': byDate.toReversed() } as const;
  for (const [order, all] of Object.entries(orders) as [EmployeePageQuery['order'], readonly Employee[]][]) {
    for (const about of KINDS.flatMap((kind) => DATES.map((dates) => ({ ...kind, ...dates })))) {
      const expected = all.filter((employee) => isMeant(employee, about)).map(({ id }) => id);
      for (const offset of [0, 1, 39, Math.floor(expected.length / 2), expected.length - 3, expected.length, 9_999]) {
        if (offset < 0) continue;
        const { total, employees } = await page(store, { ...about, order, offset });
        const what = `${order} ${JSON.stringify(about)} from ${String(offset)}`;
        expect(total, what).toBe(expected.length);
        expect(
          employees.map(({ id }) => id),
          what,
        ).toEqual(expected.slice(offset, offset + 40));
      }
    }
  }
}

function isMeant(employee: Employee, about: Partial<EmployeePageQuery>): boolean {
  return (
    (about.active === undefined || about.active === (employee.status !== 'resigned')) &&
    (about.external === undefined || about.external === employee.external) &&
    (about.seated === undefined || about.seated === employee.seated) &&
    employee.updatedAt >= (about.updatedFrom ?? 0) &&
    employee.updatedAt <= (about.updatedTo ?? Number.MAX_SAFE_INTEGER)
  );
}

function company(key: string): Omit<TenantData, 'number'> {
  const root = {
    id: 'root',
    name: plainText(key),
    parent: null,
    ids: {},
    code: '',
    enabled: true,
    external: false,
    order: 0,
    leaders: [],
    createdAt: 1,
    updatedAt: 1,
    extensions: {},
  };
  return {
    key,
    name: key,
    state: 'in-use',
    secondLocale: 'en-US',
    names: {},
    departments: [root],
    catalogs: [],
    customFields: [],
    apps: [],
    settings: {},
    createdAt: 1,
    updatedAt: 1,
  };
}
