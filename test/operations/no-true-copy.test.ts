import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentLog, startMingce, type Mingce } from '../../src/index.ts';
import { scratchFolder } from '../support/program.ts';
import { command } from '../support/command.ts';

/* Files that pass for a copy at first sight: of the right format and whole, but not made as Mingce makes one. */

const ADMIN = { authorization: 'Bearer mingce-demo-admin' };
const NO_COPY = 'This is not a copy of a Mingce directory.';
const otherwise = (what: string): string => `The copy is not as Mingce makes one: ${what}. Take another one.`;

let folder: ReturnType<typeof scratchFolder>;
let mingce: Mingce;
let good: string;
let changes = 0;
let before: readonly (string | null)[];

beforeAll(async () => {
  folder = scratchFolder();
  mingce = await startMingce({ data: folder.file('data'), demo: true, log: silentLog });
  good = folder.file('good.db');
  const made = await command('backup', '--out', good, '--server', mingce.url);
  if (made.code !== 0) throw new Error(made.stderr);
  before = await everything();
});
afterAll(async () => {
  await mingce.close();
  folder[Symbol.dispose]();
});

async function everything(): Promise<readonly (string | null)[]> {
  return await Promise.all((await mingce.companies.keys()).map((key) => mingce.companies.export(key)));
}

/** A copy after somebody changed it. */
function changed(sql: string): string {
  const file = folder.file(`changed-${String(++changes)}.db`);
  copyFileSync(good, file);
  const db = new DatabaseSync(file, { enableForeignKeyConstraints: false, defensive: false });
  db.exec(sql);
  db.close();
  return file;
}

/** Changes the stored statement of a table, and nothing else. */
const restated = (name: string, from: string, to: string): string =>
  `PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, '${from}', '${to}') WHERE name = '${name}'; PRAGMA writable_schema = RESET`;

const ENDLESS =
  'CREATE VIEW %s AS WITH RECURSIVE n (one, version) AS (SELECT 1, 1 UNION ALL SELECT one + 1, version FROM n) SELECT * FROM n';

const cases: readonly (readonly [what: string, sql: string, sentence: string])[] = [
  ['a table less', 'DROP TABLE employee', otherwise('the table employee is missing')],
  ['every table less but the one with the format', dropped(), otherwise('the table tenant is missing')],
  ['an index less', 'DROP INDEX employee_by_tenant', otherwise('the index employee_by_tenant is missing')],
  ['a column less', 'ALTER TABLE token DROP COLUMN detail', otherwise('the table token is another')],
  ['a column more', 'ALTER TABLE employee ADD COLUMN more TEXT', otherwise('the table employee is another')],
  [
    'a column that is worked out',
    'ALTER TABLE employee ADD COLUMN more TEXT GENERATED ALWAYS AS (upper(id)) VIRTUAL',
    otherwise('the table employee is another'),
  ],
  [
    'another type of a column',
    restated('attachment', 'bytes TEXT', 'bytes BLOB'),
    otherwise('the table attachment is another'),
  ],
  [
    'more blanks in a statement than anybody would go through twice',
    restated('attachment', 'bytes TEXT', `bytes${' '.repeat(200_000)}TEXT`),
    otherwise('the table attachment is another'),
  ],
  [
    'a condition that makes every write fail',
    restated('change', 'fields TEXT NOT NULL', 'fields TEXT CHECK (1 = 0)'),
    otherwise('the table change is another'),
  ],
  [
    'an index of other columns',
    'DROP INDEX invitation_by_tenant; CREATE INDEX invitation_by_tenant ON invitation (number)',
    otherwise('the index invitation_by_tenant is another'),
  ],
  [
    'a trigger',
    'CREATE TRIGGER t AFTER UPDATE ON employee BEGIN DELETE FROM change; END',
    otherwise('it has a trigger'),
  ],
  ['a view', 'CREATE VIEW v AS SELECT * FROM employee', otherwise('it has a view')],
  ['an endless view', ENDLESS.replace('%s', 'v'), otherwise('it has a view')],
  [
    'a view in the place of a table',
    'DROP TABLE lookup; CREATE VIEW lookup AS SELECT 1 AS tenant',
    otherwise('the table lookup is another'),
  ],
  ['a table more', 'CREATE TABLE employee_secret (secret TEXT)', otherwise('it has another table')],
  ['a table of a module', 'CREATE VIRTUAL TABLE words USING fts5 (text)', otherwise('it has another table')],
  ['an index more', 'CREATE INDEX i ON change (app)', otherwise('it has another index')],
  ['a unique index more', 'CREATE UNIQUE INDEX i ON employee (id)', otherwise('it has another index')],
  [
    'rows of a company that is not there',
    "INSERT INTO tenant_part VALUES (99, 'department', 'x', 0, '{}')",
    otherwise('it has parts of a company that is not there'),
  ],
  ['pages that go by themselves', 'PRAGMA auto_vacuum = FULL; VACUUM', otherwise('it shrinks by itself')],
  ['no table with the format', 'DROP TABLE mingce_schema', NO_COPY],
  ['an endless view for the format', `DROP TABLE mingce_schema; ${ENDLESS.replace('%s', 'mingce_schema')}`, NO_COPY],
  ['no format', 'DELETE FROM mingce_schema', NO_COPY],
  ['format 0', 'UPDATE mingce_schema SET version = 0', NO_COPY],
  ['half a format', 'UPDATE mingce_schema SET version = 1.5', NO_COPY],
  ['a format in words', "UPDATE mingce_schema SET version = 'two'", NO_COPY],
  [
    'records that nobody could read',
    "UPDATE employee SET record = 'x' WHERE seq = 3",
    'The copy is damaged; take an older one.',
  ],
  [
    'an index that lacks a row',
    `PRAGMA writable_schema = ON; CREATE TABLE spare (tenant, number); UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'spare') WHERE name = 'employee_by_tenant'; DELETE FROM sqlite_master WHERE name = 'spare'; PRAGMA writable_schema = RESET`,
    'The copy is damaged; take an older one.',
  ],
];

function dropped(): string {
  const tables = ['tenant_name', 'tenant_part', 'tenant', 'employee', 'lookup', 'change', 'account', 'token'];
  return tables.map((table) => `DROP TABLE ${table};`).join(' ');
}

describe.each(cases)('a file with %s', (_what, sql, sentence) => {
  test('is refused in a sentence over HTTP and by the command, and nothing is changed', async () => {
    const file = changed(sql);
    const body = readFileSync(file);
    const answer = await fetch(`${mingce.url}/mingce/v1/restore?force=true`, { method: 'POST', headers: ADMIN, body });
    expect([answer.status, await answer.json()]).toEqual([422, expect.objectContaining({ detail: sentence })]);
    expect(await everything()).toEqual(before);
    const put = await command('restore', file, '--data', folder.file('other'), '--force');
    expect(put).toEqual({ code: 1, stdout: '', stderr: `mingce: ${sentence}\n` });
  });
});

test('a file whose tables are newer than its format is refused', async () => {
  const put = await command('restore', changed('UPDATE mingce_schema SET version = 1'), '--data', folder.file('other'));
  expect(put).toMatchObject({ code: 1, stdout: '' });
  expect(put.stderr).toMatch(/^mingce: The copy is not as Mingce makes one: the table \w+ is another\./);
});

test('texts in another encoding are refused', async () => {
  const file = folder.file('utf16.db');
  const source = new DatabaseSync(good);
  const made = source.prepare("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type = 'index'").all();
  const version = Number(source.prepare('SELECT version FROM mingce_schema').get()?.['version']);
  source.close();
  const db = new DatabaseSync(file);
  db.exec("PRAGMA encoding = 'UTF-16le'");
  for (const { sql } of made) db.exec(String(sql));
  db.exec(`INSERT INTO mingce_schema VALUES (1, ${String(version)})`);
  db.close();
  const put = await command('restore', file, '--data', folder.file('other'), '--force');
  expect(put.stderr).toBe(`mingce: ${otherwise('its texts are not in UTF-8')}\n`);
});

test('a copy on which the database’s own ANALYZE was run is a true one', async () => {
  const file = changed('ANALYZE');
  expect(await command('restore', file, '--data', folder.file('analyzed'))).toMatchObject({ code: 0, stderr: '' });
});

test('a backup is refused, too, where somebody added to the data, so that none is kept that could not be put back', async () => {
  const data = folder.file('added');
  await (await startMingce({ data, demo: true, log: silentLog })).close();
  const db = new DatabaseSync(`${data}/mingce.db`);
  db.exec('CREATE VIEW v AS SELECT * FROM employee');
  db.close();
  const made = await command('backup', '--out', folder.file('added.db'), '--data', data);
  expect(made).toEqual({ code: 1, stdout: '', stderr: `mingce: ${otherwise('it has a view')}\n` });
});

test('data that lacks a table is not served', async () => {
  const data = folder.file('lacking');
  await (await startMingce({ data, log: silentLog })).close();
  const db = new DatabaseSync(`${data}/mingce.db`);
  db.exec('DROP TABLE change');
  db.close();
  const copy = readFileSync(`${data}/mingce.db`);
  await expect(startMingce({ data, log: silentLog })).rejects.toThrow(
    /The data is damaged \(the table change is missing\)/,
  );
  expect(readFileSync(`${data}/mingce.db`).equals(copy)).toBe(true);
  writeFileSync(folder.file('lacking.db'), copy);
  const checked = await command('check', folder.file('lacking.db'));
  expect(checked).toMatchObject({ code: 3, stdout: 'the table change is missing\n' });
});
