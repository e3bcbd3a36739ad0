import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { load, type Decision, type StoreTask, type Store } from '../../src/directory/store.ts';
import type { Tenant } from '../../src/directory/tenant.ts';
import type { Token } from '../../src/directory/auth/token.ts';
import { openStore } from '../../src/store/open.ts';
import { freshSchema } from '../support/fresh-store.ts';
import { aliasesOf, makeCompany, rename } from './small-company.ts';

/* Several stores on one database, as several nodes have: nothing that one of them remembers outlives what another does. */

const ROUNDS = 25;

describe.each(['read-committed', 'serializable'])('%s', (isolation) => {
  let url: string;
  let one: Store;
  let other: Store;
  beforeEach(async () => {
    url = `${await freshSchema()}&isolation=${isolation}`;
    [one, other] = await Promise.all([openStore(url), openStore(url)]);
  });
  afterEach(async () => {
    await Promise.all([one.close(), other.close()]);
  });

  const strictness = (tenant: Tenant | null): unknown => tenant?.parts.settings['test'];

  test('nodes that start at once on an empty database all start', async () => {
    const empty = `${await freshSchema()}&isolation=${isolation}`;
    const stores = await Promise.all([openStore(empty), openStore(empty), openStore(empty), openStore(empty)]);
    for (const store of stores) expect(await store.tenantKeys()).toEqual([]);
    await Promise.all(stores.map((store) => store.close()));
  });

  test('a company that one changed is at once what the other reads, writes by and finds by any name', async () => {
    const number = await makeCompany(one, []);
    for (let round = 1; round <= ROUNDS; round++) {
      await makeCompany(one, [], round);
      const now = { strictness: round };
      const seen = [
        await other.read(() => load('tenant', { number })),
        await other.write(function* (): StoreTask<Decision<Tenant | null>> {
          return { answer: yield* load('tenant', { number }), effects: [] };
        }),
        await other.tenant(number),
        await other.tenantByKey('acme'),
        await other.tenantByName('test.corp', 'acme'),
        await other.tenantByApp('test', 'app'),
      ];
      expect(seen.map(strictness)).toEqual(seen.map(() => now));
    }
  });

  test('a company is never seen half changed', async () => {
    const number = await makeCompany(one, []);
    let isDone = false;
    const looking = Array.from({ length: 6 }, async () => {
      const seen: (Tenant | null)[] = [];
      while (!isDone) seen.push(await other.read(() => load('tenant', { number })));
      return seen;
    });
    for (let round = 1; round <= ROUNDS; round++) await makeCompany(one, [], round);
    isDone = true;
    for (const tenant of (await Promise.all(looking)).flat()) {
      expect(strictness(tenant)).toEqual({ strictness: Number(tenant?.departments.root.name.value) });
    }
  });

  test('a copy that is put back under running nodes is not taken for what was there before it', async () => {
    await makeCompany(one, [], 1);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    // What the database's own tools do: the rows are again as they were.
    await client.query('CREATE TABLE copied_tenant AS SELECT * FROM tenant');
    await client.query('CREATE TABLE copied_part AS SELECT * FROM tenant_part');
    await makeCompany(other, [], 2);
    expect(strictness(await one.tenantByKey('acme'))).toEqual({ strictness: 2 });
    await client.query(
      'BEGIN; UPDATE tenant t SET version = c.version, record = c.record FROM copied_tenant c WHERE c.number = t.number; DELETE FROM tenant_part; INSERT INTO tenant_part SELECT * FROM copied_part; DROP TABLE copied_tenant, copied_part; COMMIT',
    );
    await client.end();
    await makeCompany(other, [], 3);
    expect(strictness(await one.tenantByKey('acme')), 'as often changed as what is remembered').toEqual({
      strictness: 3,
    });
  });

  test('a token that one ended is dead on the other at once, and of two who end it one wins', async () => {
    const number = await makeCompany(one, []);
    const common = { dialect: 'test', kind: 'k', tenant: number, app: 'app', nonce: 'n', issuedAt: 1, expiresAt: 2 };
    for (let round = 1; round <= ROUNDS; round++) {
      const hash = `h${String(round)}`;
      const token: Token = { ...common, hash, pairedHash: null };
      // eslint-disable-next-line require-yield -- this work asks nothing
      await one.write(function* (): StoreTask<Decision<void>> {
        return { answer: undefined, effects: [{ write: 'token', token }] };
      });
      const known = await Promise.all([one, other].map((store) => store.read(() => load('token', { hash }))));
      expect(known).toEqual([token, token]);
      const ended = await Promise.all([one, other].map((store) => end(store, hash)));
      expect(ended.filter(Boolean)).toHaveLength(1);
      const left = await Promise.all([one, other].map((store) => store.read(() => load('token', { hash }))));
      expect(left).toEqual([null, null]);
    }
  });

  test('changes of one record through both are all kept, each upon the one before it', async () => {
    const tenant = await makeCompany(one, ['zhao']);
    const names = Array.from({ length: 20 }, (_, index) => `n${String(index)}`);
    await Promise.all(names.map((name, index) => rename(index % 2 === 0 ? one : other, tenant, 'zhao', name)));
    const kept = await aliasesOf(one, tenant, 'zhao');
    expect(new Set(kept)).toEqual(new Set(names));
    expect(kept).toHaveLength(names.length);
    expect(await aliasesOf(other, tenant, 'zhao')).toEqual(kept);
  });
});

function end(store: Store, hash: string): Promise<boolean> {
  return store.write(function* (): StoreTask<Decision<boolean>> {
    const found = yield* load('token', { hash });
    return { answer: found !== null, effects: found === null ? [] : [{ write: 'token-end', hash }] };
  });
}
