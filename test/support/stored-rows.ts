import type { Row, Statement, SqlTask, WriteResult } from '../../src/store/engine.ts';
import type { KeptEngine } from './kept-engine.ts';

/**
 * Puts what a database held at one moment in the place of what another of the same kind holds: of everything, or of the tables
 * that were written to since the same was put there.
 */
export type Restore = (kept: KeptEngine, written: ReadonlySet<string> | null) => Promise<void>;

/** Removes every row; numbers begin again. */
export async function removeRows(kept: KeptEngine): Promise<void> {
  await change(kept, function* () {
    yield* empty(kept, null);
  });
}

/** Remembers what a database holds now. */
export async function keepRows(kept: KeptEngine): Promise<Restore> {
  return kept.schema === null ? await keepSqlite(kept) : await keepPostgres(kept, kept.schema);
}

/** Returns every row of every table, as text and in an order of its own. */
export function* rowsOf({ schema }: KeptEngine): SqlTask<Readonly<Record<string, readonly string[]>>> {
  const rows: Record<string, readonly string[]> = {};
  for (const table of yield* namesOf(schema === null ? SQLITE_TABLES : postgresTables(schema))) {
    const [found = []] = yield [statement(`SELECT * FROM ${table}`)];
    rows[table] = found.map((row) => Object.values(row).join(' | ')).toSorted();
  }
  return rows;
}

/** Statements by the table they are about. */
type ByTable = readonly (readonly [table: string, statement: Statement])[];

/** Of the tables, the one that says which format they have. */
const FORMAT = 'mingce_schema';

async function keepSqlite(from: KeptEngine): Promise<Restore> {
  const inserts: (readonly [string, Statement])[] = [];
  await from.engine.read(function* () {
    for (const table of yield* namesOf(SQLITE_TABLES)) {
      for (const row of (yield [statement(`SELECT * FROM ${table}`)])[0] ?? [])
        inserts.push([table, insertOf(table, row)]);
    }
  });
  return restoring(inserts, []);
}

/** Empties tables and fills them again. */
function restoring(filling: ByTable, numbers: readonly Statement[]): Restore {
  return async (into, written) => {
    const tables = written === null ? null : withDependents(written);
    if (tables?.size === 0) return;
    await change(into, function* () {
      yield* empty(into, tables);
      yield [...ofTables(filling, tables), ...numbers];
    });
  };
}

/** A company's rows, which are removed with its first one. */
const COMPANY = ['tenant', 'tenant_name', 'tenant_part'];

function withDependents(tables: ReadonlySet<string>): ReadonlySet<string> {
  return COMPANY.some((table) => tables.has(table)) ? new Set([...tables, ...COMPANY]) : tables;
}

function ofTables(statements: ByTable, tables: ReadonlySet<string> | null): readonly Statement[] {
  return statements.flatMap(([table, one]) => (tables === null || tables.has(table) ? [one] : []));
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

/** How many schemas of remembered rows this process has made. */
let remembered = 0;

async function keepPostgres(from: KeptEngine, schema: string): Promise<Restore> {
  const kept = `kept_${String(process.pid)}_${String(remembered++)}`;
  const numbers: Statement[] = [];
  const copies: (readonly [string, Statement])[] = [];
  await change(from, function* () {
    yield [statement(`CREATE SCHEMA ${kept}`)];
    for (const table of yield* namesOf(postgresTables(schema))) {
      yield [statement(`CREATE TABLE ${kept}.${table} AS SELECT * FROM ${table}`)];
      const [rows = []] = yield [statement(`SELECT 1 AS one FROM ${kept}.${table} LIMIT 1`)];
      if (rows.length > 0) copies.push([table, statement(`INSERT INTO ${table} SELECT * FROM ${kept}.${table}`)]);
    }
    const [sequences = []] = yield [statement(postgresSequences(schema))];
    for (const { name, last } of sequences)
      if (last !== null) numbers.push(setNumber(String(name), Number(last), true));
  });
  return restoring(copies, numbers);
}

const postgresTables = (schema: string): string =>
  `SELECT tablename AS name FROM pg_tables WHERE schemaname = '${schema}' AND tablename <> '${FORMAT}'`;

const postgresSequences = (schema: string): string =>
  `SELECT sequencename AS name, last_value AS last FROM pg_sequences WHERE schemaname = '${schema}'`;

/** How a database is emptied. */
interface Emptying {
  /** First of all, so that the order of tables does not matter. */
  readonly before: Statement;
  readonly tables: ByTable;
  readonly numbers: readonly Statement[];
}

/** How each database is emptied; its tables are looked up once, as the server has thousands, and none is made or dropped later. */
const emptyings = new WeakMap<KeptEngine, Emptying>();

/** Empties those tables, or every one. */
function* empty(kept: KeptEngine, tables: ReadonlySet<string> | null): SqlTask<void> {
  let emptying = emptyings.get(kept);
  if (emptying === undefined) {
    emptying = yield* kept.schema === null ? emptyingOfSqlite() : emptyingOfPostgres(kept.schema);
    emptyings.set(kept, emptying);
  }
  yield [emptying.before, ...ofTables(emptying.tables, tables), ...emptying.numbers];
}

function* emptyingOfSqlite(): SqlTask<Emptying> {
  return {
    before: statement('PRAGMA defer_foreign_keys = ON'),
    tables: deletions(yield* namesOf(SQLITE_TABLES)),
    numbers: [],
  };
}

function* emptyingOfPostgres(schema: string): SqlTask<Emptying> {
  return {
    // Without foreign keys and their actions.
    before: statement('SET LOCAL session_replication_role = replica'),
    tables: deletions(yield* namesOf(postgresTables(schema))),
    numbers: (yield* namesOf(postgresSequences(schema))).map((sequence) => setNumber(sequence, 1, false)),
  };
}

const deletions = (tables: readonly string[]): ByTable =>
  tables.map((table) => [table, statement(`DELETE FROM ${table}`)]);

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
