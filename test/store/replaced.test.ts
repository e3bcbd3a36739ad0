import { afterEach, beforeEach, expect, test } from 'vitest';
import { StoreBusyError } from '../../src/directory/errors.ts';
import { load, type Decision, type StoreTask, type TenantRewrite } from '../../src/directory/store.ts';
import { openStore } from '../../src/store/open.ts';
import type { OpenedStore } from '../../src/store/replaceable-store.ts';
import { scratchFolder } from '../support/program.ts';
import { makeCompany } from './small-company.ts';

let folder: ReturnType<typeof scratchFolder>;
let store: OpenedStore;
beforeEach(async () => {
  folder = scratchFolder();
  store = await openStore(`sqlite:${folder.file('a.db')}`);
});
afterEach(async () => {
  await store.close();
  folder[Symbol.dispose]();
});

test('what was begun before everything is replaced is refused after it, whether it reads or writes', async () => {
  const number = await makeCompany(store, ['li']);
  const before = store.current();
  const employees = before.employees(number)[Symbol.asyncIterator]();
  expect((await employees.next()).value).toMatchObject({ id: 'li' });
  if (typeof store.backups === 'string') throw new Error(store.backups);
  await store.backups.restore(await store.backups.copy(), { force: true });

  let isRun = false;
  const li = (): StoreTask<unknown> => load('employees-by-id', { tenant: number, ids: ['li'] });
  function* write(): StoreTask<Decision<void>> {
    isRun = true;
    yield* li();
    return { answer: undefined, effects: [] };
  }
  // eslint-disable-next-line require-yield -- a removal asks nothing
  function* removal(): StoreTask<TenantRewrite<void>> {
    isRun = true;
    const origin = { dialect: 'test', operation: 'test', app: null, request: 'r', at: 1 };
    return { answer: undefined, parts: null, employees: [], accounts: [], origin };
  }
  const refused = [
    before.read(li),
    before.write(write),
    before.tenant(number),
    before.tenantByKey('acme'),
    before.tenantByName('test.corp', 'acme'),
    before.tenantByApp('test', 'app'),
    before.tenantKeys(),
    before.rewriteTenant('acme', removal),
    employees.next(),
  ];
  for (const reply of await Promise.allSettled(refused)) {
    expect(reply).toMatchObject({ status: 'rejected', reason: expect.any(StoreBusyError) });
  }
  expect(isRun, 'none of it was begun').toBe(false);
  expect(store.current()).not.toBe(before);
  expect(await store.current().read(li)).toEqual(new Map([['li', expect.objectContaining({ id: 'li' })]]));
});
