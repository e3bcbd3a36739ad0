import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { isNone } from '../../src/delivery/targets/plan/authority.ts';
import { ourPeopleOf, planFor } from '../../src/live-targets/planning.ts';
import { feishu } from '../../src/connectors/feishu/index.ts';
import { hose } from '../../src/connectors/hose/index.ts';
import { describers } from '../../src/connectors/registry.ts';
import { wecom } from '../../src/connectors/wecom/index.ts';
import type { WritingConnector } from '../../src/connectors/writing.ts';
import { checkPlan, planLines, readPlan } from '../../src/delivery/targets/plan/plan-file.ts';
import { LineJournal, type RunEntry } from '../../src/delivery/targets/plan/run-journal.ts';
import type { Link, LinkState } from '../../src/directory/targets/target-store.ts';
import type { Authority, TargetSettings } from '../../src/directory/targets/target.ts';
import { startMingce, type Mingce } from '../../src/index.ts';
import { openTwin, type Twin } from '../../src/live-targets/twin.ts';
import { withoutRateLimits } from '../support/without-rate-limits.ts';
import { changedCompany } from './changes.ts';
import { demo as counted, startLive } from './live.ts';
import { applyTo, openTenant, type Opened } from './planned.ts';

/** Its lists are read more often here than ten times a minute. */
const demo = withoutRateLimits(counted);

/** The platform of all tests here; its company is as the file says it at the beginning of each. */
let platform: Mingce;
const open: { close(): Promise<void> }[] = [];
beforeAll(async () => {
  platform = await startLive(demo);
}, 60_000);
beforeEach(async () => {
  await platform.companies.apply('demo', demo, { plan: false, request: 'test' });
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
afterAll(() => platform.close());

const byId = (things: readonly { readonly id: string }[]): unknown => things.toSorted((a, b) => (a.id < b.id ? -1 : 1));

/** Every field of a platform is ours. */
const ours = ({ fields }: WritingConnector): Record<string, Authority> =>
  Object.fromEntries(fields.map(({ field }) => [field, 'ours' as const]));

function tenant(connector: WritingConnector, file: string, settings: Partial<TargetSettings> = {}): Opened {
  const opened = openTenant(connector, platform.url, file, { authority: ours(connector), ...settings });
  open.push(opened);
  return opened;
}

/** Members of an employee that the test of clearing takes away. */
const EMPTIED = [
  'name.i18n',
  'alias',
  'gender',
  'email',
  'leader',
  'job_number',
  'job_title',
  'job_level',
  'work_place',
  'work_station',
  'extension_number',
  'join_date',
  'employment_type',
  'note',
];

const changed = demo.replace('alias: 小张', 'alias: 大张');

describe.each([feishu, wecom, hose].map((connector) => [connector.platform, connector] as const))(
  '%s',
  (name, connector) => {
    test('a copy of a tenant is read as the tenant is', async () => {
      const live = tenant(connector, demo);
      const [read, setup] = [
        await live.run(connector.readAll(live.target)),
        { catalogs: {}, numbered: [], personId: null, problems: [] },
      ];
      const described = describers.get(name)?.({ target: live.target, live: read, setup });
      if (described === undefined) throw new Error(`nothing describes ${name}`);
      const twin: Twin = await openTwin(connector, described, Date.now(), startMingce);
      open.push(twin);
      const again = await twin.run(connector.readAll(live.target));
      expect(again.problems).toEqual([]);
      expect(byId(again.departments)).toEqual(byId(read.departments));
      expect(byId(again.people)).toEqual(byId(read.people));
    }, 60_000);

    test('a plan sends nothing, and applied it does what it predicted, once', async () => {
      const live = tenant(connector, changed);
      const before = await platform.companies.export('demo');
      const plan = await planFor(live);
      expect(await platform.companies.export('demo')).toBe(before);
      expect(plan.steps.map(({ operation, subjects }) => [operation, subjects[0]?.changes])).toEqual([
        ['update', { alias: { from: '小张', to: '大张' } }],
      ]);
      const lines: string[] = [];
      const journal = new LineJournal('', (line) => void lines.push(line));
      const report = await applyTo(live, plan, { journal });
      expect(report).toMatchObject({ sent: 1, hits: 1, misses: [], stopped: null });
      expect(await platform.companies.export('demo')).toContain('大张');
      // The intent was kept before the answer came.
      expect(lines.map((line) => (JSON.parse(line) as RunEntry).state)).toEqual(['sending', 'done']);
      const again = await applyTo(live, plan, { journal: new LineJournal(lines.join(''), () => undefined) });
      expect(again).toMatchObject({ sent: 0, before: 1, stopped: null });
      // A run that was cut off after sending looks before it sends again.
      const { call } = plan.steps[0]?.request ?? { call: '' };
      const sent = (): unknown => live.tally().find((one) => one.call === call)?.sent;
      const soFar = sent();
      const cut = new LineJournal(lines.slice(0, 1).join(''), () => undefined);
      expect(await applyTo(live, plan, { journal: cut })).toMatchObject({ sent: 1, hits: 1, stopped: null });
      expect(sent()).toBe(soFar);
      // Somebody else changed the person since: nothing is sent.
      await platform.companies.apply('demo', demo.replace('alias: 小张', 'alias: 老张'), { plan: false, request: 'x' });
      expect(await applyTo(live, plan)).toMatchObject({
        sent: 0,
        stopped: { why: 'stale' },
        stale: [{ n: 1, subject: 'zhangsan', name: '张三', side: 'theirs' }],
      });
      const here = await applyTo(tenant(connector, demo.replace('alias: 小张', 'alias: 中张')), plan);
      expect(here).toMatchObject({ sent: 0, stale: [{ subject: 'zhangsan', side: 'ours' }] });
      const partly = await applyTo(live, plan, { options: { isPartial: true } });
      expect(partly).toMatchObject({ sent: 0, left: [1], stopped: null });
    }, 120_000);

    test('what both agreed on and is emptied here is emptied there, seen by a read, or said not to be clearable', async () => {
      const company = parse(demo) as { employees: Record<string, unknown>[] };
      const person = company.employees.find(({ id }) => id === 'zhangsan') ?? {};
      Object.assign(person, { work_station: 'A-1', extension_number: '8001', note: '备注' });
      const filled = JSON.stringify(company);
      await platform.companies.apply('demo', filled, { plan: false, request: 'test' });
      const agreed = ourPeopleOf(tenant(connector, filled)).get('zhangsan')?.values;
      // A mainland mobile cannot go where the mail goes, too.
      for (const gone of [EMPTIED, ['mobile']]) {
        const emptied = Object.fromEntries(Object.entries(person).filter(([member]) => !gone.includes(member)));
        const name = gone.includes('name.i18n') ? '张三' : person['name'];
        const employees = company.employees.map((one) => (one === person ? { ...emptied, name } : one));
        const live = tenant(connector, JSON.stringify({ ...company, employees }));
        const { matches } = live.compare(await live.run(connector.readAll(live.target))).matching;
        const liveId = matches.find(({ own }) => own.id === 'zhangsan')?.live.id ?? '';
        const about = { kind: 'employee', subject: 'zhangsan', liveId, matchedBy: 'id', state: 'linked' } as const;
        const links = [{ ...about, base: agreed ?? null, baseAt: 0, delivered: 0 }];
        const plan = await planFor(live, { links, only: new Set(['zhangsan']) });
        const now = ourPeopleOf(live).get('zhangsan')?.values;
        const wanted = connector.fields.flatMap(({ field, read, write }) =>
          read !== null && write !== null && isNone(now?.[field]) && !isNone(agreed?.[field]) ? [field] : [],
        );
        expect(wanted.length).toBeGreaterThan(0);
        const report = await applyTo(live, plan);
        expect([report.misses, report.stopped]).toEqual([[], null]);
        const there = await live.run(connector.readAll(live.target));
        const after = there.people.find(({ id }) => id === liveId)?.values ?? {};
        // Each is empty there now, said not to be clearable, or refused by the platform with its code.
        const left = wanted.filter((field) => {
          const isSaid = plan.header.refused.some((one) => one.field === field && one.why === 'not-clearable');
          const isRefused = plan.steps.some(
            ({ isRefused: is, predicted }) => is && predicted.some((one) => one.field === field && one.code !== null),
          );
          const clear = connector.fields.find((one) => one.field === field)?.clear ?? null;
          if (clear === null) return !isSaid;
          return !isRefused && !isNone(after[field]) && after[field] !== 0;
        });
        expect(left).toEqual([]);
      }
    }, 240_000);

    test('what is predicted of random changes is what is answered', async () => {
      const live = tenant(connector, changedCompany(2_026, 16));
      const plan = await planFor(live);
      expect(plan.steps.length).toBeGreaterThan(0);
      const { hits, misses, stopped } = await applyTo(live, plan, { options: { goesOn: true, sendsRefused: true } });
      expect([misses, stopped]).toEqual([[], null]);
      expect(hits).toBe(plan.steps.length);
    }, 120_000);
  },
);

test('a plan foresees who founded a tenant of Feishu: it is read, not the first of the list', async () => {
  const person = (company: { employees: Record<string, unknown>[] }, name: string): Record<string, unknown> =>
    company.employees.find(({ id }) => id === name) ?? {};
  // Both are leaders of departments, which who left cannot be.
  const left = parse(demo.replaceAll(/, leaders: \[\{ employee: \w+ \}\]/g, '')) as {
    employees: Record<string, unknown>[];
    hose: { roles: unknown[] };
    feishu: Record<string, unknown>;
  };
  left.hose.roles = [];
  delete left.feishu['founder'];
  for (const one of left.employees) if (one['leader'] === 'chenjianguo') delete one['leader'];
  for (const id of ['zhangsan', 'chenjianguo']) {
    const one = person(left, id);
    Object.assign(one, { status: 'resigned', left_on: '2026-01-02' });
    for (const member of ['departments', 'main_department', 'leader', 'leading']) delete one[member];
  }
  const plan = await planFor(tenant(feishu, JSON.stringify(left), { authority: {} }));
  const said = plan.steps.map(({ operation, subjects, predicted }) => [
    operation,
    subjects[0]?.subject,
    predicted[0]?.code,
  ]);
  expect(said).toEqual([
    ['leave', 'zhangsan', null],
    ['leave', 'chenjianguo', '2221183'],
  ]);
  const live = tenant(feishu, JSON.stringify(left), { authority: {} });
  const report = await applyTo(live, plan, { options: { goesOn: true, sendsRefused: true } });
  expect([report.hits, report.misses]).toEqual([2, []]);
}, 60_000);

test('a stored link wins over every key; an employee who is ignored, ambiguous or lost is neither written to nor made', async () => {
  const live = tenant(hose, changed, { people: { create: 'yes' } });
  const { matches } = live.compare(await live.run(hose.readAll(live.target))).matching;
  const idOf = (id: string): string => matches.find(({ own }) => own.id === id)?.live.id ?? '';
  const planned = async (state: LinkState, liveId: string | null): Promise<unknown> => {
    const link: Link = {
      kind: 'employee',
      subject: 'zhangsan',
      liveId,
      matchedBy: 'operator',
      state,
      base: null,
      baseAt: null,
      delivered: 0,
    };
    const { steps } = await planFor(live, { links: [link] });
    return steps.map(({ operation, subjects }) => [operation, subjects[0]?.subject]);
  };
  expect(await planned('linked', idOf('zhangsan'))).toEqual([['update', 'zhangsan']]);
  for (const state of ['ignored', 'ambiguous', 'lost'] as const) expect(await planned(state, null)).toEqual([]);
  expect(await planned('linked', 'gone')).toEqual([]);
}, 120_000);

describe('nobody is removed', () => {
  test('people who left here leave there only after a word with their very number', async () => {
    const left = demo
      .replace('- id: zhangsan\n', '- id: zhangsan\n    status: resigned\n    left_on: 2026-01-02\n')
      .replace('    departments: [backend]\n    leader: zhouhao\n    job_number: "10001"', '    job_number: "10001"');
    const live = tenant(hose, left);
    const plan = await planFor(live);
    expect(plan.steps.map(({ operation, subjects }) => [operation, subjects[0]?.subject])).toEqual([
      ['leave', 'zhangsan'],
    ]);
    expect(plan.header.brake).toEqual([{ what: 'leave', count: 1, limit: 0 }]);
    const before = await platform.companies.export('demo');
    for (const allowed of [{}, { leave: 2 }]) {
      expect(await applyTo(live, plan, { allowed })).toMatchObject({ sent: 0, stopped: { why: 'staged' } });
    }
    expect(await platform.companies.export('demo')).toBe(before);
    expect(await applyTo(live, plan)).toMatchObject({ sent: 1, hits: 1, stopped: null });
    const never = await planFor(tenant(hose, left, { people: { leave: 'no' } }));
    expect(never.steps).toEqual([]);
  }, 60_000);

  const only = (people: string): string =>
    `${demo.slice(0, demo.indexOf('\nemployees:'))}\nemployees:${people}`
      .replaceAll(/, leaders: \[\{ employee: \w+ \}\]/g, '')
      .replace(/ {2}founder: \w+\n/, '')
      .replace(/, contents: \[\{ staffs: \[chenjianguo\] \}\]/, '');

  test.each([
    ['by a file without people', only(' []\n'), {}],
    ['by a scope that has few', demo, { scope: { departments: ['legal'] } }],
  ])(
    '%s',
    async (_, file, settings) => {
      const { steps } = await planFor(tenant(hose, file, settings));
      expect(steps).toEqual([]);
    },
    60_000,
  );

  test.each([
    ['half a file', 29, (id: string) => id],
    ['a file whose ids are others', 58, (id: string) => `other-${id}`],
  ])(
    'by %s',
    async (_, count, renamed) => {
      const { employees } = parse(demo) as { employees: { id: string; leader?: string; mobile?: string }[] };
      const lines = employees
        .slice(0, count)
        .map(({ leader: _leader, ...one }) => `\n  - ${JSON.stringify({ ...one, id: renamed(one.id) })}`);
      const { steps } = await planFor(tenant(hose, only(lines.join(''))));
      const operations = new Set(steps.map(({ operation }) => operation));
      expect([operations.has('leave'), operations.has('freeze'), operations.has('create')]).toEqual([
        false,
        false,
        false,
      ]);
    },
    60_000,
  );

  test('by a scope that names a lost department: there is no plan at all', async () => {
    await expect(planFor(tenant(hose, demo, { scope: { departments: ['lost'] } }))).rejects.toThrow(
      'names the department "lost"',
    );
  }, 60_000);
});

describe('the file of a plan', () => {
  test('is refused with any bit flipped, cut anywhere, with another key, for another place, and when it is old', async () => {
    const live = tenant(hose, changed);
    const plan = await planFor(live);
    const text = planLines(plan, live.planKey);
    expect(readPlan(text, live.planKey)).toMatchObject(plan);
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += 61) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      expect(() => readPlan(flipped.toString(), live.planKey), `byte ${String(at)}`).toThrow(/plan/);
      expect(() => readPlan(bytes.subarray(0, at).toString(), live.planKey), `cut at ${String(at)}`).toThrow(/plan/);
    }
    expect(() => readPlan(text, Buffer.alloc(32))).toThrow('made for another tenant, or with other secrets');
    const here = { now: Date.now(), company: 'demo', target: 'hose', tenant: plan.header.tenant };
    checkPlan(plan, here);
    expect(() => {
      checkPlan(plan, { ...here, now: here.now + 25 * 3_600_000 });
    }).toThrow('make a new one');
    const elsewhere = { ...here.tenant, base_url: 'http://127.0.0.1:1' };
    expect(() => {
      checkPlan(plan, { ...here, tenant: elsewhere });
    }).toThrow('at another place');
  }, 60_000);
});
