import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { silentLog, startMingce, type Mingce } from '../../src/index.ts';
import { formOf } from '../dialects/wecom/form.ts';
import { bytesOf } from '../hostile-input/socket.ts';
import { freshSchema } from '../support/fresh-store.ts';
import { runProgram, scratchFolder, serveProgram } from '../support/program.ts';
import { command } from '../support/command.ts';
import { NumberedWriters } from './numbered.ts';

const company = (key: string, people: readonly string[]): string =>
  `mingce: 1\nkey: ${key}\nname: ${key}\ndepartments:\n  - { id: root, name: Acme }\nemployees:\n${people
    .map((id) => `  - { id: ${id}, name: 员工${id} }\n`)
    .join('')}`;

/** What a directory says of its companies, each as its file. */
async function everything(mingce: Mingce): Promise<readonly (string | null)[]> {
  const keys = await mingce.companies.keys();
  return await Promise.all(keys.map((key) => mingce.companies.export(key)));
}

test('a copy made while people write holds all that was acknowledged before, and nothing by halves', async () => {
  using folder = scratchFolder();
  const data = folder.file('data');
  const server = await serveProgram(['--data', data]);
  const writers = new NumberedWriters();
  const { ended } = await writers.begin(server.url);
  const out = folder.file('copy.db');
  // The first one is there already when the second takes its place.
  await command('backup', '--out', out, '--server', server.url);
  const before = writers.acknowledged;
  const made = await command('backup', '--out', out, '--force', '--server', server.url);
  const after = writers.writers.map(({ sent }) => sent);
  expect(made).toMatchObject({ code: 0, stderr: '' });
  expect(made.stdout).toMatch(/copy\.db: 2 companies with [0-9]+ employees, [0-9.]+ MB\./);
  writers.stop();
  await ended;
  const last = writers.acknowledged;
  expect(await writers.read(server.url), 'the copying disturbed nobody').toEqual(last);
  expect((await server.stop()).code).toBe(0);
  expect(readdirSync(folder.path).toSorted(), 'nothing is left lying about').toEqual(['copy.db', 'data']);
  expect(readdirSync(data)).toEqual(['mingce.db', 'mingce.db.lock']);
  const forOthers = process.platform === 'win32' ? 0 : statSync(out).mode & 0o077;
  expect(forOthers, 'others cannot read it').toBe(0);

  const other = folder.file('other');
  expect(await command('restore', out, '--data', other)).toMatchObject({ code: 0, stderr: '' });
  const again = await startMingce({ data: other });
  for (const [index, number] of (await writers.read(again.url)).entries()) {
    expect(number).toBeGreaterThanOrEqual(before[index] ?? Infinity);
    expect(number).toBeLessThanOrEqual(after[index] ?? 0);
  }
  await again.close();
});

test('with nothing running a copy is made from the folder, and put back where nothing is', async () => {
  using folder = scratchFolder();
  const data = folder.file('data');
  const first = await startMingce({ data, companies: [company('acme', ['li', 'wu'])] });
  const reply = await everything(first);
  await first.close();
  const out = folder.file('copy.db');
  const made = await runProgram(['backup', '--out', out, '--data', data]);
  expect(made).toMatchObject({ code: 0, stderr: '' });
  expect(made.stdout).toContain('1 company with 2 employees');
  const put = await command('restore', out, '--data', folder.file('other'));
  expect(put).toMatchObject({ code: 0, stderr: '' });
  expect(put.stdout).toContain('Restored 1 company with 2 employees');
  const second = await startMingce({ data: folder.file('other') });
  expect(await everything(second)).toEqual(reply);
  await second.close();
});

test('a backup leaves a file of its name as it is, unless --force is given', async () => {
  using folder = scratchFolder();
  const data = folder.file('data');
  await (await startMingce({ data, companies: [company('acme', ['li'])] })).close();
  const out = folder.file('copy.db');
  writeFileSync(out, 'the only copy of last year');
  const refused = await command('backup', '--out', out, '--data', data);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toMatch(/^mingce: .*copy\.db is there already; .*--force.*\.\n$/);
  expect(readFileSync(out, 'utf8')).toBe('the only copy of last year');
  expect(await command('backup', '--out', out, '--force', '--data', data)).toMatchObject({ code: 0, stderr: '' });
  expect(readFileSync(out, 'utf8')).toMatch(/^SQLite format 3/);
});

test('what is there is only replaced when that is said, and then at one moment, while it is served', async () => {
  using folder = scratchFolder();
  const [old, out] = [folder.file('old'), folder.file('copy.db')];
  await (await startMingce({ data: old, companies: [company('acme', ['li'])] })).close();
  expect((await command('backup', '--out', out, '--data', old)).code).toBe(0);

  const now = await startMingce({ data: folder.file('now'), companies: [company('acme', ['wu'])], adminKey: 'sesame' });
  const reply = await everything(now);
  const there = ['--server', now.url, '--admin-key', 'sesame'];
  for (const where of [there, ['--data', old]]) {
    const refused = await command('restore', out, ...where);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^mingce: [^\n]*--force[^\n]*\n$/);
  }
  expect(await everything(now)).toEqual(reply);

  const put = await command('restore', out, '--force', ...there);
  expect(put).toMatchObject({ code: 0, stderr: '' });
  const restored = (await everything(now)).join('');
  expect(restored).toContain('员工li');
  expect(restored).not.toContain('员工wu');
  await now.companies.apply('acme', company('acme', ['li', 'zhao']), { plan: false, request: 'test' });
  await now.close();
  const later = await startMingce({ data: folder.file('now') });
  expect((await everything(later)).join(''), 'what is written after it stays').toContain('员工zhao');
  await later.close();
});

test('a copy that is damaged, cut short, of something else or of a newer release changes nothing', async () => {
  using folder = scratchFolder();
  const data = folder.file('data');
  const mingce = await startMingce({ data, companies: [company('acme', ['li'])], adminKey: 'sesame' });
  const reply = await everything(mingce);
  const good = folder.file('good.db');
  expect((await command('backup', '--out', good, '--server', mingce.url, '--admin-key', 'sesame')).code).toBe(0);
  const bytes = readFileSync(good);

  const damaged = Buffer.from(bytes);
  // The second page and all after it hold tables.
  damaged.fill(0xa5, 4_096, 4_096 * 6);
  writeFileSync(folder.file('damaged.db'), damaged);
  writeFileSync(folder.file('short.db'), bytes);
  truncateSync(folder.file('short.db'), Math.floor(bytes.byteLength / 2));
  writeFileSync(folder.file('text.db'), 'no database at all, but long enough for its first page '.repeat(100));
  writeFileSync(folder.file('empty.db'), '');
  const other = new DatabaseSync(folder.file('other.db'));
  other.exec('CREATE TABLE employee (name TEXT)');
  other.close();
  writeFileSync(folder.file('newer.db'), bytes);
  const newer = new DatabaseSync(folder.file('newer.db'));
  newer.exec('UPDATE mingce_schema SET version = 99');
  newer.close();

  for (const name of ['damaged', 'short', 'text', 'empty', 'other', 'newer']) {
    const there = ['restore', folder.file(`${name}.db`), '--force', '--server', mingce.url, '--admin-key', 'sesame'];
    const refused = await command(...there);
    expect(refused, name).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr, name).toMatch(/^mingce: [^\n]*(damaged|not a copy|newer Mingce)[^\n]*\n$/);
    expect(await everything(mingce), name).toEqual(reply);
  }
  const headers = { authorization: 'Bearer sesame' };
  const broken = fetch(`${mingce.url}/mingce/v1/restore?force=true`, {
    method: 'POST',
    headers,
    duplex: 'half',
    body: (async function* () {
      yield bytes.subarray(0, 10_000);
      await sleep(20);
      throw new Error('the sender gave up');
    })(),
  });
  await expect(broken).rejects.toThrow('fetch failed');
  expect(await everything(mingce)).toEqual(reply);
  await vi.waitFor(async () => {
    const done = await fetch(`${mingce.url}/mingce/v1/restore?force=true`, { method: 'POST', headers, body: bytes });
    const reply: unknown = await done.json();
    expect([done.status, reply], 'the good one is still taken').toEqual([200, { companies: 1, employees: 1 }]);
  }, 10_000);
  expect(readdirSync(data).toSorted()).toEqual(['mingce.db', 'mingce.db-wal', 'mingce.db.lock']);
  await mingce.close();
});

test('only one copy is made or put back at a time, and a caller who leaves in the middle disturbs nobody', async () => {
  using folder = scratchFolder();
  const mingce = await startMingce({ data: folder.file('data'), demo: true, log: silentLog });
  const headers = { authorization: 'Bearer mingce-demo-admin' };
  const ask = (): Promise<Response> => fetch(`${mingce.url}/mingce/v1/backup`, { method: 'POST', headers });
  const answers = await Promise.all([ask(), ask(), ask()]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
  await Promise.all(answers.flatMap(({ body }) => body?.cancel() ?? []));
  const whole = await ask();
  expect((await whole.arrayBuffer()).byteLength).toBeGreaterThan(50_000);
  expect((await fetch(`${mingce.url}/mingce/v1/backup`, { method: 'POST' })).status, 'the key is asked for').toBe(401);
  await mingce.close();
});

test('a damaged store is set aside, never lost, when a copy takes its place', async () => {
  using folder = scratchFolder();
  const data = folder.file('data');
  await (await startMingce({ data, companies: [company('acme', ['li'])] })).close();
  const out = folder.file('copy.db');
  expect((await command('backup', '--out', out, '--data', data)).code).toBe(0);
  const garbage = 'overwritten by something else '.repeat(500);
  writeFileSync(folder.file('data/mingce.db'), garbage);
  const refused = await command('restore', out, '--data', data);
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.stderr).toMatch(/not a Mingce database, or is damaged/);
  const put = await command('restore', out, '--data', data, '--force');
  expect(put).toMatchObject({ code: 0, stderr: '' });
  expect(put.stdout).toContain('mingce.db.damaged');
  expect(readFileSync(folder.file('data/mingce.db.damaged'), 'utf8')).toBe(garbage);
  const mingce = await startMingce({ data });
  expect(await mingce.companies.keys()).toEqual(['acme']);
  await mingce.close();
});

test('what cannot be copied, and where nothing can be put, is said in one sentence', async () => {
  using folder = scratchFolder();
  const out = folder.file('copy.db');
  const data = folder.file('data');
  const serving = await startMingce({ data, demo: true });
  const memory = await startMingce({ demo: true });
  const postgres = await freshSchema();
  writeFileSync(folder.file('text.db'), 'no copy');
  expect((await command('backup', '--out', out, '--server', memory.url)).code, 'memory can be copied').toBe(0);
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['backup', '--out', folder.file('x.db'), '--data', folder.file('none')], /no data in .*none/],
    [['backup', '--out', folder.file('x.db'), '--data', data], /A running Mingce has this data open; add --server/],
    [['restore', out, '--data', data, '--force'], /A running Mingce has this data open; add --server/],
    [['backup', '--out', folder.file('no/x.db'), '--server', serving.url], /cannot be written: there is no such/],
    [['restore', folder.file('nothing.db'), '--data', folder.file('none')], /cannot be read: there is no such/],
    [['restore', folder.path, '--data', folder.file('none')], /cannot be read: it is a folder/],
    [['restore', folder.file('text.db'), '--data', folder.file('none')], /This is not a copy of a Mingce directory/],
    [['restore', out, '--force', '--server', memory.url], /only in memory/],
    [['backup', '--out', folder.file('x.db'), '--store', postgres], /pg_dump/],
    [['restore', out, '--store', postgres], /pg_restore/],
    [['backup', '--out', folder.file('x.db'), '--server', serving.url, '--admin-key', 'no'], /admin key/],
  ];
  for (const [args, sentence] of cases) {
    const refused = await command(...args);
    expect(refused, args.join(' ')).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr, args.join(' ')).toMatch(/^mingce: [^\n]+\.\n$/);
    expect(refused.stderr, args.join(' ')).toMatch(sentence);
  }
  expect(existsSync(folder.file('none')), 'asking makes nothing').toBe(false);
  expect(readdirSync(folder.path).toSorted()).toEqual(['copy.db', 'data', 'text.db']);
  await Promise.all([serving.close(), memory.close()]);
});

test('a caller that stops taking its copy is cut off, and the next one gets one', async () => {
  using folder = scratchFolder();
  const data = folder.file('data');
  const limits = { headersSeconds: 0.5, requestSeconds: 3 };
  const mingce = await startMingce({
    data,
    companies: [
      `${company('acme', ['li'])}wecom: { corpid: ww, apps: [{ agentid: 1, secret: s, kind: self_built }] }
`,
    ],
    adminKey: 'k',
    limits,
    log: silentLog,
  });
  // More than the two systems between us take for a caller who does not read.
  const { headers: type, body } = formOf(Buffer.alloc(9 * 1_048_576));
  const token = await fetch(`${mingce.url}/cgi-bin/gettoken?corpid=ww&corpsecret=s`);
  const { access_token } = (await token.json()) as { access_token: string };
  for (let file = 0; file < 2; file++) {
    const kept = await fetch(`${mingce.url}/cgi-bin/media/upload?type=file&access_token=${access_token}`, {
      method: 'POST',
      headers: type,
      body: new Uint8Array(body),
    });
    expect(await kept.json()).toMatchObject({ errcode: 0 });
  }
  const headers = { authorization: 'Bearer k' };
  const inFlight = async (): Promise<string | undefined> => {
    const metrics = await (await fetch(`${mingce.url}/metrics`)).text();
    return /^mingce_requests_in_flight ([0-9]+)$/m.exec(metrics)?.[1];
  };
  const socket = connect(mingce.port, '127.0.0.1').on('error', () => undefined);
  await once(socket, 'connect');
  socket.pause();
  socket.write(bytesOf({ method: 'POST', target: '/mingce/v1/backup', headers, connection: 'keep-alive' }));
  await vi.waitFor(async () => {
    expect(await inFlight(), 'this one, and the copy that is being sent').toBe('2');
  }, 10_000);
  await vi.waitFor(async () => {
    expect(await inFlight(), 'the copy has been cut off').toBe('1');
  }, 20_000);
  const answer = await fetch(`${mingce.url}/mingce/v1/backup`, { method: 'POST', headers });
  expect([answer.status, (await answer.arrayBuffer()).byteLength > 18_000_000]).toEqual([200, true]);
  socket.destroy();
  await mingce.close();
}, 60_000);
