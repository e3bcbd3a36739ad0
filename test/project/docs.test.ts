// Documents are held to the code: whatever they name exists, and whatever they say to type works.

import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { describe, expect, inject, test } from 'vitest';
import { MAX_COMPANIES } from '../../src/cli/commands/generate.ts';
import { MAX_PEOPLE } from '../../src/company/company-files.ts';
import { MAX_TEXT_LENGTH, MAX_ITEMS, MAX_TRANSLATIONS } from '../../src/company/bounds.ts';
import { MAX_ANCHORS, MAX_FILE_ERRORS } from '../../src/company/reading/parse-document.ts';
import { MAX_MOBILES } from '../../src/company/generator/mobiles.ts';
import { catalogue } from '../../src/catalogue.ts';
import { CompanySuppressions } from '../../src/sandbox/doctor/company-suppressions.ts';
import { doctorRoutes } from '../../src/http/admin/sandbox/doctor.ts';
import { errorRoutes } from '../../src/http/admin/sandbox/errors.ts';
import { clockRoutes } from '../../src/http/admin/sandbox/clock.ts';
import { replayRoute } from '../../src/http/admin/sandbox/replay.ts';
import { requestRoutes } from '../../src/http/admin/sandbox/requests.ts';
import { systemClock } from '../../src/lib/time/clock.ts';
import { faultRoutes } from '../../src/http/admin/sandbox/faults.ts';
import { CompanyFaults } from '../../src/sandbox/faults/company-faults.ts';
import { FaultCounters } from '../../src/sandbox/faults/counters.ts';
import { CompanyClocks } from '../../src/sandbox/clock/company-clocks.ts';
import { Replays } from '../../src/sandbox/replay/replays.ts';
import { Journal } from '../../src/sandbox/journal/journal.ts';
import { readConfig, settings, type Setting } from '../../src/config.ts';
import { MAX_IN_QUERY, MAX_IN_TEXT, MAX_IN_URL, MAX_LANGUAGES } from '../../src/dialects/feishu/protocol/bounds.ts';
import { MgetBody } from '../../src/dialects/feishu/protocol/body-schemas.ts';
import {
  MAX_ON_PAGE as MAX_ON_FEISHU_PAGE,
  MAX_VALUES,
} from '../../src/dialects/feishu/protocol/query/query-conditions.ts';
import { MAX_SCANNED } from '../../src/dialects/feishu/employees/read/scan.ts';
import { MAX_PEOPLE as MAX_NAMED } from '../../src/dialects/feishu/employees/load-facts.ts';
import { MAX_IN_SCOPES } from '../../src/dialects/feishu/auth/oauth-request.ts';
import { MAX_VIOLATIONS } from '../../src/dialects/feishu/protocol/body-validation.ts';
import * as hoseBounds from '../../src/dialects/hose/protocol/bounds.ts';
import { MAX_ON_PAGE } from '../../src/dialects/hose/model/settings.ts';
import { MAX_CONDITIONS } from '../../src/dialects/hose/routes/staff-query.ts';
import { MAX_IN_BATCH } from '../../src/dialects/hose/routes/staff-update.ts';
import { MAX_ATTRIBUTES } from '../../src/dialects/wecom/members/external-profile-field.ts';
import { MAX_BODY } from '../../src/dialects/wecom/protocol/envelope.ts';
import { MAX_SIZE } from '../../src/dialects/wecom/protocol/wire.ts';
import { MAX_CHANGES, CompanyHistory } from '../../src/sandbox/history/company-history.ts';
import { checkPersonRoute } from '../../src/http/admin/sandbox/check-person.ts';
import { checkCallRoute } from '../../src/http/admin/sandbox/check-call.ts';
import { callRoute } from '../../src/http/admin/sandbox/calls.ts';
import { undoRoute } from '../../src/http/admin/sandbox/undo.ts';
import { MAX_INVITATIONS } from '../../src/http/admin/invitations.ts';
import { MAX_STAFF } from '../../src/http/admin/logins.ts';
import { MAX_OPTIONS } from '../../src/dialects/wecom/members/position-field.ts';
import { adminOperations } from '../../src/http/admin/operations/operations.ts';
import { AdminAccess } from '../../src/http/admin/access/admin-access.ts';
import { liveTargetRoutes } from '../../src/live-targets/routes.ts';
import { eventRoutes } from '../../src/http/admin/events.ts';
import { adminRoutes } from '../../src/http/admin/routes.ts';
import { MAX_PATH_SEGMENT } from '../../src/http/routing/routes-on-demand.ts';
import { MAX_WAITING } from '../../src/http/transport/traffic.ts';
import { silentLog, startMingce } from '../../src/index.ts';
import { MAX_DEPTH } from '../../src/lib/json.ts';
import { LOG_LEVELS } from '../../src/lib/log.ts';
import {
  QUERY_TIMEOUT_MS,
  CONNECTIONS,
  CONNECT_TIMEOUT_MS,
  RETRY_BUDGET_MS,
} from '../../src/store/engines/postgres.ts';
import { consoleRoutesOf } from '../support/console-routes.ts';
import { tableRoutesOf } from '../support/table-routes.ts';
import { freshSchema } from '../support/fresh-store.ts';
import { scratchFolder, serveProgram } from '../support/program.ts';

const home = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): string => readFileSync(join(home, path), 'utf8');
const READMES = ['README.md', 'README.zh-CN.md'] as const;

const documents = globSync('{*.md,docs/**/*.md,src/**/README.md}', { cwd: home });

/** The cells of each row of the tables in a document. */
function rowsOf(text: string): readonly (readonly string[])[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** Returns the text under a heading of a document. */
function sectionOf(path: string, heading: string): string {
  const [, text] = read(path).split(`\n## ${heading}\n`);
  if (text === undefined) throw new Error(`${path} has no section ${heading}`);
  return text.split('\n## ', 1)[0] ?? '';
}

/** The cells of a section's tables whose rows are so many cells long, without their heads. */
function tableIn(section: string, cells: number): readonly (readonly string[])[] {
  const rows = rowsOf(section).filter(({ length }) => length === cells);
  const isRule = (row: readonly string[] | undefined): boolean => /^-+$/.test(row?.[0] ?? '');
  return rows.filter((row, index) => !isRule(row) && !isRule(rows[index + 1]));
}

const numberIn = (text: string | undefined): number => Number(text?.replaceAll(',', ''));

/** The code in a document, by language. */
function codeOf(text: string, language: string): readonly string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, code = '']) => code);
}

test('operations.md lists every setting as config.ts has it, and none besides', () => {
  const rows = rowsOf(read('docs/operations.md')).filter(([name]) => name?.startsWith('`MINGCE_'));
  const code = (text: string | undefined): string => (text === undefined || text === '' ? '' : `\`${text}\``);
  expect(rows).toEqual(
    settings.map(({ name, option, fallback, en, zh }: Setting) => [
      code(name),
      code(option),
      code(fallback),
      `${en}<br>${zh}`,
    ]),
  );
});

test('operations.md lists every limit that can be set, as config.ts has it', () => {
  const usual = readConfig({}, {});
  const bounds = ({ limits, bodyBytes, companyBytes }: typeof usual): Record<string, number> => ({
    ...limits,
    bodyBytes,
    companyBytes,
  });
  const covered = new Set<string>();
  for (const [, setting = '', value] of tableIn(sectionOf('docs/operations.md', 'Limits'), 4)) {
    const name = setting.replaceAll('`', '');
    expect(String(numberIn(value)), name).toBe(settings.find((one) => one.name === name)?.fallback);
    const now = bounds(readConfig({ [name]: String(numberIn(value) + 1) }, {}));
    for (const [bound, usually] of Object.entries(bounds(usual))) if (now[bound] !== usually) covered.add(bound);
  }
  expect([...covered].toSorted()).toEqual(Object.keys(bounds(usual)).toSorted());
});

test('operations.md lists every limit that is fixed, as the code has it', () => {
  const rows = tableIn(sectionOf('docs/operations.md', 'Limits'), 3).map(([what = '', value]) => [
    // Without the Chinese words.
    what.replaceAll(/\s?(?:JSON )?\p{Script=Han}+.*$/gu, ''),
    numberIn(value),
  ]);
  expect(rows).toEqual([
    ['levels of nesting in a JSON body', MAX_DEPTH],
    ['requests that wait behind others on their connections', MAX_WAITING],
    ['characters in one segment of a path', MAX_PATH_SEGMENT],
    ['Feishu: people that one update names', MAX_NAMED],
    ['Feishu: people in one `mget`', (MgetBody.properties.employee_ids as { readonly maxItems?: number }).maxItems],
    ['Feishu: people looked at for one page of a list', MAX_SCANNED],
    ['Feishu: values of one condition of a filter', MAX_VALUES],
    ['Feishu: employees or departments on one page', MAX_ON_FEISHU_PAGE],
    ['Feishu: field violations in one answer', MAX_VIOLATIONS],
    ['Feishu: characters of the scopes that an app asks a user for', MAX_IN_SCOPES],
    ['Feishu: characters of a text for which no page states a limit', MAX_IN_TEXT],
    ['Feishu: characters of an address in a custom field', MAX_IN_URL],
    ['Feishu: languages of one text', MAX_LANGUAGES],
    ['Feishu: characters of a search for employees', MAX_IN_QUERY],
    ['WeCom: bytes of a body, whatever the setting says', MAX_BODY],
    ['WeCom: `update_items`', MAX_SIZE.update_items],
    ['WeCom: `insert_items`, and fields of each', MAX_SIZE.insert_items],
    ['WeCom: `remove_items`', MAX_SIZE.remove_items],
    ['WeCom: `fieldids`', MAX_SIZE.fieldids],
    ['WeCom: options of 12010 after which a text is none', MAX_OPTIONS],
    ['WeCom: attributes of one member', MAX_ATTRIBUTES],
    ['Hose: characters of a line (name, code, mail, phone)', hoseBounds.MAX_IN_LINE],
    ['Hose: characters of a text (note, field of the form)', hoseBounds.MAX_IN_TEXT],
    ['Hose: departments of a person, people who may choose an item', hoseBounds.MAX_IN_LIST],
    ['Hose: staff in one batch', MAX_IN_BATCH],
    ['Hose: conditions of one query', MAX_CONDITIONS],
    ['Hose: staff on one page', MAX_ON_PAGE],
    ['admin: changes in one answer', MAX_CHANGES],
    ['admin: invitations in one answer', MAX_INVITATIONS],
    ['admin: companies of one login', MAX_STAFF],
    ['company file: people in the company as it is', MAX_PEOPLE],
    ['company file: mistakes reported at one time', MAX_FILE_ERRORS],
    ['company file: characters of a text that states no other bound', MAX_TEXT_LENGTH],
    ['company file: translations of a text', MAX_TRANSLATIONS],
    ['company file: items of a list inside a thing, members of a map', MAX_ITEMS],
    ['company file: anchors and aliases', MAX_ANCHORS],
    ['`mingce generate`: people in one company', MAX_MOBILES],
    ['`mingce generate`: companies', MAX_COMPANIES],
  ]);
  expect(MAX_SIZE.item).toBe(MAX_SIZE.insert_items);
});

test('operations.md says how long PostgreSQL is waited for', () => {
  const said = sectionOf('docs/operations.md', 'Limits').replaceAll(/\s+/g, ' ');
  expect(CONNECT_TIMEOUT_MS).toBe(RETRY_BUDGET_MS);
  expect(said).toContain(`Toward PostgreSQL: ${String(CONNECTIONS)} connections of each node`);
  expect(said).toContain(`; ${String(CONNECT_TIMEOUT_MS / 1_000)} seconds to get one and for another try`);
  expect(said).toContain(`; ${String(QUERY_TIMEOUT_MS / 1_000)} seconds for an answer.`);
});

test('operations.md lists every metric there is, in its own words', async () => {
  const reply = new Set<string>();
  for (const store of ['sqlite::memory:', await freshSchema()]) {
    const mingce = await startMingce({ store, log: silentLog });
    const text = await (await fetch(`${mingce.url}/metrics`)).text();
    await mingce.close();
    for (const [, name = '', help = '', kind = ''] of text.matchAll(/^# HELP (\S+) (.*)\n# TYPE \1 (.*)$/gm)) {
      reply.add([`\`${name}\``, kind, help].join(' | '));
    }
  }
  const rows = tableIn(sectionOf('docs/operations.md', 'Metrics'), 3).map((row) => row.join(' | '));
  expect(rows.toSorted()).toEqual([...reply].toSorted());
});

test('operations.md lists every level and every event of the log, each once', () => {
  const section = sectionOf('docs/operations.md', 'Logs');
  const levels = tableIn(section, 2).map(([level = '']) => level.replaceAll('`', ''));
  expect(levels.toSorted()).toEqual([...LOG_LEVELS].toSorted());
  const rows = tableIn(section, 3).flatMap(([events = '', level]) =>
    events.split(', ').map((event) => `${event.replaceAll('`', '')} ${String(level)}`),
  );
  const calls = globSync('src/**/*.ts', { cwd: home })
    .filter((path) => !/\.(test|suite)\.ts$/.test(path))
    .flatMap((path) => [...read(path).matchAll(/\blog\.(info|warn|error)\('([a-z-]+)'/g)]);
  const logged = new Set(calls.map(([, level = '', event = '']) => `${event} ${level}`));
  expect(rows.toSorted()).toEqual([...logged].toSorted());
});

test('operations.md, and the operations that clients are made from, list every call of the admin API', () => {
  const companies = {
    keys: never,
    apply: never,
    export: never,
    exportPieces: never,
    isAsApplied: never,
    summary: never,
    remove: never,
  };
  const history = new CompanyHistory({ store: never, dialects: [], now: never });
  const journal = new Journal({
    dialects: [],
    limits: { entries: 1, bytes: 1, ageMs: 1 },
    clock: systemClock,
    log: silentLog,
  });
  const unused = { maskOf: never, nearest: never, send: never };
  const replays = new Replays({ journal, dialects: [], states: { fork: never }, ...unused });
  const parts = {
    companies,
    states: { list: never, take: never, restore: never, reset: never, fork: never, diff: never, remove: never },
    backups: '',
    check: never,
    access: new AdminAccess({ adminKey: null }),
    personal: [],
    hasDemo: false,
    mode: 'on' as const,
    version: '',
    companyBytes: 0,
    requests: [
      ...requestRoutes({
        journal,
        now: () => 0,
        isShown: () => true,
        personal: new Map(),
        memberNames: new Map(),
        profiles: new Map(),
        remedyOf: never,
        dialects: [],
        version: '',
      }),
      replayRoute(replays, 'on'),
    ],
    errors: [
      ...errorRoutes(catalogue, never),
      ...doctorRoutes({ journal: undefined, catalogue, now: () => 0, suppressions: new CompanySuppressions(never) }),
    ],
    history,
    sandbox: [
      ...clockRoutes(new CompanyClocks({ store: never, limiter: never, platforms: [], now: never }), 'on'),
      ...faultRoutes(
        new CompanyFaults(never, new FaultCounters(never), { platforms: [], codeBook: { ids: never } }),
        'on',
      ),
      undoRoute(history, 'on'),
      callRoute({ dialects: [], send: never, version: '', mode: 'on' }),
      checkCallRoute([], 'on'),
      checkPersonRoute([], 'on'),
    ],
    console: consoleRoutesOf(never),
    tables: tableRoutesOf(never),
    events: eventRoutes({ readAgain: never, checkAgain: never }),
    targets: liveTargetRoutes({
      store: never,
      storeUrl: '',
      installation: '',
      start: never,
      onFailure: { drift: never, plan: never },
      changed: never,
      closing: new AbortController().signal,
      calls: undefined,
    }),
    schema: { en: never, zh: never },
  };
  const served = adminRoutes(parts).routes;
  const operations = Object.entries(adminOperations).map(([name, { method, path }]) => `${name}: ${method} ${path}`);
  expect(operations.toSorted()).toEqual(served.map((one) => `${one.operation}: ${one.method} ${one.path}`).toSorted());
  const routes = served.map(({ method, path }) => `\`${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}\``);
  const rows = tableIn(sectionOf('docs/operations.md', 'Admin API'), 2).map(([call]) => call ?? '');
  expect(rows.toSorted()).toEqual(routes.toSorted());
});

function never(): never {
  throw new Error('only the paths are looked at');
}

test('operations.md names the engines that the tests run on', async () => {
  const db = new DatabaseSync(':memory:');
  const embedded = db.prepare('SELECT sqlite_version() AS version').get()?.['version'];
  db.close();
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
  await client.end();
  const engines = tableIn(sectionOf('docs/operations.md', 'Engines'), 3).map(([engine, version]) => [engine, version]);
  const server = rows[0]?.server_version;
  expect(engines).toEqual([
    [`SQLite, as it is in Node ${process.versions.node}`, embedded],
    ['PostgreSQL', server],
    ['PostgreSQL with `isolation=serializable`', server],
    ['CockroachDB, YugabyteDB', 'not run'],
  ]);
});

test('a copy is made and put back by what operations.md says to type', async () => {
  using folder = scratchFolder();
  const server = await serveProgram(['--data', folder.file('data')]);
  const [shell = ''] = codeOf(sectionOf('docs/operations.md', 'Backup and restore'), 'sh');
  const typed = spawnSync('bash', ['-euo', 'pipefail', '-c', shell.replaceAll('http://127.0.0.1:6464', server.url)], {
    cwd: folder.path,
    env: { ...process.env, NO_PROXY: '127.0.0.1' },
    encoding: 'utf8',
  });
  expect(typed.status, typed.stderr).toBe(0);
  expect(JSON.parse(typed.stdout)).toMatchObject({ companies: 2 });
  await server.stop();
});

test('every script of npm that a document names exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
  const named = documents.flatMap((path) => [...read(path).matchAll(/npm run (?:-s )?([a-z][a-z:-]*)/g)]);
  expect(named.length).toBeGreaterThan(5);
  expect(named.flatMap(([, name = '']) => name).filter((name) => scripts[name] === undefined)).toEqual([]);
});

test('no document names a setting that does not exist', () => {
  const known = new Set<string>(settings.map(({ name }) => name));
  const named = documents.flatMap((path) => read(path).match(/MINGCE_[A-Z_]+[A-Z]/g) ?? []);
  expect(named.length).toBeGreaterThan(settings.length);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

test('the seven words are in the glossary', () => {
  const words = rowsOf(read('docs/glossary.md')).flatMap(([word]) => /^\*\*(\w+)\*\*$/.exec(word ?? '')?.[1] ?? []);
  expect(words).toEqual(['tenant', 'employee', 'department', 'dialect', 'change', 'delivery', 'connector']);
});

describe.each(documents)('%s', (path) => {
  test('links only to what is there', () => {
    const links = [...read(path).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, target = '']) => target);
    expect(links.filter((target) => !existsSync(join(home, dirname(path), target)))).toEqual([]);
  });

  test('names only files that are there', () => {
    // The contracts name files of the vendors, too.
    if (/^docs\/contracts\/(?!README)/.test(path)) return;
    const named = [...read(path).matchAll(/`((?:src|test|bench|docs|companies|scripts|bin)\/[\w./-]*)`/g)];
    const missing = named.map(([, file = '']) => file).filter((file) => !existsSync(join(home, file)));
    expect(missing).toEqual([]);
  });
});

test('the architecture fits on one page', () => {
  expect(read('ARCHITECTURE.md').split('\n').length).toBeLessThanOrEqual(60);
});

test('both READMEs give the same code', () => {
  const withoutComments = (code: string): string => code.replaceAll(/\s*(?:\/\/|# ).*$/gm, '').trim();
  const [english, chinese] = READMES.map((path) =>
    ['sh', 'ts'].flatMap((language) => codeOf(read(path), language).map(withoutComments)),
  );
  expect(chinese).toEqual(english);
});

/** Shells that a reader may paste into, each without its own settings. */
const SHELLS = [
  ['bash', ['--norc', '-eu', '-o', 'pipefail']],
  ['zsh', ['-f', '-eu', '-o', 'pipefail']],
  ['dash', ['-eu']],
] as const;

describe.each(READMES)('what %s says to type works as it stands', (path) => {
  const run = (
    command: string,
    args: readonly string[],
    { cwd, input = '' }: { readonly cwd: string; readonly input?: string },
  ): { status: number | null; said: string } => {
    const env = { ...process.env, NO_PROXY: '127.0.0.1' };
    const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, input, encoding: 'utf8' });
    return { status, said: status === 0 ? stdout : stdout + stderr };
  };
  // Two of these blocks install: test/package tries the one, every run of these tests the other.
  const blocks = codeOf(read(path), 'sh').filter((code) => !/npm (ci|install)/.test(code));

  const present = SHELLS.filter(([shell]) => spawnSync(shell, ['-c', 'true']).status === 0);
  test.each(present)('pasted into %s', async (shell, args) => {
    using folder = scratchFolder();
    const server = await serveProgram(['--store', 'sqlite::memory:']);
    const script = ['curl() { command curl -fsS "$@"; }', ...blocks].join('\n');
    const input = `${script.replaceAll('http://127.0.0.1:6464', server.url)}\n`;
    const typed = run(shell, args, { cwd: folder.path, input });
    expect(typed.status, typed.said).toBe(0);
    expect(typed.said).toMatch(/"code":0.*"errcode":0.*"name":"张三丰"/s);
    await server.stop();
  });

  test('no command has a comment, which zsh takes for an argument', () => {
    expect(codeOf(read(path), 'sh').filter((code) => /(^|\s)#/m.test(code))).toEqual([]);
  });

  test('in TypeScript', async () => {
    const server = await serveProgram(['--store', 'sqlite::memory:']);
    const [client = ''] = codeOf(read(path), 'ts').filter((code) => code.includes('node-sdk'));
    const code = client.replaceAll('http://127.0.0.1:6464', server.url);
    const called = run(process.execPath, ['--input-type=module-typescript', '-e', code], { cwd: home });
    expect(called.status, called.said).toBe(0);
    expect(called.said, 'the SDK tells of what was refused').not.toMatch(/error/i);
    await server.stop();
  });
});
