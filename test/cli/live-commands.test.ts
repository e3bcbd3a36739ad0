import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startMingce, type Mingce } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { command } from '../support/command.ts';
import { startLive } from '../connectors/live.ts';
import { scratchFolder } from '../support/program.ts';
import { smallDemo } from '../support/small-demo.ts';

const COMPANY = (address: string): string => `${smallDemo}
targets:
  feishu:
    base_url: ${address}
    credentials: { app_id: cli_mingce_demo, app_secret: { env: NEXT_FEISHU } }
    authority: { alias: ours, mobile: theirs }
    people: { create: ask }
`;

let live: Mingce;
let own: Mingce;
let there: readonly string[];
const folder = scratchFolder();

beforeAll(async () => {
  vi.stubEnv('NEXT_FEISHU', 'mingce-demo-secret');
  vi.stubEnv('MINGCE_ADMIN_KEY', 'sesame');
  live = await startLive(smallDemo);
  own = await startMingce({ log: silentLog, adminKey: 'sesame', data: folder.file('own') });
  there = ['--server', own.url, '--company', 'demo'];
  await own.companies.apply('demo', COMPANY(live.url), { plan: false, request: 'r' });
  await command('connect', 'feishu', ...there);
  await command('connect', 'feishu', '--adopt', ...there);
  await command('connect', 'feishu', '--enable', ...there);
}, 60_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await own.close();
  await live.close();
  folder[Symbol.dispose]();
});

/** Gives 张三 this alias in our record. */
async function renamed(alias: string): Promise<void> {
  await own.companies.apply('demo', COMPANY(live.url).replace('alias: 小张', `alias: ${alias}`), {
    plan: false,
    request: 'r',
  });
}

test.each([
  [['list'], 0],
  [['list', '--json'], 0],
  [['show', 'demo'], 1],
  [['export', 'demo'], 1],
  [['delete', 'demo', '--yes'], 1],
  [['connect', 'feishu'], 1],
  [['connect', 'feishu', '--links'], 1],
  [['drift', 'feishu', '--company', 'demo'], 1],
  [['drift', 'feishu', '--accept', '--all', '--company', 'demo'], 1],
  [['plan', 'feishu', '--company', 'demo'], 1],
  [['deliver', 'status', '--company', 'demo'], 1],
  [['deliver', 'person', 'zhangsan', '--to', 'feishu', '--company', 'demo'], 1],
])('%j makes no data folder where there is none', async (words, exitCode) => {
  using empty = scratchFolder();
  const { code } = await command(...words, '--data', empty.file('data'));
  expect([code, existsSync(empty.file('data'))]).toEqual([exitCode, false]);
});

test('apply --plan makes no data folder either; apply does', async () => {
  using empty = scratchFolder();
  writeFileSync(empty.file('demo.yaml'), smallDemo);
  const here = ['--data', empty.file('data')];
  const planned = await command('apply', empty.file('demo.yaml'), '--plan', ...here);
  expect([planned.code, existsSync(empty.file('data'))]).toEqual([0, false]);
  const made = await command('apply', empty.file('demo.yaml'), ...here);
  expect([made.code, existsSync(empty.file('data'))]).toEqual([0, true]);
}, 60_000);

test('a command that is printed to follow finds the company and the plan', async () => {
  const more = `${COMPANY(live.url).replace('targets:', '  - { id: newcomer, name: 新人, mobile: "+8613900007777" }\ntargets:')}`;
  await own.companies.apply('demo', more, { plan: false, request: 'r' });
  const file = folder.file('of create.plan');
  const { code, stdout } = await command('plan', 'feishu', '--out', file, '--only', 'newcomer', ...there);
  await renamed('小张');
  expect(code).toBe(2);
  expect(stdout).toContain(`mingce plan allow '${file}' create=1 --company demo --server ${own.url}`);
  expect(stdout).toMatch(/create 新建人员 +1, ask 每次需确认/);
  expect(stdout).not.toContain('sesame');
}, 60_000);

test('a repair says how often predictions were right, and the command that sends it', async () => {
  await renamed('大张');
  const first = folder.file('first.plan');
  expect((await command('plan', 'feishu', '--out', first, ...there)).code).toBe(0);
  const strange = await command('apply-plan', first, '--only', 'nosuch', ...there);
  expect([strange.code, strange.stderr]).toEqual([2, expect.stringContaining('has no step of "nosuch"')]);
  expect((await command('apply-plan', first, ...there)).code).toBe(0);
  await renamed('老张');
  const file = folder.file('repair.plan');
  const repair = await command('drift', 'feishu', '--repair', '--person', 'zhangsan', '--out', file, ...there);
  expect([repair.code, repair.stderr]).toEqual([0, '']);
  expect(repair.stdout).toMatch(/predictions 预测: 100\.00 % right/);
  expect(repair.stdout).toContain(`mingce apply-plan ${file} --company demo --server ${own.url}\n`);
  expect(readFileSync(file, 'utf8')).toContain('老张');
}, 60_000);

test('one employee is shown as a plan, and sent only to someone who says so', async () => {
  await renamed('新张');
  const person = ['deliver', 'person', 'zhangsan', '--to', 'feishu', ...there];
  const shown = await command(...person);
  expect([shown.code, shown.stderr]).toEqual([0, '']);
  expect(shown.stdout).toMatch(/✓ match 匹配 .*\(link\)\n +field 字段.*\n +alias .* 新张 .* ours\n/);
  expect(shown.stdout).toMatch(/✓ plan 计划 .*steps 步骤 1\n +1 +update +alias +\S+ → 新张 +✓\n/);
  expect(shown.stdout).toContain('Nothing was sent; add --yes');
  expect(shown.stdout).not.toContain('write 写入');
  expect(await live.companies.export('demo')).not.toContain('新张');
  const sent = await command(...person, '--yes');
  expect([sent.code, sent.stdout]).toEqual([0, expect.stringMatching(/✓ write 写入 .*sent 已发送 1/)]);
  expect(await live.companies.export('demo')).toContain('新张');
  const idle = await command(...person, '--yes');
  expect([idle.code, idle.stdout]).toEqual([0, expect.stringContaining('Nothing has to change there. 无需变更。')]);
  expect(idle.stdout).not.toContain('✗');
  const { steps } = JSON.parse((await command(...person, '--json')).stdout) as { steps: { step: string }[] };
  expect(steps.map(({ step }) => step)).toEqual(['read', 'match', 'scope', 'plan']);
}, 60_000);

test('what a running server delivered is taken back by the command, and its plan is written', async () => {
  await renamed('一张');
  const first = folder.file('done.plan');
  await command('plan', 'feishu', '--out', first, '--only', 'zhangsan', ...there);
  expect((await command('plan', 'show', first, ...there)).stdout).not.toContain('已执行');
  expect((await command('apply-plan', first, ...there)).code).toBe(0);
  expect((await command('plan', 'show', first, ...there)).stdout).toMatch(
    /Done 已执行: 1 of 1\n +1 +\S+ +update +zhangsan +张三 +alias +done 已完成\n/,
  );
  const { id } = JSON.parse(readFileSync(first, 'utf8').split('\n')[0] ?? '') as { id: string };
  const list = await fetch(`${own.url}/mingce/v1/companies/demo/deliveries?plan=${id}`, {
    headers: { Authorization: 'Bearer sesame' },
  });
  const [delivery] = ((await list.json()) as { deliveries: { id: string }[] }).deliveries;
  for (const subject of [id, delivery?.id ?? '']) {
    const file = folder.file(`undo-${subject}.plan`);
    const { code, stdout, stderr } = await command(
      'deliver',
      'undo',
      subject,
      '--to',
      'feishu',
      '--out',
      file,
      ...there,
    );
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/update +zhangsan +张三 +alias +一张 → 新张 +✓/);
    expect(stdout).toMatch(/The server keeps it as plan pl_/);
    expect(stdout).toContain(`mingce apply-plan ${file} --company demo --server ${own.url}\n`);
  }
  expect((await command('apply-plan', folder.file(`undo-${id}.plan`), ...there)).code).toBe(0);
  expect(await live.companies.export('demo')).toContain('新张');
  const unknown = await command('deliver', 'undo', 'pl_unknown', '--to', 'feishu', ...there);
  expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('did nothing there')]);
}, 120_000);

test('adopting says how many stay unmatched on both sides', async () => {
  const stranger = '  - { id: stranger, name: 新来的, job_number: "99999", mobile: "+8613900009999" }';
  await live.companies.apply('demo', `${smallDemo}\n${stranger}\n`, { plan: false, request: 'r' });
  const { stdout } = await command('connect', 'feishu', '--adopt', ...there);
  expect(stdout).toMatch(
    /only ours 仅本地 0 people 人员, 0 departments 部门; only theirs 仅平台 1 people 人员, 0 depart/,
  );
  const json = JSON.parse((await command('connect', 'feishu', '--adopt', '--json', ...there)).stdout) as object;
  expect(json).toMatchObject({ unmatched: { ours: { people: 0 }, theirs: { people: 1 } }, links: expect.any(Object) });
}, 60_000);

/** What the server answers to a read of the admin API. */
async function served<Answer>(path: string): Promise<Answer> {
  const answer = await fetch(`${own.url}/mingce/v1/companies/demo/${path}`, {
    headers: { Authorization: 'Bearer sesame' },
  });
  return (await answer.json()) as Answer;
}

test('what a command does against a server is kept there: plans, allowances, runs, reads, and who was delivered', async () => {
  await renamed('存张');
  const file = folder.file('kept.plan');
  expect((await command('plan', 'feishu', '--only', 'zhangsan', '--out', file, ...there)).code).toBe(0);
  const { id } = JSON.parse(readFileSync(file, 'utf8').split('\n')[0] ?? '') as { id: string };
  const stateOf = async (): Promise<unknown> => {
    const { plans } = await served<{ plans: { id: string; state: string }[] }>('targets/feishu/plans');
    return plans.find((one) => one.id === id)?.state;
  };
  expect(await stateOf()).toBe('ready');
  // A file that is not the plan that is kept is applied neither here nor there.
  const forged = folder.file('forged.plan');
  writeFileSync(forged, readFileSync(file, 'utf8').replaceAll('存张', '假张'));
  const refused = await command('apply-plan', forged, ...there);
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining(`is not the plan ${id}`)]);
  const applied = await command('apply-plan', file, '--json', ...there);
  expect([applied.code, JSON.parse(applied.stdout)]).toEqual([
    0,
    { sent: 1, before: 0, hits: 1, misses: [], left: [], stale: [], staged: [], stopped: null },
  ]);
  expect([await stateOf(), existsSync(`${file}.run`)]).toEqual(['done', false]);

  const run = await command('drift', 'feishu', '--json', ...there);
  const { run: runId, differences } = JSON.parse(run.stdout) as { run: string; differences: unknown[] };
  expect(differences).toEqual([]);
  const { runs } = await served<{ runs: { id: string }[] }>('targets/feishu/drift');
  expect(runs.map((one) => one.id)).toContain(runId);

  await renamed('送张');
  expect((await command('deliver', 'person', 'zhangsan', '--to', 'feishu', '--yes', ...there)).code).toBe(0);
  const { deliveries } = await served<{ deliveries: { plan: string; plan_kept: boolean }[] }>('deliveries?limit=1');
  expect(deliveries).toMatchObject([{ plan_kept: true }]);
  await served(`targets/feishu/plans/${deliveries[0]?.plan ?? ''}`);
}, 120_000);

test('who is only theirs, or no one, is said to have no record to accept into', async () => {
  const drift = await command('drift', 'feishu', ...there);
  expect([drift.code, drift.stdout]).toEqual([
    2,
    expect.stringMatching(/only theirs 仅平台: 1\n.*stranger.*\n +Only theirs: put/),
  ]);
  for (const remedy of ['--accept', '--repair']) {
    const { code, stdout, stderr } = await command('drift', 'feishu', remedy, '--person', 'stranger', ...there);
    expect(code).toBe(3);
    expect(stdout + stderr).toMatch(/stranger.*no record to accept into/s);
  }
  const nemo = await command('drift', 'feishu', '--accept', '--person', 'nemo', ...there);
  expect([nemo.code, nemo.stdout]).toEqual([3, expect.stringMatching(/nemo.*neither side has an employee/)]);
}, 60_000);
