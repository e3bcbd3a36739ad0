import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { silentLog, startMingce, type ChangeList } from '../../src/index.ts';
import { migrations } from '../../src/store/migrations/index.ts';
import { freshSchema } from '../support/fresh-store.ts';
import { runProgram, scratchFolder } from '../support/program.ts';
import { command } from '../support/command.ts';
import { listedIn, rename, shownAt, tokensAt, type Tokens } from '../support/clients/demo.ts';

/* What a release wrote is kept in releases/, see there, and every later build must go on with it. */

const RELEASES = join(import.meta.dirname, 'releases');
const kept = readdirSync(RELEASES).filter((name) => name.startsWith('format-'));

const read = (release: string, name: string): string => readFileSync(join(RELEASES, release, name), 'utf8');

/** A data folder as that release left it. */
function dataOf(release: string, folder: string): string {
  mkdirSync(folder);
  copyFileSync(join(RELEASES, release, 'mingce.db'), join(folder, 'mingce.db'));
  return folder;
}

const newest = `format-${String(migrations.length)}`;

test('data of each format there was is kept', () => {
  const all = migrations.map((_step, index) => `format-${String(index + 1)}`);
  expect(kept.toSorted(), 'keep data of a new format with: npm run fixtures:save-db-format').toEqual(all.toSorted());
});

describe.each(kept)('data of %s', (release) => {
  const { at, tokens } = JSON.parse(read(release, 'then.json')) as { readonly at: string; readonly tokens: Tokens };
  const keys = ['demo', 'demo-2'];
  const files = keys.map((key) => read(release, `${key}.yaml`));
  const people = listedIn(files[0] ?? '');
  const working = people.filter(({ status }) => status !== 'resigned');

  test('is what its company files say, over every wire, and tokens of then still open the doors', async () => {
    using folder = scratchFolder();
    const now = Date.parse(at);
    const clock = { now: () => now + 60_000 };
    const old = await startMingce({ data: dataOf(release, folder.file('data')), clock, log: silentLog, listen: false });
    expect(await old.companies.keys()).toEqual(keys);

    const shown = await shownAt(old, tokens, working);
    const [names, numbers] = [working.map(({ name }) => name), working.map(({ jobNumber }) => jobNumber)];
    expect(working.length).toBeGreaterThan(50);
    expect(shown.feishu.map(({ base_info: base }) => base.name.name.default_value)).toEqual(names);
    expect(shown.feishu.map(({ work_info: work }) => work.job_number)).toEqual(numbers);
    expect(shown.wecom.map(({ contact }) => contact.name)).toEqual(names);
    expect(shown.hose.map(({ name }) => name)).toEqual(names);
    expect(shown.hose.map(({ code }) => code)).toEqual(numbers);

    // In everything else, too, it is as if this build had read the files itself.
    const made = { clock: { now: () => now }, log: silentLog, companies: files, listen: false };
    const fresh = await startMingce(made);
    expect(shown).toEqual(await shownAt(fresh, await tokensAt(fresh), working));
    for (const key of keys) expect(await old.companies.export(key)).toBe(await fresh.companies.export(key));
    for (const [index, key] of keys.entries()) {
      const again = await old.companies.apply(key, files[index] ?? '', { plan: true, request: 'test' });
      expect(again.steps, key).toEqual([]);
    }
    await Promise.all([old.close(), fresh.close()]);
  });

  test('is written over every wire, with all that happened before', async () => {
    using folder = scratchFolder();
    const data = dataOf(release, folder.file('data'));
    const clock = { now: () => Date.parse(at) + 60_000 };
    let mingce = await startMingce({ data, clock, adminKey: 'sesame', log: silentLog });
    const said = await rename(mingce, tokens, {
      feishu: ['hebin', '何斌二'],
      wecom: ['tangjing', '唐静二'],
      hose: ['linfeng', '林峰二'],
    });
    expect(said).toEqual([0, 0, 1, 1]);
    // Another start reads what this build wrote among the old.
    await mingce.close();
    mingce = await startMingce({ data, clock, adminKey: 'sesame', log: silentLog });
    const renamed = ['hebin', 'tangjing', 'linfeng'];
    const three = working.filter(({ id }) => renamed.includes(id));
    const names = three.map(({ name }) => name.replace('一', '二'));
    const shown = await shownAt(mingce, await tokensAt(mingce), three);
    expect(shown.feishu.map(({ base_info: base }) => base.name.name.default_value)).toEqual(names);
    expect(shown.wecom.map(({ contact }) => contact.name)).toEqual(names);
    expect(shown.hose.map(({ name }) => name)).toEqual(names);
    const listed = listedIn((await mingce.companies.export('demo')) ?? '');
    expect(listed).toEqual(
      people.map((one) => (three.includes(one) ? { ...one, name: one.name.replace('一', '二') } : one)),
    );

    const historyOf = async (id: string): Promise<readonly string[]> => {
      const headers = { authorization: 'Bearer sesame' };
      const answer = await fetch(`${mingce.url}/mingce/v1/companies/demo/employees/${id}/changes`, { headers });
      return ((await answer.json()) as ChangeList).changes.map(({ platform }) => platform);
    };
    expect(await historyOf('hebin')).toEqual(['feishu', 'wecom', 'company-file']);
    expect(await historyOf('tangjing')).toEqual(['wecom', 'hose', 'company-file']);
    expect(await historyOf('linfeng')).toEqual(['hose', 'feishu', 'company-file']);

    await mingce.close();
    const db = new DatabaseSync(join(data, 'mingce.db'));
    expect(db.prepare('SELECT version FROM mingce_schema').all()).toEqual([{ version: migrations.length }]);
    expect(db.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    expect(db.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
    db.close();
  });

  test('goes without a rest when its companies do, with those who had left before', async () => {
    using folder = scratchFolder();
    const data = dataOf(release, folder.file('data'));
    const mingce = await startMingce({ data, log: silentLog });
    for (const key of keys) expect(await mingce.companies.remove(key, 'test')).toBe(true);
    await mingce.close();
    const db = new DatabaseSync(join(data, 'mingce.db'));
    for (const table of ['tenant', 'employee', 'lookup', 'departed', 'account', 'token']) {
      expect(db.prepare(`SELECT COUNT(*) AS rows FROM ${table}`).get(), table).toEqual({ rows: 0 });
    }
    // Of each company one change stays, without what was in it: that it was removed.
    expect(db.prepare('SELECT DISTINCT kind, employee, operation FROM change').all()).toEqual([
      { kind: 'company', employee: '', operation: 'remove' },
    ]);
    db.close();
  });

  test('is put back from a copy that was made then', async () => {
    using folder = scratchFolder();
    const copy = join(dataOf(release, folder.file('then')), 'mingce.db');
    const data = folder.file('data');
    expect(await command('restore', copy, '--data', data)).toMatchObject({ code: 0, stderr: '' });
    const listed = listedIn((await command('export', 'demo', '--data', data)).stdout);
    expect(listed).toEqual(people);
  });
});

describe('data of a newer release', () => {
  const acme = 'mingce: 1\nkey: acme\nname: Acme\ndepartments:\n  - { id: root, name: Acme }\n';
  const reason = new RegExp(
    `^mingce: [^\\n]*written by a newer Mingce \\(its format is 99, this one knows up to ${String(migrations.length)}\\)[^\\n]*\\.\\n$`,
  );

  test('is refused in one sentence by every command, and left as it is', async () => {
    using folder = scratchFolder();
    const data = dataOf(newest, folder.file('data'));
    const file = join(data, 'mingce.db');
    const db = new DatabaseSync(file);
    db.exec('UPDATE mingce_schema SET version = 99; ALTER TABLE employee ADD COLUMN something TEXT');
    db.close();
    const before = readFileSync(file);

    const serving = await runProgram(['serve', '--port', '0', '--data', data]);
    expect(serving).toMatchObject({ code: 1, stdout: '' });
    expect(serving.stderr).toMatch(reason);
    const company = await runProgram(['apply', '-', '--data', data], { input: acme });
    expect(company).toMatchObject({ code: 1, stdout: '' });
    expect(company.stderr).toMatch(reason);
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [['apply', join(RELEASES, newest, 'demo.yaml'), '--plan', '--data', data], reason],
      [['export', 'demo', '--data', data], reason],
      [['export', 'demo', '--out', folder.file('out.yaml'), '--data', data], reason],
      [['generate', '--employees', '5', '--data', data], reason],
      [['backup', '--out', folder.file('copy.db'), '--data', data], reason],
      [['restore', file, '--data', folder.file('other')], reason],
      [['restore', join(RELEASES, newest, 'mingce.db'), '--data', data], /^mingce: [^\n]*--force[^\n]*\.\n$/],
    ];
    for (const [args, sentence] of cases) {
      const refused = await command(...args);
      expect(refused, args.join(' ')).toMatchObject({ code: 1, stdout: '' });
      expect(refused.stderr, args.join(' ')).toMatch(sentence);
    }
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(data)).toEqual(['mingce.db', 'mingce.db.lock']);
    expect(readdirSync(folder.path).filter((name) => name !== 'data' && name !== 'other')).toEqual([]);
  });

  test('in PostgreSQL, too', async () => {
    const store = await freshSchema();
    const client = new pg.Client({ connectionString: store });
    await client.connect();
    await (await startMingce({ store, companies: [acme], log: silentLog })).close();
    await client.query('UPDATE mingce_schema SET version = 99');
    const rows = async (): Promise<unknown> => [
      (await client.query('SELECT * FROM mingce_schema')).rows,
      (await client.query('SELECT * FROM tenant')).rows,
      (await client.query('SELECT * FROM tenant_part')).rows,
    ];
    const before = await rows();
    for (const args of [
      ['serve', '--no-demo', '--port', '0'],
      ['apply', join(RELEASES, newest, 'demo.yaml')],
      ['export', 'acme'],
      ['generate', '--employees', '5'],
    ]) {
      const refused = await command(...args, '--store', store);
      expect(refused, args[0]).toMatchObject({ code: 1, stdout: '' });
      expect(refused.stderr, args[0]).toMatch(reason);
    }
    expect(await rows()).toEqual(before);
    await client.end();
  });
});

test('in PostgreSQL a start, or several at once, finds what the one before left and changes none of it', async () => {
  const store = await freshSchema();
  const client = new pg.Client({ connectionString: store });
  await client.connect();
  const tables = async (): Promise<unknown> =>
    (
      await client.query(
        'SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY 1, ordinal_position',
      )
    ).rows;
  const files = ['demo', 'demo-2'].map((key) => read(newest, `${key}.yaml`));
  const first = await startMingce({ store, companies: files, log: silentLog });
  const reply = await first.companies.export('demo');
  const made = await tables();
  await first.close();
  const nodes = await Promise.all([1, 2, 3].map(() => startMingce({ store, log: silentLog })));
  for (const node of nodes) expect(await node.companies.export('demo')).toBe(reply);
  expect((await client.query('SELECT version FROM mingce_schema')).rows).toEqual([{ version: migrations.length }]);
  expect(await tables()).toEqual(made);
  await Promise.all(nodes.map((node) => node.close()));
  await client.end();
});
