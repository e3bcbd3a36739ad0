import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/** Address of an empty store on the engine under test: a schema of its own on the run's PostgreSQL server, or memory. */
export async function freshStore(): Promise<string> {
  return process.env['MINGCE_TEST_ENGINE'] === 'postgres' ? await freshSchema() : 'sqlite::memory:';
}

/** Address of an empty schema on the run's PostgreSQL server. */
export async function freshSchema(): Promise<string> {
  const server = inject('postgresUrl');
  const schema = `s${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`CREATE SCHEMA ${schema}`);
  await client.end();
  return `${server}?connections=8&options=${encodeURIComponent(`-c search_path=${schema}`)}`;
}
