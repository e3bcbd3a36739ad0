import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startMingce, type Mingce } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { TargetPlanLine } from '../../src/http/admin/targets/plan-contract.ts';
import { runProgram, scratchFolder } from '../support/program.ts';
import { aliasAt, startLive, withoutOwnLimits } from '../connectors/live.ts';
import { smallDemo } from '../support/small-demo.ts';

let live: Mingce;
let own: Mingce;
const folder = scratchFolder();
const BASE = '/mingce/v1/companies/demo/targets/hose';
const SOON = { timeout: 60_000, interval: 50 };

beforeAll(withoutOwnLimits);
beforeAll(async () => {
  vi.stubEnv('UNDO_HOSE', 'mingce-demo-security');
  live = await startLive(smallDemo);
  own = await startMingce({ log: silentLog, adminKey: 'sesame', data: folder.path });
  await apply('小张', '张三');
  await ask('POST', '/probe');
  await ask('POST', '/enable');
}, 60_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await own.close();
  await live.close();
});

async function apply(alias: string, name: string): Promise<void> {
  const file = smallDemo
    .replace('alias: 小张', `alias: ${alias}`)
    .replace('name: { value: 张三,', `name: { value: ${name},`);
  const target = `
targets:
  hose:
    base_url: ${live.url}
    continuous: true
    credentials: { app_key: mingce-demo-key, app_security: { env: UNDO_HOSE } }
    authority: { alias: ours, name: ours }
`;
  await own.companies.apply('demo', `${file}${target}`, { plan: false, request: 'r' });
}

async function ask<Body>(method: string, path: string): Promise<{ readonly status: number; readonly body: Body }> {
  const headers = { Authorization: 'Bearer sesame', 'Content-Type': 'application/json' };
  const answer = await fetch(`${own.url}${BASE}${path}`, {
    method,
    headers,
    ...(method === 'POST' ? { body: '{}' } : {}),
  });
  return { status: answer.status, body: (await answer.json()) as Body };
}

/** Changes the person and waits until that is there. */
async function change(alias: string, name: string): Promise<void> {
  await apply(alias, name);
  await vi.waitFor(async () => {
    const [newest] = await deliveries();
    expect(newest?.state).toBe('verified');
    expect(await aliasAt(live, 'zhangsan')).toBe(alias);
  }, SOON);
}

async function deliveries() {
  const [target] = await own.store.targets.list();
  return await own.store.targets.deliveries(target?.id ?? '', { limit: 10 });
}

test('everything that was written of an employee since a time is taken back, and nothing before', async () => {
  expect(smallDemo).toContain('name: { value: 张三,');
  await change('一', '张三');
  const [first] = await deliveries();
  const since = new Date((first?.updatedAt ?? 0) + 1).toISOString();
  await change('二', '张三三');
  await change('三', '张三三');

  for (const query of ['', '?since=', '?since=yesterday']) {
    expect((await ask('POST', `/employees/zhangsan/undo${query}`)).status).toBe(400);
  }
  const none = await ask<{ detail: string }>('POST', `/employees/linfeng/undo?since=${since}`);
  expect([none.status, none.body.detail]).toEqual([404, expect.stringContaining('nothing there')]);

  const out = folder.file('undo.jsonl');
  const args = ['deliver', 'undo', '--employee', 'zhangsan', '--to', 'hose'];
  const server = ['--server', own.url, '--admin-key', 'sesame'];
  const unsaid = await runProgram([...args, ...server]);
  expect([unsaid.code, unsaid.stderr]).toEqual([2, expect.stringContaining('--since')]);
  const made = await runProgram([...args, '--since', since, '--json', '--out', out, ...server]);
  expect([made.code, JSON.parse(made.stdout)]).toMatchObject([
    0,
    { undoes: `zhangsan ${since}`, steps: 1, reports: [] },
  ]);
  expect(readFileSync(out, 'utf8')).toContain('"to":"一"');

  const { status, body } = await ask<TargetPlanLine>('POST', `/employees/zhangsan/undo?since=${since}`);
  expect(status).toBe(202);
  await vi.waitFor(async () => {
    expect((await ask<TargetPlanLine>('GET', `/plans/${body.id}`)).body.state).toBe('ready');
  }, SOON);
  await ask('POST', `/plans/${body.id}/apply`);
  await vi.waitFor(async () => {
    expect((await ask<TargetPlanLine>('GET', `/plans/${body.id}`)).body.state).toBe('done');
  }, SOON);
  const there = (await live.companies.export('demo')) ?? '';
  expect(there).toContain('alias: 一');
  expect(there).not.toContain('张三三');
}, 180_000);

test('the same plan is made where no server has the store open', async () => {
  await own.close();
  const args = ['deliver', 'undo', '--employee', 'zhangsan', '--since', '2026-01-01T00:00:00+08:00', '--to', 'hose'];
  const made = await runProgram([...args, '--json', '--data', folder.path]);
  expect(JSON.parse(made.stdout)).toMatchObject({ undoes: 'zhangsan 2025-12-31T16:00:00.000Z' });
}, 120_000);
