import {
  closeSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { silentLog, startMingce, type Mingce } from '../../src/index.ts';
import { logTo } from '../../src/lib/log.ts';
import { feishuWire, hoseWire, openLook, wecomWire, type PlatformClient } from '../support/clients/crash.ts';
import { runProgram, scratchFolder } from '../support/program.ts';
import { disableRateLimits } from '../support/running-server.ts';
import { command } from '../support/command.ts';

/* What happens to a running server whose files are taken away, cut or written over by others. */

const PEOPLE = { feishu: 'linfeng', wecom: 'hebin', hose: 'tangjing' } as const;
const ADMIN = { authorization: 'Bearer mingce-demo-admin' };

/** The demo company without rate limits, in a folder that each test gets a copy of. */
let prepared: ReturnType<typeof scratchFolder>;
beforeAll(async () => {
  prepared = scratchFolder();
  const mingce = await startMingce({ data: prepared.file('data'), demo: true, log: silentLog });
  await disableRateLimits(mingce.url);
  // So that most of it is in the database, and some in the log.
  await mingce.close();
});
afterAll(() => {
  prepared[Symbol.dispose]();
});

let folder: ReturnType<typeof scratchFolder>;
let data: string;
let file: string;
let mingce: Mingce;
let wires: readonly PlatformClient[];
let logged: string[];

beforeEach(async () => {
  folder = scratchFolder();
  data = folder.file('data');
  file = folder.file('data/mingce.db');
  logged = [];
  cpSync(prepared.file('data'), data, { recursive: true });
  mingce = await start();
  wires = await Promise.all([
    feishuWire(mingce.url, [PEOPLE.feishu]),
    wecomWire(mingce.url, [PEOPLE.wecom]),
    hoseWire(mingce.url, [PEOPLE.hose]),
  ]);
});
afterEach(async () => {
  await mingce.close();
  folder[Symbol.dispose]();
});

function start(): Promise<Mingce> {
  return startMingce({ data, demo: true, log: logTo((line) => logged.push(line), 'warn') });
}

/** Writes over each platform; answers what became of that. */
function written(text: string): Promise<readonly string[]> {
  return Promise.all(wires.map((wire) => wire.write(text)));
}

const KEPT = ['kept', 'kept', 'kept'];
const BUSY = ['busy', 'busy', 'busy'];

async function ready(): Promise<number> {
  return (await fetch(`${mingce.url}/readyz`)).status;
}

async function lostMetric(): Promise<string | undefined> {
  const reply = await (await fetch(`${mingce.url}/metrics`, { headers: ADMIN })).text();
  return /^mingce_store_lost (\S+)$/m.exec(reply)?.[1];
}

function losses(): readonly unknown[] {
  return logged.map((line) => JSON.parse(line) as Record<string, unknown>).flatMap(({ loss }) => loss ?? []);
}

/** The names that everybody shows. */
async function namesAt(url: string): Promise<ReadonlySet<string>> {
  const shown = await (await openLook(url))(Object.values(PEOPLE));
  return new Set(shown.map(({ name }) => name));
}

/** Another company's data, as a file. */
async function otherData(): Promise<string> {
  await (await startMingce({ data: folder.file('other'), log: silentLog })).close();
  return folder.file('other/mingce.db');
}

const cases: Readonly<Record<string, { readonly loss: string; readonly take: () => void | Promise<void> }>> = {
  'the files are deleted': {
    loss: 'gone',
    take: () => {
      for (const name of readdirSync(data)) rmSync(`${data}/${name}`);
    },
  },
  'the folder is deleted': {
    loss: 'gone',
    take: () => {
      rmSync(data, { recursive: true });
    },
  },
  'the folder is renamed': {
    loss: 'gone',
    take: () => {
      renameSync(data, folder.file('elsewhere'));
    },
  },
  'another file is put in the place of the database': {
    loss: 'replaced',
    take: async () => {
      renameSync(await otherData(), file);
    },
  },
  'another folder is put in its place': {
    loss: 'replaced',
    take: async () => {
      await otherData();
      renameSync(data, folder.file('elsewhere'));
      renameSync(folder.file('other'), data);
    },
  },
  'the database is written over': {
    loss: 'overwritten',
    take: async () => {
      copyFileSync(await otherData(), file);
    },
  },
  'the database is cut short': {
    loss: 'overwritten',
    take: () => {
      truncateSync(file, 4_096);
    },
  },
  'the log is deleted': {
    loss: 'log',
    take: () => {
      rmSync(`${file}-wal`);
    },
  },
  'the log is emptied': {
    loss: 'log',
    take: () => {
      truncateSync(`${file}-wal`);
    },
  },
};

describe.each(Object.entries(cases))('while it serves %s:', (_name, { loss, take }) => {
  test('nothing more is acknowledged, on any platform, and the operator learns of it', async () => {
    expect(await written('n1')).toEqual(KEPT);
    expect([await ready(), await lostMetric()]).toEqual([200, '0']);
    await take();
    expect(await written('n2')).toEqual(BUSY);
    expect(await written('n3')).toEqual(BUSY);
    expect([await ready(), await lostMetric()]).toEqual([503, '1']);
    expect(losses(), 'one line, once').toEqual([loss]);
    const read = await fetch(`${mingce.url}/mingce/v1/companies`, { headers: ADMIN });
    expect(read.status, 'nor is anything told of it').toBe(503);
  });
});

const LOOKS = [
  ['/readyz', 503],
  ['/metrics', 200],
] as const;

test.each(LOOKS)('%s tells of files that are gone without anything being written', async (path, status) => {
  renameSync(data, folder.file('elsewhere'));
  const answer = await fetch(mingce.url + path, { headers: ADMIN });
  expect(answer.status).toBe(status);
  expect(losses()).toEqual(['gone']);
});

test('when the same files are back everything goes on, and nothing that was acknowledged is missing', async () => {
  expect(await written('n1')).toEqual(KEPT);
  renameSync(data, folder.file('elsewhere'));
  expect(await written('n2')).toEqual(BUSY);
  renameSync(folder.file('elsewhere'), data);
  expect(await ready()).toBe(200);
  expect(await namesAt(mingce.url)).toEqual(new Set(['n1']));
  expect(await written('n4')).toEqual(KEPT);
  expect(logged.some((line) => line.includes('data-back'))).toBe(true);
});

test('data that was deleted can still be saved from the server that had it open', async () => {
  expect(await written('n1')).toEqual(KEPT);
  rmSync(data, { recursive: true });
  expect(await written('n2')).toEqual(BUSY);
  const copy = folder.file('copy.db');
  expect(await command('backup', '--out', copy, '--server', mingce.url)).toMatchObject({ code: 0, stderr: '' });
  await mingce.close();
  expect(await command('restore', copy, '--data', data)).toMatchObject({ code: 0, stderr: '' });
  mingce = await start();
  expect(await namesAt(mingce.url)).toEqual(new Set(['n1']));
});

test('what a log held that was deleted is in the database after a restart', async () => {
  expect(await written('n1')).toEqual(KEPT);
  rmSync(`${file}-wal`);
  expect(await written('n2')).toEqual(BUSY);
  // Not by its own closing: what was acknowledged is saved as soon as that is noticed.
  mkdirSync(folder.file('kept'));
  copyFileSync(file, folder.file('kept/mingce.db'));
  const again = await startMingce({ data: folder.file('kept'), log: silentLog });
  expect(await namesAt(again.url)).toEqual(new Set(['n1']));
  await again.close();
});

test.each(['replaced', 'overwritten'])('a file that was put there (%s) is left as it is', async (how) => {
  expect(await written('n1')).toEqual(KEPT);
  const other = await otherData();
  const bytes = readFileSync(other);
  if (how === 'replaced') renameSync(other, file);
  else writeFileSync(file, bytes);
  await mingce.close();
  expect(readFileSync(file).equals(bytes)).toBe(true);
  expect(readdirSync(data), 'no log is left that would be brought into it').not.toContain('mingce.db-wal');
  const again = await startMingce({ data, log: silentLog });
  expect(await again.companies.keys()).toEqual([]);
  await again.close();
});

test('a file that is only touched is the same file', async () => {
  const now = new Date();
  utimesSync(file, now, now);
  expect(await written('n1')).toEqual(KEPT);
  expect(losses()).toEqual([]);
});

describe('a second server', () => {
  const second = async (): Promise<string> => {
    const { code, stderr } = await runProgram(['export', 'demo', '--data', data, '--out', folder.file('demo.yaml')]);
    return `${String(code)} ${stderr}`;
  };

  test('does not start beside one whose database was deleted', async () => {
    rmSync(file);
    rmSync(`${file}-wal`);
    expect(await second()).toMatch(/^1 mingce: .*in use|^1 .*running Mingce/);
  });

  test('does not start where the first one’s process opened and closed the database by other means', async () => {
    // Which drops the locks that POSIX gave the process on that file.
    copyFileSync(file, folder.file('by-hand.db'));
    closeSync(openSync(file, 'r'));
    expect(await second()).toMatch(/^1 mingce: .*in use|^1 .*running Mingce/);
    expect(await written('n1')).toEqual(KEPT);
  });

  test('that starts although, since all locks were dropped, is noticed before anything else is acknowledged', async () => {
    expect(await written('n1')).toEqual(KEPT);
    for (const name of readdirSync(data)) closeSync(openSync(`${data}/${name}`, 'r'));
    expect(await second()).toBe('0 ');
    expect(await written('n2')).toEqual(BUSY);
    expect(losses()).toEqual(['taken']);
    const size = statSync(file).size;
    await mingce.close();
    expect(statSync(file).size, 'nor is anything written over when it ends').toBe(size);
    mingce = await start();
    expect(await namesAt(mingce.url)).toEqual(new Set(['n1']));
  });
});
