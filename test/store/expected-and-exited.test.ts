import { expect, test } from 'vitest';
import type { WriteResult, Engine, Statement, SqlTask } from '../../src/store/engine.ts';
import { PostgresEngine } from '../../src/store/engines/postgres.ts';
import { SqliteEngine } from '../../src/store/engines/sqlite.ts';
import { migrations } from '../../src/store/migrations/index.ts';
import { freshSchema } from '../support/fresh-store.ts';

/* People who were kept before there were look-ups of who is still to come and of who left the workspace. */

const engines: Readonly<Record<string, () => Promise<Engine>>> = {
  sqlite: () => Promise.resolve(new SqliteEngine(':memory:')),
  postgres: async () => await PostgresEngine.open(await freshSchema()),
};

const PEOPLE: readonly object[] = [
  { id: 'new', status: 'pre-hire', departments: [{ department: 'bar' }, { department: 'inn' }] },
  { id: 'long', status: 'pre-hire', departments: [{ department: 'x'.repeat(257) }] },
  { id: 'nowhere', status: 'pre-hire' },
  { id: 'here', departments: [{ department: 'bar' }] },
  { id: 'off', activation: 'exited' },
  { id: 'leaving', status: 'pre-resigned', activation: 'exited' },
  { id: 'gone', status: 'resigned', activation: 'exited', departments: [{ department: 'bar' }] },
];

test.each(Object.keys(engines))('they are found by both once the data is of that format: %s', async (name) => {
  const engine = await (engines[name] as () => Promise<Engine>)();
  try {
    const inserted = PEOPLE.map((record, index): Statement => ({
      text: 'INSERT INTO employee (seq, tenant, id, active, external, seated, updated_at, change, record) VALUES ($1, 1, $2, 1, 0, 1, 0, 0, $3)',
      params: [index + 1, String(index), JSON.stringify(record)],
    }));
    const rows = await engine.write(function* (): SqlTask<WriteResult<readonly unknown[]>> {
      const plain = (text: string): Statement => ({ text, params: [] });
      for (const step of migrations.slice(0, 3)) yield step(engine.flavor).map(plain);
      yield inserted;
      for (const step of migrations.slice(3, 4)) yield step(engine.flavor).map(plain);
      const [found = []] = yield [plain('SELECT space, value, employee FROM lookup ORDER BY space, value, employee')];
      return { result: found.map((row) => [row['space'], row['value'], Number(row['employee'])]), deferred: [] };
    });
    expect(rows).toEqual([
      ['exited', 'yes', 5],
      ['exited', 'yes', 6],
      ['expected-department', 'bar', 1],
      ['expected-department', 'inn', 1],
    ]);
  } finally {
    await engine.close();
  }
});
