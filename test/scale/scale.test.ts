import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  load,
  type EmployeePageQuery,
  type StoreTask,
  type TenantRewrite,
  type Store,
} from '../../src/directory/store.ts';
import { openStore } from '../../src/store/open.ts';
import { freshStore } from '../support/fresh-store.ts';
import { generated } from './generated.ts';

/* The short form of `npm run soak:scale`: what holds for a million must already hold for these. */

const PEOPLE = 20_000;

let store: Store;
let tenant: number;
beforeAll(async () => {
  store = await openStore(await freshStore());
  tenant = await generated(store, 'big', PEOPLE);
}, 120_000);
afterAll(async () => {
  await store.close();
});

type Page = { readonly total: number; readonly ids: readonly string[] };

async function page(of: number, about: Partial<EmployeePageQuery>): Promise<Page> {
  const asked = { tenant: of, offset: 0, limit: 100, order: 'created', ...about } as const;
  const { total, employees } = await store.read(() => load('employee-page', asked));
  return { total, ids: employees.map(({ id }) => id) };
}

/** Everyone on a list, page by page. */
async function walk(of: number, about: Partial<EmployeePageQuery>): Promise<readonly string[]> {
  const all: string[] = [];
  for (;;) {
    const { total, ids } = await page(of, { ...about, offset: all.length });
    all.push(...ids);
    if (ids.length > 0) continue;
    if (total !== all.length) throw new Error(`${String(all.length)} are shown of ${String(total)}`);
    return all;
  }
}

test('page by page everyone is shown once, in order of creation', async () => {
  const ids = await walk(tenant, {});
  expect(ids).toEqual(Array.from({ length: PEOPLE }, (_, index) => `e${String(index + 1).padStart(7, '0')}`));
});

test('those here and those who left are shown on their lists and together are all', async () => {
  const here = await walk(tenant, { active: true });
  const gone = await walk(tenant, { active: false });
  expect(gone.length).toBeGreaterThan(PEOPLE / 100);
  expect(new Set([...here, ...gone]).size).toBe(PEOPLE);
});

test('page by page everyone is shown once, in order of change, and the other way round', async () => {
  const ids = await walk(tenant, { order: 'updated' });
  expect(new Set(ids).size).toBe(PEOPLE);
  const fromLast = await page(tenant, { order: 'updated-descending', offset: 5_000 });
  expect(fromLast.ids).toEqual(ids.toReversed().slice(5_000, 5_100));
});

test('lists by date are of those dates, few or many', async () => {
  for (const [updatedFrom, most] of [
    [Date.UTC(2026, 5, 1), PEOPLE / 5],
    [Date.UTC(2017, 0, 1), PEOPLE],
  ] as const) {
    const byCreation = await walk(tenant, { updatedFrom });
    const byDate = await walk(tenant, { updatedFrom, order: 'updated' });
    expect(byDate.toSorted()).toEqual(byCreation);
    expect(byCreation.length).toBeGreaterThan(10);
    expect(byCreation.length).toBeLessThanOrEqual(most);
  }
});

test('memory does not grow with the directory', async () => {
  const before = heap();
  await generated(store, 'bigger', PEOPLE / 2);
  await walk((await store.tenantByKey('bigger'))?.number ?? 0, {});
  // What these people are as objects is several times as much.
  expect(heap() - before).toBeLessThan(6_000_000);
}, 120_000);

/** Bytes of objects that are still needed. */
function heap(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}

test('many companies do not see each other, and one that goes takes nothing of the others along', async () => {
  const COMPANIES = 120;
  const numbers: number[] = [];
  for (let index = 0; index < COMPANIES; index++) numbers.push(await generated(store, `small-${String(index)}`, 20));
  // eslint-disable-next-line require-yield -- a removal asks nothing
  await store.rewriteTenant('small-60', function* (): StoreTask<TenantRewrite<void>> {
    const origin = { dialect: 'test', operation: 'remove', app: null, request: 'r', at: 1 };
    return { answer: undefined, parts: null, employees: [], accounts: [], origin };
  });
  for (const [index, number] of numbers.entries()) {
    const shown = await Promise.all([page(number, {}), page(number, { order: 'updated' })]);
    const kept = await store.read(function* () {
      const [first] = (yield* load('employees-by-id', { tenant: number, ids: ['e0000001'] })).values();
      const accounts = yield* load('accounts-by', { by: 'id', values: [first?.account ?? ''] });
      const changes = yield* load('history', { tenant: number, employee: 'e0000001', limit: 5 });
      return [accounts.size, changes.length];
    });
    const isGone = index === 60;
    expect([...shown.map(({ total }) => total), ...kept]).toEqual(isGone ? [0, 0, 0, 0] : [20, 20, 1, 1]);
  }
}, 60_000);
