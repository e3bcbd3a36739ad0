import { describe, expect, test } from 'vitest';
import { changedFields, type Origin } from '../directory/history/change.ts';
import { emptyEmployee, type Employee, type EmployeeStatus } from '../directory/employees/employee.ts';
import { load, type EmployeeRewrite, type StoreTask, type TenantRewrite, type Store } from '../directory/store.ts';
import type { TenantData } from '../directory/tenant.ts';
import { plainText } from '../directory/text.ts';

const origin: Origin = { dialect: 'test', operation: 'test', app: null, request: 'r', at: 1_000 };

const STATUSES: readonly EmployeeStatus[] = ['resigned', 'pre-hire-cancelled', 'pre-hire', 'regular'];

const shared = { country: '86', number: '13800000001' };
const MOBILE = '+8613800000001';

function someone(id: string, status: EmployeeStatus): Employee {
  return { ...emptyEmployee(id, plainText(id), 1), status, mobile: shared, jobNumber: '7', ids: { 'test.id': 'x' } };
}

/** So many of each standing, one standing after the other, those who work here last. */
function crowd(each: number): readonly Employee[] {
  return STATUSES.flatMap((status) =>
    Array.from({ length: each }, (_, index) => someone(`${status}-${String(index)}`, status)),
  );
}

const company: Omit<TenantData, 'number'> = {
  key: 'acme',
  name: 'Acme',
  state: 'in-use',
  secondLocale: 'en-US',
  names: {},
  departments: [
    {
      id: 'root',
      name: plainText('Acme'),
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
    },
  ],
  catalogs: [],
  customFields: [],
  apps: [],
  settings: {},
  createdAt: 1,
  updatedAt: 1,
};

async function make(store: Store, people: readonly Employee[]): Promise<number> {
  const employees = people.map((after): EmployeeRewrite => ({
    before: null,
    after,
    fields: changedFields(null, after),
  }));
  const rewriting: TenantRewrite<null> = { answer: null, parts: company, employees, accounts: [], origin };
  // eslint-disable-next-line require-yield -- everything is given
  await store.rewriteTenant('acme', function* (): StoreTask<TenantRewrite<null>> {
    return rewriting;
  });
  return (await store.tenantByKey('acme'))?.number ?? 0;
}

/** Keeps somebody of each standing, who has all by which people are found. */
export async function keepEachStanding(store: Store): Promise<void> {
  const others = { leader: 'leader', dottedLeaders: ['leader'], extensionNumber: '1', email: 'a@b.example' };
  const members = [{ department: 'root', rank: null, rankAmongOwn: null }];
  const people = crowd(2).map((one) => ({ ...one, ...others, departments: members }));
  await make(store, [someone('leader', 'probation'), ...people]);
}

async function change(store: Store, tenant: number, id: string, status: EmployeeStatus): Promise<void> {
  await store.write(function* () {
    const before = (yield* load('employees-by-id', { tenant, ids: [id] })).get(id);
    if (before === undefined) throw new Error(`no ${id}`);
    const after = { ...before, status, updatedAt: before.updatedAt + 1 };
    const fields = changedFields(before, after);
    return { answer: null, effects: [{ write: 'employee', tenant, before, after, fields, origin }] };
  });
}

/** What is answered about a value, whatever is read: by a read or inside a write, alone or with others. */
async function holdersOf(store: Store, tenant: number, upTo?: number): Promise<readonly (readonly string[])[]> {
  const about = { tenant, ...(upTo === undefined ? {} : { upTo }) };
  const spaces = [
    ['mobile', MOBILE],
    ['job-number', '7'],
    ['id:test.id', 'x'],
  ] as const;
  const answers: (readonly string[])[] = [];
  for (const [space, value] of spaces) {
    for (const values of [[value], ['nobody', value, value, 'nobody else']]) {
      const read = await store.read(() => load('employees-by', { ...about, space, values }));
      const written = await store.write(function* () {
        return { answer: yield* load('employees-by', { ...about, space, values }), effects: [] };
      });
      for (const found of [read, written]) {
        expect([...found.keys()]).toEqual(found.size === 0 ? [] : [value]);
        answers.push((found.get(value) ?? []).map(({ id }) => id));
      }
    }
  }
  return answers;
}

/** Tests, on every engine, that a widely shared value returns no more people than a rule needs. */
export function sharedValuesSuite(engine: string, open: () => Promise<Store>): void {
  describe(`values that many share on ${engine}`, () => {
    test('the first few of each standing are returned, in order of creation, however many there are', async () => {
      const store = await open();
      const tenant = await make(store, crowd(300));
      const few = (most: number): readonly string[] =>
        STATUSES.flatMap((status) => Array.from({ length: most }, (_, index) => `${status}-${String(index)}`));
      for (const found of await holdersOf(store, tenant)) expect(found).toEqual(few(2));
      for (const found of await holdersOf(store, tenant, 5)) expect(found).toEqual(few(5));
      // One is not enough to know whether another employee has it.
      for (const found of await holdersOf(store, tenant, 1)) expect(found).toEqual(few(2));
      await store.close();
    });

    test('the only one who works here is found behind any number of others, comes and goes', async () => {
      const store = await open();
      const tenant = await make(store, [
        ...Array.from({ length: 300 }, (_, index) => someone(`gone-${String(index)}`, 'resigned')),
        someone('last', 'regular'),
      ]);
      for (const found of await holdersOf(store, tenant)) expect(found).toEqual(['gone-0', 'gone-1', 'last']);
      await change(store, tenant, 'last', 'resigned');
      for (const found of await holdersOf(store, tenant)) expect(found).toEqual(['gone-0', 'gone-1']);
      for (const status of ['pre-hire', 'pre-hire-cancelled', 'regular'] as const) {
        await change(store, tenant, 'gone-200', status);
        for (const found of await holdersOf(store, tenant)) expect(found).toEqual(['gone-0', 'gone-1', 'gone-200']);
      }
      await change(store, tenant, 'gone-0', 'pre-resigned');
      for (const found of await holdersOf(store, tenant))
        expect(found).toEqual(['gone-0', 'gone-1', 'gone-2', 'gone-200']);
      await store.close();
    });

    test('a value that few share is returned, counted and paged completely', async () => {
      const store = await open();
      const people = crowd(2).map(({ id }) => id);
      const tenant = await make(store, crowd(2));
      for (const found of await holdersOf(store, tenant)) expect(found).toEqual(people);
      const value = 'x';
      const space = 'id:test.id';
      const counted = await store.read(() => load('count-by', { tenant, space, value, upTo: 100 }));
      expect(counted).toBe(people.length);
      const listed: string[] = [];
      for (let after = 0; ;) {
        const about = { tenant, after, limit: 3, having: { space, value } } as const;
        const piece = await store.read(() => load('employees-from', about));
        listed.push(...piece.map(({ employee }) => employee.id));
        if (piece.length < 3) break;
        after = piece.at(-1)?.place ?? 0;
      }
      expect(listed).toEqual(people);
      await store.close();
    });
  });
}
