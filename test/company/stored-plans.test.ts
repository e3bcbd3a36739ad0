import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { MemoryPlans } from '../../src/company/plan/stored-plans.ts';
import type { StoredPlanLine, StoredPlanView } from '../../src/company/plan/stored-plans-contract.ts';
import { StoredSteps } from '../../src/company/plan/stored-steps.ts';
import type { PlannedStep } from '../../src/company/contract.ts';
import { DEMO_ADMIN_KEY, demoFile } from '../../src/demo.ts';
import { silentLog, startMingce } from '../../src/index.ts';
import { randomIds } from '../../src/lib/ids.ts';

/* Plans of company files that a server keeps: looked at by a link, and applied by their ids, exactly. */

const READ_KEY = 'a-key-that-only-reads-0123456789';
const WAIT_MS = 20_000;

async function started(company?: string) {
  const what = company === undefined ? { demo: true } : { company, adminKey: DEMO_ADMIN_KEY };
  const mingce = await startMingce({ ...what, readKey: READ_KEY, log: silentLog });
  onTestFinished(() => mingce.close());
  const ask = async (method: string, path: string, body?: string, key = DEMO_ADMIN_KEY) => {
    const answer = await mingce.fetch(`${mingce.url}/mingce/v1/companies/demo${path}`, {
      method,
      headers: { authorization: `Bearer ${key}` },
      ...(body === undefined ? {} : { body }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as Record<string, unknown> };
  };
  const make = async (file: string): Promise<StoredPlanLine> => {
    const { status, body } = await ask('POST', '/plans', file);
    expect(status).toBe(201);
    return body as unknown as StoredPlanLine;
  };
  const show = async (id: string, query = '', key = DEMO_ADMIN_KEY): Promise<StoredPlanView> =>
    (await ask('GET', `/plans/${id}${query}`, undefined, key)).body as unknown as StoredPlanView;
  const ended = async (id: string): Promise<StoredPlanView> => {
    for (const until = Date.now() + WAIT_MS; Date.now() < until; await setTimeout(20)) {
      const plan = await show(id);
      if (plan.state !== 'applying') return plan;
    }
    throw new Error('the plan is still applied');
  };
  return { mingce, ask, make, show, ended };
}

/** The demo company where some things are other. */
const renamed = (): string => demoFile('demo').replace('name: 张三\n', 'name: 张三丰\n').replaceAll('周浩', '周皓');

test('a stored plan is looked at by its id, and applied exactly, once', async () => {
  const { mingce, ask, make, show, ended } = await started();
  const file = await mingce.companies.export('demo');
  const changed = file?.replaceAll('周浩', '周皓') ?? '';
  const line = await make(changed);
  expect(line).toMatchObject({ state: 'ready', counts: { add: 0, change: 1, remove: 0 }, brake: { tripped: false } });
  expect((await ask('GET', '/plans')).body).toEqual({ plans: [{ ...line, changed_since: false }] });
  const view = await show(line.id);
  expect(view).toMatchObject({ found: 1, next: null, changed_since: false, kinds: { employee: { change: 1 } } });
  expect(view.steps[0]).toMatchObject({ action: 'change', kind: 'employee', id: 'zhouhao' });
  // It holds what the file would do, and nothing of its secrets.
  expect(JSON.stringify(view)).not.toContain('mingce-demo-secret');
  expect((await ask('POST', `/plans/${line.id}/apply`)).status).toBe(202);
  expect(await ended(line.id)).toMatchObject({ state: 'applied' });
  expect((await mingce.companies.export('demo'))?.replace(/ +updated_at: .*\n/, '')).toBe(changed);
  expect(await ask('POST', `/plans/${line.id}/apply`)).toMatchObject({ status: 409, body: { code: 'plan-not-now' } });
  expect((await ask('DELETE', `/plans/${line.id}`)).status).toBe(204);
  expect(await ask('GET', `/plans/${line.id}`)).toMatchObject({ status: 404, body: { code: 'plan-no-plan' } });
});

test('a plan is refused where the company was changed since, and says so before', async () => {
  const { mingce, ask, make, show, ended } = await started();
  const file = (await mingce.companies.export('demo')) ?? '';
  const line = await make(file.replaceAll('周浩', '周皓'));
  await mingce.companies.apply('demo', file.replaceAll('张三', '张叁'));
  const before = await mingce.companies.export('demo');
  expect((await show(line.id)).changed_since).toBe(true);
  expect((await ask('GET', '/plans')).body).toMatchObject({ plans: [{ state: 'ready', changed_since: true }] });
  expect((await ask('POST', `/plans/${line.id}/apply`)).status).toBe(202);
  expect((await ended(line.id)).state).toBe('moved');
  expect(await mingce.companies.export('demo')).toBe(before);
});

test('many removals need their number, and no other one', async () => {
  const company = (people: number): string =>
    JSON.stringify({
      mingce: 1,
      key: 'demo',
      name: 'Some',
      employees: Array.from({ length: people }, (_none, at) => ({ id: `e${String(at)}`, name: 'E' })),
    });
  const { mingce, ask, make, ended } = await started(company(20));
  const line = await make(company(0));
  const { tripped, removes, present } = line.brake;
  expect({ tripped, all: removes === present, some: removes > 10 }).toEqual({ tripped: true, all: true, some: true });
  for (const body of ['', '{}', `{"confirm":${String(removes - 1)}}`]) {
    expect(await ask('POST', `/plans/${line.id}/apply`, body)).toMatchObject({
      status: 409,
      body: { code: 'plan-confirm' },
    });
  }
  for (const body of ['[]', '{"confirm":"1"}', '{"confirm":1.5}', '{"other":1}', 'x']) {
    expect((await ask('POST', `/plans/${line.id}/apply`, body)).status).toBe(400);
  }
  expect((await ask('POST', `/plans/${line.id}/apply`, `{"confirm":${String(removes)}}`)).status).toBe(202);
  expect((await ended(line.id)).state).toBe('applied');
  expect((await mingce.companies.summary('demo'))?.employees).toBe(0);
});

test('the key that only reads looks at a plan with masked values, and neither makes nor applies one', async () => {
  const { mingce, ask, make, show } = await started();
  const file = (await mingce.companies.export('demo')) ?? '';
  const line = await make(file.replace('13800010001', '13899990001'));
  const values = JSON.stringify((await show(line.id)).steps);
  expect(values).toContain('13899990001');
  const masked = await show(line.id, '', READ_KEY);
  expect(masked.steps).toHaveLength(1);
  expect(JSON.stringify(masked)).not.toMatch(/13899990001|13800010001/);
  // What is masked is not found by searching for it either.
  expect((await show(line.id, '?q=13899990001', READ_KEY)).found).toBe(0);
  for (const [method, path] of [
    ['POST', '/plans'],
    ['POST', `/plans/${line.id}/apply`],
    ['DELETE', `/plans/${line.id}`],
  ] as const) {
    expect((await ask(method, path, method === 'POST' ? '' : undefined, READ_KEY)).status).toBe(403);
  }
});

test('a file with mistakes makes no plan, and a strange question has an answer', async () => {
  const { ask, make } = await started();
  expect(await ask('POST', '/plans', 'mingce: 1\nkey: demo\nnmae: x\n')).toMatchObject({ status: 422 });
  expect((await ask('POST', '/plans', '  ')).status).toBe(400);
  expect(await ask('POST', '/plans', renamed().replace('key: demo\n', 'key: other\n'))).toMatchObject({ status: 422 });
  expect((await ask('GET', '/plans')).body).toEqual({ plans: [] });
  const { id } = await make(renamed());
  for (const query of ['limit=0', 'limit=501', 'after=-1', 'after=x', 'action=destroy', `q=${'x'.repeat(201)}`]) {
    expect((await ask('GET', `/plans/${id}?${query}`)).status).toBe(400);
  }
  for (const unknown of ['pl_0', '__proto__', 'constructor', '..%2f', id.toUpperCase()]) {
    expect((await ask('GET', `/plans/${unknown}`)).status).toBe(404);
  }
});

test('steps are found by name, id, kind and field, and every one of 50,000 is reached', async () => {
  const steps = Array.from({ length: 50_000 }, (_none, at): PlannedStep => {
    const action = (['add', 'change', 'remove'] as const)[at % 3] ?? 'add';
    return {
      action,
      kind: at < 10 ? 'department' : 'employee',
      id: `e${String(at)}`,
      name: `人${String(at)}`,
      fields: ['mobile'],
    };
  });
  const stored = await StoredSteps.of(steps);
  expect(stored.counts).toEqual({ add: 16_667, change: 16_667, remove: 16_666 });
  expect(stored.kinds['department']).toEqual({ add: 4, change: 3, remove: 3 });
  expect(await stored.page({ q: ' E49999', after: 0, limit: 100 })).toEqual({
    steps: [steps[49_999]],
    found: 1,
    next: null,
  });
  expect((await stored.page({ q: '人4999', after: 0, limit: 2 })).found).toBe(11);
  expect((await stored.page({ action: 'remove', kind: 'department', after: 0, limit: 100 })).steps).toHaveLength(3);
  const reached: PlannedStep[] = [];
  for (let after: number | null = 0; after !== null;) {
    const page = await stored.page({ after, limit: 500 });
    reached.push(...page.steps);
    after = page.next;
  }
  expect(reached).toEqual(steps);
});

test('plans are bounded in number, size and time, and the oldest goes first', async () => {
  let now = 0;
  const plans = new MemoryPlans({
    companies: {
      apply: (company) => Promise.resolve({ company, steps: [], state: 's', present: 0 }),
      summary: () => Promise.resolve(null),
    },
    newestChange: () => Promise.resolve(1),
    clock: { now: () => now },
    ids: randomIds,
    onError: () => undefined,
    limits: { plans: 3, bytes: 100, ageMs: 1_000 },
  });
  const idsOf = async (): Promise<readonly string[]> => (await plans.list('a')).map(({ id }) => id).toReversed();
  const small = new Uint8Array(10);
  const made: string[] = [];
  for (let n = 0; n < 4; n++) made.push((await plans.make('a', small)).id);
  expect(await idsOf()).toEqual(made.slice(1));
  const large = await plans.make('a', new Uint8Array(85));
  expect(await idsOf()).toEqual([made[3], large.id]);
  await expect(plans.make('a', new Uint8Array(101))).rejects.toThrow('larger than plans may be');
  now = 1_000;
  await expect(plans.list('a')).rejects.toThrow('no such company');
  await plans.close();
});
