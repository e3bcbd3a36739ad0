import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/** Address of an empty store on the engine under test: a schema of its own on the run's PostgreSQL server, or memory. */
export async function freshStore(): Promise<string> {
  return process.env['MINGCE_TEST_ENGINE'] === 'postgres' ? await freshSchema() : 'sqlite::memory:';
}

/** Address of an empty schema on the run's PostgreSQL server. */
export async function freshSchema(): Promise<string> {
  const schema = `s${randomUUID().replaceAll('-', '')}`;
  await query(`CREATE SCHEMA ${schema}`);
  return addressOf(schema);
}

function addressOf(schema: string): string {
  return `${inject('postgresUrl')}?connections=8&options=${encodeURIComponent(`-c search_path=${schema}`)}`;
}

async function query(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
