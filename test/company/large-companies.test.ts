import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { companyFiles } from '../../src/company/company-files.ts';
import { dialects } from '../../src/dialects/registry.ts';
import { StoreBusyError } from '../../src/directory/errors.ts';
import { load, type Decision, type StoreTask } from '../../src/directory/store.ts';
import type { Companies } from '../../src/company/contract.ts';
import { randomIds } from '../../src/lib/ids.ts';
import { APPLIED } from '../../src/directory/snapshots.ts';
import { openStore } from '../../src/store/open.ts';
import type { OpenedStore } from '../../src/store/replaceable-store.ts';

/*
 * A large company is rewritten and removed in batches on the embedded store. No read, change or copy sees it half done,
 * also where the process ends meanwhile.
 */

const PEOPLE = 350;

const fileOf = (title: string, people = PEOPLE, more: object = {}): string =>
  JSON.stringify({
    mingce: 1,
    key: 'large',
    name: `Large ${title}`,
    feishu: { apps: [{ app_id: 'cli_large', app_secret: 's' }] },
    job_titles: ['a', 'b', 'c'].map((id) => ({ id, name: id })),
    employees: Array.from({ length: people }, (_none, index) => ({
      id: `e${String(index)}`,
      name: 'E',
      job_title: title,
      job_number: `${title}${String(index)}`,
      account: { mobile: `+86138${String(10_000_000 + index)}` },
    })),
    ...more,
  });

let folder: string;
let store: OpenedStore;
let companies: Companies;
const clock = { now: () => Date.parse('2026-11-01T00:00:00Z') };
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mingce-large-'));
  store = await openStore(`sqlite:${join(folder, 'mingce.db')}`);
  companies = companyFiles(store, dialects, clock, randomIds);
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const apply = (text: string): ReturnType<Companies['apply']> =>
  companies.apply('large', text, { plan: false, request: 'r' });

/** What a caller sees of the company at one moment. */
interface Seen {
  readonly name: string;
  readonly total: number;
  readonly titles: readonly string[];
}

async function seen(from: OpenedStore = store): Promise<Seen | null> {
  const tenant = await from.tenantByKey('large');
  if (tenant === null) return null;
  const { number } = tenant;
  return await from.read(function* (): StoreTask<Seen | null> {
    const now = yield* load('tenant', { number });
    if (now === null) return null;
    const about = { tenant: number, offset: 0, limit: 10_000, order: 'created' } as const;
    const { total, employees } = yield* load('employee-page', about);
    return { name: now.parts.name, total, titles: [...new Set(employees.map(({ jobTitle }) => jobTitle ?? ''))] };
  });
}

/** Looks again and again while the work goes on; answers every different thing that was seen. */
async function seenDuring(work: Promise<unknown>, look: () => Promise<unknown> = seen): Promise<readonly string[]> {
  let isDone = false;
  const noted = work.finally(() => (isDone = true));
  noted.catch(() => undefined);
  const all = new Set<string>();
  while (!isDone) {
    all.add(JSON.stringify(await look()));
    await setImmediate();
  }
  await noted;
  return [...all];
}

const whole = (title: string): string => JSON.stringify({ name: `Large ${title}`, total: PEOPLE, titles: [title] });

test('a new company is seen with everyone in it, or not at all', async () => {
  expect([whole('a'), 'null']).toEqual(expect.arrayContaining([...(await seenDuring(apply(fileOf('a'))))]));
  expect(JSON.stringify(await seen())).toBe(whole('a'));
  expect((await apply(fileOf('a'))).steps).toEqual([]);
});

test('one that is changed is seen as it was or as it is now', async () => {
  await apply(fileOf('a'));
  expect([whole('a'), whole('b')]).toEqual(expect.arrayContaining([...(await seenDuring(apply(fileOf('b'))))]));
  expect(JSON.stringify(await seen())).toBe(whole('b'));
  expect((await apply(fileOf('b'))).steps).toEqual([]);
  expect((await store.check()).damage).toEqual([]);
});

test('callers see the snapshot of one file or of the other, whole, while the next is taken', async () => {
  await apply(fileOf('a'));
  const look = async (): Promise<unknown> => {
    const names = (await store.snapshots.list('large')).map(({ name }) => name);
    const { employees, accounts } = await store.snapshots.contents('large', APPLIED);
    return [names, employees.length, accounts.size, [...new Set(employees.map(({ jobTitle }) => jobTitle))]];
  };
  const wholeOf = (title: string): string => JSON.stringify([[APPLIED], PEOPLE, PEOPLE, [title]]);
  expect([wholeOf('a'), wholeOf('b')]).toEqual(
    expect.arrayContaining([...(await seenDuring(apply(fileOf('b')), look))]),
  );
  expect(JSON.stringify(await look())).toBe(wholeOf('b'));
});

test('its people are found by what they have now, and by nothing they had', async () => {
  await apply(fileOf('a'));
  await apply(fileOf('b', PEOPLE - 100));
  const tenant = (await store.tenantByKey('large'))?.number ?? 0;
  const about = { tenant, space: 'job-number', values: ['a7', 'b7', `b${String(PEOPLE - 1)}`] } as const;
  const found = await store.read(() => load('employees-by', about));
  expect([...found.keys()]).toEqual(['b7']);
  const accounts = await store.read(() =>
    load('accounts-by', { by: 'mobile', values: ['+8613810000007', `+86138${String(10_000_000 + PEOPLE - 1)}`] }),
  );
  expect([...accounts.keys()]).toEqual(['+8613810000007']);
  expect((await store.check()).damage).toEqual([]);
});

/** Gives somebody another title, as a platform would. */
async function retitle(id: string, title: string): Promise<void> {
  const tenant = (await store.tenantByKey('large'))?.number ?? 0;
  await store.write(function* (): StoreTask<Decision<void>> {
    const before = (yield* load('employees-by-id', { tenant, ids: [id] })).get(id);
    if (before === undefined) return { answer: undefined, effects: [] };
    const after = { ...before, jobTitle: title };
    const fields = { jobTitle: [before.jobTitle, title] } as const;
    const origin = { dialect: 'test', operation: 'retitle', app: null, request: 'r', at: clock.now() };
    return { answer: undefined, effects: [{ write: 'employee', tenant, before, after, fields, origin }] };
  });
}

test('whoever is changed while a file is thought about is as the file says in the end', async () => {
  await apply(fileOf('a'));
  let turn = 0;
  await seenDuring(apply(fileOf('b')), () => retitle(`e${String(turn++ % PEOPLE)}`, 'c'));
  // Changes that came after the company was rewritten are not the file's.
  const { titles } = (await seen()) ?? { titles: [] };
  expect(titles).toContain('b');
  expect(titles).not.toContain('a');
  await apply(fileOf('b'));
  expect(JSON.stringify(await seen())).toBe(whole('b'));
  expect((await store.check()).damage).toEqual([]);
});

/** The data as a process leaves it that ends between two turns. */
function dataNow(): Buffer[] {
  return ['', '-wal'].map((end) => readFileSync(join(folder, `mingce.db${end}`)));
}

test('a process that ends meanwhile leaves one of both, whole when it is opened again', async () => {
  await apply(fileOf('a'));
  const ends: Buffer[][] = [];
  await seenDuring(apply(fileOf('b')), () => Promise.resolve(ends.push(dataNow())));
  let unfinished = 0;
  // Some of them, among these the last ones.
  const chosen = ends.filter((_end, index) => index % 32 === 0 || index > ends.length - 8);
  for (const [index, [main = '', log = '']] of chosen.entries()) {
    const file = join(folder, `copy-${String(index)}.db`);
    writeFileSync(file, main);
    writeFileSync(`${file}-wal`, log);
    const db = new DatabaseSync(file);
    unfinished += Number(db.prepare('SELECT count(*) AS n FROM rewriting WHERE tenant IS NOT NULL').get()?.['n']);
    db.close();
    const reopened = await openStore(`sqlite:${file}`);
    const found = JSON.stringify(await seen(reopened));
    expect([whole('a'), whole('b')]).toContain(found);
    expect((await reopened.check()).damage).toEqual([]);
    // What a reset returns to is whole as well, and is that of one file.
    const kept = await reopened.snapshots.contents('large', APPLIED);
    const titles = new Set(kept.employees.map(({ jobTitle }) => jobTitle));
    expect([kept.employees.length, kept.accounts.size, [...titles]]).toEqual([PEOPLE, PEOPLE, [found.slice(-4, -3)]]);
    expect(kept.tenant.parts.name).toBe(`Large ${found.slice(-4, -3)}`);
    await reopened.close();
    const left = new DatabaseSync(file);
    expect(
      left.prepare('SELECT (SELECT count(*) FROM rewriting) + (SELECT count(*) FROM rewriting_piece) AS n').get(),
    ).toEqual({ n: 0 });
    const copies = ['snapshot', 'snapshot_employee', 'snapshot_account'].map(
      (table) => left.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n'],
    );
    expect(copies).toEqual([1, PEOPLE, PEOPLE]);
    left.close();
  }
  expect(unfinished).toBeGreaterThan(0);
}, 120_000);

test('one change to a company of many people has its snapshot taken a piece at a time, too', async () => {
  const many = 1_200;
  await apply(fileOf('a', many));
  const ends: Buffer[][] = [];
  const changed = fileOf('a', many).replace('"name":"E"', '"name":"F"');
  let looks = 0;
  await seenDuring(apply(changed), () => Promise.resolve(looks++ % 4 === 0 && ends.push(dataNow())));
  const copied = ends.map(([main = '', log = '']) => {
    const file = join(folder, 'looked.db');
    writeFileSync(file, main);
    writeFileSync(`${file}-wal`, log);
    const db = new DatabaseSync(file);
    const { n } = db.prepare('SELECT count(*) AS n FROM snapshot_employee').get() ?? {};
    db.close();
    return Number(n);
  });
  expect(copied.filter((count) => count % many !== 0).length).toBeGreaterThan(1);
  expect(
    (await store.snapshots.contents('large', APPLIED)).employees.filter(({ name }) =>
      JSON.stringify(name).includes('F'),
    ),
  ).toHaveLength(1);
});

test('a company that is removed is there with everyone or not at all, and leaves nothing', async () => {
  const counts = (): unknown => {
    const db = new DatabaseSync(':memory:');
    db.exec(`ATTACH '${join(folder, 'counted.db')}' AS kept`);
    const tables = ['employee', 'lookup', 'change', 'departed', 'account', 'account_member', 'headcount', 'tenant'];
    const reply = tables.map((table) => db.prepare(`SELECT count(*) AS n FROM kept.${table}`).get()?.['n']);
    db.close();
    return reply;
  };
  await apply(fileOf('a'));
  await apply(fileOf('b', PEOPLE - 100));
  const before = JSON.stringify(await seen());
  expect([before, 'null']).toEqual(expect.arrayContaining([...(await seenDuring(companies.remove('large', 'r')))]));
  expect(await seen()).toBeNull();
  expect(await companies.keys()).toEqual([]);
  const { backups } = store;
  if (typeof backups === 'string') throw new Error(backups);
  const pieces: Uint8Array[] = [];
  for await (const piece of await backups.copy()) pieces.push(piece);
  writeFileSync(join(folder, 'counted.db'), Buffer.concat(pieces));
  // One change stays: that the company was removed.
  expect(counts()).toEqual([0, 0, 1, 0, 0, 0, 0, 0]);
  await apply(fileOf('a'));
  expect(JSON.stringify(await seen())).toBe(whole('a'));
});

test('a login is not claimed while the company that takes it is being written', async () => {
  await apply(fileOf('a'));
  const claims: (string | undefined)[] = [];
  await seenDuring(apply(fileOf('b', PEOPLE, { departments: [{ id: 'root', name: 'R' }] })), async () => {
    const mobile = '+8613810000001';
    const found = await store.read(() => load('accounts-by', { by: 'mobile', values: [mobile] }));
    claims.push(
      found
        .get(mobile)
        ?.memberships.map(({ employee }) => employee)
        .join(),
    );
  });
  expect(new Set(claims)).toEqual(new Set(['e1']));
});

test('a store that is closed meanwhile finishes what it had decided when it is opened again', async () => {
  await apply(fileOf('a'));
  const applying = apply(fileOf('b')).then(
    () => 'done',
    (error: unknown) => error,
  );
  for (let turn = 0; turn < 60; turn++) await setImmediate();
  await store.close();
  const reply = await applying;
  expect(reply === 'done' || reply instanceof StoreBusyError).toBe(true);
  store = await openStore(`sqlite:${join(folder, 'mingce.db')}`);
  companies = companyFiles(store, dialects, clock, randomIds);
  expect([whole('a'), whole('b')]).toContain(JSON.stringify(await seen()));
  expect((await store.check()).damage).toEqual([]);
});
