// What lists of people answer while the index that they need is still being made.

import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { EmployeeList, SearchView } from '../../src/http/admin/people/contract.ts';
import { EngineStore } from '../../src/store/engine-store.ts';
import { silentLog, startMingce, type Mingce } from '../../src/index.ts';

const ADMIN = { authorization: 'Bearer index-test-admin-key' };

let mingce: Mingce;
const begun = Promise.withResolvers<undefined>();
const made = Promise.withResolvers<undefined>();
beforeAll(async () => {
  mingce = await startMingce({ demo: true, adminKey: 'index-test-admin-key', sandbox: 'on', log: silentLog });
  // eslint-disable-next-line typescript/unbound-method -- it is called with the store that is spied on
  const { employees } = EngineStore.prototype;
  vi.spyOn(EngineStore.prototype, 'employees').mockImplementation(async function* (this: EngineStore, tenant) {
    await begun.promise;
    yield* employees.call(this, tenant);
    await made.promise;
  });
});
afterEach(() => {
  vi.useRealTimers();
  passTimeBy(setTimeout);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await mingce.close();
});

/** Gives the server other timers: it does not wait by those that a test fakes. */
function passTimeBy(other: typeof setTimeout): void {
  timers.setTimeout = other;
  syncBuiltinESMExports();
}

/** Asks, and lets all time pass that the server waits. */
async function ask(path: string): Promise<Response> {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  passTimeBy(setTimeout);
  const answer = mingce.fetch(`${mingce.url}/mingce/v1${path}`, { headers: ADMIN });
  for (let second = 0; second < 12; second++) {
    // What the server reads before it waits is no timer.
    await new Promise(setImmediate);
    await vi.advanceTimersByTimeAsync(1_000);
  }
  return await answer;
}

test.each(['q=zhang', 'status=regular', 'sort=name'])(
  'a list with %s is refused with 503, not empty',
  async (query) => {
    const answer = await ask(`/companies/demo/employees?${query}`);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  },
);

test('a caller who takes a part gets who is named by an id, and how far the index is', async () => {
  const answer = await ask('/companies/demo/employees?q=zhangsan&partial=true');
  const list = (await answer.json()) as EmployeeList;
  expect(list).toMatchObject({ employees: [{ id: 'zhangsan' }], total: null, index: 0 });
  expect(await (await ask('/search?company=demo&q=zhangsan')).json()).toMatchObject({
    employees: [{ id: 'zhangsan', matched: 'id' }],
    index: 0,
  });
  expect((await ask('/companies/demo/employees?partial=yes')).status).toBe(400);
});

test('a list without a condition needs no index', async () => {
  const answer = await ask('/companies/demo/employees');
  expect(await answer.json()).toMatchObject({ total: 58, index: 1 });
});

test('when everyone is in it and it is not made yet, the share is below 1, so that a caller asks again', async () => {
  begun.resolve(undefined);
  let share = 0;
  for (let times = 0; times < 60 && share <= 0.9; times++)
    share = ((await (await ask('/search?company=demo&q=zhang')).json()) as SearchView).index;
  const list = (await (await ask('/companies/demo/employees?q=zhangsan&partial=true')).json()) as EmployeeList;
  expect(list).toMatchObject({ employees: [{ id: 'zhangsan' }], total: null });
  for (const one of [list.index, share]) {
    expect(one).toBeGreaterThan(0.9);
    expect(one).toBeLessThan(1);
  }
});

test('once it is made, all are found', async () => {
  made.resolve(undefined);
  const url = (path: string): string => `${mingce.url}/mingce/v1${path}`;
  const list = await mingce.fetch(url('/companies/demo/employees?status=regular'), { headers: ADMIN });
  expect(((await list.json()) as EmployeeList).total).toBeGreaterThan(20);
  const found = await mingce.fetch(url('/search?company=demo&q=zhang'), { headers: ADMIN });
  const { index, employees } = (await found.json()) as SearchView;
  expect([index, employees.length > 0]).toEqual([1, true]);
});
