import pg from 'pg';
import { expect, test } from 'vitest';
import { StoreBusyError } from '../../src/directory/errors.ts';
import { load } from '../../src/directory/store.ts';
import { openStore } from '../../src/store/open.ts';
import { freshSchema } from '../support/fresh-store.ts';
import { makeCompany, rename } from './small-company.ts';

test('PostgreSQL: when the tables are dropped under a running node it puts off what it is asked, until they are back', async () => {
  const url = await freshSchema();
  const schema = /search_path=(\w+)/.exec(decodeURIComponent(url))?.[1] ?? '';
  const store = await openStore(url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const tenant = await makeCompany(store, ['li']);
    expect(await store.isReady()).toBe(true);
    await client.query(`DROP SCHEMA ${schema} CASCADE`);
    expect(await store.isReady()).toBe(false);
    const asked = [rename(store, tenant, 'li', 'x'), store.tenantByKey('acme'), store.tenantKeys()];
    for (const reply of await Promise.allSettled(asked)) {
      expect(reply).toMatchObject({ status: 'rejected', reason: expect.any(StoreBusyError) });
    }
    // Another directory takes the place of that one, whose company has the same number.
    await client.query(`CREATE SCHEMA ${schema}`);
    const other = await openStore(url);
    expect(await makeCompany(other, ['wu'], 7)).toBe(tenant);
    expect(await store.isReady()).toBe(true);
    expect((await store.tenantByKey('acme'))?.parts.settings).toEqual({ test: { strictness: 7 } });
    await rename(store, tenant, 'wu', 'y');
    await other.close();
  } finally {
    await client.end();
    await store.close();
  }
});

test('PostgreSQL: what a node prepared before another release changed the tables is prepared again, and is no defect', async () => {
  const url = await freshSchema();
  const store = await openStore(url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const tenant = await makeCompany(store, ['li']);
    const changes = async (): Promise<number> => {
      const read = (): Promise<readonly unknown[]> =>
        store.read(() => load('history', { tenant, employee: 'li', limit: 9 }));
      // Over several connections, each of which has prepared it.
      const [first, ...others] = await Promise.all([read(), read(), read(), read()]);
      for (const other of others) expect(other).toEqual(first);
      return first.length;
    };
    await rename(store, tenant, 'li', 'x');
    const before = await changes();
    await client.query('ALTER TABLE change ADD COLUMN of_a_newer_release TEXT');
    expect(await changes()).toBe(before);
    await rename(store, tenant, 'li', 'y');
    expect(await changes()).toBe(before + 1);
  } finally {
    await client.end();
    await store.close();
  }
});
