import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type {
  DeliveryList,
  PersonDelivery,
  TargetPlanLine,
  TargetPlanList,
  TargetPlanView,
  UndoDelivery,
} from '../../src/http/admin/targets/plan-contract.ts';
import type { LinkLine, TargetLine } from '../../src/http/admin/targets/contract.ts';
import { CompanyTargets } from '../../src/delivery/targets/company-targets.ts';
import { startMingce, type Mingce } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { scratchFolder } from '../support/program.ts';
import { startLive } from '../connectors/live.ts';
import { smallDemo } from '../support/small-demo.ts';

let live: Mingce;
let own: Mingce;

const withTarget = (file: string, more = '    authority: { alias: ours, mobile: ours }\n'): string => `${file}
targets:
  feishu:
    base_url: ${live.url}
    credentials: { app_id: cli_mingce_demo, app_secret: { env: PLANS_FEISHU } }
${more}`;
const renamed = smallDemo.replace('alias: 小张', 'alias: 大张');
const renamedTo = (name: string): string => smallDemo.replace('name: { value: 张三,', `name: { value: ${name},`);
const BASE = '/mingce/v1/companies/demo';
const TARGET = `${BASE}/targets/feishu`;

beforeAll(async () => {
  vi.stubEnv('PLANS_FEISHU', 'mingce-demo-secret');
  live = await startLive(smallDemo);
  own = await startMingce({ log: silentLog, adminKey: 'sesame', readKey: 'look', data: scratchFolder().path });
  await own.companies.apply('demo', withTarget(smallDemo), { plan: false, request: 'r' });
  await ask('POST', `${TARGET}/probe`);
  await ask('POST', `${TARGET}/enable`);
}, 60_000);
beforeEach(async () => {
  await live.companies.apply('demo', smallDemo, { plan: false, request: 'r' });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await own.close();
  await live.close();
});

interface Asked<Body> {
  readonly status: number;
  readonly text: string;
  readonly body: Body;
}

async function ask<Body>(method: string, path: string, body?: object, key = 'sesame'): Promise<Asked<Body>> {
  const answer = await fetch(`${own.url}${path}`, {
    method,
    headers: { Authorization: `Bearer ${key}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') === true && !text.startsWith('{"mingce_plan"');
  return { status: answer.status, text, body: (isJson ? JSON.parse(text) : null) as Body };
}

/** Waits until a plan is no longer in one of these states. */
async function leaves(id: string, ...states: string[]): Promise<TargetPlanView> {
  return await vi.waitFor(
    async () => {
      const { body } = await ask<TargetPlanView>('GET', `${TARGET}/plans/${id}`);
      expect(states).not.toContain(body.state);
      return body;
    },
    { timeout: 50_000, interval: 100 },
  );
}

async function planned(file: string, more?: string): Promise<TargetPlanView> {
  await own.companies.apply('demo', withTarget(file, more), { plan: false, request: 'r' });
  const made = await ask<TargetPlanLine>('POST', `${TARGET}/plans`, {});
  expect([made.status, made.body.state]).toEqual([202, 'making']);
  return await leaves(made.body.id, 'making');
}

async function applied(id: string): Promise<TargetPlanView> {
  const begun = await ask<TargetPlanLine>('POST', `${TARGET}/plans/${id}/apply`, {});
  expect([begun.status, begun.text]).toEqual([202, expect.any(String)]);
  return await leaves(id, 'running', 'ready');
}

const linkOf = async (employee: string): Promise<LinkLine | null> => {
  type Answer = { readonly targets: readonly { readonly link: LinkLine | null }[] };
  return (await ask<Answer>('GET', `${BASE}/employees/${employee}/targets`)).body.targets[0]?.link ?? null;
};

test('a plan is made, looked at, applied, taken back and erased over the admin API; what both sides agree on is kept', async () => {
  const plan = await planned(renamed);
  expect(plan).toMatchObject({ state: 'ready', steps: 1, done: 0, counts: { overwrite: 1 }, brake: [], why: null });
  expect(plan.page).toMatchObject([
    {
      n: 1,
      operation: 'update',
      subjects: [{ subject: 'zhangsan', changes: { alias: { to: '大张' } } }],
      outcome: null,
    },
  ]);
  // The file has every value and the requests: only the full key gets it.
  expect((await ask('GET', `${TARGET}/plans/${plan.id}/file`, undefined, 'look')).status).toBe(403);
  expect((await ask('GET', `${TARGET}/plans/${plan.id}/file`)).text).toMatch(/^\{"mingce_plan":1.*\n.*"sha256"/s);
  expect((await ask('POST', `${TARGET}/plans/${plan.id}/apply`, {}, 'look')).status).toBe(403);

  const done = await applied(plan.id);
  expect(done).toMatchObject({ state: 'done', done: 1, why: null, page: [{ outcome: { state: 'verified' } }] });
  expect(await live.companies.export('demo')).toContain('大张');
  expect(await linkOf('zhangsan')).toMatchObject({ matched_by: 'written', base: { alias: '大张' } });
  expect((await ask<TargetLine>('GET', TARGET)).body).toMatchObject({
    accuracy: { misses: 0 },
    today: { overwrite: 1 },
  });
  expect((await ask('POST', `${TARGET}/plans/${plan.id}/apply`, {})).status).toBe(409);

  const listed = await ask<DeliveryList>('GET', `${BASE}/deliveries?employee=zhangsan&state=verified`);
  expect(listed.body.deliveries).toMatchObject([
    { target: 'feishu', plan: plan.id, step: 1, before: { alias: '小张' }, sent: { alias: '大张' }, state: 'verified' },
  ]);
  const back = await ask<UndoDelivery>('POST', `${BASE}/deliveries/${listed.body.deliveries[0]?.id ?? ''}/undo`);
  expect(back.body).toMatchObject({ target: 'feishu', state: 'making' });
  const undo = await leaves(back.body.id, 'making');
  expect(undo.page).toMatchObject([{ subjects: [{ changes: { alias: { from: '大张', to: '小张' } } }] }]);
  expect(await applied(undo.id)).toMatchObject({ state: 'done' });
  expect(await live.companies.export('demo')).toContain('alias: 小张');

  // Someone changed it since: it stays.
  await live.companies.apply('demo', smallDemo.replace('alias: 小张', 'alias: 老张'), { plan: false, request: 'r' });
  const again = await ask<TargetPlanLine>('POST', `${TARGET}/plans/${plan.id}/undo`);
  expect(await leaves(again.body.id, 'making')).toMatchObject({
    steps: 0,
    undoes: plan.id,
    reports: [{ subject: 'zhangsan', field: 'alias', why: 'changed-since' }],
  });
  const list = await ask<TargetPlanList>('GET', `${TARGET}/plans`);
  expect(list.body.plans.map(({ id }) => id)).toEqual([again.body.id, undo.id, plan.id]);
  expect((await ask('DELETE', `${TARGET}/plans/${plan.id}`)).status).toBe(204);
  const erased = await ask<{ readonly detail: string }>('GET', `${TARGET}/plans/${plan.id}`);
  expect([erased.status, erased.body.detail]).toEqual([404, expect.stringContaining(undo.id)]);
}, 120_000);

test('a plan over the limit of the day waits until its very number is allowed', async () => {
  const limits = '    authority: { name: ours }\n    brake: { rename: { run: 5, day: 1 } }\n';
  const first = await planned(renamedTo('张叁'), limits);
  expect(first).toMatchObject({ state: 'ready', counts: { rename: 1 }, brake: [] });
  expect(await applied(first.id)).toMatchObject({ state: 'done' });
  const plan = await planned(renamedTo('张散'), limits);
  expect(plan).toMatchObject({
    state: 'staged',
    brake: [{ what: 'rename', count: 1, limit: 1, today: 1, allowed: false }],
  });
  const early = await ask<{ detail: string }>('POST', `${TARGET}/plans/${plan.id}/apply`, {});
  expect([early.status, early.body.detail]).toEqual([409, 'The plan waits for approval: allow rename=1.']);
  const wrong = await ask<{ detail: string }>('POST', `${TARGET}/plans/${plan.id}/allow`, { counts: { rename: 2 } });
  expect([wrong.status, wrong.body.detail]).toEqual([409, expect.stringContaining('has 1 of rename, not 2')]);
  const given = await ask<TargetPlanLine>('POST', `${TARGET}/plans/${plan.id}/allow`, { counts: { rename: 1 } });
  expect(given.body).toMatchObject({ state: 'ready', brake: [{ allowed: true }] });
  expect(await applied(plan.id)).toMatchObject({ state: 'done' });
}, 60_000);

test('one employee is delivered in five steps, each of which may be the last', async () => {
  await own.companies.apply('demo', withTarget(renamed), { plan: false, request: 'r' });
  const deliver = (until: string): Promise<Asked<PersonDelivery>> =>
    ask('POST', `${TARGET}/employees/zhangsan/deliver?until=${until}`);
  const matched = await deliver('match');
  expect(matched.body.steps).toMatchObject([
    { step: 'read', goes_on: true },
    { step: 'match', data: { live_id: expect.any(String), fields: { alias: { ours: '大张', theirs: '小张' } } } },
  ]);
  // What reaches a person is masked.
  expect(matched.text).not.toContain('+8613800010001');
  const tried = await deliver('plan');
  expect(tried.body.steps.at(-1)).toMatchObject({ step: 'plan', goes_on: true, data: { steps: [{ n: 1 }] } });
  expect(await live.companies.export('demo')).toContain('alias: 小张');
  const { steps } = (await deliver('write')).body;
  expect(steps.map(({ step, why }) => [step, why])).toEqual(
    ['read', 'match', 'scope', 'plan', 'write'].map((step) => [step, null]),
  );
  expect(steps[4]?.data).toMatchObject({
    sent: 1,
    as_predicted: 1,
    results: [{ items: [{ field: 'alias', shown: 'as-sent' }] }],
  });
  expect(await live.companies.export('demo')).toContain('alias: 大张');
  const idle = (await deliver('write')).body.steps.at(-1);
  expect(idle).toMatchObject({ step: 'plan', goes_on: false, why: 'Nothing has to change there.' });
  expect((await ask('POST', `${TARGET}/employees/nobody/deliver`)).status).toBe(404);
}, 180_000);

test('employees who are delivered one after the other meet no limit of the platform', async () => {
  type Listed = { readonly requests: readonly { readonly operation: string; readonly code: string | null }[] };
  await own.companies.apply('demo', withTarget(smallDemo), { plan: false, request: 'r' });
  for (let nth = 0; nth < 12; nth++) {
    const { body } = await ask<PersonDelivery>('POST', `${TARGET}/employees/zhangsan/deliver?until=match`);
    expect(body.steps.at(-1)).toMatchObject({ step: 'match', goes_on: true });
  }
  const there = await fetch(`${live.url}/mingce/v1/requests?limit=1000&q=job_titles`, {
    headers: { Authorization: 'Bearer sesame' },
  });
  const { requests } = (await there.json()) as Listed;
  // Ten a minute are allowed.
  expect(requests.length).toBeGreaterThan(0);
  expect(new Set(requests.map(({ code }) => code))).toEqual(new Set(['0']));
}, 120_000);

test('a plan in the making gives a sign of it, so that one whose process was killed soon makes room for another', async () => {
  const slow = await startMingce({
    log: silentLog,
    adminKey: 'sesame',
    data: scratchFolder().path,
    deliveryWaits: { sendWithinMs: 10_000, doubtMs: 30_000, leaseMs: 60 },
  });
  const [before, signs] = [own, vi.spyOn(slow.store.targets, 'keepMaking')];
  own = slow;
  try {
    await own.companies.apply('demo', withTarget(smallDemo), { plan: false, request: 'r' });
    const { id } = await planned(renamed);
    expect(signs).toHaveBeenCalledWith(id, expect.any(Number));
    signs.mockClear();
    await setTimeout(100);
    expect(signs).not.toHaveBeenCalled();
  } finally {
    own = before;
    await slow.close();
  }
}, 60_000);

/** Has the target paused once, right before it is held or settled by the next call of this name. */
function pausedBefore(name: 'drive' | 'settle'): void {
  const original: unknown = Reflect.get(CompanyTargets.prototype, name);
  if (typeof original !== 'function') throw new Error(`${name} is a method`);
  const spy = vi.spyOn(CompanyTargets.prototype, name);
  spy.mockImplementationOnce(async function (this: CompanyTargets, ...given: readonly unknown[]) {
    spy.mockRestore();
    await this.pause('demo', 'feishu');
    return await (Reflect.apply(original, this, given) as Promise<undefined>);
  });
}

test('a target that is paused between the check and the first step is not written to', async () => {
  const plan = await planned(renamed);
  pausedBefore('drive');
  const begun = await ask<{ detail: string }>('POST', `${TARGET}/plans/${plan.id}/apply`, {});
  expect([begun.status, begun.body.detail]).toEqual([409, expect.stringContaining('The target is paused')]);
  expect((await ask<TargetPlanView>('GET', `${TARGET}/plans/${plan.id}`)).body).toMatchObject({ done: 0 });
  expect((await ask('POST', `${TARGET}/resume`)).status).toBe(200);

  pausedBefore('settle');
  const { body } = await ask<PersonDelivery>('POST', `${TARGET}/employees/zhangsan/deliver?until=write`);
  expect(body.steps.at(-1)).toMatchObject({ step: 'write', goes_on: false, data: { sent: 0 } });
  expect(await live.companies.export('demo')).toContain('alias: 小张');
  expect((await ask('POST', `${TARGET}/resume`)).status).toBe(200);
}, 60_000);

test('what is wrong in a call about plans and deliveries is said, and nothing is begun', async () => {
  for (const [path, body] of [
    ['plans', { only: 'x' }],
    ['plans/p/allow', { counts: [] }],
    ['plans/p/apply', { until: 0 }],
    // A misspelt member would have more sent than its caller meant.
    ['plans', { onley: ['zhangsan'] }],
    ['plans/p/apply', { untill: 3 }],
    ['plans/p/apply', { only: ['zhangsan'], Partial: true }],
    ['employees/zhangsan/deliver?untill=plan', {}],
    ['employees/zhangsan/deliver?until=never', {}],
  ] as const) {
    expect((await ask('POST', `${TARGET}/${path}`, body)).status, path).toBe(400);
  }
  expect((await ask('POST', `${TARGET}/plans/p/apply`, { untill: 3 })).text).toContain(
    'no member \\"untill\\"; did you mean until',
  );
  expect((await ask('GET', `${BASE}/deliveries?state=lost`)).status).toBe(400);
  expect((await ask('POST', `${BASE}/deliveries/d/retry`)).status).toBe(404);
  expect((await ask('POST', `${TARGET}/plans/p/stop`)).status).toBe(404);
});
