import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Account } from '../directory/auth/account.ts';
import { emptyEmployee, type Employee } from '../directory/employees/employee.ts';
import { DirectoryError } from '../directory/errors.ts';
import { plainText } from '../directory/text.ts';
import { changedFields, type Origin } from '../directory/history/change.ts';
import {
  load,
  type Decision,
  type Effect,
  type EmployeeRewrite,
  type EmployeeScan,
  type StoreTask,
  type TenantRewrite,
  type Store,
} from '../directory/store.ts';
import type { TenantData } from '../directory/tenant.ts';

const origin: Origin = { dialect: 'test', operation: 'test', app: null, request: 'r', at: 1_000 };

const company: Omit<TenantData, 'number'> = {
  key: 'acme',
  name: 'Acme',
  state: 'in-use',
  secondLocale: 'en-US',
  names: { 'test.corp': 'acme-corp' },
  departments: [
    {
      id: 'root',
      name: plainText('Acme'),
      parent: null,
      ids: { 'test.id': '1' },
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
  apps: [{ id: 'app', dialect: 'test', key: 'app-key', secret: 'sha256:0:0', enabled: true, settings: {} }],
  settings: { test: { strict: true } },
  createdAt: 1,
  updatedAt: 1,
};

function someone(id: string, more: Partial<Employee> = {}): Employee {
  return {
    ...emptyEmployee(id, plainText(id), 1),
    departments: [{ department: 'root', rank: null, rankAmongOwn: null }],
    ...more,
  };
}

function added(employee: Employee): EmployeeRewrite {
  return { before: null, after: employee, fields: changedFields(null, employee) };
}

/** What every engine must pass. `open` answers a fresh, empty store each time. */
export function storeSuite(
  engine: string,
  open: () => Promise<Store>,
  works: 'in line' | 'side by side' = 'side by side',
): void {
  describe(`store on ${engine}`, () => {
    let store: Store;
    let tenant: number;

    beforeEach(async () => {
      store = await open();
      await make(store, company, [
        someone('zhao', { mobile: { country: '86', number: '13800000001' } }),
        someone('qian'),
      ]);
      tenant = (await store.tenantByKey('acme'))?.number ?? 0;
    });
    afterEach(async () => {
      await store.close();
    });

    async function byMobile(value: string): Promise<readonly string[]> {
      const found = await store.read(() => load('employees-by', { tenant, space: 'mobile', values: [value] }));
      return (found.get(value) ?? []).map(({ id }) => id);
    }

    function change(id: string, patch: (before: Employee) => Partial<Employee>): Promise<void> {
      return store.write(function* (): StoreTask<Decision<void>> {
        const found = yield* load('employees-by-id', { tenant, ids: [id] });
        return { answer: undefined, effects: [changed(tenant, found.get(id), patch)] };
      });
    }

    function hire(employee: Employee): Promise<void> {
      // eslint-disable-next-line require-yield -- this work asks nothing
      return store.write(function* (): StoreTask<Decision<void>> {
        const { before, after, fields } = added(employee);
        return { answer: undefined, effects: [{ write: 'employee', tenant, before, after, fields, origin }] };
      });
    }

    test('a company is found by its key, its platform names and its apps, and by nothing of another', async () => {
      expect((await store.tenantByKey('acme'))?.number).toBe(tenant);
      expect((await store.tenantByName('test.corp', 'acme-corp'))?.number).toBe(tenant);
      expect((await store.tenantByApp('test', 'app-key'))?.number).toBe(tenant);
      expect(await store.tenantByApp('other', 'app-key')).toBeNull();
      expect(await store.tenantByName('test.corp', 'else')).toBeNull();
    });

    test('what was written of a company is what is read', async () => {
      const parts = (await store.tenantByKey('acme'))?.parts;
      expect(parts).toEqual({ ...company, number: tenant });
    });

    test('a name that another company has is refused and nothing is written', async () => {
      await expect(make(store, { ...company, key: 'other' }, [])).rejects.toBeInstanceOf(DirectoryError);
      expect(await store.tenantKeys()).toEqual(['acme']);
    });

    test('an employee is found by a value until it changes', async () => {
      expect(await byMobile('+8613800000001')).toEqual(['zhao']);
      await change('zhao', () => ({ mobile: { country: '852', number: '61234567' } }));
      expect(await byMobile('+8613800000001')).toEqual([]);
      expect(await byMobile('+85261234567')).toEqual(['zhao']);
    });

    test('several values are found in one question, one record being one object', async () => {
      await change('zhao', () => ({ email: 'Zhao@Example.com' }));
      const found = await store.read(() =>
        load('employees-by', { tenant, space: 'email', values: ['zhao@example.com', 'nobody@example.com'] }),
      );
      expect([...found.keys()]).toEqual(['zhao@example.com']);
    });

    test('who has a person’s id is found in all companies, the oldest first', async () => {
      const space = 'id:hose.user_id';
      const called = (id: string, user: string): Employee => someone(id, { ids: { 'hose.user_id': user } });
      await make(store, { ...company, key: 'next', names: {}, apps: [] }, [
        called('sun', 'u1'),
        { ...called('li', 'u2'), status: 'resigned' },
      ]);
      const gone = { ...company, key: 'gone', names: {}, apps: [], state: 'dissolved' } as const;
      await make(store, gone, [called('sun', 'u1')]);
      const ask1 = () =>
        store.read(() => load('employees-anywhere', { space, values: ['u1', 'u3', 'x\0'], realmOf: tenant }));
      const found = (await ask1()).get('u1') ?? [];
      expect(found.map(({ employee, tenantInUse }) => [employee.id, tenantInUse])).toEqual([
        ['sun', true],
        ['sun', false],
      ]);
      expect(found.map((one) => one.tenant)).toEqual([
        (await store.tenantByKey('next'))?.number,
        (await store.tenantByKey('gone'))?.number,
      ]);
      const locked = await store.write(function* (): StoreTask<Decision<number>> {
        const found = yield* load('employees-anywhere', { space, values: ['u1', 'u2'], realmOf: tenant });
        return { answer: found.get('u2')?.length ?? 0, effects: [] };
      });
      expect(locked).toBe(1);
      await remove(store, 'next');
      expect((await ask1()).get('u1')).toHaveLength(1);
    });

    test('a skipped request is in the history with its reason, and changes nothing', async () => {
      const note = { verdict: 'skipped', reason: 'a rule', version: 'v1', index: 3, keys: ['name'] } as const;
      const [before] = await store.read(() => load('history', { tenant, employee: 'zhao', limit: 1 }));
      await store.write(function* (): StoreTask<Decision<void>> {
        const zhao = (yield* load('employees-by-id', { tenant, ids: ['zhao'] })).get('zhao') ?? null;
        const effect = { write: 'employee', tenant, before: zhao, after: zhao, fields: {}, origin, note } as const;
        return { answer: undefined, effects: [effect] };
      });
      await change('zhao', () => ({ note: 'x' }));
      const history = await store.read(() => load('history', { tenant, employee: 'zhao', limit: 9 }));
      expect(history.map((one) => one.note)).toEqual([undefined, note, undefined]);
      expect(history[1]).toMatchObject({ fields: {}, origin });
      expect(history[2]).toEqual(before);
    });

    test('a change is found after the mark of an applied file, if another dialect made it', async () => {
      const appliedFile = { change: await store.read(() => load('newest-change', {})), digest: 'd' };
      expect(appliedFile.change).toBeGreaterThan(0);
      const since = (except: string) =>
        store.read(() => load('changed-since', { tenant, change: appliedFile.change, except }));
      expect(await since('none')).toBe(false);
      await change('zhao', () => ({ note: 'x' }));
      expect([await since('none'), await since(origin.dialect)]).toEqual([true, false]);
      await make(store, { ...company, key: 'marked', names: {}, apps: [], appliedFile }, []);
      expect((await store.tenantByKey('marked'))?.parts.appliedFile).toEqual(appliedFile);
    });

    test('employees of one company are not found in another', async () => {
      await make(store, { ...company, key: 'beta', names: {}, apps: [] }, [
        someone('sun', { mobile: { country: '86', number: '13800000001' } }),
      ]);
      expect(await byMobile('+8613800000001')).toEqual(['zhao']);
    });

    test('a write that throws leaves nothing and hinders no other write', async () => {
      const refused = store.write(function* (): StoreTask<Decision<void>> {
        yield* load('employees-by-id', { tenant, ids: ['zhao'] });
        throw new DirectoryError({ kind: 'taken', subject: 'mobile' });
      });
      const accepted = change('qian', () => ({ alias: 'q' }));
      await expect(refused).rejects.toBeInstanceOf(DirectoryError);
      await accepted;
      expect((await store.read(() => load('employees-by-id', { tenant, ids: ['qian'] }))).get('qian')?.alias).toBe('q');
    });

    test('a write that fails after it began to write leaves nothing and hinders no other write', async () => {
      const twice: Effect = { write: 'account', account: { id: 'a', mobile: '+861', email: null } };
      const clash: Effect = { write: 'account', account: { id: 'b', mobile: '+861', email: null } };
      // eslint-disable-next-line require-yield -- this work asks nothing
      const broken = store.write(function* (): StoreTask<Decision<void>> {
        return { answer: undefined, effects: [twice, clash] };
      });
      const accepted = change('qian', () => ({ alias: 'q' }));
      await expect(broken).rejects.toThrow(/unique/i);
      await accepted;
      const accounts = await store.read(() => load('accounts-by', { by: 'id', values: ['a', 'b'] }));
      expect(accounts.size).toBe(0);
      expect((await store.read(() => load('employees-by-id', { tenant, ids: ['qian'] }))).get('qian')?.alias).toBe('q');
    });

    test('of a hundred racing claims of one value exactly one wins', async () => {
      await make(
        store,
        { ...company, key: 'race', names: {}, apps: [] },
        Array.from({ length: 100 }, (_, index) => someone(`e${String(index)}`)),
      );
      const race = (await store.tenantByKey('race'))?.number ?? 0;
      const mobile = { country: '86', number: '13900000000' };
      const claims = Array.from({ length: 100 }, (_, index) =>
        store.write(function* (): StoreTask<Decision<boolean>> {
          const id = `e${String(index)}`;
          const mine = yield* load('employees-by-id', { tenant: race, ids: [id] });
          const holders = yield* load('employees-by', { tenant: race, space: 'mobile', values: ['+8613900000000'] });
          if (holders.size > 0) return { answer: false, effects: [] };
          return { answer: true, effects: [changed(race, mine.get(id), () => ({ mobile }))] };
        }),
      );
      expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
    });

    test('two writes that would close a loop together, without a common employee, cannot both succeed', async () => {
      // In each four, low reports to high; a takes the other pair's low as leader while that pair's high takes a's low.
      const fours = Array.from({ length: 10 }, (_, index) => `f${String(index)}`);
      const people = fours.flatMap((four) => [
        someone(`${four}-high`),
        someone(`${four}-low`, { leader: `${four}-high` }),
        someone(`${four}-other-high`),
        someone(`${four}-other-low`, { leader: `${four}-other-high` }),
      ]);
      await make(store, { ...company, key: 'lines', names: {}, apps: [] }, people);
      const lines = (await store.tenantByKey('lines'))?.number ?? 0;
      const follow = (id: string, leader: string): Promise<boolean> =>
        store.write(function* (): StoreTask<Decision<boolean>> {
          const found = yield* load('employees-by-id', { tenant: lines, ids: [id] });
          const above = yield* load('line-above', { tenant: lines, line: 'direct', from: [leader] });
          if (above.has(id)) return { answer: false, effects: [] };
          return { answer: true, effects: [changed(lines, found.get(id), () => ({ leader }))] };
        });
      for (const four of fours) {
        const both = [follow(`${four}-high`, `${four}-other-low`), follow(`${four}-other-high`, `${four}-low`)];
        expect((await Promise.all(both)).filter(Boolean), four).toHaveLength(1);
      }
    });

    test('two changes of one account, named by different values, are both kept', async () => {
      const accounts = Array.from({ length: 10 }, (_, index) => ({
        id: `acc${String(index)}`,
        mobile: `+86139${String(index).padStart(8, '0')}`,
        email: null,
      }));
      const change = (
        about: { readonly by: 'id' | 'mobile'; readonly value: string },
        patch: Partial<Account>,
      ): Promise<boolean> =>
        store.write(function* (): StoreTask<Decision<boolean>> {
          const { by, value } = about;
          const held = (yield* load('accounts-by', { by, values: [value] })).get(value);
          if (held === undefined) return { answer: false, effects: [] };
          const { id, mobile, email } = { ...held, ...patch };
          return { answer: true, effects: [{ write: 'account', account: { id, mobile, email } }] };
        });
      // eslint-disable-next-line require-yield -- everything is given
      await store.write(function* (): StoreTask<Decision<void>> {
        return { answer: undefined, effects: accounts.map((account) => ({ write: 'account', account })) };
      });
      for (const { id, mobile } of accounts) {
        const mail = { email: `${id}@example.com` };
        const [isFound] = await Promise.all([
          change({ by: 'mobile', value: mobile }, mail),
          change({ by: 'id', value: id }, { mobile: `${mobile}0` }),
        ]);
        // It came second, and no employee has that mobile any more.
        if (!isFound) await change({ by: 'id', value: id }, mail);
      }
      const kept = await store.read(() => load('accounts-by', { by: 'id', values: accounts.map(({ id }) => id) }));
      expect([...kept.values()].map(({ mobile, email }) => [mobile, email])).toEqual(
        accounts.map(({ id, mobile }) => [`${mobile}0`, `${id}@example.com`]),
      );
    });

    test('of many who find no token to tell again one makes it, and the others tell that one', async () => {
      const tell = (kind: string, hash: string): Promise<string> =>
        store.write(function* (): StoreTask<Decision<string>> {
          const about = { tenant, app: 'app', kind };
          const newest = yield* load('newest-token', about);
          if (newest !== null) return { answer: newest.hash, effects: [] };
          const token = { ...about, hash, dialect: 'test', nonce: 'n', pairedHash: null, issuedAt: 1, expiresAt: 2 };
          return { answer: hash, effects: [{ write: 'token', token }] };
        });
      for (const kind of ['a', 'b', 'c', 'd']) {
        const tries = Array.from({ length: 10 }, (_, index) => tell(kind, `${kind}${String(index)}`));
        expect(new Set(await Promise.all(tries)).size).toBe(1);
      }
    });

    test('what cannot be kept is not found, and looking for it is no failure', async () => {
      const values = ['a\0b'];
      expect(await store.tenantByKey('a\0')).toBeNull();
      expect(await store.tenantByName('test.corp', 'a\0')).toBeNull();
      expect((await store.read(() => load('employees-by', { tenant, space: 'mobile', values }))).size).toBe(0);
      expect((await store.read(() => load('employees-by-id', { tenant, ids: values }))).size).toBe(0);
      expect((await store.read(() => load('accounts-by', { by: 'mobile', values }))).size).toBe(0);
    });

    test('each change is logged with what it changed, newest first', async () => {
      await change('zhao', () => ({ alias: 'one' }));
      await change('qian', () => ({ alias: 'other' }));
      await change('zhao', () => ({ alias: 'two' }));
      const changes = await store.read(() => load('history', { tenant, employee: 'zhao', limit: 10 }));
      expect(changes.map(({ fields }) => fields['alias'])).toEqual([['one', 'two'], [null, 'one'], undefined]);
      expect(changes[0]?.origin).toEqual(origin);
      expect((await store.read(() => load('history', { tenant, employee: 'zhao', limit: 2 }))).length).toBe(2);
    });

    test('going up a reporting line finds everyone above, and ends where lines cross', async () => {
      await change('zhao', () => ({ leader: 'qian', dottedLeaders: ['qian'] }));
      const above = (line: 'direct' | 'dotted'): Promise<ReadonlySet<string>> =>
        store.read(() => load('line-above', { tenant, line, from: ['zhao'] }));
      expect([...(await above('direct'))].toSorted()).toEqual(['qian', 'zhao']);
      expect([...(await above('dotted'))].toSorted()).toEqual(['qian', 'zhao']);
      await change('qian', () => ({ leader: 'zhao' }));
      expect((await above('direct')).size).toBe(2);
    });

    test('a page shows so many in order of creation and counts them all', async () => {
      await change('zhao', () => ({ status: 'resigned' }));
      const page = (more: object): Promise<{ total: number; employees: readonly Employee[] }> =>
        store.read(() => load('employee-page', { tenant, offset: 0, limit: 10, order: 'created', ...more }));
      expect((await page({})).employees.map(({ id }) => id)).toEqual(['zhao', 'qian']);
      expect(await page({ active: true })).toMatchObject({ total: 1, employees: [{ id: 'qian' }] });
      expect(await page({ offset: 5 })).toEqual({ total: 2, employees: [] });
      expect((await page({ updatedFrom: 1, updatedTo: 1 })).employees.map(({ id }) => id)).toEqual(['qian']);
    });

    test('an account says in which companies it is an employee', async () => {
      const effect: Effect = { write: 'account', account: { id: 'acc', mobile: '+8613800000009', email: 'a@b.c' } };
      await store.write(function* (): StoreTask<Decision<void>> {
        const found = yield* load('employees-by-id', { tenant, ids: ['zhao'] });
        return { answer: undefined, effects: [effect, changed(tenant, found.get('zhao'), () => ({ account: 'acc' }))] };
      });
      const find = async (): Promise<unknown> =>
        (await store.read(() => load('accounts-by', { by: 'mobile', values: ['+8613800000009'] }))).get(
          '+8613800000009',
        );
      expect(await find()).toEqual({
        id: 'acc',
        mobile: '+8613800000009',
        email: 'a@b.c',
        memberships: [{ tenant, employee: 'zhao', tenantInUse: true }],
      });
      await make(store, { ...company, state: 'dissolved' }, []);
      expect(await find()).toMatchObject({ memberships: [{ tenantInUse: false }] });
    });

    test('a token is found by its hash until it is ended, also within one group of writes', async () => {
      const token = {
        hash: 'h',
        dialect: 'test',
        kind: 'k',
        tenant,
        app: 'app',
        nonce: 'n',
        pairedHash: null,
        issuedAt: 1,
        expiresAt: 2,
      };
      // eslint-disable-next-line require-yield -- this work asks nothing
      await store.write(function* (): StoreTask<Decision<void>> {
        return { answer: undefined, effects: [{ write: 'token', token }] };
      });
      expect(await store.read(() => load('token', { hash: 'h' }))).toEqual(token);
      expect(await store.read(() => load('newest-token', { tenant, app: 'app', kind: 'k' }))).toEqual(token);
      const take = (): Promise<boolean> =>
        store.write(function* (): StoreTask<Decision<boolean>> {
          const found = yield* load('token', { hash: 'h' });
          return { answer: found !== null, effects: found === null ? [] : [{ write: 'token-end', hash: 'h' }] };
        });
      const taken = await Promise.all([take(), take()]);
      expect(taken.filter(Boolean)).toHaveLength(1);
    });

    test('a count goes up one by one, also at the same time, until it is ended', async () => {
      const counted = await Promise.all(Array.from({ length: 20 }, () => store.countUp(tenant, 'fault a')));
      expect(counted.toSorted((one, other) => one - other)).toEqual(
        Array.from({ length: 20 }, (_, index) => index + 1),
      );
      expect(await store.countUp(tenant, 'fault b')).toBe(1);
      expect(await store.countOf(tenant, 'fault a')).toBe(20);
      await store.endCount(tenant, 'fault a');
      expect(await store.countOf(tenant, 'fault a')).toBe(0);
      expect(await store.countUp(tenant, 'fault a')).toBe(1);
      await store.endCount(tenant, 'fault a');
      await store.endCount(tenant, 'fault b');
    });

    test('tokens that end in a time are found with it, the earliest first, and counted', async () => {
      // eslint-disable-next-line require-yield -- this work asks nothing
      await store.write(function* (): StoreTask<Decision<void>> {
        const token = { dialect: 'test', kind: 'k', tenant, app: 'app', nonce: null, pairedHash: null, issuedAt: 1 };
        const effects = [40, 10, 30, 20].map((expiresAt) => ({
          write: 'token' as const,
          token: { ...token, hash: `ends-${String(expiresAt)}`, expiresAt },
        }));
        return { answer: undefined, effects };
      });
      const { total, tokens } = await store.read(() => load('tokens-ending', { tenant, from: 10, to: 40, limit: 2 }));
      expect(total).toBe(3);
      expect(tokens.map(({ expiresAt }) => expiresAt)).toEqual([20, 30]);
      const none = await store.read(() => load('tokens-ending', { tenant: tenant + 1, from: 0, to: 99, limit: 2 }));
      expect(none).toEqual({ total: 0, tokens: [] });
    });

    test('tokens that expired long ago are forgotten when their app gets another', async () => {
      const issue = (hash: string, issuedAt: number): Promise<void> =>
        // eslint-disable-next-line require-yield -- this work asks nothing
        store.write(function* (): StoreTask<Decision<void>> {
          const token = {
            hash,
            dialect: 'test',
            kind: 'k',
            tenant,
            app: 'app',
            nonce: null,
            pairedHash: null,
            issuedAt,
            expiresAt: issuedAt + 1,
          };
          return { answer: undefined, effects: [{ write: 'token', token }] };
        });
      const isKept = async (hash: string): Promise<boolean> =>
        (await store.read(() => load('token', { hash }))) !== null;
      await issue('old', 1_000);
      await issue('recent', 1_000 + 3 * 86_400_000);
      await issue('new', 1_000 + 4 * 86_400_000);
      expect([await isKept('old'), await isKept('recent'), await isKept('new')]).toEqual([false, true, true]);
    });

    test('a work sees a company as it was changed before, where works wait in line also by the one just ahead', async () => {
      const see = (): Promise<unknown> =>
        store.write(function* (): StoreTask<Decision<unknown>> {
          const now = yield* load('tenant', { number: tenant });
          return { answer: now?.parts.settings['test'], effects: [] };
        });
      const rewriting = make(store, { ...company, settings: { test: { strict: false } } }, []);
      const beside = see();
      await rewriting;
      // Of two works side by side either may be first.
      expect(works === 'in line' ? [{ strict: false }] : [{ strict: true }, { strict: false }]).toContainEqual(
        await beside,
      );
      expect(await see()).toEqual({ strict: false });
    });

    test('employees come a page at a time after the last one, all or those who have a value', async () => {
      await make(store, { ...company, key: 'beta', names: {}, apps: [] }, [someone('sun')]);
      for (const id of ['li', 'zhou', 'wu']) await hire(someone(id));
      await change('li', () => ({ status: 'resigned', departments: [] }));
      const pages = async (having?: EmployeeScan['having']): Promise<readonly string[][]> => {
        const found: string[][] = [];
        for (let after = 0; ;) {
          const about = { tenant, after, limit: 2, ...(having === undefined ? {} : { having }) };
          const page = await store.read(() => load('employees-from', about));
          if (page.length === 0) return found;
          found.push(page.map(({ employee }) => employee.id));
          after = page.at(-1)?.place ?? 0;
        }
      };
      expect(await pages()).toEqual([['zhao', 'qian'], ['li', 'zhou'], ['wu']]);
      expect(await pages({ space: 'department', value: 'root' })).toEqual([
        ['zhao', 'qian'],
        ['zhou', 'wu'],
      ]);
      expect(await pages({ space: 'department', value: 'else' })).toEqual([]);
      expect(await pages({ space: 'department', value: 'no\0thing' })).toEqual([]);
    });

    test('companies are found by the publishers of their apps, as long as they have one', async () => {
      const of = (publisher: string, limit = 10): Promise<readonly number[]> =>
        store.read(() => load('tenants-of-publisher', { dialect: 'wecom', publisher, limit }));
      expect(await of('us')).toEqual([]);
      const now = await store.tenant(tenant);
      if (now === null) throw new Error('no company');
      const apps = ['a', 'b'].map((id) => ({
        id,
        dialect: 'wecom',
        key: id,
        secret: '',
        enabled: true,
        publisher: 'us',
        settings: {},
      }));
      const write = (parts: typeof now.parts): Promise<null> =>
        store.write(function* () {
          const known = yield* load('tenant', { number: tenant });
          if (known === null) throw new Error('no company');
          return { answer: null, effects: [{ write: 'tenant', now: known, parts, origin }] };
        });
      await write({ ...now.parts, apps: [...now.parts.apps, ...apps] });
      expect(await of('us')).toEqual([tenant]);
      expect(await of('us', 0)).toEqual([]);
      expect(await of('them')).toEqual([]);
      await write(now.parts);
      expect(await of('us')).toEqual([]);
    });

    test('people are counted: those who have not left, and those in some departments, each once', async () => {
      const both = ['root', 'lab'].map((department) => ({ department, rank: null, rankAmongOwn: null }));
      await hire(someone('li', { departments: both }));
      await change('qian', () => ({ status: 'resigned' }));
      const members = (departments: readonly string[]): Promise<number> =>
        store.read(() => load('members-in', { tenant, departments }));
      expect(await store.read(() => load('headcount', { tenant }))).toBe(2);
      expect([await members(['root']), await members(['lab']), await members(['root', 'lab'])]).toEqual([2, 1, 2]);
      expect(await members([])).toBe(0);
    });

    test('those who have not come, or will not, are counted by an id, whatever department they are in', async () => {
      const of = (id: string, more: Partial<Employee>): Employee => someone(id, { ids: { own: id }, ...more });
      await hire(of('wu', {}));
      await hire(of('wei', { status: 'resigned' }));
      await hire(of('zheng', { status: 'pre-hire', departments: [], mainDepartment: null }));
      await hire(of('wang', { status: 'pre-hire-cancelled' }));
      const toCome = (space: `id:${string}`): Promise<number> => store.read(() => load('to-come', { tenant, space }));
      expect([await toCome('id:own'), await toCome('id:other')]).toEqual([2, 0]);
      const cancelled = { tenant, space: 'id:own', cancelled: true } as const;
      expect(await store.read(() => load('to-come', cancelled))).toBe(1);
      await change('zheng', () => ({ status: 'regular' }));
      expect(await toCome('id:own')).toBe(1);
    });

    test('people are counted where their main department is, whatever else they are in', async () => {
      const both = ['shed', 'roof'].map((department) => ({ department, rank: null, rankAmongOwn: null }));
      await hire(someone('wu', { departments: both.slice(0, 1), mainDepartment: 'shed' }));
      await hire(someone('zheng', { departments: both, mainDepartment: 'roof' }));
      await hire(someone('wang', { departments: both, mainDepartment: 'shed', status: 'resigned' }));
      await hire(someone('feng', { departments: [], mainDepartment: null }));
      const members = (departments: readonly string[]): Promise<number> =>
        store.read(() => load('members-in', { tenant, departments, main: true }));
      expect([await members(['roof']), await members(['shed']), await members(['roof', 'shed'])]).toEqual([1, 1, 2]);
      expect([await members([]), await members(['nothing'])]).toEqual([0, 0]);
      expect(await store.read(() => load('in-several-departments', { tenant }))).toEqual([
        { departments: ['shed', 'roof'], main: 'roof' },
      ]);
      const departments = ['shed', 'roof', 'nothing'];
      const places = await store.read(() => load('places-in-departments', { tenant, departments }));
      expect([...places.keys()].toSorted()).toEqual(['roof', 'shed']);
      const [zheng] = places.get('roof') ?? [];
      expect(places.get('roof')).toEqual([zheng]);
      expect(places.get('shed')).toHaveLength(2);
      expect(places.get('shed')).toContain(zheng);
    });

    test('of many who make the last one to fit, counting first, exactly one does', async () => {
      const join = (id: string): Promise<boolean> =>
        store.write(function* (): StoreTask<Decision<boolean>> {
          if ((yield* load('headcount', { tenant })) >= 3) return { answer: false, effects: [] };
          const { before, after, fields } = added(someone(id));
          return { answer: true, effects: [{ write: 'employee', tenant, before, after, fields, origin }] };
        });
      const joined = await Promise.all(Array.from({ length: 20 }, (_, index) => join(`e${String(index)}`)));
      expect(joined.filter(Boolean)).toHaveLength(1);
      expect(await store.read(() => load('headcount', { tenant }))).toBe(3);
    });

    test('a company is changed by a work, together with its people, and the next read sees it', async () => {
      const reform = (name: string): Promise<void> =>
        store.write(function* (): StoreTask<Decision<void>> {
          const now = yield* load('tenant', { number: tenant });
          if (now === null) throw new Error('no company');
          const [root, ...others] = now.parts.departments;
          if (root === undefined) throw new Error('no root');
          const parts = {
            ...now.parts,
            departments: [root, ...others, { ...root, id: name, parent: 'root', ids: {} }],
          };
          const { before, after, fields } = added(someone(`head of ${name}`));
          return {
            answer: undefined,
            effects: [
              { write: 'tenant', now, parts, origin },
              { write: 'employee', tenant, before, after, fields, origin },
            ],
          };
        });
      await Promise.all(['lab', 'shop', 'yard'].map(reform));
      const departments = (await store.tenant(tenant))?.parts.departments.map(({ id }) => id) ?? [];
      expect(departments.toSorted()).toEqual(['lab', 'root', 'shop', 'yard']);
      expect(await store.read(() => load('headcount', { tenant }))).toBe(5);
    });

    test('invitations lie in the outbox, newest first, until their company is removed', async () => {
      for (const employee of ['zhao', 'qian', 'sun']) await store.write(invited(tenant, employee));
      const [newest, ...older] = await store.read(() => load('invitations', { tenant, before: null, limit: 2 }));
      expect([newest, ...older].map((one) => one?.employee)).toEqual(['sun', 'qian']);
      expect(newest).toMatchObject({ channel: 'sms', address: '+8613800000001', at: 1_000 });
      const before = older[0]?.number ?? 0;
      const rest = await store.read(() => load('invitations', { tenant, before, limit: 2 }));
      expect(rest.map(({ employee }) => employee)).toEqual(['zhao']);
      expect(await store.read(() => load('invitations', { tenant: tenant + 1, before: null, limit: 2 }))).toEqual([]);
    });

    test('a file that was handed in is read as it was, by its company alone', async () => {
      const bytes = Buffer.from([0, 255, 137, 80]);
      const attachment = { id: 'img-1', dialect: 'test', kind: 'portrait', type: 'image/png', bytes };
      // eslint-disable-next-line require-yield -- this work asks nothing
      await store.write(function* (): StoreTask<Decision<void>> {
        return { answer: undefined, effects: [{ write: 'attachment', tenant, attachment }] };
      });
      expect(await store.read(() => load('attachment', { tenant, id: 'img-1' }))).toEqual(attachment);
      expect(await store.read(() => load('attachment-kind', { tenant, id: 'img-1' }))).toBe('portrait');
      for (const about of [
        { tenant: tenant + 1, id: 'img-1' },
        { tenant, id: 'img-2' },
        { tenant, id: '\0' },
      ]) {
        expect(await store.read(() => load('attachment', about))).toBeNull();
        expect(await store.read(() => load('attachment-kind', about))).toBeNull();
      }
    });

    test('a file is replaced by one with the same id, and removed', async () => {
      const attachment = { id: 'f-1', dialect: 'test', kind: 'k', type: 'text/plain', bytes: Buffer.from('1') };
      const writeBoth = (effects: readonly Effect[]) =>
        // eslint-disable-next-line require-yield -- this work asks nothing
        store.write(function* (): StoreTask<Decision<void>> {
          return { answer: undefined, effects };
        });
      await writeBoth([
        { write: 'attachment', tenant, attachment },
        { write: 'attachment', tenant, attachment: { ...attachment, id: 'f-2' } },
      ]);
      const later = { ...attachment, kind: 'k2', bytes: Buffer.from('2') };
      await writeBoth([{ write: 'attachment', tenant, attachment: later }]);
      expect(await store.read(() => load('attachment', { tenant, id: 'f-1' }))).toEqual(later);
      await writeBoth([{ write: 'attachment-end', tenant, ids: ['f-1', 'f-3'] }]);
      expect(await store.read(() => load('attachment', { tenant, id: 'f-1' }))).toBeNull();
      expect(await store.read(() => load('attachment', { tenant, id: 'f-2' }))).toEqual({ ...attachment, id: 'f-2' });
    });

    test('two writes that go on from one file follow each other', async () => {
      const files = { dialect: 'test', kind: 'k', type: 'text/plain' };
      function* countOn(): StoreTask<Decision<number>> {
        const before = yield* load('attachment', { tenant, id: 'count' });
        const next = Number(before === null ? 0 : Buffer.from(before.bytes).toString()) + 1;
        const attachment = { ...files, id: 'count', bytes: Buffer.from(String(next)) };
        return { answer: next, effects: [{ write: 'attachment', tenant, attachment }] };
      }
      const answers = await Promise.all(Array.from({ length: 20 }, () => store.write(countOn)));
      expect(answers.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    });

    test('a token keeps what its dialect says of it', async () => {
      const common = { dialect: 'test', kind: 'k', tenant, app: 'app', nonce: null, pairedHash: null };
      const token = { ...common, hash: 'h', issuedAt: 1, expiresAt: 2, detail: { employee: 'zhao', scopes: ['a'] } };
      // eslint-disable-next-line require-yield -- this work asks nothing
      await store.write(function* (): StoreTask<Decision<void>> {
        return { answer: undefined, effects: [{ write: 'token', token }] };
      });
      expect(await store.read(() => load('token', { hash: 'h' }))).toEqual(token);
    });

    test('a removed company leaves nothing behind', async () => {
      await remove(store, 'acme');
      expect(await store.tenantKeys()).toEqual([]);
      expect(await store.tenant(tenant)).toBeNull();
      expect(await byMobile('+8613800000001')).toEqual([]);
      expect(
        (await store.read(() => load('employee-page', { tenant, offset: 0, limit: 1, order: 'created' }))).total,
      ).toBe(0);
    });

    test('no number of a company that is gone, of its people or its invitations, is given again', async () => {
      const numbers = async (key: string): Promise<readonly number[]> => {
        const now = await store.tenantByKey(key);
        if (now === null) throw new Error(`no company ${key}`);
        await store.write(invited(now.number));
        const [placed] = await store.read(() => load('employees-from', { tenant: now.number, after: 0, limit: 1 }));
        const [invitation] = await store.read(() =>
          load('invitations', { tenant: now.number, before: null, limit: 1 }),
        );
        return [now.number, placed?.place ?? 0, invitation?.number ?? 0];
      };
      let last: readonly number[] = [0, 0, 0];
      for (const key of ['next', 'next', 'other']) {
        await make(store, { ...company, key, names: {}, apps: [] }, [someone('sun')]);
        const these = await numbers(key);
        for (const [kind, number] of these.entries()) expect(number, String(kind)).toBeGreaterThan(last[kind] ?? 0);
        last = these;
        await remove(store, key);
      }
      await remove(store, 'acme');
      await make(store, company, [someone('sun')]);
      for (const [kind, number] of (await numbers('acme')).entries())
        expect(number, String(kind)).toBeGreaterThan(last[kind] ?? 0);
    });

    test('someone who is made after the newest one was removed has another place', async () => {
      const placeOf = async (id: string): Promise<number> => {
        const all = await store.read(() => load('employees-from', { tenant, after: 0, limit: 10 }));
        return all.find(({ employee }) => employee.id === id)?.place ?? 0;
      };
      const before = await placeOf('qian');
      await store.write(function* (): StoreTask<Decision<void>> {
        const found = yield* load('employees-by-id', { tenant, ids: ['qian'] });
        const gone = { before: found.get('qian') ?? null, after: null, fields: {} };
        return { answer: undefined, effects: [{ write: 'employee', tenant, ...gone, origin }] };
      });
      await hire(someone('sun'));
      expect(await placeOf('sun')).toBeGreaterThan(before);
    });

    test('lists by date are right after the company of the newest change was removed', async () => {
      const list = (): Promise<readonly string[]> =>
        store
          .read(() => load('employee-page', { tenant, offset: 0, limit: 9, order: 'updated-descending' }))
          .then(({ employees }) => employees.map(({ id }) => id));
      await make(store, { ...company, key: 'next', names: {}, apps: [] }, [someone('sun')]);
      expect(await list()).toHaveLength(2);
      await remove(store, 'next');
      await hire(someone('li', { updatedAt: 2_000 }));
      expect((await list())[0]).toBe('li');
    });

    test('all employees are read a piece at a time in order of creation', async () => {
      const people = Array.from({ length: 1_201 }, (_, index) => someone(`e${String(index)}`));
      await make(store, { ...company, key: 'big', names: {}, apps: [] }, people);
      const seen: string[] = [];
      for await (const { id } of store.employees((await store.tenantByKey('big'))?.number ?? 0)) seen.push(id);
      expect(seen).toEqual(people.map(({ id }) => id));
    });
  });
}

function changed(tenant: number, before: Employee | undefined, patch: (before: Employee) => Partial<Employee>): Effect {
  if (before === undefined) throw new Error('no employee to change');
  const after = { ...before, ...patch(before), updatedAt: origin.at };
  return { write: 'employee', tenant, before, after, fields: changedFields(before, after), origin };
}

/** Puts an invitation into a company's outbox. */
function invited(tenant: number, employee = 'sun'): () => StoreTask<Decision<void>> {
  const invitation = {
    employee,
    channel: 'sms',
    address: '+8613800000001',
    dialect: 'test',
    operation: 'test',
    request: 'r',
    at: 1_000,
  } as const;
  // eslint-disable-next-line require-yield -- this work asks nothing
  return function* () {
    return { answer: undefined, effects: [{ write: 'invitation', tenant, invitation }] };
  };
}

function remove(store: Store, key: string): Promise<void> {
  // eslint-disable-next-line require-yield -- a removal asks nothing
  return store.rewriteTenant(key, function* (): StoreTask<TenantRewrite<void>> {
    return { answer: undefined, parts: null, employees: [], accounts: [], origin };
  });
}

function make(store: Store, parts: Omit<TenantData, 'number'>, people: readonly Employee[]): Promise<void> {
  // eslint-disable-next-line require-yield -- everything is given
  return store.rewriteTenant(parts.key, function* (): StoreTask<TenantRewrite<void>> {
    return { answer: undefined, parts, employees: people.map(added), accounts: [], origin };
  });
}
