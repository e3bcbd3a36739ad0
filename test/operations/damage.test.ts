import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentLog, startMingce, type Mingce } from '../../src/index.ts';
import { StoreUnusableError } from '../../src/store/engine.ts';
import { Writers } from '../crash/writers.ts';
import { scratchFolder } from '../support/program.ts';
import { startServer } from '../support/running-server.ts';
import { command } from '../support/command.ts';

const PAGE = 4_096;
const ADMIN = { authorization: 'Bearer mingce-demo-admin' };

/** Data as a server left it that was stopped, and as one that was killed, after writes over three wires. */
let folder: ReturnType<typeof scratchFolder>;
let stopped: Buffer;
let killed: { readonly db: Buffer; readonly log: Buffer };
let reply: string;

beforeAll(async () => {
  folder = scratchFolder();
  const data = folder.file('data');
  const server = await startServer(['--data', data]);
  const writers = new Writers();
  const { ended } = await writers.begin([server.url]);
  await sleep(1_000);
  writers.stop();
  await ended;
  await server.kill();
  killed = { db: readFileSync(join(data, 'mingce.db')), log: readFileSync(join(data, 'mingce.db-wal')) };
  const mingce = await startMingce({ data, demo: true, log: silentLog });
  reply = await everything(mingce);
  await mingce.close();
  stopped = readFileSync(join(data, 'mingce.db'));
});
afterAll(() => {
  folder[Symbol.dispose]();
});

/** What a directory tells of all companies: their files, and everyone's record and history. */
async function everything(mingce: Mingce): Promise<string> {
  const parts: string[] = [];
  for (const key of await mingce.companies.keys()) {
    parts.push(String(await mingce.companies.export(key)));
    const number = (await mingce.store.tenantByKey(key))?.number ?? 0;
    for await (const employee of mingce.store.employees(number)) {
      const path = `/mingce/v1/companies/${key}/employees/${employee.id}/changes?limit=1000`;
      parts.push(JSON.stringify(employee), await (await fetch(mingce.url + path, { headers: ADMIN })).text());
    }
  }
  return parts.join('\n');
}

let count = 0;
/** A data folder with these files. */
function dataOf(db: Buffer, log?: Buffer): string {
  const data = folder.file(`case-${String(++count)}`);
  mkdirSync(data);
  writeFileSync(join(data, 'mingce.db'), db);
  if (log !== undefined) writeFileSync(join(data, 'mingce.db-wal'), log);
  return data;
}

/** What a start makes of a folder: it is refused in a sentence, or all data is as before. */
async function verdictOn(data: string): Promise<'refused' | 'as it was' | 'something else'> {
  let mingce: Mingce;
  try {
    mingce = await startMingce({ data, demo: true, log: silentLog });
  } catch (error) {
    if (!(error instanceof StoreUnusableError && error.message.includes('damaged'))) throw error;
    return 'refused';
  }
  try {
    return (await everything(mingce)) === reply ? 'as it was' : 'something else';
  } finally {
    await mingce.close();
  }
}

/** Numbers that are the same in each run. */
function* seeded(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    yield state;
  }
}

/** A copy with one bit changed in a byte that is not zero, as nearly all bytes in use are. */
function flipped(bytes: Buffer, numbers: Iterator<number, never>, from = 0, to = bytes.length): Buffer {
  const copy = Buffer.from(bytes);
  let at = from;
  do at = from + (numbers.next().value % (to - from));
  while (copy[at] === 0);
  copy[at] = (copy[at] ?? 0) ^ (1 << ((numbers.next().value >> 8) % 8));
  return copy;
}

/** The numbers of pages on SQLite's list of free ones, but for those that hold the list (file format 1.5). */
function unusedPages(db: Buffer): ReadonlySet<number> {
  const unused = new Set<number>();
  for (let trunk = db.readUInt32BE(32); trunk !== 0; trunk = db.readUInt32BE((trunk - 1) * PAGE)) {
    const start = (trunk - 1) * PAGE + 4;
    const count = db.readUInt32BE(start);
    for (let index = 1; index <= count; index++) unused.add(db.readUInt32BE(start + 4 * index));
  }
  return unused;
}

describe('A damaged database is not served', () => {
  test('with a page that is zeroed, whichever it is, unless nothing is kept there', async () => {
    const unused = unusedPages(stopped);
    expect(unused.size).toBeLessThan(stopped.length / PAGE / 4);
    for (let page = 0; page < stopped.length / PAGE; page++) {
      const damaged = Buffer.from(stopped).fill(0, page * PAGE, (page + 1) * PAGE);
      const verdict = unused.has(page + 1) ? 'as it was' : 'refused';
      expect(await verdictOn(dataOf(damaged)), `page ${String(page + 1)}`).toBe(verdict);
    }
  });

  test('with one bit changed anywhere, unless nothing is kept there', async () => {
    const numbers = seeded(1);
    const verdicts = { refused: 0, 'as it was': 0, 'something else': 0 };
    for (let round = 0; round < 60; round++) verdicts[await verdictOn(dataOf(flipped(stopped, numbers)))]++;
    expect(verdicts['something else']).toBe(0);
    // Bytes that rows left behind when they were removed or moved.
    expect(verdicts.refused).toBeGreaterThan(40);
  });

  test('with the history of someone cut off, or led to the change of another', async () => {
    for (const previous of ['0', '1', 'number + 1000000']) {
      const data = dataOf(stopped);
      const db = new DatabaseSync(join(data, 'mingce.db'));
      db.exec(
        `UPDATE change SET previous = ${previous} WHERE number = (SELECT max(number) FROM change WHERE previous > 1)`,
      );
      db.close();
      expect(await verdictOn(data), previous).toBe('refused');
    }
  });

  test('with one letter changed in a name, in a mobile by which someone is found, or in the history', async () => {
    for (const [table, column, where] of [
      ['employee', 'record', '1'],
      ['lookup', 'value', "space = 'mobile'"],
      ['change', 'fields', "fields LIKE '%jobNumber%'"],
      ['tenant_part', 'record', "kind = 'department'"],
      ['tenant', 'record', '1'],
      ['headcount', 'people', '1'],
      ['block_headcount', 'people', '1'],
      ['account_member', 'account', '1'],
    ] as const) {
      const data = dataOf(stopped);
      const db = new DatabaseSync(join(data, 'mingce.db'));
      const changed =
        column === 'people'
          ? 'people + 1'
          : `substr(${column}, 1, 20) || iif(substr(${column}, 21, 1) = 'x', 'y', 'x') || substr(${column}, 22)`;
      db.exec(
        `UPDATE ${table} SET ${column} = ${changed} WHERE ${column} = (SELECT ${column} FROM ${table} WHERE ${where} LIMIT 1)`,
      );
      db.close();
      expect(await verdictOn(data), table).toBe('refused');
      const found = await command('check', '--data', data);
      expect(found).toMatchObject({ code: 3 });
      expect(found.stdout).toMatch(new RegExp(`^table .*${table}`));
    }
  });

  test('with a bit changed in the log before its last transaction', async () => {
    const { db, log } = killed;
    expect(await verdictOn(dataOf(db, log)), 'as the kill left it').toBe('as it was');
    const numbers = seeded(2);
    for (let round = 0; round < 16; round++) {
      const data = dataOf(db, flipped(log, numbers, 0, log.length / 2));
      const before = readFileSync(join(data, 'mingce.db-wal'));
      expect(await verdictOn(data)).toBe('refused');
      expect(readFileSync(join(data, 'mingce.db-wal')).equals(before), 'the log stays for whoever looks into it').toBe(
        true,
      );
      expect(await command('check', '--data', data)).toMatchObject({ code: 3 });
    }
  });
});

describe('mingce check', () => {
  test('tells that all is well, in a folder, a copy and a running server', async () => {
    const data = dataOf(stopped);
    expect(await command('check', '--data', data)).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^2 companies with [0-9]+ employees: nothing is damaged\./) as string,
      stderr: '',
    });
    const mingce = await startMingce({ data, demo: true, log: silentLog });
    const there = await command('check', '--json', '--server', mingce.url);
    expect(there).toMatchObject({ code: 0, stderr: '' });
    const answer = JSON.parse(there.stdout) as object;
    expect(answer).toMatchObject({ whole: true, companies: 2, damage: [] });
    const inUse = await command('check', '--data', data);
    expect(inUse).toMatchObject({ code: 1, stdout: '' });
    expect(inUse.stderr).toContain('--server');
    const copy = folder.file('copy.db');
    expect((await command('backup', '--out', copy, '--server', mingce.url)).code).toBe(0);
    await mingce.close();
    expect(JSON.parse((await command('check', copy, '--json')).stdout)).toEqual(answer);
  });

  test('tells what is damaged with its own exit code, and no name or number of anybody', async () => {
    const numbers = seeded(3);
    let found = 0;
    for (let round = 0; round < 16; round++) {
      const { code, stdout, stderr } = await command('check', '--json', '--data', dataOf(flipped(stopped, numbers)));
      if (code === 0) continue;
      found++;
      expect({ code, stderr }).toMatchObject({ code: 3, stderr: expect.stringMatching(/damaged/) as string });
      const answer = JSON.parse(stdout) as { readonly damage: readonly string[] };
      expect(answer).toMatchObject({ whole: false });
      expect(answer.damage.join('\n')).toMatch(/^[\x20-\x7e\n]+$/);
      expect(answer.damage.join('\n')).not.toMatch(/\+86|1[0-9]{10}|@/);
    }
    expect(found).toBeGreaterThan(8);
  });

  test('refuses to look where there is nothing, and makes nothing there', async () => {
    const refused = await command('check', '--data', folder.file('nothing'));
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^mingce: There is no data in /);
  });
});
