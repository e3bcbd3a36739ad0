import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { load, type ChangesAfter, type Store } from '../../src/directory/store.ts';
import { openStore } from '../../src/store/open.ts';
import { freshSchema } from '../support/fresh-store.ts';
import { makeCompany, rename } from './small-company.ts';

/* On PostgreSQL a change may get its number long before it is committed, and a reader of the log must not pass it. */

let store: Store;
let slow: pg.Client;
afterEach(async () => {
  await slow.end();
  await store.close();
});

async function begin(): Promise<{ readonly tenant: number; readonly drawn: number }> {
  const url = await freshSchema();
  store = await openStore(url);
  const tenant = await makeCompany(store, ['li']);
  slow = new pg.Client({ connectionString: url });
  await slow.connect();
  await slow.query('BEGIN');
  const { rows } = await slow.query<{ number: string }>(
    "INSERT INTO change (tenant, employee, previous, at, dialect, operation, request, fields, kind) SELECT tenant, 'late', 0, at, dialect, operation, request, fields, 'job' FROM change LIMIT 1 RETURNING number",
  );
  await rename(store, tenant, 'li', 'L');
  return { tenant, drawn: Number(rows[0]?.number) };
}

function after(tenant: number, number: number, settled = 0): Promise<ChangesAfter> {
  return store.read(() => load('changes-after', { tenant, after: number, limit: 10, settled }));
}

function writers(): Promise<readonly string[] | null> {
  return store.read(() => load('change-writers', {}));
}

test('a number that is missing below others is waited for while its transaction lasts', async () => {
  const { tenant, drawn } = await begin();
  const page = await after(tenant, 0);
  expect(page.upTo).toBe(drawn - 1);
  expect(page.gap).toBeGreaterThan(drawn);
  expect(await writers()).toHaveLength(1);
});

test('a number whose transaction was rolled back is passed once that is known', async () => {
  const { tenant, drawn } = await begin();
  const page = await after(tenant, 0);
  await slow.query('ROLLBACK');
  expect(await writers()).toEqual([]);
  const next = await after(tenant, page.upTo, page.gap ?? 0);
  expect(next.changes.map(({ employee }) => employee)).toEqual(['li']);
  expect(next.changes[0]?.number).toBeGreaterThan(drawn);
});

test('a number that is committed late comes in its order', async () => {
  const { tenant } = await begin();
  const page = await after(tenant, 0);
  await slow.query('COMMIT');
  const next = await after(tenant, page.upTo).catch((error: unknown) => error);
  // The row was made by hand and has no seal of its own, so that it is refused shows that it is read.
  expect(String(next)).toMatch(/StoreDamagedError/);
});
