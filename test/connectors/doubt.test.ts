import { afterEach, expect, test } from 'vitest';
import { feishu } from '../../src/connectors/feishu/index.ts';
import { hose } from '../../src/connectors/hose/index.ts';
import { wecom } from '../../src/connectors/wecom/index.ts';
import type { WritingConnector } from '../../src/connectors/writing.ts';
import { planFor } from '../../src/live-targets/planning.ts';
import type { Mingce } from '../../src/index.ts';
import type { TargetSettings } from '../../src/directory/targets/target.ts';
import { demo, startLive } from './live.ts';
import { applyTo, openTenant, type OpenOptions, type Opened } from './planned.ts';

let platform: Mingce | null = null;
let live: Opened | null = null;
afterEach(async () => {
  await live?.close();
  await platform?.close();
  platform = live = null;
});

/** Opens a tenant whose company file is this one, with time that passes at once. */
async function opened(
  connector: WritingConnector,
  [there, ours]: readonly [string, string],
  settings: Partial<TargetSettings>,
  options: OpenOptions = {},
): Promise<Opened> {
  platform = await startLive(there, { sandbox: 'on' });
  live = openTenant(connector, platform.url, ours, settings, options);
  return live;
}

const all = [feishu, wecom, hose].map((connector) => [connector.platform, connector] as const);
const departments = { create: 'yes' } as const;

test.each(all)(
  'a department of %s whose answer is lost is found by a read, and not made a second time',
  async (_, connector) => {
    const more = demo.replace(
      '\n# Hose knows job titles',
      '\n  - { id: lab, name: 实验室, parent: rd, code: "109" }\n# Hose',
    );
    const tenant = await opened(connector, [demo, more], { departments });
    const plan = await planFor(tenant);
    expect(plan.steps.map(({ operation }) => operation)).toEqual(['department-create']);
    const operation = connector.platform === 'hose' ? 'departments.create' : 'department.create';
    await platform?.company('demo').faults.add({ match: { operation }, times: 1, effect: { cut: 'after-commit' } });
    const report = await applyTo(tenant, plan, { options: { goesOn: true } });
    expect([report.hits, report.misses, report.stopped]).toEqual([1, [], null]);
    const { departments: there } = await tenant.run(connector.writes.readTree(tenant.target));
    expect(there.filter(({ name }) => name === '实验室')).toHaveLength(1);
    const calls = tenant
      .tally()
      .filter(({ call }) => call.startsWith('depart') || call.includes('.departments.create'));
    expect(calls.find(({ call }) => /create/.test(call))?.sent).toBe(1);
  },
  60_000,
);

test('where the tree cannot be read, no department is called missing', async () => {
  const tenant = await opened(wecom, [demo, demo], { departments }, { secrets: ['contact', 'hr'] });
  const { steps } = await planFor(tenant);
  expect(steps.filter(({ operation }) => operation.startsWith('department'))).toEqual([]);
}, 60_000);

test('a field that Hose has switched off is not sent, as it would keep everybody of its batch back', async () => {
  const off = demo.replace('  roles:\n', '  built_in_fields: { rankType: false }\n  roles:\n');
  expect(off).not.toBe(demo);
  const ours = demo.replace('alias: 小张', 'alias: 大张').replace('job_level: asdfghjk', 'job_level: l-p7');
  const authority = { alias: 'ours', jobLevel: 'ours' } as const;
  const tenant = await opened(hose, [off, ours], { authority });
  const plan = await planFor(tenant);
  const refused = plan.header.refused.filter(({ subject }) => subject === 'zhangsan');
  expect(refused).toMatchObject([{ field: 'jobLevel', why: 'no-entry' }]);
  const report = await applyTo(tenant, plan);
  expect([report.hits, report.misses, report.stopped]).toEqual([1, [], null]);
}, 60_000);
