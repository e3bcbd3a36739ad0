import { describe, expect, test } from 'vitest';
import type { Account } from '../../directory/auth/account.ts';
import type { Token } from '../../directory/auth/token.ts';
import { changedFields, type Origin } from '../../directory/history/change.ts';
import { emptyEmployee, type Employee } from '../../directory/employees/employee.ts';
import { APPLIED, MAX_SNAPSHOTS, type RestoreOptions } from '../../directory/snapshots.ts';
import {
  load,
  loadAll,
  type Decision,
  type Effect,
  type Store,
  type StoreTask,
  type TenantRewrite,
} from '../../directory/store.ts';
import type { TenantData } from '../../directory/tenant.ts';
import { plainText } from '../../directory/text.ts';
import type { OpenedStore } from '../replaceable-store.ts';

const origin: Origin = { dialect: 'test', operation: 'snapshot.restore', app: null, request: 'r', at: 9_000 };
const RESTORE: RestoreOptions = { origin, tokens: 'restore' };

/** Numbers that look random and are the same for a seed. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

const IDS = Array.from({ length: 12 }, (_, index) => `e${String(index)}`);
const MOBILES = Array.from({ length: 9 }, (_, index) => `1380000000${String(index)}`);
const HASHES = ['t1', 't2', 't3'];

function companyOf(key: string): Omit<TenantData, 'number'> {
  return {
    key,
    name: key,
    state: 'in-use',
    secondLocale: 'en-US',
    names: { 'test.corp': `${key}-corp` },
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
    apps: [{ id: 'app', dialect: 'test', key: `${key}-app`, secret: 'sha256:0:0', enabled: true, settings: {} }],
    settings: {},
    createdAt: 1,
    updatedAt: 1,
  };
}

async function make(store: Store, parts: Omit<TenantData, 'number'>): Promise<number> {
  const snapshot = { name: APPLIED, at: 1 };
  // eslint-disable-next-line require-yield -- everything is given
  await store.rewriteTenant(parts.key, function* (): StoreTask<TenantRewrite<void>> {
    return { answer: undefined, parts, employees: [], accounts: [], origin, snapshot };
  });
  return (await store.tenantByKey(parts.key))?.number ?? 0;
}

// eslint-disable-next-line require-yield -- nothing was applied
function* never(): StoreTask<boolean> {
  return false;
}

/** Everything that can be read of a company. */
async function stateOf(store: Store, tenant: number, prefix: string): Promise<unknown> {
  return await store.read(function* (): StoreTask<unknown> {
    const all = { tenant, offset: 0, limit: 99 } as const;
    const everyone = yield* load('everyone', { tenant });
    const shown = yield* load('tenant', { number: tenant });
    return {
      parts: { ...shown?.parts, clock: undefined },
      everyone: everyone.employees,
      accounts: [...everyone.accounts.values()].map(({ id, mobile, email }) => [id, mobile, email]),
      created: yield* load('employee-page', { ...all, order: 'created' }),
      updated: yield* load('employee-page', { ...all, order: 'updated-descending' }),
      places: yield* load('employees-from', { tenant, after: 0, limit: 99 }),
      mobiles: yield* load('employees-by', { tenant, space: 'mobile', values: MOBILES.map((one) => `+86${one}`) }),
      byId: yield* load('employees-by-id', { tenant, ids: IDS }),
      counts: yield* loadAll(
        'count-by',
        ['a', 'b'].map((value) => ({ tenant, space: 'department' as const, value, upTo: 99 })),
      ),
      headcount: yield* load('headcount', { tenant }),
      tokens: yield* loadAll(
        'token',
        HASHES.map((hash) => ({ hash: prefix + hash })),
      ),
      newest: yield* load('newest-token', { tenant, app: 'app', kind: 'k' }),
      invitations: yield* load('invitations', { tenant, before: null, limit: 99 }),
      attachments: yield* loadAll(
        'attachment',
        IDS.map((id) => ({ tenant, id })),
      ),
    };
  });
}

/** Writes something, as a random number decides. */
async function writeSomething(
  store: Store,
  tenant: number,
  prefix: string,
  random: (below: number) => number,
  at: number,
): Promise<void> {
  const pick = <Thing>(things: readonly Thing[]): Thing => things[random(things.length)] as Thing;
  const id = pick(IDS);
  const mobile = { country: '86', number: pick(MOBILES) };
  const [department, isOut, isGone, hasLogin] = [pick(['a', 'b']), random(4) === 0, random(5) === 0, random(2) === 0];
  const kind = random(7);
  const name = `n${String(at)}`;
  const login = `${prefix}${pick(['x', 'y', 'z'])}@example.com`;
  await store.write(function* (): StoreTask<Decision<void>> {
    const before = (yield* load('employees-by-id', { tenant, ids: [id] })).get(id) ?? null;
    const now = yield* load('tenant', { number: tenant });
    const holders = yield* load('accounts-by', { by: 'email', values: [login] });
    const effects: Effect[] = [];
    const account: Account = { id: `${prefix}${id}`, mobile: null, email: login };
    if (kind < 4) {
      const after: Employee | null =
        before !== null && isGone
          ? null
          : {
              ...(before ?? emptyEmployee(id, plainText(id), at)),
              mobile,
              name: plainText(name),
              departments: [{ department, rank: null, rankAmongOwn: null }],
              status: isOut ? 'resigned' : 'regular',
              account: hasLogin ? account.id : (before?.account ?? null),
              updatedAt: at,
            };
      const holder = holders.get(login);
      if (after?.account === account.id) {
        if (holder !== undefined && holder.id !== account.id)
          effects.push({ write: 'account', account: { ...holder, email: null } });
        effects.push({ write: 'account', account });
      }
      effects.push({ write: 'employee', tenant, before, after, fields: changedFields(before, after), origin });
    } else if (kind === 4 && now !== null) {
      const { number: _number, ...parts } = now.parts;
      effects.push({ write: 'tenant', now, parts: { ...parts, name, settings: { at } }, origin });
    } else if (kind === 5) {
      const token: Token = {
        hash: prefix + (HASHES[at % 3] ?? ''),
        dialect: 'test',
        kind: 'k',
        tenant,
        app: 'app',
        nonce: 'n',
        pairedHash: null,
        detail: { at },
        issuedAt: at,
        expiresAt: at + 100_000_000,
      };
      effects.push(isOut ? { write: 'token-end', hash: token.hash } : { write: 'token', token });
    } else {
      const invitation = {
        employee: id,
        channel: 'sms',
        address: '+861',
        dialect: 't',
        operation: 't',
        request: 'r',
        at,
      };
      effects.push({ write: 'invitation', tenant, invitation: { ...invitation, channel: 'sms' } });
      const attachment = { id, dialect: 't', kind: 'k', type: 't/t', bytes: Buffer.from(name) };
      if (isOut) effects.push({ write: 'attachment-end', tenant, ids: [id] });
      else effects.push({ write: 'attachment', tenant, attachment });
    }
    return { answer: undefined, effects };
  });
}

/** What every engine must pass. `open` answers a fresh, empty store each time. */
export function snapshotSuite(engine: string, open: () => Promise<OpenedStore>): void {
  describe(`snapshots on ${engine}`, () => {
    test.each([1, 2, 3])(
      'after any writes, each read is as at the snapshot that was put back (seed %i)',
      async (seed) => {
        const store = await open();
        const random = randomFrom(seed);
        const tenant = await make(store, companyOf('acme'));
        const other = await make(store, companyOf('other'));
        const states = new Map<string, unknown>();
        let at = 1_000;
        for (let taken = 0; taken < 5; taken++) {
          for (let round = 0; round < 15; round++) {
            await writeSomething(store, tenant, 'a-', random, ++at);
            await writeSomething(store, other, 'o-', random, ++at);
          }
          const name = `s${String(taken)}`;
          await store.snapshots.take('acme', { name, at }, never);
          states.set(name, await stateOf(store, tenant, 'a-'));
        }
        for (let round = 0; round < 8; round++) {
          const name = `s${String(random(5))}`;
          const untouched = await stateOf(store, other, 'o-');
          await store.snapshots.restore('acme', name, RESTORE);
          expect(await stateOf(store, tenant, 'a-')).toEqual(states.get(name));
          expect(await stateOf(store, other, 'o-')).toEqual(untouched);
          expect((await store.check()).damage).toEqual([]);
          for (let more = 0; more < random(12); more++) await writeSomething(store, tenant, 'a-', random, ++at);
        }
        await store.close();
      },
    );

    test('no number is given again after a restore, and the history goes on', async () => {
      const store = await open();
      const tenant = await make(store, companyOf('acme'));
      const hire = (id: string): Promise<void> => write(store, tenant, id, () => emptyEmployee(id, plainText(id), 1));
      const history = (id: string) => store.read(() => load('history', { tenant, employee: id, limit: 9 }));
      const placeOf = async (id: string): Promise<number> =>
        (await store.read(() => load('employees-from', { tenant, after: 0, limit: 9 }))).find(
          ({ employee }) => employee.id === id,
        )?.place ?? 0;
      await hire('li');
      await store.snapshots.take('acme', { name: 's', at: 1 }, never);
      await hire('wang');
      await write(store, tenant, 'li', () => null);
      const [last] = await history('wang');
      const place = await placeOf('wang');
      await store.snapshots.restore('acme', 's', RESTORE);
      expect((await history('li')).map(({ origin: { operation } }) => operation)).toEqual([
        'snapshot.restore',
        'removal',
        'removal',
      ]);
      await hire('zhao');
      expect((await history('zhao'))[0]?.number).toBeGreaterThan(last?.number ?? Infinity);
      expect(await placeOf('zhao')).toBeGreaterThan(place);
      await store.close();
    });

    test('a login that another company took meanwhile stays with it, and is named', async () => {
      const store = await open();
      const tenant = await make(store, companyOf('acme'));
      const other = await make(store, companyOf('other'));
      const account = (id: string, email: string | null): Effect => ({
        write: 'account',
        account: { id, mobile: null, email },
      });
      const staff = (id: string): Employee => ({ ...emptyEmployee(id, plainText(id), 1), account: id });
      await write(store, tenant, 'li', () => staff('li'), [account('li', 'one@example.com')]);
      await store.snapshots.take('acme', { name: 's', at: 1 }, never);
      await write(store, tenant, 'li', (one) => ({ ...(one ?? staff('li')), note: 'x' }), [account('li', null)]);
      await write(store, other, 'wang', () => staff('wang'), [account('wang', 'one@example.com')]);
      expect(await store.snapshots.restore('acme', 's', RESTORE)).toMatchObject({ employees: 1, left: ['li'] });
      const found = await store.read(() => load('accounts-by', { by: 'email', values: ['one@example.com'] }));
      expect(found.get('one@example.com')?.id).toBe('wang');
      await store.close();
    });

    test('tokens that are kept outlive a restore, except those of an app that had another secret', async () => {
      const store = await open();
      const tenant = await make(store, companyOf('acme'));
      const token = (hash: string): Effect => ({
        write: 'token',
        token: {
          hash,
          dialect: 'test',
          kind: 'k',
          tenant,
          app: 'app',
          nonce: null,
          pairedHash: null,
          issuedAt: 1,
          expiresAt: 9,
        },
      });
      const isThere = async (hash: string): Promise<boolean> =>
        (await store.read(() => load('token', { hash }))) !== null;
      await write(store, tenant, 'li', () => emptyEmployee('li', plainText('li'), 1), [token('new')]);
      await store.snapshots.restore('acme', APPLIED, { origin, tokens: 'keep' });
      expect(await isThere('new')).toBe(true);
      const now = await store.tenantByKey('acme');
      if (now === null) throw new Error('no company');
      const apps = now.parts.apps.map((app) => ({ ...app, secret: 'sha256:1:1' }));
      await write(store, tenant, 'li', () => emptyEmployee('li', plainText('li'), 1), [
        { write: 'tenant', now, parts: { ...now.parts, apps }, origin },
        token('newer'),
      ]);
      expect(await isThere('newer')).toBe(true);
      await store.snapshots.restore('acme', APPLIED, { origin, tokens: 'keep' });
      expect([await isThere('new'), await isThere('newer')]).toEqual([false, false]);
      await store.close();
    });

    test('a company has twenty snapshots at most, each by its name, and none when it is gone', async () => {
      const store = await open();
      await make(store, companyOf('acme'));
      const take = (index: number): Promise<unknown> =>
        store.snapshots.take('acme', { name: `s${String(index)}`, at: index }, never);
      for (let index = 0; index < MAX_SNAPSHOTS; index++) await take(index);
      await expect(take(0)).rejects.toMatchObject({ reason: 'name-taken' });
      await expect(take(99)).rejects.toMatchObject({ reason: 'too-many' });
      expect(await store.snapshots.remove('acme', 's0')).toBe(true);
      expect(await store.snapshots.remove('acme', 's0')).toBe(false);
      await take(99);
      await expect(store.snapshots.restore('acme', 's0', RESTORE)).rejects.toMatchObject({ reason: 'unknown' });
      expect(await store.snapshots.list('acme')).toHaveLength(MAX_SNAPSHOTS + 1);
      // eslint-disable-next-line require-yield -- a removal asks nothing
      await store.rewriteTenant('acme', function* (): StoreTask<TenantRewrite<void>> {
        return { answer: undefined, parts: null, employees: [], accounts: [], origin };
      });
      await expect(store.snapshots.list('acme')).rejects.toMatchObject({ reason: 'unknown-company' });
      await make(store, companyOf('acme'));
      expect((await store.snapshots.list('acme')).map(({ name }) => name)).toEqual([APPLIED]);
      await store.close();
    });
  });
}

async function write(
  store: Store,
  tenant: number,
  id: string,
  after: (before: Employee | null) => Employee | null,
  more: readonly Effect[] = [],
): Promise<void> {
  await store.write(function* (): StoreTask<Decision<void>> {
    const before = (yield* load('employees-by-id', { tenant, ids: [id] })).get(id) ?? null;
    const is = after(before);
    const fields = changedFields(before, is);
    const effect: Effect = {
      write: 'employee',
      tenant,
      before,
      after: is,
      fields,
      origin: { ...origin, operation: 'removal' },
    };
    return { answer: undefined, effects: [...more, effect] };
  });
}
