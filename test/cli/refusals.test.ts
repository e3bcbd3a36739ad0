import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { PLATFORMS } from '../../src/cli/arguments/choices.ts';
import { connectors } from '../../src/connectors/registry.ts';
import { command } from '../support/command.ts';
import { runProgram, scratchFolder, serveProgram, type Finished, type Serving } from '../support/program.ts';

const MEMORY = ['--store', 'sqlite::memory:', '--no-demo'];

const folder = scratchFolder();
const acme = folder.file('acme.yaml');
const faulty = folder.file('faulty.yaml');
const data = folder.file('data');
let running: Serving;

beforeAll(async () => {
  writeFileSync(acme, 'mingce: 1\nkey: acme\nname: Acme\ndepartments:\n  - { id: root, name: Acme }\n');
  writeFileSync(
    faulty,
    'mingce: 1\nkey: acme\nname: Acme\ndepartments:\n  - { id: root, name: Acme }\nemployees:\n  - { id: li, name: Li, colour: red }\n',
  );
  writeFileSync(folder.file('broken.yaml'), 'mingce: 1\nkey: [acme\n');
  writeFileSync(folder.file('latin.yaml'), Buffer.from('key: caf\xe9', 'latin1'));
  writeFileSync(folder.file('none.db'), 'this is no database, whatever its name says'.repeat(100));
  running = await serveProgram(['--data', data, '--no-demo'], { MINGCE_ADMIN_KEY: 'sesame' });
});

afterAll(async () => {
  await running.stop();
  folder[Symbol.dispose]();
});

/* Most are run in this process, which saves starting a hundred; what locks, spins or ends a process is run in its own. */

afterEach(() => {
  // Serving adds one to each, for as long as the process lives.
  for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners('error');
});

type Row = readonly [what: string, args: () => readonly string[], sentence: RegExp];

/** Below /proc Node's own recursive mkdirSync never returns, so this also shows that no start spins. */
const placesWithoutFolders: readonly Row[] = ['/proc/mingce', '/proc/self/fd', '/dev/null/data', '/sys/mingce'].map(
  (place) => [`no data folder can be at ${place}`, () => ['--data', place, '--no-demo'], /data folder .*--data/],
);

const serving: readonly Row[] = [
  ['a port is no number', () => ['--port', 'abc', ...MEMORY], /--port .*not "abc"/],
  ['a port is out of range', () => ['--port', '70000', ...MEMORY], /--port .*65535/],
  ['a log level is unknown', () => ['--log', 'loud', ...MEMORY], /--log .*silent/],
  ['an option lacks its value', () => ['--port'], /--port/],
  ['an argument is too many', () => ['acme.yaml'], /too many arguments/],
  ['a store is unknown', () => ['--store', 'mysql://x', '--no-demo'], /store "mysql:…" is not known/],
  ['a host is not this machine', () => ['--host', '192.0.2.1', ...MEMORY], /no address 192\.0\.2\.1/],
  ['a host has no address', () => ['--host', 'nowhere.invalid', ...MEMORY], /no address nowhere\.invalid/],
  [
    'the demo is for this machine',
    () => ['--host', '0.0.0.0', '--store', 'sqlite::memory:'],
    /demo company.*--no-demo/,
  ],
  ['a port is taken', () => ['--port', new URL(running.url).port, ...MEMORY], /Port [0-9]+ .* is in use.*--port/],
  ['a data folder is a file', () => ['--data', acme, '--no-demo'], /data folder .*acme\.yaml .* is a file.*--data/],
  ['a data folder lies below a file', () => ['--data', `${acme}/data`, '--no-demo'], /data folder .*data .* is a file/],
  ['a database is none', () => ['--store', `sqlite:${folder.file('none.db')}`, '--no-demo'], /not a Mingce database/],
  [
    'a company file is not there',
    () => [...MEMORY, '--company', folder.file('none.yaml')],
    /none\.yaml .*no such file/,
  ],
  [
    'two company files are of one company',
    () => [...MEMORY, '--company', acme, '--company', acme],
    /acme\.yaml and .*acme\.yaml are both of the company acme/,
  ],
];

const servingApart: readonly Row[] = [
  ...(process.platform === 'linux' ? placesWithoutFolders : []),
  ['a data folder is in use', () => ['--data', data, '--no-demo'], /in use by another Mingce/],
  ['an option is unknown', () => ['--prot', '1'], /'--prot'.*--port/],
];

const others: readonly Row[] = [
  ['a command is unknown', () => ['server'], /'server'.*serve/],
  ['a command to be helped with is unknown', () => ['help', 'server'], /'server'.*serve/],
  ['no file is given', () => ['apply'], /'file'/],
  ['a file does not exist', () => ['apply', folder.file('none.yaml')], /no such file/],
  ['a file is a folder', () => ['apply', folder.path], /it is a folder/],
  ['a file is not UTF-8', () => ['apply', folder.file('latin.yaml')], /not text in UTF-8/],
  ['no server answers', () => ['apply', acme, '--server', 'http://127.0.0.1:1'], /No server answers/],
  [
    'a server is called by another name',
    () => ['apply', acme, '--server', running.url.replace('127.0.0.1', '0.0.0.0')],
    /does not answer to this name.*MINGCE_HOSTS/,
  ],
  [
    'a server and a data folder are named together',
    () => ['restore', acme, '--force', '--server', running.url, '--data', folder.file('other')],
    /'--server <url>' cannot be used with option '--data <folder>'/,
  ],
  [
    'a server and a store are named together',
    () => ['list', '--store', 'sqlite::memory:', '--server', running.url],
    /'--server <url>' cannot be used with option '--store <url>'/,
  ],
  ['a server is no address', () => ['apply', acme, '--server', 'nonsense'], /"nonsense".*http:/],
  ['the key is wrong', () => ['apply', acme, '--server', running.url, '--admin-key', 'x'], /admin key.*--admin-key/],
  [
    'there is no such company',
    () => ['export', 'nobody', '--server', running.url, '--admin-key', 'sesame'],
    /no company "nobody"/,
  ],
  [
    'a file cannot be written',
    () => ['schema', '--out', folder.file('no/folder')],
    /cannot be written: there is no such/,
  ],
];

const apart: readonly Row[] = [
  ...servingApart.map(([what, args, sentence]): Row => [`${what}, when serving`, () => ['serve', ...args()], sentence]),
  ['a running server has the data', () => ['generate', '--employees', '1', '--data', data], /running Mingce.*--data/],
];

/** What a refused command must amount to: one sentence, nothing else printed, an exit code that says so. */
const refusal = (sentence: RegExp): unknown => ({
  said: expect.stringMatching(sentence) as unknown,
  inOneSentence: true,
  printed: '',
  failed: true,
});

const amountOf = ({ code, stdout, stderr }: Finished): unknown => ({
  said: stderr,
  inOneSentence: /^mingce: [^\n]+\.\n$/.test(stderr),
  printed: stdout,
  failed: code !== 0,
});

describe('one sentence says that', () => {
  test.each(serving)('%s, when serving', async (_what, args, sentence) => {
    expect(amountOf(await command('serve', ...args()))).toEqual(refusal(sentence));
  });

  test.each(others)('%s', async (_what, args, sentence) => {
    expect(amountOf(await command(...args()))).toEqual(refusal(sentence));
  });
});

describe.concurrent('one sentence says that', () => {
  test.each(apart)('%s', async (_what, args, sentence) => {
    expect(amountOf(await runProgram(args()))).toEqual(refusal(sentence));
  });

  test('a variable is wrong', async () => {
    const refused = await runProgram(['serve', ...MEMORY], { env: { MINGCE_BODY_BYTES: '1MiB' } });
    expect(amountOf(refused)).toEqual(refusal(/MINGCE_BODY_BYTES .*not "1MiB"/));
  });

  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'a folder may not be written (skipped for a user who may write everything)',
    async () => {
      const closed = folder.file('closed');
      mkdirSync(closed);
      chmodSync(closed, 0o500);
      const refused = await runProgram(['serve', '--data', `${closed}/data`, '--no-demo']);
      expect(amountOf(refused)).toEqual(refusal(/data folder/));
    },
  );
});

describe('the exit code is', () => {
  const acmeIn = (...args: readonly string[]): readonly string[] => [
    ...args,
    '--company',
    'acme',
    '--server',
    running.url,
    '--admin-key',
    'sesame',
  ];

  beforeAll(async () => {
    await command('apply', acme, '--server', running.url, '--admin-key', 'sesame');
  });

  test.each([
    ['an option', () => ['list', '--prot', '1']],
    ['a value of a setting', () => ['serve', '--port', 'abc', ...MEMORY]],
    ['a store', () => ['list', '--store', 'mysql://root:secret@x']],
    ['an address', () => ['list', '--server', 'nonsense']],
    ['a number', () => ['generate', '--employees', 'many', '--out', '-']],
    ['a number of a case', () => ['try', 'feishu', '2221103', '--case', 'first']],
    ['a code', () => ['try', 'feishu', '1']],
    ['a platform of a code', () => ['try', 'nothing', '1']],
    ['a case', () => ['try', 'feishu', '2221103', '--case', '99']],
    ['an action', () => acmeIn('clock', 'fly')],
    ['a duration', () => acmeIn('clock', 'advance', 'soon')],
    ['a limit', () => acmeIn('history', '--limit', 'all')],
    ['a form', () => acmeIn('export-table', '--format', 'pdf')],
    ['a language', () => acmeIn('export-table', '--language', 'fr')],
    ['a status', () => acmeIn('export-table', '--status', 'gone')],
    ['a preset', () => acmeIn('faults', 'add', 'nothing')],
    ['a platform', () => acmeIn('drift', 'dingtalk')],
    ['a platform of codes', () => ['errors', '--platform', 'dingtalk']],
    ['a platform of deliveries', () => acmeIn('deliver', 'dead', '--to', 'dingtalk')],
    ['an option without the one that it goes with', () => ['apply', acme, '--exit-code']],
  ])('2 where %s is none', async (_what, args) => {
    const { code, stdout, stderr } = await command(...args());
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(/^mingce: [^\n]+\n$/)]);
    expect(stderr).not.toContain('secret@');
  });

  test.each([
    [['import', '--resume', 'x', '--plan'], '--plan does nothing with --resume'],
    [['import', '--undo', 'x', '--plan'], '--plan does nothing with --undo'],
    [['import', '--undo', 'x', '--column', '手机=mobile'], '--column does nothing with --undo'],
    [['import', '--resume', 'x', '--undo', 'y'], '--undo does nothing with --resume'],
    [['connect', 'feishu', '--pause', '--enable'], '--pause does nothing with --enable'],
    [['connect', 'feishu', '--adopt', '--off'], '--off does nothing with --adopt'],
    [['drift', 'feishu', '--person', 'x'], '--person does nothing with drift alone'],
    [['drift', 'feishu', '--accept', '--all', '--out', 'x'], '--out does nothing with --accept'],
    [['plan', 'show', 'x', '--only', 'y'], '--only does nothing with show'],
    [['deliver', 'status', '--yes'], '--yes does nothing with status'],
    [['deliver', 'resend', 'dead', '--app', 'x'], '--app does nothing with resend'],
    [['deliver', 'person', 'x', '--to', 'feishu', '--since', 'y'], '--since does nothing with person'],
    [['snapshot', 'take', 'acme', 'x', '--tokens', 'keep'], '--tokens does nothing with take'],
    [['company-plan', 'show', 'acme', 'x', '--yes'], '--yes does nothing with show'],
    [['generate', '--employees', '1', '--out', '-', '--replace'], '--replace does nothing with --out'],
    [['deliver', 'status', 'x'], 'status takes no "x"'],
    [['plan', 'erase', 'a.plan', 'b.plan'], 'erase takes no "b.plan"'],
    [['plan', 'feishu', 'a.plan'], 'feishu takes no "a.plan"'],
    [['snapshot', 'list', 'demo', 'x'], 'list takes no "x"'],
  ])('2 for an option that would change nothing: %j', async (args, said) => {
    const { code, stdout, stderr } = await command(...args);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(new RegExp(`^mingce: ${said}; [^\\n]+\\n$`))]);
  });

  test.each([
    [
      'nothing is sent without --yes',
      () => acmeIn('deliver', 'person', 'x', '--to', 'feishu', '--until', 'write'),
      /Add --yes/,
    ],
    [
      'a GET takes no body',
      () => ['call', '--admin', 'GET', '/overview', '--body', '{}', '--server', running.url],
      /GET takes no --body/,
    ],
    [
      'an empty search is not everyone',
      () => acmeIn('bulk-edit', '--search', '', '--set', 'gender=男'),
      /--everyone is all/,
    ],
    [
      'a blank status is not everyone',
      () => acmeIn('bulk-edit', '--status', ' ', '--set', 'gender=男'),
      /--everyone is all/,
    ],
    [
      'a list is as long as it may be',
      () => ['requests', '--follow', '--limit', '5000', '--server', running.url],
      /--limit is a whole number/,
    ],
  ])('2 as %s', async (_what, args, said) => {
    const { code, stdout, stderr } = await command(...args());
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(said)]);
  });

  test('1 where the doctor is asked about a company that there is not', async () => {
    const asked = ['--company', 'acne', '--server', running.url, '--admin-key', 'sesame'];
    const { code, stderr } = await command('doctor', ...asked);
    expect([code, stderr]).toEqual([1, expect.stringContaining('There is no company "acne"')]);
  });

  test('2 with its own sentence for a word that a command does not know, whatever options follow', async () => {
    const { code, stderr } = await command(...acmeIn('deliver', 'fly', '--yes'));
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^mingce: Say status, dead, retry/)]);
  });

  test('a mistake leads to the help of the command that it is in', async () => {
    expect((await command('try', 'feishu')).stderr).toMatch(/; see mingce try --help\.\n$/);
    expect((await command('list', '--prot')).stderr).toMatch(/; see mingce list --help\.\n$/);
    expect((await command('--prot')).stderr).toMatch(/; see mingce --help\.\n$/);
    expect((await command('lst')).stderr).toMatch(/; see mingce --help\.\n$/);
  });

  test.each([
    ['a company', () => ['export', 'none', '--server', running.url, '--admin-key', 'sesame']],
    ['a file', () => ['apply', folder.file('none.yaml')]],
    ['a snapshot', () => ['snapshot', 'restore', 'acme', 'none', '--server', running.url, '--admin-key', 'sesame']],
  ])('1 where there is no such thing as %s', async (_what, args) => {
    const { code, stdout, stderr } = await command(...args());
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(/^mingce: [^\n]+\n$/)]);
  });

  test('1 where a variable is wrong, and what plans find is their own', async () => {
    const variable = await runProgram(['serve', ...MEMORY], { env: { MINGCE_PORT: 'abc' } });
    expect([variable.code, variable.stderr]).toEqual([1, expect.stringContaining('not "abc"')]);
    const changes = await command('apply', acme, '--plan', '--exit-code', '--store', 'sqlite::memory:');
    expect([changes.code, changes.stderr]).toEqual([2, '']);
    expect(changes.stdout).toContain('acme');
  });

  test('said for the platforms that there are connectors for', () => {
    expect(connectors.map(({ platform }) => platform)).toEqual([...PLATFORMS]);
  });
});

describe.concurrent('a company file with mistakes', () => {
  test.each([
    ['applied here', () => ['apply', faulty, '--store', 'sqlite::memory:']],
    ['applied to a server', () => ['apply', faulty, '--server', running.url, '--admin-key', 'sesame']],
    ['loaded on starting', () => ['serve', ...MEMORY, '--company', faulty]],
  ])('%s: each with its line, then one sentence', async (_where, args) => {
    const { code, stdout, stderr } = await runProgram(args());
    const lines = stderr.trimEnd().split('\n');
    expect(lines[0]).toMatch(/faulty\.yaml:7 employees\[0\]\.colour: /);
    expect(lines.at(-1)).toMatch(
      /^mingce: .*faulty\.yaml has 1 mistake; nothing was changed\. 文件有错误，未做任何变更。$/,
    );
    expect(lines).toHaveLength(2);
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });

  test('that is not even YAML', async () => {
    const { code, stderr } = await runProgram(['apply', folder.file('broken.yaml'), '--store', 'sqlite::memory:']);
    expect(stderr).toMatch(
      /broken\.yaml:[0-9]+ .*\nmingce: .*broken\.yaml has [0-9]+ mistakes?; nothing was changed\. 文件有错误，未做任何变更。\n$/s,
    );
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(code).toBe(1);
  });
});
