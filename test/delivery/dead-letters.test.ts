import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startMingce, type Mingce } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { DeadLetters, DeliveriesReplayed, DeliveryList } from '../../src/http/admin/targets/plan-contract.ts';
import type { TargetLine } from '../../src/http/admin/targets/contract.ts';
import { command } from '../support/command.ts';
import { runProgram, scratchFolder } from '../support/program.ts';
import { aliasAt, startLive } from '../connectors/live.ts';
import { smallDemo } from '../support/small-demo.ts';

let live: Mingce;
let own: Mingce;
const folder = scratchFolder().path;
const BASE = '/mingce/v1/companies/demo';
const TARGET = `${BASE}/targets/wecom`;
const SOON = { timeout: 60_000, interval: 50 };
const WORDS = { linfeng: '大林', zhouhao: '大周' };

const withTarget = (file: string, continuous: boolean): string => `${file}
targets:
  wecom:
    base_url: ${live.url}
    continuous: ${String(continuous)}
    credentials: { corpid: ww_mingce_demo, contact: { env: DEAD_CONTACT }, hr: { env: DEAD_APP }, reading: { env: DEAD_APP } }
    authority: { alias: ours }
`;

beforeAll(async () => {
  vi.stubEnv('DEAD_APP', 'mingce-demo-secret');
  vi.stubEnv('DEAD_CONTACT', 'mingce-demo-contact-secret');
  live = await startLive(smallDemo, { sandbox: 'on' });
  own = await startMingce({ log: silentLog, adminKey: 'sesame', data: folder });
  await own.companies.apply('demo', withTarget(smallDemo, true), { plan: false, request: 'r' });
  await ask('POST', `${TARGET}/probe`);
  await ask('POST', `${TARGET}/enable`);
}, 60_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await own.close();
  await live.close();
});

async function ask<Body>(method: string, path: string): Promise<{ readonly status: number; readonly body: Body }> {
  const answer = await fetch(`${own.url}${path}`, { method, headers: { Authorization: 'Bearer sesame' } });
  return { status: answer.status, body: (await answer.json()) as Body };
}

const mingce = (...args: readonly string[]): ReturnType<typeof command> =>
  command(...args, '--server', own.url, '--admin-key', 'sesame');
const aliasThere = async (employee: keyof typeof WORDS): Promise<boolean> =>
  (await aliasAt(live, employee)) === WORDS[employee];
const dead = async (): Promise<DeadLetters> => (await ask<DeadLetters>('GET', `${TARGET}/dead`)).body;

/** Has both people's aliases changed here, which the live tenant refuses. */
async function refused(): Promise<void> {
  const made = await fetch(`${live.url}${BASE}/faults`, {
    method: 'POST',
    headers: { Authorization: 'Bearer sesame', 'Content-Type': 'application/json' },
    body: JSON.stringify({ match: { platform: 'wecom', operation: 'user.update' }, effect: { code: '45024' } }),
  });
  expect(made.status).toBe(201);
  const { id } = (await made.json()) as { readonly id: string };
  let file = smallDemo;
  for (const [employee, word] of Object.entries(WORDS)) {
    const line = `- { id: ${employee}, `;
    expect(file).toContain(line);
    file = file.replace(line, `${line}alias: ${word}, `);
  }
  await own.companies.apply('demo', withTarget(file, true), { plan: false, request: 'r' });
  await vi.waitFor(async () => {
    expect(await dead()).toMatchObject({ count: 2, reasons: { '45024': 2 } });
  }, SOON);
  const gone = await fetch(`${live.url}${BASE}/faults/${id}`, {
    method: 'DELETE',
    headers: { Authorization: 'Bearer sesame' },
  });
  expect(gone.ok).toBe(true);
}

test('what was given up is counted by reason, sent again after its number was repeated, and over when it arrived', async () => {
  await refused();
  expect(await dead()).toEqual({
    target: 'wecom',
    count: 2,
    reasons: { '45024': 2 },
    left_out: 0,
    by: 'follow',
    more: false,
  });
  expect((await ask<DeadLetters>('GET', `${TARGET}/dead?reason=60111`)).body.count).toBe(0);
  expect((await ask('POST', `${TARGET}/retry`)).status).toBe(400);
  const wrong = await ask<{ detail: string }>('POST', `${TARGET}/retry?count=3`);
  expect([wrong.status, wrong.body.detail]).toEqual([409, '2 would be sent again, not 3; repeat the number.']);

  const status = await mingce('deliver', 'status');
  expect([status.code, status.stdout]).toEqual([
    2,
    expect.stringMatching(/^wecom {2}on\n.*dead 放弃 2 \(45024 × 2\)/s),
  ]);
  const listed = await mingce('deliver', 'dead', '--to', 'wecom', '--reason', '45024', '--json');
  const { deliveries } = JSON.parse(listed.stdout) as DeliveryList;
  expect(deliveries.map(({ subject, reason }) => `${subject} ${reason ?? ''}`).toSorted()).toEqual([
    'linfeng 45024',
    'zhouhao 45024',
  ]);

  // One by its id; of the other it is first said how many there are.
  const lin = deliveries.find(({ subject }) => subject === 'linfeng')?.id ?? '';
  expect(await mingce('deliver', 'retry', lin)).toMatchObject({ code: 0 });
  await vi.waitFor(async () => {
    expect(await aliasThere('linfeng')).toBe(true);
    expect(await dead()).toMatchObject({ count: 1 });
  }, SOON);
  const plan = await mingce('deliver', 'retry', '--reason', '45024');
  expect([plan.code, plan.stdout]).toEqual([2, expect.stringContaining('1 to send again')]);
  expect(await aliasThere('zhouhao')).toBe(false);
  const done = await mingce('deliver', 'retry', 'all', '--yes', '--json');
  expect([done.code, JSON.parse(done.stdout)]).toMatchObject([0, [{ count: 1, opened: 1, plan: null }]]);
  await vi.waitFor(async () => {
    expect(await aliasThere('zhouhao')).toBe(true);
    expect(await dead()).toMatchObject({ count: 0, reasons: {} });
    const [line] = (await ask<{ targets: readonly TargetLine[] }>('GET', `${BASE}/targets`)).body.targets;
    expect(line).toMatchObject({ open: {}, behind: 0 });
  }, SOON);
  expect((await mingce('deliver', 'status', '--json')).code).toBe(0);
}, 180_000);

test('of a target that does not follow, a plan of what was given up is made', async () => {
  await live.companies.apply('demo', smallDemo, { plan: false, request: 'r' });
  await own.companies.apply('demo', withTarget(smallDemo, true), { plan: false, request: 'r' });
  await vi.waitFor(async () => {
    const [line] = (await ask<{ targets: readonly TargetLine[] }>('GET', `${BASE}/targets`)).body.targets;
    expect(line).toMatchObject({ open: {}, behind: 0 });
  }, SOON);
  await refused();
  const file = await own.companies.export('demo');
  // A brake of one, so that two are too many, however many are linked by then.
  const braked = 'continuous: false\n    brake: { overwrite: { run: 1, day: 1 } }';
  await own.companies.apply('demo', (file ?? '').replace('continuous: true', braked), { plan: false, request: 'r' });
  expect(await dead()).toMatchObject({ count: 2, by: 'plan' });
  const { status, body } = await ask<DeliveriesReplayed>('POST', `${TARGET}/retry?count=2&reason=45024`);
  expect([status, body]).toEqual([202, { target: 'wecom', opened: 0, plan: expect.any(String) }]);
  await vi.waitFor(async () => {
    const plan = (await ask<{ state: string; steps: number }>('GET', `${TARGET}/plans/${body.plan ?? ''}`)).body;
    // The brake holds it: what would be sent is seen first.
    expect(plan).toMatchObject({ state: 'staged', steps: 2 });
  }, SOON);
}, 180_000);

test('the same is done in a store that no server has open', async () => {
  await own.close();
  const status = await runProgram(['deliver', 'status', '--json', '--data', folder]);
  expect([status.code, JSON.parse(status.stdout)]).toMatchObject([2, [{ platform: 'wecom', dead: { count: 2 } }]]);
  const done = await command('deliver', 'retry', 'all', '--yes', '--json', '--data', folder);
  expect([done.code, JSON.parse(done.stdout)]).toMatchObject([0, [{ count: 2, opened: 0, plan: expect.any(String) }]]);
  const none = await command('deliver', 'retry', '--data', folder);
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('Say which')]);
}, 120_000);
