import type { Row, Statement, SqlTask, WriteResult } from '../../src/store/engine.ts';
import type { KeptEngine } from './kept-engine.ts';

/** Puts what a database held at one moment in the place of everything that another of the same kind holds. */
export type Restore = (kept: KeptEngine) => Promise<void>;

/** Removes every row; numbers begin again. */
export async function removeRows(kept: KeptEngine): Promise<void> {
  await change(kept, function* () {
    yield* kept.schema === null ? emptySqlite() : emptyPostgres(kept.schema);
  });
}

/** Remembers what a database holds now. */
export async function keepRows(kept: KeptEngine): Promise<Restore> {
  return kept.schema === null ? await keepSqlite(kept) : await keepPostgres(kept, kept.schema);
}

/** Of the tables, the one that says which format they have. */
const FORMAT = 'mingce_schema';

async function keepSqlite(from: KeptEngine): Promise<Restore> {
  const inserts: Statement[] = [];
  await from.engine.read(function* () {
    for (const table of yield* namesOf(SQLITE_TABLES)) {
      for (const row of (yield [statement(`SELECT * FROM ${table}`)])[0] ?? []) inserts.push(insertOf(table, row));
    }
  });
  return async (into) => {
    await change(into, function* () {
      yield* emptySqlite();
      yield inserts;
    });
  };
}

function insertOf(table: string, row: Row): Statement {
  const columns = Object.keys(row);
  const places = columns.map((_, index) => `$${String(index + 1)}`);
  return {
    text: `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places.join(', ')})`,
    params: Object.values(row),
  };
}

const SQLITE_TABLES = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> '${FORMAT}'`;

function* emptySqlite(): SqlTask<void> {
  // Until the end of the transaction, so that the order of tables does not matter.
  yield [statement('PRAGMA defer_foreign_keys = ON')];
  yield (yield* namesOf(SQLITE_TABLES)).map((table) => statement(`DELETE FROM ${table}`));
}

/** How many schemas of remembered rows this process has made. */
let remembered = 0;

async function keepPostgres(from: KeptEngine, schema: string): Promise<Restore> {
  const kept = `kept_${String(process.pid)}_${String(remembered++)}`;
  const numbers: Statement[] = [];
  const copies: Statement[] = [];
  await change(from, function* () {
    yield [statement(`CREATE SCHEMA ${kept}`)];
    for (const table of yield* namesOf(postgresTables(schema))) {
      yield [statement(`CREATE TABLE ${kept}.${table} AS SELECT * FROM ${table}`)];
      const [rows = []] = yield [statement(`SELECT 1 AS one FROM ${kept}.${table} LIMIT 1`)];
      if (rows.length > 0) copies.push(statement(`INSERT INTO ${table} SELECT * FROM ${kept}.${table}`));
    }
    const [sequences = []] = yield [statement(postgresSequences(schema))];
    for (const { name, last } of sequences)
      if (last !== null) numbers.push(setNumber(String(name), Number(last), true));
  });
  return async (into) => {
    await change(into, function* () {
      yield* emptyPostgres(into.schema ?? '');
      yield [...copies, ...numbers];
    });
  };
}

const postgresTables = (schema: string): string =>
  `SELECT tablename AS name FROM pg_tables WHERE schemaname = '${schema}' AND tablename <> '${FORMAT}'`;

const postgresSequences = (schema: string): string =>
  `SELECT sequencename AS name, last_value AS last FROM pg_sequences WHERE schemaname = '${schema}'`;

/** What empties a schema; its tables are looked up once, as the server has thousands, and none is made or dropped later. */
const emptyings = new Map<string, readonly Statement[]>();

function* emptyPostgres(schema: string): SqlTask<void> {
  const known = emptyings.get(schema);
  if (known !== undefined) {
    yield known;
    return;
  }
  const tables = yield* namesOf(postgresTables(schema));
  const sequences = yield* namesOf(postgresSequences(schema));
  const statements = [
    // Without foreign keys and their actions, so that the order of tables does not matter.
    statement('SET LOCAL session_replication_role = replica'),
    ...tables.map((table) => statement(`DELETE FROM ${table}`)),
    ...sequences.map((sequence) => setNumber(sequence, 1, false)),
  ];
  emptyings.set(schema, statements);
  yield statements;
}

/** Has a sequence go on after a number, or with it. */
const setNumber = (sequence: string, last: number, isUsed: boolean): Statement => ({
  text: `SELECT setval('${sequence}', $1, $2 = 1)`,
  params: [last, Number(isUsed)],
});

const statement = (text: string): Statement => ({ text, params: [] });

function* namesOf(text: string): SqlTask<readonly string[]> {
  const [rows = []] = yield [statement(text)];
  return rows.map(({ name }) => String(name));
}

async function change({ engine }: KeptEngine, work: () => SqlTask<void>): Promise<void> {
  await engine.write(function* (): SqlTask<WriteResult<void>> {
    yield* work();
    return { result: undefined, deferred: [] };
  });
}
