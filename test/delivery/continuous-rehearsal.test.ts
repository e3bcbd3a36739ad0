import { beforeAll, describe, expect, test } from 'vitest';
import { withoutOwnLimits } from '../connectors/live.ts';
import { smallDemo } from '../support/small-demo.ts';
import { QA, TESTERS } from './changed-demo.ts';
import { Following, withSecrets, type FollowingOptions } from './following.ts';

beforeAll(withoutOwnLimits);
beforeAll(withSecrets);

const NEWCOMER =
  '  - { id: newcomer, name: 新人, mobile: "+8613900000001", email: new@hengda.example, job_number: N-1, departments: [qa], join_date: 2026-01-05 }\n';
const AUTHORITY =
  '    authority: { name: ours, mobile: ours, email: ours, jobNumber: ours, department: ours, mainDepartment: ours, joinDate: ours }';

const withNewcomer = smallDemo.replace('  - id: zhangsan\n', `${NEWCOMER}  - id: zhangsan\n`);

const withTesters = smallDemo.replace('- { id: qa,', `- { id: qa, feishu: { open_department_id: ${QA} },`);

function follow(platform: string, more: Partial<FollowingOptions> = {}): Promise<Following> {
  return Following.start({
    platform,
    live: withTesters,
    settings: `    people: { create: yes, leave: yes }\n${AUTHORITY}`,
    departments: { qa: TESTERS[platform] ?? '' },
    ...more,
  });
}

describe.concurrent.each(['feishu', 'wecom', 'hose'])('%s', (platform) => {
  test('a creation and a leave are rehearsed, and come to be as they were foreseen', async () => {
    await using following = await follow(platform);
    await following.apply(withNewcomer);
    const [made] = await following.settled(1);
    expect(made).toMatchObject({ subject: 'newcomer', state: 'verified' });
    const predictions = await following.own.store.targets.predictions(await following.id());
    expect(predictions.filter(({ misses }) => misses > 0)).toEqual([]);
    expect(predictions.length).toBeGreaterThan(0);
    await following.apply(
      withNewcomer.replace('job_number: N-1', 'job_number: N-1, status: resigned, left_on: 2026-02-01'),
    );
    const [left] = await following.settled(2);
    expect(left).toMatchObject({ subject: 'newcomer', state: 'verified', intent: { operation: 'leave' } });
  }, 180_000);

  test('what the platform would refuse is foreseen, and not sent', async () => {
    const taken = '+8613900000099';
    const other = `  - { id: onlythere, name: 别人, mobile: "${taken}", departments: [qa], join_date: 2026-01-05 }\n`;
    const live = withTesters.replace('  - id: zhangsan\n', `${other}  - id: zhangsan\n`);
    await using following = await follow(platform, { live });
    await following.apply(smallDemo.replace('mobile: "+8613800010001"\n    email', `mobile: "${taken}"\n    email`));
    const [refused] = await following.settled(1);
    expect(refused).toMatchObject({ subject: 'zhangsan', attempts: [] });
    expect(await following.live.companies.export('demo')).toContain('mobile: "+8613800010001"');
  }, 180_000);

  test('with a brake of 0 every message to a person is asked about first', async () => {
    const brake = '    brake: { message: { day: 0 } }\n';
    const settings = `${brake}    people: { create: yes }\n${AUTHORITY}`;
    await using following = await follow(platform, { settings });
    await following.apply(withNewcomer);
    // Elsewhere a message is sent on request alone.
    const held = platform === 'feishu' ? await following.until('staged') : null;
    expect(held?.attempts ?? []).toEqual([]);
    if (held !== null) await following.post(`targets/${platform}/release`, { message: 1 });
    expect(await following.settled(1)).toMatchObject([{ state: 'verified' }]);
  }, 180_000);

  test('what was delivered without a plan is taken back by one', async () => {
    await using following = await follow(platform);
    await following.apply(withNewcomer);
    await following.settled(1);
    await following.apply(withNewcomer.replace('name: 新人', 'name: 老人'));
    const done = await following.settled(2);
    expect(done).toMatchObject([{ state: 'verified' }, { state: 'verified' }]);
    // Each plan reads the catalogues, of which that platform lets few calls pass in a minute.
    const some = platform === 'feishu' ? done.slice(0, 1) : done;
    for (const { id } of some) {
      const { id: plan } = await following.post<{ readonly id: string }>(`deliveries/${id}/undo`);
      await following.planIs(plan, ['ready', 'staged']);
      await following.post(`targets/${platform}/plans/${plan}/allow`, { counts: { leave: 1 } });
      await following.post(`targets/${platform}/plans/${plan}/apply`, {});
      await following.planIs(plan, ['done']);
    }
    const file = (await following.live.companies.export('demo')) ?? '';
    expect(file).not.toContain('老人');
    const newcomer = file.slice(file.indexOf('name: 新人'));
    const status = newcomer.slice(0, newcomer.indexOf('\n  - id'));
    expect(status.includes('status: resigned')).toBe(some.length === done.length);
  }, 180_000);
});

test.concurrent.each(['ask', 'yes'])(
  'who left Feishu comes back there under the same record, with return: %s, though create is yes',
  async (consent) => {
    const day = new Date(Date.now() + 8 * 3_600_000 - 86_400_000).toISOString().slice(0, 10);
    const gone = NEWCOMER.replace('id: newcomer', 'id: gone').replace(
      'departments: [qa]',
      `status: resigned, left_on: ${day}`,
    );
    await using following = await follow('feishu', {
      live: withTesters.replace('  - id: zhangsan\n', `${gone}  - id: zhangsan\n`),
      settings: `    people: { create: yes, return: ${consent} }\n${AUTHORITY}`,
    });
    await following.apply(withNewcomer);
    if (consent === 'ask') {
      await following.until('staged');
      await following.post('targets/feishu/release', { return: 1 });
    }
    expect(await following.settled(1)).toMatchObject([
      { subject: 'newcomer', state: 'verified', intent: { operation: 'return', liveId: 'gone' } },
    ]);
    const file = (await following.live.companies.export('demo')) ?? '';
    expect(file.split('+8613900000001')).toHaveLength(2);
  },
  180_000,
);
