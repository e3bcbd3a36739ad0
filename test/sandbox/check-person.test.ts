// New values of a person, judged by each platform's own update before anything is written.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLog, startMingce, type Mingce } from '../../src/index.ts';
import type { EditCheck, PlatformCheck } from '../../src/sandbox/dry-run/contract.ts';
import type { EmployeeView } from '../../src/http/admin/people/contract.ts';
import type { SentCall } from '../../src/sandbox/acting/contract.ts';
import type { WholeRequestView } from '../../src/sandbox/journal/contract.ts';

const ADMIN = { authorization: 'Bearer check-person-test-key', 'content-type': 'application/json' };

let mingce: Mingce;
beforeAll(async () => {
  mingce = await startMingce({ demo: true, adminKey: 'check-person-test-key', log: silentLog });
});
afterAll(() => mingce.close());

const post = (path: string, body: object): Promise<Response> =>
  mingce.fetch(`${mingce.url}/mingce/v1/companies/demo${path}`, {
    method: 'POST',
    headers: ADMIN,
    body: JSON.stringify(body),
  });
const check = async (id: string, changes: object): Promise<EditCheck> => {
  const answer = await post(`/employees/${id}/check`, { changes });
  expect(answer.status).toBe(200);
  return (await answer.json()) as EditCheck;
};
const verdictsOf = ({ checked }: PlatformCheck): Readonly<Record<string, string>> =>
  Object.fromEntries((checked?.fields ?? []).map(({ field, verdict }) => [field, verdict]));

test('a mobile that someone else has is refused by two platforms and taken by the third, and nothing is written', async () => {
  const before = await mingce.companies.export('demo');
  const { employee, platforms } = await check('zhangsan', { mobile: '+8613800010011' });
  expect(employee).toBe('zhangsan');
  const [feishu, wecom, hose] = platforms;
  expect(feishu?.checked).toMatchObject({ outcome: 'refused', code: '2221103' });
  expect(wecom?.checked?.outcome).toBe('partly');
  expect(hose?.checked?.outcome).toBe('ok');
  expect(await mingce.companies.export('demo')).toBe(before);
});

test('what a platform has no field for is named, and a platform that takes none of it is not asked', async () => {
  const { platforms } = await check('zhangsan', { gender: '2', email: 'x@hengda.example' });
  const hose = platforms.find(({ platform }) => platform === 'hose');
  expect(hose).toMatchObject({ call: null, left: ['gender', 'email'], checked: null });
});

test('each member that has a verdict is led back to the field that it writes', async () => {
  const { job_titles: titles } = await check('liangchen', {});
  const own = { alias: '小梁', gender: '2', job_number: '20027', job_title: titles[0]?.id, join_date: '2020-05-01' };
  const more = { departments: ['backend', 'qa'], leader: 'zhouhao', email: 'liang@hengda.example', name: '梁晨晨' };
  for (const changes of [
    { ...own, note: 'x', mobile: '+8613911112222' },
    { ...own, ...more },
  ]) {
    const { platforms } = await check('liangchen', changes);
    for (const { platform, named, left, checked } of platforms) {
      const judged = (checked?.fields ?? []).filter(({ verdict }) => verdict !== 'used' && verdict !== 'not-mapped');
      expect(Object.keys(named), platform).toEqual(expect.arrayContaining(judged.map(({ field }) => field)));
      const written = Object.keys(changes).filter((field) => !left.some((one) => one === field));
      expect(Object.values(named), platform).toEqual(expect.arrayContaining(written));
    }
  }
});

test('each call that was checked is answered the same when it is sent, for every field', async () => {
  const { job_titles: titles } = await check('liangchen', {});
  expect(titles.length).toBeGreaterThan(3);
  const changes = {
    name: '梁晨晨',
    alias: '小梁',
    gender: '2',
    mobile: '+8613911112222',
    email: 'liang@hengda.example',
    job_number: '20027',
    job_title: titles.find(({ name }) => name === '测试工程师')?.id,
    join_date: '2020-05-01',
    note: '新备注',
  };
  const { platforms } = await check('liangchen', changes);
  const expected = { feishu: 8, wecom: 9, hose: 6 } as const;
  for (const one of platforms) {
    if (one.call === null) throw new Error(`${one.platform} is not asked`);
    const fresh = await check('liangchen', changes);
    const now = fresh.platforms.find(({ platform }) => platform === one.platform);
    const sent = (await (await post('/calls', one.call)).json()) as SentCall;
    const entry = (await (
      await mingce.fetch(`${mingce.url}/mingce/v1/requests/${sent.request}`, { headers: ADMIN })
    ).json()) as WholeRequestView;
    expect([one.platform, sent.status, sent.code]).toEqual([one.platform, now?.checked?.status, now?.checked?.code]);
    expect(Object.fromEntries(entry.fields.map(({ field, verdict }) => [field, verdict]))).toEqual(
      verdictsOf(now ?? one),
    );
    expect([one.platform, entry.outcome]).toEqual([one.platform, 'ok']);
    // What was written is what was edited, and no other field that is called the same.
    const after = await check('liangchen', changes);
    const again = after.platforms.find(({ platform }) => platform === one.platform);
    expect(verdictsOf(again ?? one)).toEqual(
      Object.fromEntries(
        Object.entries(verdictsOf(again ?? one)).map(([field, verdict]) => [
          field,
          verdict === 'applied' || verdict === 'cleared' ? 'unchanged' : verdict,
        ]),
      ),
    );
    const written = 9 - one.left.length;
    expect([one.platform, written]).toEqual([one.platform, expected[one.platform as keyof typeof expected]]);
  }
});

test('departments and a leader are written by the call that has them, the main department first', async () => {
  const changes = { departments: ['frontend', 'backend'], leader: 'liangchen', alias: '小张三' };
  const { platforms } = await check('zhangsan', changes);
  expect(platforms.map(({ call, left, checked }) => [call?.operation, left, checked?.outcome])).toEqual([
    ['employee.patch', [], 'ok'],
    ['user.update', [], 'ok'],
    ['staffs.update', ['leader'], 'ok'],
  ]);
  for (const [at, departments] of [['frontend', 'backend'], ['backend', 'frontend'], ['qa']].entries()) {
    const now = (await check('zhangsan', { departments, leader: at === 1 ? 'zhouhao' : 'liangchen' })).platforms[at];
    if (now?.call === null || now === undefined) throw new Error('no call');
    expect(await (await post('/calls', now.call)).json()).toMatchObject({ status: now.checked?.status });
    const { record } = (await (
      await mingce.fetch(`${mingce.url}/mingce/v1/companies/demo/employees/zhangsan`, { headers: ADMIN })
    ).json()) as EmployeeView;
    expect([record.departments.map((one) => one.department), record.mainDepartment, record.leader]).toEqual([
      departments,
      departments[0],
      at === 0 ? 'liangchen' : 'zhouhao',
    ]);
  }
});

test('a department and a leader that do not exist are refused by the platform, not by the form', async () => {
  const { platforms } = await check('zhangsan', { departments: ['no-such'], leader: 'no-such' });
  expect(platforms.map(({ checked }) => checked?.outcome)).toEqual(['refused', 'refused', 'refused']);
  expect((await check('zhangsan', { departments: [] })).platforms.map(({ checked }) => checked?.outcome)).toEqual([
    'refused',
    'refused',
    'refused',
  ]);
});

test('for the platform that is chosen the nearest call that passes is found, and passes when it is sent', async () => {
  const before = await mingce.companies.export('demo');
  const answer = await post('/employees/liangchen/check', {
    changes: { mobile: '+8613800010011', job_number: '30027' },
    nearest: 'feishu',
  });
  const [feishu, wecom] = ((await answer.json()) as EditCheck).platforms;
  expect(wecom?.nearest).toBeNull();
  expect(feishu?.nearest).toMatchObject({ text: expect.stringContaining('mobile') as string, fields: ['mobile'] });
  expect(await mingce.companies.export('demo')).toBe(before);
  expect(await (await post('/calls', feishu?.nearest?.call ?? {})).json()).toMatchObject({ status: 200, code: '0' });
});

test('other members, other types and no company are refused', async () => {
  expect((await post('/employees/zhangsan/check', { changes: { salary: '1' } })).status).toBe(400);
  expect((await post('/employees/zhangsan/check', { changes: { mobile: 1 } })).status).toBe(400);
  expect((await post('/employees/zhangsan/check', { changes: { departments: 'qa' } })).status).toBe(400);
  expect((await post('/employees/no-such/check', { changes: {} })).status).toBe(404);
});
