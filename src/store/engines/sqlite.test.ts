import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { silentLog } from '../../lib/log.ts';
import { StoreUnusableError, type SqlTask, type Statement, type WriteResult } from '../engine.ts';
import { statements } from '../migrations/0005-standing.ts';
import { migrations } from '../migrations/index.ts';
import { openStore } from '../open.ts';
import { SqliteEngine } from './sqlite.ts';
import { canShare } from './sqlite-names.ts';
import { sqliteFlavor } from './sqlite-flavor.ts';
import { WAL_CHECKPOINT_PAGES } from './sqlite-open.ts';
import { deliveriesSuite } from '../deliveries.suite.ts';
import { targetsSuite } from '../targets/targets.suite.ts';
import { pagesSuite } from '../queries/employee-pages.suite.ts';
import { keepEachStanding, sharedValuesSuite } from '../shared-values.suite.ts';
import { snapshotSuite } from '../snapshots/snapshots.suite.ts';
import { storeSuite } from '../store.suite.ts';

targetsSuite('SQLite', () => openStore('sqlite::memory:'));
deliveriesSuite('SQLite', () => openStore('sqlite::memory:'));
storeSuite('SQLite', () => openStore('sqlite::memory:'), 'in line');
pagesSuite('SQLite', () => openStore('sqlite::memory:'));
sharedValuesSuite('SQLite', () => openStore('sqlite::memory:'));
snapshotSuite('SQLite', () => openStore('sqlite::memory:'));

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'mingce-store-'))));
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Returns the tables; a column that was added later has other white space around it in the text. */
function tablesOf(db: DatabaseSync): unknown {
  const found = db
    .prepare(
      "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'mingce_%' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .all();
  return found.map(({ type, name, sql }) => ({
    type,
    name,
    sql: String(sql).replaceAll(/\s+(?=[,)])|(?<=[(,])\s+/g, ''),
  }));
}

test('a new file has the tables that the migrations lead to, which keep nothing in an empty one', async () => {
  const file = join(folder, 'a.db');
  await (await openStore(`sqlite:${file}`)).close();
  const migrated = new DatabaseSync(':memory:');
  for (const step of migrations) for (const statement of step(sqliteFlavor)) migrated.exec(statement);
  const fresh = new DatabaseSync(file);
  expect(tablesOf(fresh)).toEqual(tablesOf(migrated));
  for (const { name } of migrated.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()) {
    expect(migrated.prepare(`SELECT * FROM ${String(name)}`).all(), String(name)).toEqual([]);
  }
  fresh.close();
});

test('people are found as before in data of an older release, which has no standing in its look-ups', async () => {
  const file = join(folder, 'a.db');
  const store = await openStore(`sqlite:${file}`);
  await keepEachStanding(store);
  await store.close();
  const rows = (db: DatabaseSync): unknown => db.prepare('SELECT * FROM lookup ORDER BY 1, 2, 3, 4').all();
  const old = new DatabaseSync(file);
  const today = rows(old);
  old.exec("UPDATE lookup SET space = substr(space, instr(space, ' ') + 1) WHERE instr(space, ' ') > 0");
  expect(rows(old)).not.toEqual(today);
  for (const statement of statements(sqliteFlavor)) old.exec(statement);
  expect(rows(old)).toEqual(today);
  old.close();
});

test('a second process gets the error that the folder is in use', async () => {
  const file = join(folder, 'a.db');
  const store = await openStore(`sqlite:${file}`);
  await expect(openStore(`sqlite:${file}`)).rejects.toThrow(/in use by another Mingce/);
  await store.close();
});

test('a lease ends with the process that held it, as only one opens the file', async () => {
  const file = join(folder, 'a.db');
  await (await openStore(`sqlite:${file}`)).close();
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA foreign_keys = OFF;
    INSERT INTO consumer (id, tenant, kind, platform, name, state, cursor, epoch, holder, lease_until)
    VALUES ('t', 1, 'target', 'wecom', 'live tenant', 'on', 0, 7, 'killed', 99999999999999)`);
  db.close();
  const store = await openStore(`sqlite:${file}`);
  expect(await store.targets.claim('t', 'another', 1_000)).toMatchObject({ id: 't', epoch: 8 });
  await store.close();
});

test('data of a newer release is refused with its reason and left as it is', async () => {
  const file = join(folder, 'a.db');
  await (await openStore(`sqlite:${file}`)).close();
  const db = new DatabaseSync(file);
  db.exec('UPDATE mingce_schema SET version = 99');
  db.close();
  const before = readFileSync(file);
  await expect(openStore(`sqlite:${file}`)).rejects.toThrow(/written by a newer Mingce/);
  expect(readFileSync(file).equals(before)).toBe(true);
});

test('a file that is no database is refused with a sentence', async () => {
  const file = join(folder, 'a.db');
  writeFileSync(file, 'not a database, only some text that is long enough to be read as a header'.repeat(20));
  await expect(openStore(`sqlite:${file}`)).rejects.toBeInstanceOf(StoreUnusableError);
});

/** The sizes of the transactions so far: how many there were, and how many writes they had together. */
function transactionsOf(engine: SqliteEngine): { readonly count: number; readonly writes: number } {
  const metric = engine.metrics.find(({ name }) => name === 'mingce_store_transaction_writes');
  const samples = [...(metric?.read() ?? [])];
  const of = (part: string): number => samples.find((sample) => sample.part === part)?.value ?? Number.NaN;
  return { count: of('count'), writes: of('sum') };
}

/** Writes once now and once in each of the next turns of the event loop; resolves when all are kept. */
function writeInTurns(engine: SqliteEngine, turns: number): Promise<unknown> {
  const first = engine.write(nothing);
  if (turns === 0) return first;
  return Promise.all([first, turn().then(() => writeInTurns(engine, turns - 1))]);
}

function* nothing(): SqlTask<WriteResult<null>> {
  yield [{ text: 'PRAGMA user_version = 0', params: [] }];
  return { result: null, deferred: [] };
}

test('writes that come turn by turn share a transaction where those before them shared one', async () => {
  const engine = new SqliteEngine(':memory:');
  await Promise.all([engine.write(nothing), engine.write(nothing)]);
  await writeInTurns(engine, 4);
  expect(transactionsOf(engine)).toEqual({ count: 2, writes: 7 });
  await engine.close();
});

test('a group that grows for long is committed all the same', async () => {
  const engine = new SqliteEngine(':memory:');
  await Promise.all([engine.write(nothing), engine.write(nothing)]);
  await writeInTurns(engine, 50);
  expect(transactionsOf(engine).writes).toBe(53);
  expect(transactionsOf(engine).count).toBeGreaterThan(2);
  await engine.close();
});

test('writes that no one waits for share a transaction with those of a moment, or with the next caller', async () => {
  const engine = new SqliteEngine(':memory:');
  await Promise.all([engine.write(nothing, 'soon'), turn().then(() => engine.write(nothing, 'soon'))]);
  expect(transactionsOf(engine)).toEqual({ count: 1, writes: 2 });
  await Promise.all([engine.write(nothing, 'soon'), turn().then(() => engine.write(nothing))]);
  expect(transactionsOf(engine)).toEqual({ count: 2, writes: 4 });
  const last = engine.write(nothing, 'soon');
  await engine.close();
  await last;
  expect(transactionsOf(engine)).toEqual({ count: 3, writes: 5 });
});

test('a single write between groups does not end their sharing', async () => {
  const engine = new SqliteEngine(':memory:');
  await Promise.all(Array.from({ length: 4 }, () => engine.write(nothing)));
  await engine.write(nothing);
  const { count } = transactionsOf(engine);
  await writeInTurns(engine, 4);
  expect(transactionsOf(engine).count).toBe(count + 1);
  await engine.close();
});

test('a caller that is alone waits for no one else', async () => {
  const engine = new SqliteEngine(':memory:');
  await engine.write(nothing);
  await writeInTurns(engine, 4);
  expect(transactionsOf(engine)).toEqual({ count: 6, writes: 6 });
  await engine.close();
});

const KEPT = 'SELECT value FROM kept ORDER BY value';

/** Leaves statements to be run at the end of a write. */
function leaving(...texts: readonly string[]): () => SqlTask<WriteResult<null>> {
  return function* () {
    yield [];
    return { result: null, deferred: texts.map((text): Statement => ({ text, params: [] })) };
  };
}

function* reading(): SqlTask<WriteResult<unknown>> {
  const [rows = []] = yield [{ text: KEPT, params: [] }];
  return { result: rows.map(({ value }) => value), deferred: [] };
}

function* breaking(): SqlTask<WriteResult<null>> {
  yield [{ text: 'INSERT INTO kept VALUES (99)', params: [] }];
  throw new Error('broken in the middle');
}

test('what the writes of a group leave to be run is there for the next one that asks, and is run once', async () => {
  const engine = new SqliteEngine(':memory:');
  await engine.write(leaving('CREATE TABLE kept (value INTEGER)'));
  const [one, two] = [leaving('INSERT INTO kept VALUES (1)'), leaving('INSERT INTO kept VALUES (2)')];
  const seen = await Promise.all([engine.write(one), engine.write(reading), engine.write(two), engine.write(reading)]);
  expect(seen).toEqual([null, [1], null, [1, 2]]);
  expect(await engine.write(reading)).toEqual([1, 2]);
  await engine.close();
});

test('a write that fails after it has asked spoils no others, though it had theirs run before it', async () => {
  const engine = new SqliteEngine(':memory:');
  await engine.write(leaving('CREATE TABLE kept (value INTEGER)'));
  const { count } = transactionsOf(engine);
  const ended = await Promise.allSettled([
    engine.write(leaving('INSERT INTO kept VALUES (1)')),
    engine.write(function* () {
      yield* reading();
      throw new Error('refused');
    }),
    engine.write(leaving('INSERT INTO kept VALUES (2)')),
  ]);
  expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(transactionsOf(engine).count).toBe(count + 1);
  expect(await engine.write(reading)).toEqual([1, 2]);
  await engine.close();
});

test.each([
  ['breaks in the middle', breaking],
  ['leaves what cannot be run', leaving('INSERT INTO kept VALUES (98)', 'INSERT INTO missing VALUES (1)')],
])('where a write of a group %s, the others are kept once and it is not', async (_what, broken) => {
  const engine = new SqliteEngine(':memory:');
  await engine.write(leaving('CREATE TABLE kept (value INTEGER)'));
  const ended = await Promise.allSettled([
    engine.write(leaving('INSERT INTO kept VALUES (1)')),
    engine.write(broken),
    engine.write(leaving('INSERT INTO kept VALUES (2)')),
  ]);
  expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await engine.write(reading)).toEqual([1, 2]);
  await engine.close();
});

test('a long log is brought into the file beside the writes, which go on meanwhile, and is seen to be our own work', async () => {
  const file = join(folder, 'long.db');
  const lines: string[] = [];
  const log = { ...silentLog, error: (event: string) => lines.push(event), warn: (event: string) => lines.push(event) };
  const engine = new SqliteEngine(file, { log });
  const run = (text: string, ...params: (number | string)[]): Promise<void> => {
    return engine.write(function* () {
      return { result: yield* wrote([{ text, params }]), deferred: [] };
    });
  };
  await run('CREATE TABLE page (number INTEGER PRIMARY KEY, text TEXT)');
  const sizeAtFirst = statSync(file).size;
  // A row fills a page; so many statements as the log may have pages before a pass is due, and then some.
  const text = 'x'.repeat(3_500);
  const write = async (from: number, to: number): Promise<void> => {
    for (let at = from; at < to; at += 100)
      await Promise.all(
        Array.from({ length: 100 }, (_, index) => run('INSERT INTO page VALUES ($1, $2)', at + index, text)),
      );
  };
  await write(0, WAL_CHECKPOINT_PAGES + 1_000);
  // Where threads cannot share a file, the engine has done it by itself.
  await vi.waitFor(() => {
    expect(statSync(file).size).toBeGreaterThan(sizeAtFirst + 3_000 * 4_096);
  }, 10_000);
  await write(10_000, 10_500);
  expect(await engine.isReady()).toBe(true);
  const end = engine.close();
  expect(existsSync(`${file}-wal`)).toBe(false);
  await end;
  expect(lines).toEqual([]);
  const db = new DatabaseSync(file);
  expect(db.prepare('SELECT count(*) AS rows FROM page').get()).toEqual({ rows: WAL_CHECKPOINT_PAGES + 1_500 });
  expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  db.close();
});

test('while callers go on writing, the log starts again before a commit must bring it into the file', async () => {
  const file = join(folder, 'steady.db');
  const lines: string[] = [];
  const log = { ...silentLog, error: (event: string) => lines.push(event), warn: (event: string) => lines.push(event) };
  const engine = new SqliteEngine(file, { log });
  const run = (text: string, ...params: (number | string)[]): Promise<void> =>
    engine.write(function* () {
      return { result: yield* wrote([{ text, params }]), deferred: [] };
    });
  await run('CREATE TABLE page (number INTEGER PRIMARY KEY, text TEXT)');
  // Each writes a page; all together more than the log may have before the engine empties it by itself.
  const text = 'x'.repeat(3_500);
  const pages = 5 * WAL_CHECKPOINT_PAGES;
  for (let at = 0; at < pages; at += 100) {
    await Promise.all(
      Array.from({ length: 100 }, (_, index) => run('INSERT INTO page VALUES ($1, $2)', at + index, text)),
    );
    await sleep(6);
  }
  // Where threads cannot share a file, it grows to four times as many.
  expect(statSync(`${file}-wal`).size).toBeLessThan((canShare ? 3 : 5) * WAL_CHECKPOINT_PAGES * 4_096);
  expect(lines).toEqual([]);
  await engine.close();
  const db = new DatabaseSync(file);
  expect(db.prepare('SELECT count(*) AS rows FROM page').get()).toEqual({ rows: pages });
  expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  db.close();
}, 60_000);

function* wrote(statements: readonly Statement[]): SqlTask<void> {
  yield statements;
}
