import pg from 'pg';
import { expect, test } from 'vitest';
import type { Row, SqlTask } from '../../src/store/engine.ts';
import { PostgresEngine, QUERY_TIMEOUT_MS } from '../../src/store/engines/postgres.ts';
import { postgresFlavor } from '../../src/store/engines/postgres-flavor.ts';
import { statements } from '../../src/store/migrations/0005-standing.ts';
import { migrations } from '../../src/store/migrations/index.ts';
import { load } from '../../src/directory/store.ts';
import { openStore } from '../../src/store/open.ts';
import type { OpenedStore } from '../../src/store/replaceable-store.ts';
import { deliveriesSuite } from '../../src/store/deliveries.suite.ts';
import { targetsSuite } from '../../src/store/targets/targets.suite.ts';
import { hire, listGrowing, pagesSuite } from '../../src/store/queries/employee-pages.suite.ts';
import { keepEachStanding, sharedValuesSuite } from '../../src/store/shared-values.suite.ts';
import { snapshotSuite } from '../../src/store/snapshots/snapshots.suite.ts';
import { storeSuite } from '../../src/store/store.suite.ts';
import { openEmptyStore } from '../support/filled-store.ts';
import { freshSchema } from '../support/fresh-store.ts';

targetsSuite('PostgreSQL', () => openEmptyStore('postgres'));
deliveriesSuite('PostgreSQL', () => openEmptyStore('postgres'));
storeSuite('PostgreSQL', () => openEmptyStore('postgres'));
pagesSuite('PostgreSQL', () => openEmptyStore('postgres'));
sharedValuesSuite('PostgreSQL', () => openEmptyStore('postgres'));
snapshotSuite('PostgreSQL', () => openEmptyStore('postgres'));

// As for databases that speak the protocol but have no locks by name.
storeSuite('PostgreSQL, serializable', () => openEmptyStore('serializable'));
pagesSuite('PostgreSQL, serializable', () => openEmptyStore('serializable'));
snapshotSuite('PostgreSQL, serializable', () => openEmptyStore('serializable'));
sharedValuesSuite('PostgreSQL, serializable', () => openEmptyStore('serializable'));

test('people are found as before in data of before their standing told where', async () => {
  const url = await freshSchema();
  const store = await openStore(url);
  await keepEachStanding(store);
  await store.close();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const rows = async (): Promise<unknown> =>
    (await client.query('SELECT * FROM lookup ORDER BY tenant, space, value, employee')).rows;
  const today = await rows();
  await client.query(
    "UPDATE lookup SET space = substr(space, position(' ' in space) + 1) WHERE position(' ' in space) > 0",
  );
  expect(await rows()).not.toEqual(today);
  for (const statement of statements(postgresFlavor(true))) await client.query(statement);
  expect(await rows()).toEqual(today);
  await client.end();
});

/** What a schema has: its columns, by name, as a later step adds one at the end; its indexes; and how many rows. */
async function tablesOf(client: pg.Client): Promise<unknown> {
  const names = "table_schema = current_schema() AND table_name <> 'mingce_schema'";
  const columns = await client.query(
    `SELECT table_name, column_name, data_type, is_nullable, is_identity, column_default FROM information_schema.columns WHERE ${names} ORDER BY 1, 2`,
  );
  const indexes = await client.query(
    "SELECT tablename, indexname, replace(indexdef, current_schema() || '.', '') AS made FROM pg_indexes WHERE schemaname = current_schema() AND tablename <> 'mingce_schema' ORDER BY 1, 2",
  );
  const keys = await client.query(
    'SELECT conname, contype, pg_get_constraintdef(oid) AS made FROM pg_constraint WHERE connamespace = current_schema()::regnamespace AND conrelid <> (SELECT coalesce(to_regclass($1), 0)) ORDER BY 1',
    ['mingce_schema'],
  );
  return { columns: columns.rows, indexes: indexes.rows, keys: keys.rows };
}

test('a new database has the tables that the migrations lead to, which keep nothing in an empty one', async () => {
  const [url, other] = [await freshSchema(), await freshSchema()];
  await (await openStore(url)).close();
  const fresh = new pg.Client({ connectionString: url });
  const migrated = new pg.Client({ connectionString: other });
  await fresh.connect();
  await migrated.connect();
  for (const step of migrations) for (const statement of step(postgresFlavor(true))) await migrated.query(statement);
  expect(await tablesOf(fresh)).toEqual(await tablesOf(migrated));
  const tables = await migrated.query<{ readonly name: string }>(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema()',
  );
  expect(tables.rows.length).toBeGreaterThan(30);
  for (const { name } of tables.rows) expect((await migrated.query(`SELECT * FROM ${name}`)).rows, name).toEqual([]);
  await fresh.end();
  await migrated.end();
});

/** A store of two connections, and a connection beside it, of one schema. */
async function openedBeside(settings = ''): Promise<{ store: OpenedStore; client: pg.Client } & AsyncDisposable> {
  const url = new URL(await freshSchema());
  url.searchParams.set('connections', '2');
  url.searchParams.set('options', `${url.searchParams.get('options') ?? ''}${settings}`);
  const store = await openStore(url.href);
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  const close = async (): Promise<void> => {
    await store.close();
    await client.end();
  };
  return { store, client, [Symbol.asyncDispose]: close };
}

test('a company that grew is put in order by its size, also where the server knows of one employee', async () => {
  await using beside = await openedBeside();
  const { store, client } = beside;
  const tables = ['employee', 'change', 'recency'];
  for (const table of tables) await client.query(`ALTER TABLE ${table} SET (autovacuum_enabled = off)`);
  await listGrowing(store, async () => {
    await client.query(`ANALYZE ${tables.join(', ')}`);
  });
  expect((await client.query('SELECT count(*) FROM recency')).rows).toEqual([{ count: '1000' }]);
});

test('the server itself ends a statement that is no longer waited for', async () => {
  const engine = await PostgresEngine.open(await freshSchema());
  const [[row] = []] = await engine.read(function* (): SqlTask<readonly (readonly Row[])[]> {
    return yield [{ text: "SELECT setting FROM pg_settings WHERE name = 'statement_timeout'", params: [] }];
  });
  expect(row).toEqual({ setting: String(QUERY_TIMEOUT_MS - 2_000) });
  await engine.close();
});

test('the server looks at the tables when a company has grown, and not each time', async () => {
  await using beside = await openedBeside();
  const { store, client } = beside;
  await client.query('ALTER TABLE employee SET (autovacuum_enabled = off)');
  const people = async (): Promise<unknown> =>
    (await client.query("SELECT reltuples FROM pg_class WHERE oid = 'employee'::regclass")).rows[0];
  await hire(store, 0, 499);
  expect(await people()).toEqual({ reltuples: -1 });
  await hire(store, 499, 520);
  await expect.poll(people).toEqual({ reltuples: 520 });
  await hire(store, 520, 1_030);
  expect(await people()).toEqual({ reltuples: 520 });
  await hire(store, 1_030, 1_041);
  await expect.poll(people).toEqual({ reltuples: 1_041 });
});

test('an account is found at once where the server knows of none, and a shorter limit of its own stays', async () => {
  await using beside = await openedBeside(' -c statement_timeout=1000');
  const { store, client } = beside;
  await hire(store, 0, 1);
  for (const table of ['account', 'account_member']) {
    await client.query(`ALTER TABLE ${table} SET (autovacuum_enabled = off)`);
    await client.query(`ANALYZE ${table}`);
  }
  const found = async (): Promise<number> =>
    (await store.read(() => load('accounts-by', { by: 'mobile', values: ['5', '6'] }))).size;
  // A server keeps the plan of a statement that it has planned a few times.
  for (let times = 0; times < 20; times++) expect(await found()).toBe(0);
  await client.query('SET session_replication_role = replica');
  await client.query("INSERT INTO account (id, mobile) SELECT 'a' || n, n FROM generate_series(1, 8000) AS n");
  await client.query(
    "INSERT INTO account_member (account, employee, tenant) SELECT 'a' || n, n, 1 FROM generate_series(1, 8000) AS n",
  );
  expect(await found()).toBe(2);
});

test('who holds a table up holds up no look at it, and so no caller', async () => {
  await using beside = await openedBeside();
  const { store, client } = beside;
  await client.query('BEGIN; LOCK TABLE employee IN SHARE UPDATE EXCLUSIVE MODE');
  for (let from = 0; from < 2_000; from += 505) await hire(store, from, from + 505);
  expect(await store.tenantByKey('acme')).not.toBeNull();
});
