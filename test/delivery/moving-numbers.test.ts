import { beforeAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { withoutOwnLimits } from '../connectors/live.ts';
import { changedDemo, NEWCOMER, TESTERS, type Person } from './changed-demo.ts';
import { Following, withSecrets } from './following.ts';

beforeAll(withoutOwnLimits);
beforeAll(withSecrets);

const MOBILE = '+8613800010001';
const LEFT = { status: 'resigned', left_on: '2026-02-01', leader: undefined };
/** Who left, and gave the mobile back. */
const LEFT_ALL = { ...LEFT, mobile: undefined };

function follow(platform: string, live: string): Promise<Following> {
  return Following.start({
    platform,
    live,
    settings: `    people: { create: yes, leave: yes, return: yes }
    authority: { name: ours, mobile: ours, email: ours, jobNumber: ours }
    brake: { login: { day: 50 }, leave: { day: 50 } }`,
    departments: { qa: TESTERS[platform] ?? '' },
  });
}

/** The people of the live tenant who have a mobile, by name and status. */
async function liveWith(following: Following, mobile: string): Promise<readonly string[]> {
  const { employees } = parse((await following.live.companies.export('demo')) ?? '') as {
    readonly employees: Person[];
  };
  return employees
    .filter((one) => one['mobile'] === mobile)
    .map(({ name, status }) => {
      const text = typeof name === 'string' ? name : (name as { readonly value: string }).value;
      return status === 'resigned' ? `${text} left` : text;
    })
    .toSorted();
}

/** Who an employee is linked to. */
async function linkOf(following: Following, subject: string): Promise<string> {
  const links = await following.own.store.targets.linksOf(await following.id(), [{ kind: 'employee', subject }]);
  return links.map(({ state, liveId }) => `${state} ${String(liveId)}`).join();
}

describe.concurrent.each(['feishu', 'wecom', 'hose'])('%s: a mobile passes from one to another', (platform) => {
  test('who gets the mobile of somebody who left gets a record of their own', async () => {
    await using following = await follow(platform, changedDemo({}));
    await following.apply(changedDemo({ zhangsan: { alias: '一' } }));
    await following.settled(1);
    await following.apply(changedDemo({ zhangsan: LEFT }));
    expect(await following.settled(2)).toMatchObject([{ subject: 'zhangsan', state: 'verified' }, {}]);
    await following.apply(changedDemo({ zhangsan: LEFT_ALL }, [{ ...NEWCOMER, mobile: MOBILE }]));
    await vi.waitFor(async () => {
      expect(await liveWith(following, MOBILE)).toEqual(['张三 left', '新人']);
    }, 20_000);
  }, 180_000);

  test('who gets it while the other one leaves waits for that', async () => {
    await using following = await follow(platform, changedDemo({}));
    await following.apply(changedDemo({ zhangsan: { alias: '一' } }));
    await following.settled(1);
    await following.apply(changedDemo({ zhangsan: LEFT_ALL }, [{ ...NEWCOMER, mobile: MOBILE }]));
    const all = await following.settled(3);
    expect(all.map(({ state }) => state).slice(0, 2)).toEqual(['verified', 'verified']);
    expect(await liveWith(following, MOBILE)).toEqual(['张三 left', '新人']);
  }, 180_000);

  test('somebody there with another name is not taken for the one who gets it', async () => {
    const stranger = { ...NEWCOMER, id: 'stranger', name: '生人', email: 'other@hengda.example', job_number: 'X-1' };
    await using following = await follow(platform, changedDemo({}, [stranger]));
    const newcomer = { ...NEWCOMER, name: '新人' };
    await following.apply(changedDemo({}, [newcomer]));
    const [refused] = await following.settled(1);
    expect(refused).toMatchObject({
      subject: 'newcomer',
      state: 'dead',
      outcome: { reason: 'ambiguous' },
      attempts: [],
    });
    expect(await liveWith(following, '+8613900000001')).toEqual(['生人']);
    // Once the mobile is free there it is sent again, and is looked for again.
    await following.live.companies.apply('demo', changedDemo({}, [{ ...stranger, mobile: '+8613900000002' }]), {
      plan: false,
      request: 'r',
    });
    await following.post(`deliveries/${refused?.id ?? ''}/retry`);
    expect(await following.settled(2)).toMatchObject([{ state: 'verified' }, { state: 'dead' }]);
    expect(await liveWith(following, '+8613900000001')).toEqual(['新人']);
  }, 180_000);

  test('who takes it over from a colleague waits until it is given up, and a swap is refused', async () => {
    const known = (id: string): Person => ({
      id,
      feishu: { employee_id: id },
      wecom: { userid: id },
      hose: { id: `xgJ3wajigF25H0:${id}` },
    });
    const giver = { ...NEWCOMER, ...known('giver'), name: '让号' };
    const taker = { ...NEWCOMER, ...known('taker'), name: '接号', email: 'b@hengda.example', job_number: 'N-2' };
    const [ONE, TWO, THREE] = ['+8613900000001', '+8613900000002', '+8613900000003'] as const;
    const two = (first: string, second: string, alias: string): string =>
      // The one who takes comes first.
      changedDemo({}, [
        { ...taker, mobile: second, alias },
        { ...giver, mobile: first, alias },
      ]);
    await using following = await follow(platform, two(ONE, TWO, '零'));
    await following.apply(two(ONE, TWO, '一'));
    await following.settled(2);
    await following.apply(two(THREE, ONE, '一'));
    const all = await following.settled(4);
    expect(all.map(({ state }) => state).slice(0, 2)).toEqual(['verified', 'verified']);
    expect(await liveWith(following, ONE)).toEqual(['接号']);
    await following.apply(two(ONE, THREE, '一'));
    const swapped = await following.settled(6);
    // Hose has no rule that a contact number is one person’s alone.
    const state = platform === 'hose' ? 'verified' : 'dead';
    expect(swapped.map((one) => one.state).slice(0, 2)).toEqual([state, state]);
  }, 180_000);
});

describe.concurrent.each(['feishu', 'wecom'])('%s: the colleague who gives a mobile up is given up', (platform) => {
  test('who gets it ends with that reason, and is sent once the colleague is done', async () => {
    const known = (id: string): Person => ({ id, feishu: { employee_id: id }, wecom: { userid: id } });
    const [ONE, TWO, THREE, FOUR] = ['+8613900000001', '+8613900000002', '+8613900000003', '+8613900000004'] as const;
    const two = (first: string, second: string, alias: string): readonly Person[] => [
      {
        ...NEWCOMER,
        ...known('taker'),
        name: '接号',
        email: 'b@hengda.example',
        job_number: 'N-2',
        mobile: second,
        alias,
      },
      { ...NEWCOMER, ...known('giver'), name: '让号', mobile: first, alias },
    ];
    const stranger = { ...NEWCOMER, id: 'stranger', name: '生人', email: 'c@hengda.example', job_number: 'X-1' };
    await using following = await follow(
      platform,
      changedDemo({}, [...two(ONE, TWO, '零'), { ...stranger, mobile: THREE }]),
    );
    await following.apply(changedDemo({}, two(ONE, TWO, '一')));
    await following.settled(2);
    // The number that the giver is to have is somebody else's there.
    await following.apply(changedDemo({}, two(THREE, ONE, '一')));
    const ended = (await following.settled(4)).slice(0, 2);
    expect(ended.map(({ state }) => state)).toEqual(['dead', 'dead']);
    const giver = ended.find(({ subject }) => subject === 'giver');
    const taker = ended.find(({ subject }) => subject === 'taker');
    expect(taker?.outcome).toMatchObject({ fields: { mobile: 'still-of giver' } });
    const live = changedDemo({}, [...two(ONE, TWO, '一'), { ...stranger, mobile: FOUR }]);
    await following.live.companies.apply('demo', live, { plan: false, request: 'r' });
    await following.post(`deliveries/${giver?.id ?? ''}/retry`);
    const all = await following.settled(6);
    expect(all.slice(0, 2).map(({ subject, state }) => [subject, state])).toEqual([
      ['taker', 'verified'],
      ['giver', 'verified'],
    ]);
    expect(await liveWith(following, ONE)).toEqual(['接号']);
  }, 180_000);
});

describe.concurrent.each(['feishu', 'hose'])('%s: who left there and is in service here', (platform) => {
  test('comes back under the same record where the link is known', async () => {
    await using following = await follow(platform, changedDemo({}));
    await following.apply(changedDemo({ zhangsan: { alias: '一' } }));
    await following.settled(1);
    const before = await linkOf(following, 'zhangsan');
    await following.apply(changedDemo({ zhangsan: LEFT }));
    await following.settled(2);
    await following.apply(changedDemo({ zhangsan: { alias: '二', departments: ['qa'] } }));
    const [back] = await following.settled(3);
    expect(back).toMatchObject({ subject: 'zhangsan', state: 'verified', intent: { operations: ['return'] } });
    expect(await liveWith(following, MOBILE)).toEqual(['张三']);
    expect(await linkOf(following, 'zhangsan')).toBe(before);
  }, 180_000);

  test('comes back where a mobile and the name say so, and none is made', async () => {
    const day = new Date(Date.now() + 8 * 3_600_000 - 86_400_000).toISOString().slice(0, 10);
    const gone = { ...NEWCOMER, id: 'gone', name: 'Li Na', status: 'resigned', left_on: day, departments: [] };
    await using following = await follow(platform, changedDemo({}, [gone]));
    await following.apply(changedDemo({}, [{ ...NEWCOMER, name: 'LiNa' }]));
    const [back] = await following.settled(1);
    expect(back).toMatchObject({ subject: 'newcomer', state: 'verified', intent: { operations: ['return'] } });
    expect(await liveWith(following, '+8613900000001')).toEqual(['LiNa']);
  }, 180_000);
});

test.concurrent('hose: who gets the mail of somebody who left is made without it, and gets it then', async () => {
  await using following = await follow('hose', changedDemo({}));
  const mail = 'zhangsan@hengda.example';
  await following.apply(changedDemo({ zhangsan: { alias: '一' } }));
  await following.settled(1);
  await following.apply(changedDemo({ zhangsan: LEFT }));
  await following.settled(2);
  await following.apply(changedDemo({ zhangsan: { ...LEFT, email: undefined } }, [{ ...NEWCOMER, email: mail }]));
  const all = await following.settled(4);
  const made = all.find(({ subject }) => subject === 'newcomer');
  expect(made).toMatchObject({ state: 'verified', intent: { operations: ['create', 'update'] } });
  expect(made?.intent).toMatchObject({ changes: { email: { to: mail } } });
  expect(await liveWith(following, '+8613900000001')).toEqual(['新人']);
}, 180_000);
