import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDirectory, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, corporationA, corporationB, failure, type Client } from '../hose-client.ts';

/* Staff leave and come back, get seats and lose them. */

const more = `  - { id: busy, name: 忙, job_number: B, departments: [qa, rd], main_department: rd, leader: li, dotted_leaders: [han, li], hose: { pending: { approving: 2, print: 1 } } }
  - { id: homeless, name: 无, status: resigned }`;

let directory: TestDirectory;
let hose: Client;
beforeEach(async () => {
  const company = corporationA('', more).replace(
    'name: 研发,',
    'name: 研发, leaders: [{ employee: li }, { employee: han }],',
  );
  directory = await openTestDirectory({ companies: [company, corporationB()] });
  hose = await clientOf(directory, 'key-a', 's');
});
afterEach(() => directory.close());

function move(ids: string, query: string): Promise<Answer> {
  return hose.send('PUT', `/api/openapi/v1.1/staffs/disableOrEnableStaff/[${ids}]?${query}`);
}

function seat(body: object): Promise<Answer> {
  return hose.send('POST', '/api/openapi/v1/charge/powers/authStaff', { body });
}

test('whoever is removed has left, without a seat, and is nobody’s leader any more', async () => {
  directory.clock.advance(60_000);
  const answer = await move('CorpA:li,CorpA:han', 'active=false');
  expect(answer.status).toBe(200);
  expect(answer.json.items).toMatchObject([
    { id: 'CorpA:li', active: false, authState: false, departments: ['CorpA:rd'], updateTime: '2026-01-05 08:01:00' },
    { id: 'CorpA:han', active: false, authState: false, email: 'han@a.example' },
  ]);
  expect(await hose.staff('CorpA:li')).toBeUndefined();
  expect(await directory.employee('a', 'li')).toMatchObject({
    status: 'resigned',
    leftOn: '2026-01-05',
    seated: false,
  });
  expect(await directory.employee('a', 'busy')).toMatchObject({ leader: null, dottedLeaders: [] });
  const tenant = await directory.store.tenantByKey('a');
  expect(tenant?.departments.get('rd')?.leaders).toEqual([]);
  for (const id of ['li', 'han', 'busy']) expect(await directory.history('a', id)).toHaveLength(1);
  expect(answer.outcome?.records).toEqual([
    { employee: 'li', verdicts: [{ field: 'active', verdict: 'applied' }] },
    { employee: 'han', verdicts: [{ field: 'active', verdict: 'applied' }] },
  ]);
});

test('whoever is brought back is here with his departments, and has no seat', async () => {
  await move('CorpA:busy', 'active=false&doCheck=false');
  const { items } = (await move('CorpA:busy', 'active=true')).json;
  expect(items).toMatchObject([
    { active: true, authState: false, departments: ['CorpA:qa', 'CorpA:rd'], defaultDepartment: 'CorpA:rd' },
  ]);
  expect(await directory.employee('a', 'busy')).toMatchObject({ status: 'regular', leftOn: null });
  const homeless = await move('CorpA:homeless', 'active=true');
  expect(homeless.json.items[0]).toMatchObject({ departments: ['CorpA'], defaultDepartment: 'CorpA' });
});

test('what is so already changes nothing', async () => {
  expect((await move('CorpA:li', 'active=true')).json.items[0]).toMatchObject({ active: true, authState: true });
  expect((await move('CorpA:left', 'active=false')).json.items[0].active).toBe(false);
  expect(await directory.history('a', 'li')).toEqual([]);
  expect(await directory.history('a', 'left')).toEqual([]);
});

test.each([
  ['CorpA:li,CorpA:nobody', 'active=false', 403, '无效的员工信息'],
  ['CorpB:wang', 'active=false', 403, '无效的员工信息'],
  ['CorpA:li,', 'active=false', 403, '无效的员工信息'],
  ['CorpA:li', 'active=false&type=code', 403, '根据工号（[CorpA:li]）找不到员工'],
  ['T', 'active=false&type=code', 412, '根据code: [[T]]不能找到唯一的员工'],
  ['CorpA:li', 'active=false&type=name', 412, 'type参数不合法'],
  ['CorpA:li', 'x=', 400, '输入存在错误:\n- 开启或是停用参数不能为空'],
  ['CorpA:li', 'active=', 400, '输入存在错误:\n- 开启或是停用参数不能为空'],
  [
    'CorpA:li,CorpA:busy',
    'active=false',
    403,
    '抱歉无法移除，原因：\n1.有待审批或待支付的单据需要被移除人处理\n2.被移除人名下还存在待处理的单据',
  ],
])('[%s] with %s is refused, and nobody moves', async (ids, query, status, message) => {
  const answer = await move(ids, query);
  expect([answer.status, answer.json]).toEqual([status, failure(status, message)]);
  for (const id of ['li', 'busy', 'twin1']) expect(await directory.history('a', id)).toEqual([]);
});

test('anything but true forces a removal, as the sample of the page does', async () => {
  expect((await move('CorpA:busy', 'active=false&doCheck=fasle')).json.items[0].active).toBe(false);
});

test('by code those count who can be moved', async () => {
  const removed = await move('00006', 'active=false&type=code');
  expect(removed.json.items).toMatchObject([{ id: 'CorpA:han', active: false }]);
  const twice = await move('00006', 'active=true&type=code');
  expect(twice.json).toEqual(failure(412, '根据code: [[00006]]不能找到唯一的员工'));
  const back = await move('L', 'active=true&type=code');
  expect(back.json.items).toMatchObject([{ id: 'CorpA:left', active: true }]);
});

test('the brackets may be encoded', async () => {
  const path = '/api/openapi/v1.1/staffs/disableOrEnableStaff/%5BCorpA%3Ali%2CCorpA%3Ahan%5D?active=false';
  expect((await hose.send('PUT', path)).json.items).toHaveLength(2);
});

describe('seats', () => {
  test('are given and taken, by id, code and phone', async () => {
    expect((await seat({ type: 'id', addStaff: [], delStaff: ['CorpA:li', 'CorpA:han'] })).json).toEqual({
      value: true,
    });
    expect((await hose.staff('CorpA:li')).authState).toBe(false);
    expect((await seat({ type: 'code', addStaff: ['00006'], delStaff: [] })).json).toEqual({ value: true });
    expect((await hose.staff('CorpA:han')).authState).toBe(true);
    expect((await seat({ type: 'cellphone', addStaff: ['13800000001'] })).json).toEqual({ value: true });
    expect((await hose.staff('CorpA:li')).authState).toBe(true);
    expect(await directory.history('a', 'li')).toHaveLength(2);
  });

  test.each([
    ['nobody', ['CorpA:li', 'CorpA:nobody']],
    ['someone who left', ['CorpA:li', 'CorpA:left']],
    ['someone of another corporation', ['CorpA:li', 'CorpB:wang']],
  ])('are not changed at all where one is %s', async (_who, delStaff) => {
    expect((await seat({ type: 'id', addStaff: [], delStaff })).json).toEqual({ value: false });
    expect(await directory.history('a', 'li')).toEqual([]);
  });

  test('are not given beyond those bought, but one that is freed can be', async () => {
    await seat({ type: 'id', delStaff: ['CorpA:li'] });
    const { count } = (await hose.send('GET', '/api/openapi/v1/staffs/authorized?start=0&count=1')).json;
    const bought = corporationA(`, seats: ${String(count)}`, more);
    await directory.companies.apply('a', bought.replace('name: 李雷,', 'name: 李雷, seated: false,'), {
      plan: false,
      request: 'test',
    });
    expect((await seat({ type: 'id', addStaff: ['CorpA:li'] })).json).toEqual({ value: false });
    expect((await hose.staff('CorpA:li')).authState).toBe(false);
    expect((await seat({ type: 'id', addStaff: ['CorpA:li'], delStaff: ['CorpA:han'] })).json).toEqual({ value: true });
    expect((await hose.staff('CorpA:han')).authState).toBe(false);
  });

  test.each([[{ type: 'name' }], [{ type: 'ID' }], [{}]])(
    'are asked for by id, code or cellphone: %j',
    async (body) => {
      expect((await seat({ ...body, addStaff: [] })).json).toEqual(failure(400, '未知的type类型'));
    },
  );

  test('are not asked for in other shapes', async () => {
    expect((await seat({ type: 'id', addStaff: 'CorpA:li' })).json).toEqual(failure(412, 'JSON请求参数不正确'));
  });
});

describe('items that wait', () => {
  const ask = (type: string, staffParam: string): Promise<Answer> =>
    hose.send('GET', `/api/openapi/v1.1/staffs/getBacklogCount/${type}?staffParam=${staffParam}`);

  test('are counted by kind', async () => {
    const items = {
      count: 3,
      type: { print: 1, paying: 0, carbonCopy: 0, sending: 0, peceving: 0, approving: 2 },
    };
    expect((await ask('$id', 'CorpA:busy')).json).toEqual({ items });
    expect((await ask('%24code', 'B')).json).toEqual({ items });
    expect((await ask('$cellphone', '13800000001')).json.items.count).toBe(0);
  });

  test.each([
    ['$id', 'CorpA:nobody', 412, '未查找到此员工信息'],
    ['$id', 'CorpB:wang', 412, '未查找到此员工信息'],
    ['$id', 'CorpA:left', 412, '未查找到此员工信息'],
    ['$name', 'x', 400, '未知的type类型'],
    ['$id', '', 400, '输入存在错误:\n- 缺少staffParam参数'],
    ['id', 'CorpA:busy', 404, '请求的接口不存在'],
  ])('%s of %s are not', async (type, staffParam, status, message) => {
    expect((await ask(type, staffParam)).json).toEqual(failure(status, message));
  });
});

test('bringing back races a change of custom fields, which is kept where it was accepted', async () => {
  await move('CorpA:han', 'active=false');
  const [moved, changed] = await Promise.all([
    move('CorpA:han', 'active=true'),
    hose.send('PUT', '/api/openapi/v1.1/staffs/$CorpA:han/customFields', { body: { u_爱好: '棋' } }),
  ]);
  expect(moved.status).toBe(200);
  const accepted = changed.status === 200;
  expect([200, 400], 'the employee may not be back yet').toContain(changed.status);
  const { status, custom, seated } = await directory.employee('a', 'han');
  expect({ status, seated, hobby: custom['hobby'] }).toEqual({
    status: 'regular',
    seated: false,
    hobby: accepted ? { value: '棋', i18n: {} } : undefined,
  });
});
