import pg from 'pg';
import { expect, test } from 'vitest';
import { StoreBusyError } from '../../src/directory/errors.ts';
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
    for (const told of await Promise.allSettled(asked)) {
      expect(told).toMatchObject({ status: 'rejected', reason: expect.any(StoreBusyError) });
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
