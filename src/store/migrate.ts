import { StoreUnusableError, type WriteResult, type Engine, type Statement, type SqlTask } from './engine.ts';
import { migrations } from './migrations/index.ts';
import { tables } from './schema.ts';

/** Keeps of which format a database is. */
export const versionTable =
  'CREATE TABLE IF NOT EXISTS mingce_schema (one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL)';

/** Of which format a database is; 0 where nothing was ever kept in it. */
export async function formatOf(engine: Engine): Promise<number> {
  return await engine.write(function* (): SqlTask<WriteResult<number>> {
    yield [{ text: versionTable, params: [] }];
    const [rows = []] = yield [{ text: 'SELECT version FROM mingce_schema', params: [] }];
    return { result: Number(rows[0]?.['version'] ?? 0), deferred: [] };
  });
}

/**
 * Brings a database to today's tables, step by step in one transaction; refuses one made by a newer Mingce. Returns of which
 * format it was.
 */
export async function migrate(engine: Engine): Promise<number> {
  return await engine.write(function* (): SqlTask<WriteResult<number>> {
    const alone = engine.flavor.lock(['mingce schema']);
    if (alone !== null) yield [alone];
    yield [{ text: versionTable, params: [] }];
    const [rows = []] = yield [{ text: 'SELECT version FROM mingce_schema', params: [] }];
    const version = Number(rows[0]?.['version'] ?? 0);
    if (version > migrations.length) {
      throw new StoreUnusableError(
        `This data was written by a newer Mingce (its format is ${String(version)}, this one knows up to ${String(migrations.length)}). Install that version, or choose another folder with --data.`,
      );
    }
    // Tables that are made as they are today take a quarter of the time of those that each step alters.
    for (const step of version === 0 ? [tables] : migrations.slice(version)) {
      yield step(engine.flavor).map((text): Statement => ({ text, params: [] }));
    }
    if (version === migrations.length) return { result: version, deferred: [] };
    const last = [
      {
        text: 'INSERT INTO mingce_schema (one, version) VALUES (1, $1) ON CONFLICT (one) DO UPDATE SET version = excluded.version',
        params: [migrations.length],
      },
    ];
    return { result: version, deferred: last };
  });
}
