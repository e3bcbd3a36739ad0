import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Consumer, NewEvent } from '../directory/deliveries.ts';
import { emptyEmployee, type Employee } from '../directory/employees/employee.ts';
import { changedFields, type Origin } from '../directory/history/change.ts';
import {
  load,
  type ChangedEmployees,
  type ChangesAfter,
  type Decision,
  type Store,
  type StoreTask,
} from '../directory/store.ts';
import type { TenantData } from '../directory/tenant.ts';
import { plainText } from '../directory/text.ts';

const origin: Origin = { dialect: 'test', operation: 'test', app: null, request: 'r', at: 1_000 };

function company(key: string): Omit<TenantData, 'number'> {
  return {
    key,
    name: key,
    state: 'in-use',
    secondLocale: 'en-US',
    names: {},
    departments: [
      {
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
      },
    ],
    catalogs: [],
    customFields: [],
    apps: [],
    settings: {},
    createdAt: 1,
    updatedAt: 1,
  };
}

function event(change: number, part = 0): NewEvent {
  const body = `body ${String(change)}.${String(part)}`;
  return { subject: 'e1', change, part, eventId: `id-${String(change)}-${String(part)}`, type: 'made', body };
}

/** What is kept for those that follow the log must be on every engine. */
export function deliveriesSuite(engine: string, open: () => Promise<Store>): void {
  describe(`deliveries on ${engine}`, () => {
    let store: Store;
    let tenant: number;

    beforeEach(async () => {
      store = await open();
      await make('acme');
      tenant = (await store.tenantByKey('acme'))?.number ?? 0;
    });
    afterEach(async () => {
      await store.close();
    });

    async function make(key: string): Promise<void> {
      // eslint-disable-next-line require-yield -- this work asks nothing
      await store.rewriteTenant(key, function* () {
        return { answer: null, parts: company(key), employees: [], accounts: [], origin };
      });
    }

    function write(before: Employee | null, after: Employee | null): Promise<void> {
      const fields = changedFields(before, after);
      // eslint-disable-next-line require-yield -- this work asks nothing
      return store.write(function* (): StoreTask<Decision<void>> {
        return { answer: undefined, effects: [{ write: 'employee', tenant, before, after, fields, origin }] };
      });
    }

    async function consumer(name = 'app'): Promise<Consumer> {
      await store.deliveries.add({ tenant, platform: 'test', name, cursor: 0 });
      const claimed = await store.deliveries.claim(await idOf(name), 'node', 60_000);
      if (claimed === null) throw new Error('it is held');
      return claimed;
    }

    async function idOf(name: string): Promise<string> {
      return (await store.deliveries.consumers(tenant)).find((one) => one.name === name)?.id ?? '';
    }

    function after(number: number, limit = 10, kinds?: readonly ['job']): Promise<ChangesAfter> {
      const about = { tenant, after: number, limit, settled: 0, ...(kinds === undefined ? {} : { kinds }) };
      return store.read(() => load('changes-after', about));
    }

    test('an installation has one key and one lineage, also where two ask at once', async () => {
      const [first, second] = await Promise.all([store.deliveries.installation(), store.deliveries.installation()]);
      expect(first).toEqual(second);
      expect(first).toMatchObject({ key: expect.stringMatching(/^[0-9a-f]{64}$/) as string, followed: null });
      await store.deliveries.followed(7);
      await store.deliveries.followed(3);
      expect((await store.deliveries.installation()).followed).toBe(7);
    });

    test('a consumer is added once, and goes with its company, with its events', async () => {
      await store.deliveries.add({ tenant, platform: 'test', name: 'app', cursor: 3 });
      await store.deliveries.add({ tenant, platform: 'test', name: 'app', cursor: 9 });
      await store.deliveries.add({ tenant: tenant + 1, platform: 'test', name: 'app', cursor: 0 });
      const claim = await consumer();
      expect(await store.deliveries.consumers()).toMatchObject([{ name: 'app', cursor: 3, state: 'unverified' }]);
      await store.deliveries.take(claim, 4, [event(4)], 1);
      // eslint-disable-next-line require-yield -- this work asks nothing
      await store.rewriteTenant('acme', function* () {
        return { answer: null, parts: null, employees: [], accounts: [], origin };
      });
      expect(await store.deliveries.consumers()).toEqual([]);
      expect(await store.deliveries.counts()).toEqual([]);
    });

    test('a driver whose consumer was taken over writes nothing more', async () => {
      const old = await consumer();
      const fresh = await store.deliveries.claim(old.id, 'node', 60_000);
      expect(fresh?.epoch).toBe(old.epoch + 1);
      expect(await store.deliveries.take(old, 5, [event(5)], 1)).toBeNull();
      expect(await store.deliveries.setState(old, { state: 'on', reason: null, checked: 'x' })).toBe(false);
      expect(await store.deliveries.renew(old, 1)).toBe(false);
      expect(await store.deliveries.waiting(old.id, 10)).toEqual([]);
      expect(await store.deliveries.take(fresh ?? old, 5, [event(5)], 1)).toHaveLength(1);
      const [kept] = await store.deliveries.waiting(old.id, 10);
      const outcome = { number: kept?.number ?? 0, state: 'taken', attempt: 1, dueAt: 0, attempts: [] } as const;
      expect(await store.deliveries.settle(old, [outcome])).toBe(false);
      expect(await store.deliveries.waiting(old.id, 10)).toHaveLength(1);
    });

    test('a consumer is held by one node until the lease ends or is given back', async () => {
      const held = await consumer();
      expect(await store.deliveries.claim(held.id, 'other', 60_000)).toBeNull();
      expect(await store.deliveries.renew(held, -1)).toBe(true);
      const taken = await store.deliveries.claim(held.id, 'other', 60_000);
      expect(taken).toMatchObject({ id: held.id });
      await store.deliveries.release(held);
      expect(await store.deliveries.claim(held.id, 'node', 60_000)).toBeNull();
      await store.deliveries.release(taken ?? held);
      expect(await store.deliveries.claim(held.id, 'node', 60_000)).not.toBeNull();
    });

    test('events and cursor are kept together; events wait in their order, each once', async () => {
      const claim = await consumer();
      await store.deliveries.take(claim, 9, [event(9, 1), event(9), event(8)], 1);
      expect(await store.deliveries.take(claim, 9, [event(9)], 1)).toEqual([null]);
      expect((await store.deliveries.waiting(claim.id, 10)).map(({ body }) => body)).toEqual([
        'body 8.0',
        'body 9.0',
        'body 9.1',
      ]);
      expect(await store.deliveries.consumers()).toMatchObject([{ cursor: 9 }]);
    });

    test('events that are settled wait no more, until they are queued again', async () => {
      const claim = await consumer();
      await store.deliveries.take(claim, 9, [event(7), event(8), event(9)], 1);
      const [first, second] = await store.deliveries.waiting(claim.id, 10);
      const attempts = [{ at: 5, status: 500, ms: 3, reason: 'the status is not 200' }];
      await store.deliveries.settle(claim, [
        { number: first?.number ?? 0, state: 'taken', attempt: 1, dueAt: 0, attempts: [] },
        { number: second?.number ?? 0, state: 'dead', attempt: 3, dueAt: 0, attempts },
      ]);
      expect(await store.deliveries.waiting(claim.id, 10)).toMatchObject([{ change: 9 }]);
      const ids = [claim.id];
      expect(await store.deliveries.events({ consumers: ids, state: 'dead', limit: 5 })).toMatchObject([{ attempts }]);
      expect(await store.deliveries.resend(ids, 'dead')).toBe(1);
      expect(await store.deliveries.resend(['another'], { number: first?.number ?? 0 })).toBe(0);
      expect(await store.deliveries.resend(ids, { number: first?.number ?? 0 })).toBe(1);
      expect(await store.deliveries.waiting(claim.id, 10)).toMatchObject([
        { change: 7, eventId: 'id-7-0', attempt: 0 },
        { change: 8, eventId: 'id-8-0', attempt: 0 },
        { change: 9 },
      ]);
    });

    test('events that were taken a week ago go, and of those given up a month ago the body', async () => {
      const claim = await consumer();
      await store.deliveries.take(claim, 9, [event(7), event(8), event(9)], 0);
      const [first, second] = await store.deliveries.waiting(claim.id, 10);
      await store.deliveries.settle(claim, [
        { number: first?.number ?? 0, state: 'taken', attempt: 1, dueAt: 0, attempts: [] },
        { number: second?.number ?? 0, state: 'dead', attempt: 3, dueAt: 0, attempts: [] },
      ]);
      await store.deliveries.trim(claim.id, 31 * 24 * 60 * 60 * 1000);
      const left = await store.deliveries.events({ consumers: [claim.id], limit: 5 });
      expect(left.map(({ state, body }) => [state, body])).toEqual([
        ['waiting', 'body 9.0'],
        ['dead', null],
      ]);
      expect(await store.deliveries.resend([claim.id], 'dead')).toBe(0);
    });

    test('the log is read on from a number, of one company, a piece at a time', async () => {
      const [made] = (await after(0)).changes;
      const start = made?.number ?? 0;
      await make('other');
      const li = emptyEmployee('li', plainText('李'), 1);
      await write(null, li);
      await write(li, { ...li, alias: 'L' });
      const page = await after(start, 1);
      expect(page.changes).toMatchObject([{ employee: 'li', kind: 'employee', tenant }]);
      expect(page.gap).toBeNull();
      const next = await after(page.upTo);
      expect(next.changes.map(({ fields }) => fields)).toEqual([{ alias: [null, 'L'] }]);
      expect(await after(next.upTo)).toEqual({ changes: [], upTo: next.upTo, gap: null, isEnd: true });
    });

    test('whose records changes are about is read a piece at a time, each employee once, with the newest of them', async () => {
      const start = (await after(0)).upTo;
      await make('other');
      const li = emptyEmployee('li', plainText('李'), 1);
      const wang = emptyEmployee('wang', plainText('王'), 1);
      await write(null, li);
      await write(null, wang);
      await write(li, { ...li, alias: 'L' });
      const read = (number: number, limit: number): Promise<ChangedEmployees> =>
        store.read(() => load('changed-employees-after', { tenant, after: number, limit, settled: 0 }));
      const first = await read(start, 2);
      expect([...first.newest.keys()]).toEqual(['li', 'wang']);
      expect(first).toMatchObject({ gap: null, isEnd: false });
      const all = await read(start, 10);
      expect(all.isEnd).toBe(true);
      const ofLi = all.newest.get('li') ?? 0;
      expect(ofLi).toBe(all.upTo);
      expect(ofLi).toBeGreaterThan(all.newest.get('wang') ?? Infinity);
      const about = { tenant, ids: ['li', 'wang', 'none'] };
      expect(await store.read(() => load('newest-changes-of', about))).toEqual(all.newest);
      expect((await read(all.upTo, 10)).newest).toEqual(new Map());
    });

    test('a job that ended is in the log, and found by its kind', async () => {
      const li = emptyEmployee('li', plainText('李'), 1);
      await write(null, li);
      // eslint-disable-next-line require-yield -- this work asks nothing
      await store.write(function* (): StoreTask<Decision<void>> {
        const fields = { type: [null, 'sync'] as const };
        return { answer: undefined, effects: [{ write: 'job', tenant, id: 'j1', fields, origin }] };
      });
      const page = await after(0, 10, ['job']);
      expect(page.changes).toMatchObject([{ kind: 'job', employee: 'j1', fields: { type: [null, 'sync'] } }]);
    });

    test('the history of an employee is read back to a number, also of one who was removed', async () => {
      const li = emptyEmployee('li', plainText('李'), 1);
      await write(null, li);
      const { upTo } = await after(0);
      const found = await store.read(() => load('employees-by-id', { tenant, ids: ['li'] }));
      const here = found.get('li') ?? null;
      if (here === null) throw new Error('li is not there');
      const named = { ...here, alias: 'L' };
      await write(here, named);
      const about = { tenant, employee: 'li', limit: 10, after: upTo };
      expect(await store.read(() => load('history', about))).toHaveLength(1);
      const now = await store.read(() => load('employees-by-id', { tenant, ids: ['li'] }));
      await write(now.get('li') ?? null, null);
      expect(await store.read(() => load('history', about))).toEqual([]);
      expect(await store.read(() => load('history', { ...about, isRemoved: true }))).toHaveLength(2);
    });

    test('a number of a change is not given again when the newest company goes', async () => {
      await make('newest');
      const newest = await store.read(() => load('newest-change', {}));
      // eslint-disable-next-line require-yield -- this work asks nothing
      await store.rewriteTenant('newest', function* () {
        return { answer: null, parts: null, employees: [], accounts: [], origin };
      });
      const left = await store.read(() => load('newest-change', {}));
      expect(left).toBeGreaterThanOrEqual(newest);
      await make('next');
      expect(await store.read(() => load('newest-change', {}))).toBeGreaterThan(left);
    });

    test('a listener is called after each commit, with the company', async () => {
      const calls: unknown[] = [];
      store.onChange((...call) => calls.push(call));
      await write(null, emptyEmployee('li', plainText('李'), 1));
      await make('other');
      expect(calls).toEqual([
        [tenant, true],
        [null, false],
      ]);
    });
  });
}
