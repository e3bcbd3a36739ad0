import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { startMingce, type Mingce, type StartOptions } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { RequestView } from '../../src/sandbox/journal/contract.ts';
import { sqliteUrlIn } from '../../src/config.ts';
import { openStore } from '../../src/store/open.ts';
import { freshSchema } from '../support/fresh-store.ts';
import { scratchFolder } from '../support/program.ts';

/* The journal in the store: the same on every node and after a restart, with people masked and without secrets. */

const ADMIN = 'stored-journal-admin-key';
const company = `
mingce: 1
key: one
name: 恒信
feishu: { rate_limit_enabled: false, apps: [{ app_id: cli_stored, app_secret: very-secret-of-an-app }] }
departments: [{ id: root, name: 恒信 }]
employees: [{ id: li, name: 李四光, mobile: "+8613712345678" }]
`;

const open: Mingce[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((mingce) => mingce.close()));
});
async function start(options: StartOptions): Promise<Mingce> {
  const journal = { in: 'store' as const, ...options.journal };
  const mingce = await startMingce({ adminKey: ADMIN, log: silentLog, sandbox: 'on', ...options, journal });
  open.push(mingce);
  return mingce;
}

async function stop(mingce: Mingce): Promise<void> {
  open.splice(open.indexOf(mingce), 1);
  await mingce.close();
}

async function tokenOf(mingce: Mingce): Promise<string> {
  const answer = await mingce.fetch(`${mingce.url}/open-apis/auth/v3/tenant_access_token/internal`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ app_id: 'cli_stored', app_secret: 'very-secret-of-an-app' }),
  });
  return ((await answer.json()) as { tenant_access_token: string }).tenant_access_token;
}
async function patch(mingce: Mingce, token: string, employee: object): Promise<string> {
  const answer = await mingce.fetch(`${mingce.url}/open-apis/directory/v1/employees/li?employee_id_type=employee_id`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ employee }),
  });
  expect(await answer.json()).toMatchObject({ code: 0 });
  return answer.headers.get('x-mingce-request') ?? '';
}
async function admin(mingce: Mingce, path: string, method = 'GET'): Promise<Response> {
  return await mingce.fetch(`${mingce.url}/mingce/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${ADMIN}` },
  });
}
async function list(mingce: Mingce, query = ''): Promise<readonly RequestView[]> {
  const answer = (await (await admin(mingce, `requests?${query}`)).json()) as {
    requests: readonly RequestView[];
    scope: string;
  };
  expect(answer.scope).toBe('all');
  return answer.requests;
}

test('it is there again after a restart, as it was shown before', async () => {
  using folder = scratchFolder();
  const data = folder.file('data');
  const first = await start({ data, companies: [company] });
  const token = await tokenOf(first);
  const id = await patch(first, token, {
    name: { name: { default_value: '张三丰' } },
    mobile: '+8613799990000',
    colour: 1,
  });
  const before = await (await admin(first, `requests/${id}`)).json();
  expect(JSON.stringify(before)).toContain('张*#');
  await stop(first);
  const second = await start({ data });
  const after = await (await admin(second, `requests/${id}`)).json();
  expect(after).toEqual(before);
  expect((await list(second, 'q=verdict:unknown')).map((entry) => entry.id)).toEqual([id]);
  expect(await list(second)).toHaveLength(2);
  await stop(second);
  // Neither secrets nor people are in what is kept of requests.
  const store = await openStore(sqliteUrlIn(data));
  const { requests } = await store.requests.newest(10);
  await store.close();
  const text = JSON.stringify(requests);
  expect(requests).toHaveLength(2);
  for (const secret of [token, 'very-secret-of-an-app', '张三丰', '13799990000']) expect(text).not.toContain(secret);
});

test('no more is kept than the limits say, and cleared it is empty', async () => {
  using folder = scratchFolder();
  const data = folder.file('data');
  const first = await start({ data, companies: [company], journal: { entries: 5 } });
  const token = await tokenOf(first);
  for (let n = 1; n <= 12; n++) await patch(first, token, { job_number: String(n) });
  await stop(first);
  const second = await start({ data, journal: { entries: 5 } });
  expect(await second.store.requests.newest(100)).toMatchObject({ requests: { length: 5 } });
  expect(await list(second)).toHaveLength(5);
  await second.store.requests.trim({ entries: 5, bytes: 3_000, ageMs: 86_400_000 }, Date.now());
  const { requests } = await second.store.requests.newest(100);
  expect(requests.length).toBeGreaterThan(0);
  expect(requests.length).toBeLessThan(5);
  await second.store.requests.trim({ entries: 5, bytes: 3_000, ageMs: 1_000 }, Date.now() + 3_600_000);
  expect((await second.store.requests.newest(100)).requests).toEqual([]);
  expect((await admin(second, 'requests', 'DELETE')).status).toBe(204);
  expect(await list(second)).toEqual([]);
});

test('every node shows what every node answered, and what one clears is gone from all', async () => {
  const store = await freshSchema();
  const one = await start({ store, companies: [company] });
  const other = await start({ store });
  const token = await tokenOf(one);
  const ids = [await patch(one, token, { job_number: '1' }), await patch(other, token, { job_number: '2' })];
  for (const node of [one, other]) {
    await expect
      .poll(async () => (await list(node, 'operation=employee.patch')).map(({ id }) => id).toSorted(), {
        timeout: 10_000,
      })
      .toEqual(ids.toSorted());
  }
  expect((await (await admin(other, `requests/${ids[0] ?? ''}`)).json()) as object).toMatchObject({
    company: 'one',
    employee: 'li',
    fields: [{ verdict: 'applied' }, { field: '?employee_id_type', verdict: 'used' }],
  });
  await admin(one, 'requests', 'DELETE');
  await expect.poll(async () => (await list(other)).length, { timeout: 10_000 }).toBe(0);
});

test('a store that takes nothing delays no answer, and the journal goes on in memory', async () => {
  const mingce = await start({ companies: [company] });
  const token = await tokenOf(mingce);
  let refused = 0;
  Reflect.set(mingce.store.requests, 'add', () => Promise.reject(new Error(`no room ${String(++refused)}`)));
  await patch(mingce, token, { job_number: '7' });
  await expect.poll(() => refused).toBeGreaterThan(0);
  expect(await list(mingce)).toHaveLength(2);
});

test('the setting is documented', () => {
  expect(readFileSync(new URL('../../docs/journal.md', import.meta.url), 'utf8')).toContain('MINGCE_JOURNAL=store');
});
