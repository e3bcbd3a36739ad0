import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { feishu } from '../../src/connectors/feishu/index.ts';
import { hose } from '../../src/connectors/hose/index.ts';
import type { WritingConnector } from '../../src/connectors/writing.ts';
import type { TargetSettings } from '../../src/directory/targets/target.ts';
import type { Mingce } from '../../src/index.ts';
import { planFor, readPeople } from '../../src/live-targets/planning.ts';
import { demo, startLive } from './live.ts';
import { applyTo, openTenant, type Opened } from './planned.ts';

type Members = Record<string, unknown>;

let platform: Mingce;
const open: { close(): Promise<void> }[] = [];
beforeAll(async () => {
  platform = await startLive(demo);
}, 60_000);
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
afterAll(() => platform.close());

/** A day in China, so many days ago. */
function daysAgo(days: number): string {
  return new Date(Date.now() + 8 * 3_600_000 - days * 86_400_000).toISOString().slice(0, 10);
}

/** The demo company with another 张三, and with other members of its own. */
function company(zhangsan: Members, others: Members = {}): string {
  const { employees, ...rest } = parse(demo) as { employees: Members[]; feishu: Members };
  const changed = employees.map((one) => (one['id'] === 'zhangsan' ? { ...one, ...zhangsan } : one));
  const text = JSON.stringify({ ...rest, ...others, employees: changed });
  return text.replaceAll('"leader":"zhangsan"', '"leader":"chenjianguo"');
}

/** Lets 张三 leave the platform so many days ago, under some name. */
async function leave(days: number, more: Members = {}, others: Members = {}): Promise<void> {
  const gone = { status: 'resigned', left_on: daysAgo(days), departments: [], leader: undefined, ...more };
  await platform.companies.apply('demo', company(gone, others), { plan: false, request: 'test' });
}

/** Our side knows 张三 by mobile, mail and job number, and not by the platform's id. */
const NEWCOMER = { id: 'sanzhang', feishu: undefined, wecom: undefined, hose: undefined };

function tenant(connector: WritingConnector, file: string, people: TargetSettings['people'] = {}): Opened {
  const opened = openTenant(connector, platform.url, file, { authority: { name: 'ours', mobile: 'ours' }, people });
  open.push(opened);
  return opened;
}

interface Planned {
  readonly steps: readonly (readonly [operation: string, path: string, isRefused: boolean])[];
  readonly reports: readonly (readonly [subject: string, why: string])[];
}

async function planned(live: Opened): Promise<Planned> {
  const { header, steps } = await planFor(live);
  return {
    steps: steps.map(({ operation, request, isRefused }) => [operation, request.path, isRefused]),
    reports: header.reports.map(({ subject, why }) => [subject, why]),
  };
}

describe('somebody who left Feishu and is in service here', () => {
  const resurrected = ['return', '/open-apis/directory/v1/employees/zhangsan/resurrect', false];

  test('comes back under the same record, found by id or by mobile and name, and is never made a second time', async () => {
    await leave(5);
    for (const mine of [{}, NEWCOMER]) {
      const live = tenant(feishu, company(mine));
      const id = 'id' in mine ? 'sanzhang' : 'zhangsan';
      const { steps, reports } = await planned(live);
      expect(steps[0]).toEqual(resurrected);
      expect(steps.map(([operation]) => operation)).not.toContain('create');
      expect(reports).toContainEqual([id, 'comes-back']);
      // `return: no` leaves the record as it is, and makes none.
      const never = await planned(tenant(feishu, company(mine), { create: 'yes', return: 'no' }));
      expect(never.steps.filter(([operation]) => operation === 'create' || operation === 'return')).toEqual([]);
      expect(never.reports).toContainEqual([id, 'not-wanted']);
      const { differences, matching } = live.compare(await readPeople(live, []));
      expect(differences).toContainEqual(expect.objectContaining({ employee: id, field: 'status', theirs: 'left' }));
      expect(matching.missing).toEqual([]);
    }
    const live = tenant(feishu, company(NEWCOMER));
    const report = await applyTo(live, await planFor(live));
    expect(report).toMatchObject({ misses: [], stopped: null });
    const { people } = await live.run(feishu.readAll(live.target));
    expect(people.filter(({ values }) => values.mobile === '+8613800010001').map(({ id }) => id)).toEqual(['zhangsan']);
  }, 120_000);

  test.each([
    ['who has another name there', 5, { name: '李四' }],
    ['who left too long ago', 40, {}],
  ])(
    '%s is made, and the plan says that it is a second record',
    async (_, days, more) => {
      await leave(days, more);
      const { steps, reports } = await planned(tenant(feishu, company(NEWCOMER)));
      expect(steps[0]).toEqual(['create', '/open-apis/directory/v1/employees', false]);
      expect(reports).toContainEqual(['sanzhang', 'left-alike']);
    },
    60_000,
  );

  test('who cannot be looked up is made, and the plan says so, with the scope that is missing', async () => {
    const { feishu: section } = parse(demo) as { feishu: Members };
    const scopes = [
      'directory:employee:list',
      'directory:employee.base.external_id:read',
      'contact:contact.base:readonly',
    ];
    const apps = [{ app_id: 'cli_mingce_demo', app_secret: 'mingce-demo-secret', scopes }];
    await leave(5, {}, { feishu: { ...section, apps } });
    const plan = await planFor(tenant(feishu, company(NEWCOMER)));
    const report = plan.header.reports.find(({ subject }) => subject === 'sanzhang');
    expect([report?.why, report?.detail?.en]).toEqual([
      'maybe-left',
      expect.stringContaining('contact:user.id:readonly'),
    ]);
  }, 60_000);
});

test('a staff that was switched off at Hose is switched on again, found by mobile and name', async () => {
  await leave(400);
  const { steps, reports } = await planned(tenant(hose, company(NEWCOMER)));
  expect(steps.map(([operation]) => operation)).toContain('return');
  expect(steps.map(([operation]) => operation)).not.toContain('create');
  expect(reports).toContainEqual(['sanzhang', 'comes-back']);
}, 60_000);

test('who is ambiguous, or was linked and is gone, is neither written to nor made, and the plan says so', async () => {
  await platform.companies.apply('demo', demo, { plan: false, request: 'test' });
  const other = { ...NEWCOMER, name: '别人', email: 'other@hengda.example', job_number: 'X-1' };
  const live = tenant(hose, company(other), { create: 'yes' });
  const unlike = await planFor(live);
  expect(unlike.steps.flatMap(({ subjects }) => subjects.map(({ subject }) => subject))).not.toContain('sanzhang');
  expect(unlike.header.reports).toContainEqual(expect.objectContaining({ subject: 'sanzhang', why: 'undecided' }));
  const link = { kind: 'employee', subject: 'sanzhang', liveId: 'gone', matchedBy: 'made', state: 'linked' } as const;
  const links = [{ ...link, base: null, baseAt: null, delivered: 0 }];
  const lost = await planFor(live, { links });
  expect(lost.steps.flatMap(({ subjects }) => subjects.map(({ subject }) => subject))).not.toContain('sanzhang');
  expect(lost.header.reports).toContainEqual(expect.objectContaining({ subject: 'sanzhang', why: 'lost' }));
}, 60_000);
