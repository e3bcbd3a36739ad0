import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { silentLog, startMingce, type Log } from '../../src/index.ts';
import { startServer } from '../support/running-server.ts';
import { scratchFolder } from '../support/program.ts';
import { command } from '../support/command.ts';

const usual = process.umask();
afterEach(() => {
  process.umask(usual);
});

/** A data folder that no process has open. */
const OWN = { '.': '700', 'mingce.db': '600', 'mingce.db.lock': '600' };

/** The modes of a folder and all that is in it, by name. */
function modesIn(folder: string): Readonly<Record<string, string>> {
  const modes: Record<string, string> = { '.': modeOf(folder) };
  for (const name of readdirSync(folder)) modes[name] = modeOf(join(folder, name));
  return modes;
}

function modeOf(path: string): string {
  return (statSync(path).mode & 0o7777).toString(8);
}

describe.skipIf(process.platform === 'win32')('Everything kept or written out is for its owner alone', () => {
  test.each([0o022, 0o000, 0o077])('under the umask %o', async (umask) => {
    using folder = scratchFolder();
    // What is started here has the same umask.
    process.umask(umask);
    const data = folder.file('data');
    const server = await startServer(['--data', data]);
    const admin = ['--server', server.url, '--admin-key', 'mingce-demo-admin'];
    expect(modesIn(data), 'while it serves').toEqual({ ...OWN, 'mingce.db-wal': '600', 'mingce.db.address': '600' });
    const [copy, file, made, schema] = [
      folder.file('copy.db'),
      folder.file('demo.yaml'),
      folder.file('made.yaml'),
      folder.file('schema.json'),
    ];
    // One that is there and open is closed before it is written.
    writeFileSync(file, 'old');
    chmodSync(file, 0o666);
    for (const args of [
      ['backup', '--out', copy, ...admin],
      ['export', 'demo', '--out', file, ...admin],
      ['generate', '--employees', '3', '--out', made],
      ['schema', '--out', schema],
    ]) {
      expect(await command(...args)).toMatchObject({ code: 0 });
    }
    for (const path of [copy, file, made, schema]) expect(modeOf(path), path).toBe('600');
    await server.stop();
    expect(modesIn(data), 'after its end').toEqual(OWN);

    const other = folder.file('other');
    expect(await command('restore', copy, '--data', other)).toMatchObject({ code: 0 });
    expect(modesIn(other), 'put back').toEqual(OWN);
    writeFileSync(join(other, 'mingce.db'), 'no database '.repeat(1_000));
    chmodSync(join(other, 'mingce.db'), 0o644);
    expect(await command('restore', copy, '--force', '--data', other)).toMatchObject({ code: 0 });
    expect(modesIn(other), 'and what was set aside').toEqual({ ...OWN, 'mingce.db.damaged': '600' });
  });

  test('a copy is never open to others while it is made or put back', async () => {
    using folder = scratchFolder();
    process.umask(0);
    const data = folder.file('data');
    const server = await startServer(['--data', data]);
    const seen = new Set<string>();
    let isOver = false;
    const looking = (async () => {
      while (!isOver) {
        for (const [name, mode] of Object.entries(modesOrNone(data))) seen.add(`${name} ${mode}`);
        await new Promise(setImmediate);
      }
    })();
    const headers = { authorization: 'Bearer mingce-demo-admin' };
    const copy = await (await fetch(`${server.url}/mingce/v1/backup`, { method: 'POST', headers })).arrayBuffer();
    const put = await fetch(`${server.url}/mingce/v1/restore?force=true`, { method: 'POST', headers, body: copy });
    expect(put.status).toBe(200);
    isOver = true;
    await looking;
    await server.stop();
    expect([...seen].filter((one) => one !== '. 700' && !one.endsWith(' 600'))).toEqual([]);
    expect([...seen].join()).toContain('mingce.db.');
  });

  test('data that was open to others is closed at the start, with one line in the log', async () => {
    using folder = scratchFolder();
    const data = folder.file('data');
    await (await startMingce({ data, log: silentLog })).close();
    chmodSync(data, 0o755);
    chmodSync(join(data, 'mingce.db'), 0o644);
    const reply: unknown[] = [];
    const log: Log = { ...silentLog, warn: (event, fields) => void reply.push([event, fields]) };
    const mingce = await startMingce({ data, log });
    expect(modesIn(data)).toEqual({ ...OWN, 'mingce.db-wal': '600' });
    await mingce.close();
    expect(reply).toEqual([['data-was-open', { files: 1, folders: 1 }]]);
    await (await startMingce({ data, log })).close();
    expect(reply, 'once').toHaveLength(1);
  });

  test('a folder that holds other things too stays as it is, the data in it does not', async () => {
    using folder = scratchFolder();
    const shared = folder.file('shared');
    mkdirSync(shared);
    chmodSync(shared, 0o755);
    writeFileSync(join(shared, 'notes.txt'), 'of someone else');
    chmodSync(join(shared, 'notes.txt'), 0o644);
    await (await startMingce({ store: `sqlite:${join(shared, 'people.db')}`, log: silentLog })).close();
    expect(modesIn(shared)).toEqual({ '.': '755', 'notes.txt': '644', 'people.db': '600', 'people.db.lock': '600' });
  });
});

function modesOrNone(folder: string): Readonly<Record<string, string>> {
  try {
    return modesIn(folder);
  } catch {
    // Something was removed between the two looks.
    return {};
  }
}
