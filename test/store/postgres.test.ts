import pg from 'pg';
import { expect, test } from 'vitest';
import { postgresFlavor } from '../../src/store/engines/postgres-flavor.ts';
import { statements } from '../../src/store/migrations/0005-standing.ts';
import { openStore } from '../../src/store/open.ts';
import { deliveriesSuite } from '../../src/store/deliveries.suite.ts';
import { targetsSuite } from '../../src/store/targets/targets.suite.ts';
import { pagesSuite } from '../../src/store/queries/employee-pages.suite.ts';
import { keepEachStanding, sharedValuesSuite } from '../../src/store/shared-values.suite.ts';
import { snapshotSuite } from '../../src/store/snapshots/snapshots.suite.ts';
import { storeSuite } from '../../src/store/store.suite.ts';
import { freshSchema } from '../support/fresh-store.ts';

targetsSuite('PostgreSQL', async () => await openStore(await freshSchema()));
deliveriesSuite('PostgreSQL', async () => await openStore(await freshSchema()));
storeSuite('PostgreSQL', async () => await openStore(await freshSchema()));
pagesSuite('PostgreSQL', async () => await openStore(await freshSchema()));
sharedValuesSuite('PostgreSQL', async () => await openStore(await freshSchema()));
snapshotSuite('PostgreSQL', async () => await openStore(await freshSchema()));

// As for databases that speak the protocol but have no locks by name.
storeSuite('PostgreSQL, serializable', async () => await openStore(`${await freshSchema()}&isolation=serializable`));
pagesSuite('PostgreSQL, serializable', async () => await openStore(`${await freshSchema()}&isolation=serializable`));
snapshotSuite('PostgreSQL, serializable', async () => await openStore(`${await freshSchema()}&isolation=serializable`));
sharedValuesSuite(
  'PostgreSQL, serializable',
  async () => await openStore(`${await freshSchema()}&isolation=serializable`),
);

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
