import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { storeSuite } from '../../src/store/store.suite.ts';

storeSuite('PostgreSQL', async () => {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  const schema = `s${randomUUID().replaceAll('-', '')}`;
  await client.query(`CREATE SCHEMA ${schema}`);
  await client.end();
  return await openStore(
    `${inject('postgresUrl')}?connections=8&options=${encodeURIComponent(`-c search_path=${schema}`)}`,
  );
});
