import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { load } from '../../../../src/directory/store.ts';
import type { AccountWithMemberships } from '../../../../src/directory/auth/account.ts';
import { openTestDirectory, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, corporationA, corporationB, failure, type Client } from '../hose-client.ts';

/* Staff are added: new people, people of other corporations, and people who were here before. */

let directory: TestDirectory;
let hose: Client;
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [corporationA(), corporationB()] });
  hose = await clientOf(directory, 'key-a', 's');
});
afterEach(() => directory.close());

const V11 = '/api/openapi/v1.1/staffs';
const somebody = { name: '赵六', departments: ['CorpA:rd'], defaultDepartment: 'CorpA:rd', cellphone: '13700000001' };

function add(body: object): Promise<Answer> {
  return hose.send('POST', V11, { body });
}

function addAll(staffList: readonly object[]): Promise<Answer> {
  return hose.send('POST', `${V11}/batch/create`, { body: { staffList } });
}

async function account(by: 'id' | 'mobile' | 'email', value: string): Promise<AccountWithMemberships | undefined> {
  return (await directory.store.read(() => load('accounts-by', { by, values: [value] }))).get(value);
}

async function ownId(staff: string): Promise<string> {
  const space = 'id:hose.id';
  const tenant = await directory.store.tenantByKey('a');
  const found = await directory.store.read(() =>
    load('employees-by', { tenant: tenant?.number ?? 0, space, values: [staff] }),
  );
  return found.get(staff)?.[0]?.id ?? '';
}

async function everyone(): Promise<number> {
  return (await hose.send('GET', `${V11}?start=0&count=1`)).json.count;
}

test('a newcomer has everything that was sent, an account to log in with, and a locked record', async () => {
  const answer = await add({
    ...somebody,
    enName: 'Zhao Liu',
    nickName: '老六',
    code: '00099',
    email: 'Zhao@A.example',
    note: '新来',
    departments: ['CorpA:rd', 'CorpA:qa'],
    defaultDepartment: 'CorpA:qa',
    userid: 'zhao-6',
    staffCustomForm: { rankType: 'ID_p5', u_爱好: '棋' },
  });
  expect(answer.status).toBe(200);
  expect(answer.json.value).toMatchObject({
    id: 'CorpA:zhao-6',
    name: '赵六',
    nickName: '老六',
    code: '00099',
    departments: ['CorpA:rd', 'CorpA:qa'],
    defaultDepartment: 'CorpA:qa',
    cellphone: '13700000001',
    active: true,
    userId: 'zhao-6',
    email: 'zhao@a.example',
    showEmail: 'Zhao@A.example',
    external: false,
    authState: true,
    note: '新来',
    staffCustomForm: { rankType: 'ID_p5', u_爱好: '棋' },
  });
  expect(await hose.staff('CorpA:zhao-6')).toEqual({ ...answer.json.value, roles: [] });
  const employee = await directory.employee('a', await ownId('CorpA:zhao-6'));
  expect(employee).toMatchObject({
    name: { value: '赵六', i18n: { 'en-US': 'Zhao Liu' } },
    jobNumber: '00099',
    jobLevel: 'p5',
    status: 'regular',
    extensions: { hose: { origin: 'api', edited: false, lastApiChange: { at: directory.clock.now() } } },
  });
  // Every platform knows the newcomer.
  expect(Object.keys(employee.ids)).toEqual(
    expect.arrayContaining(['feishu.employee_id', 'feishu.uid', 'wecom.userid', 'hose.id', 'hose.user_id']),
  );
  expect(await account('mobile', '+8613700000001')).toMatchObject({
    id: 'zhao-6',
    email: 'zhao@a.example',
    memberships: [{ employee: employee.id }],
  });
  const tenant = (await directory.store.tenantByKey('a'))?.number ?? 0;
  const history = await directory.store.read(() => load('history', { tenant, employee: employee.id, limit: 10 }));
  const [change, ...others] = history;
  expect(others).toEqual([]);
  expect(change?.origin).toMatchObject({ dialect: 'hose', operation: 'staffs.create' });
  expect(change?.fields['jobNumber']).toEqual([null, '00099']);
  expect(answer.outcome?.records[0]?.verdicts).toContainEqual({ field: 'userid', verdict: 'applied' });
});

test('what is not sent is told as of nobody ever set', async () => {
  const { value } = (await add(somebody)).json;
  expect(value).toMatchObject({ nickName: null, code: '', note: null, showEmail: null, email: null });
  expect(value.staffCustomForm).toBe(null);
  expect(value.id).toBe(`CorpA:${String(value.userId)}`);
});

test('a staff id is generated where a new account is asked for, also of someone who was never here', async () => {
  const { value } = (await add({ ...somebody, userid: 'abc1', useNewAccount: true })).json;
  expect(value).toMatchObject({ id: expect.stringMatching(/^CorpA:./), userId: 'abc1' });
  expect(value.id).not.toBe('CorpA:abc1');
  expect(await hose.staff(value.id)).toMatchObject({ userId: 'abc1' });
});

test('a default outside the departments gives way to the first of them', async () => {
  const { value } = (await add({ ...somebody, defaultDepartment: 'nowhere' })).json;
  expect(value.defaultDepartment).toBe('CorpA:rd');
});

test.each([
  ['no name', { name: '' }, 400, '员工名称不能为空'],
  ['a phone of other characters', { cellphone: '+85261234567' }, 400, '手机号格式不正确，只能包含数字和英文括号'],
  ['an empty mail', { email: '' }, 400, '邮箱不能为空'],
  ['neither phone nor mail', { cellphone: '' }, 400, '手机号或邮箱必须至少填一个'],
  ['no departments', { departments: null }, 403, '部门不能为空'],
  ['no department in the list', { departments: [] }, 403, '部门不能为空'],
  ['no default', { defaultDepartment: null }, 403, '部门不能为空'],
  ['an unknown department', { departments: ['x'] }, 400, '新增员工数据库异常：部门ID不存在'],
  [
    'a department of external staff',
    { departments: ['CorpA:guests:external'] },
    400,
    '新增员工数据库异常：部门ID不存在',
  ],
  ['a field nobody has', { staffCustomForm: { u_x: '1' } }, 400, 'staffCustomForm中的u_x字段不属于员工自定义字段'],
  ['a rank by its code', { staffCustomForm: { rankType: 'P5' } }, 400, '字段rankType不合法，没有找到对应的数据'],
  ['a userid of no end', { userid: 'x'.repeat(255) }, 412, 'JSON请求参数不正确'],
  ['a text for a flag', { external: 'true' }, 412, 'JSON请求参数不正确'],
  [
    'the contact phone of a colleague',
    { cellphone: '13800000001' },
    400,
    '新增员工数据库异常：该手机号/邮箱账号已被其他员工使用，请勿重复绑定',
  ],
  [
    'the login phone of a colleague',
    { cellphone: '13800000002' },
    400,
    '新增员工数据库异常：该手机号/邮箱账号已被其他员工使用，请勿重复绑定',
  ],
  [
    'the mail of a colleague in other letters',
    { email: 'LI@a.example' },
    400,
    '新增员工数据库异常：该手机号/邮箱账号已被其他员工使用，请勿重复绑定',
  ],
  ['the userid of a colleague', { userid: 'li' }, 400, '该账号已被其他员工使用，请勿重复绑定'],
  [
    'the id of an account elsewhere',
    { userid: 'acc-wang' },
    400,
    "新增员工数据库异常：Duplicate entry 'acc-wang' for key 'PRIMARY'",
  ],
])('%s is refused, and nobody is added', async (_what, rest, status, message) => {
  const before = await everyone();
  const answer = await add({ ...somebody, ...rest });
  expect([answer.status, answer.json]).toEqual([status, failure(status, message)]);
  expect(await everyone()).toBe(before);
  expect(await account('mobile', '+8613700000001')).toBeUndefined();
});

describe('someone from outside', () => {
  const guest = { name: '外', external: true, cellphone: '(852)61230000' };

  test('needs one of the two department members', async () => {
    for (const [rest, phone] of [
      [{ departments: ['CorpA:guests:external'] }, '(852)61230001'],
      [{ defaultDepartment: 'CorpA:guests:external' }, '(852)61230002'],
    ] as const) {
      const { value } = (await add({ ...guest, cellphone: phone, ...rest })).json;
      expect(value).toMatchObject({
        external: true,
        departments: ['CorpA:guests:external'],
        defaultDepartment: 'CorpA:guests:external',
        globalRoaming: '+852',
      });
    }
    expect((await add(guest)).json).toEqual(failure(403, '部门不能为空'));
  });

  test('needs a phone, and a department from outside', async () => {
    const departments = ['CorpA:guests:external'];
    const mail = await add({ ...guest, cellphone: '', email: 'x@y.example', departments });
    expect(mail.json).toEqual(failure(400, '新增外部员工手机号不能为空'));
    const inside = await add({ ...guest, departments: ['CorpA:rd'] });
    expect(inside.json).toEqual(failure(400, '新增员工数据库异常：部门ID不存在'));
  });
});

describe('a phone that is registered with another corporation', () => {
  test('brings the person here under the id of that account, and leaves the logins alone', async () => {
    const answer = await add({ ...somebody, cellphone: '13900000001', email: 'here@a.example', userid: 'passed-over' });
    expect(answer.json.value).toMatchObject({
      id: 'CorpA:wang',
      userId: 'wang',
      cellphone: '13900000001',
      email: 'wang@b.example',
      showEmail: 'here@a.example',
    });
    const { memberships, ...wang } = (await account('id', 'acc-wang')) ?? { memberships: [] };
    expect(wang).toEqual({ id: 'acc-wang', mobile: '+8613900000001', email: 'wang@b.example' });
    expect(memberships).toHaveLength(2);
    expect(answer.outcome?.records[0]?.verdicts).not.toContainEqual({ field: 'userid', verdict: 'applied' });
  });

  test('is free once that corporation is dissolved', async () => {
    await directory.companies.apply('b', corporationB('dissolved'), { plan: false, request: 'test' });
    const { value } = (await add({ ...somebody, cellphone: '13900000001', userid: 'mine' })).json;
    expect(value.userId).toBe('mine');
    expect((await account('id', 'acc-wang'))?.mobile).toBe(null);
    expect((await account('mobile', '+8613900000001'))?.id).toBe('mine');
  });
});

describe('a userid', () => {
  const inUse = '该账号已被其他员工使用，请勿重复绑定';
  const duplicate = (userid: string): string => `新增员工数据库异常：Duplicate entry '${userid}' for key 'PRIMARY'`;
  const dissolve = (): Promise<unknown> =>
    directory.companies.apply('b', corporationB('dissolved'), { plan: false, request: 'test' });

  test('that staff of another corporation in use have is theirs', async () => {
    const before = await everyone();
    expect((await add({ ...somebody, userid: 'wang' })).json).toEqual(failure(400, inUse));
    expect((await addAll([{ ...somebody, userid: 'wang' }])).json).toEqual(
      failure(400, '批量新增员工数据库异常：该userId已被绑定「wang」，请勿重复绑定'),
    );
    expect(await everyone()).toBe(before);
  });

  test.each([
    ['of one who left another corporation', 'ex', () => Promise.resolve()],
    ['of one whose corporation is dissolved', 'wang', dissolve],
    ['of one who left here', 'left2', () => Promise.resolve()],
    ['of an account that has staff elsewhere', 'acc-wang', () => Promise.resolve()],
  ])('%s stands in the way, in other words', async (_whose, userid, first) => {
    await first();
    expect((await add({ ...somebody, userid })).json).toEqual(failure(400, duplicate(userid)));
    expect((await addAll([{ ...somebody, userid }])).json).toEqual(
      failure(400, `批量新增员工数据库异常：该userId已被绑定「${userid}」，请勿重复绑定`),
    );
  });

  test.each([
    ['phone', { cellphone: '13900000001' }, () => Promise.resolve()],
    ['mail', { email: 'Wang@b.example' }, () => Promise.resolve()],
    ['phone, of a dissolved corporation', { cellphone: '13900000001' }, dissolve],
    ['mail, of a dissolved corporation', { email: 'wang@b.example' }, dissolve],
  ])('of the same person by %s brings the person here, who keeps the logins', async (_by, contact, first) => {
    await first();
    for (const userid of ['wang', 'acc-wang']) {
      const { value } = (await add({ ...somebody, ...contact, userid })).json;
      expect(value).toMatchObject({ id: 'CorpA:wang', userId: 'wang' });
      const { memberships, ...wang } = (await account('id', 'acc-wang')) ?? { memberships: [] };
      expect(wang).toEqual({ id: 'acc-wang', mobile: '+8613900000001', email: 'wang@b.example' });
      expect(memberships).toHaveLength(2);
      await directory.companies.apply('a', corporationA(), { plan: false, request: 'test' });
      hose = await clientOf(directory, 'key-a', 's');
    }
  });

  test('that nobody has is taken as sent, also that of an employee of no such name here', async () => {
    expect((await add({ ...somebody, userid: 'wang2' })).json.value).toMatchObject({
      id: 'CorpA:wang2',
      userId: 'wang2',
    });
    expect((await add({ ...somebody, cellphone: '13700000002', userid: 'wang2' })).json).toEqual(failure(400, inUse));
  });

  test('of the account that a phone is registered with is that of its oldest staff who is here', async () => {
    const third = corporationB().replace('key: b', 'key: c').replaceAll('CorpB', 'CorpC').replace('key-b', 'key-c');
    const people = `employees:
  - { id: wang-c, name: 王五, account: { id: acc-wang } }
  - { id: zhou, name: 周, account: { id: acc-zhou, mobile: "+8613900000009" } }
`;
    const text = third.slice(0, third.indexOf('employees:')) + people;
    await directory.companies.apply('c', text, { plan: false, request: 'test' });
    await dissolve();
    const { value } = (await add({ ...somebody, cellphone: '13900000001' })).json;
    expect(value).toMatchObject({ id: 'CorpA:wang-c', userId: 'wang-c' });
  });
});

describe('someone who left', () => {
  const again = { ...somebody, name: '又来', cellphone: '13800000009' };

  test('is here again in his old record', async () => {
    const before = await everyone();
    const { value } = (await add({ ...again, userid: 'other' })).json;
    expect(value).toMatchObject({ id: 'CorpA:left', userId: 'left', name: '又来', active: true, authState: true });
    expect(value.code).toBe('L');
    expect(await everyone()).toBe(before);
    expect(await directory.employee('a', 'left')).toMatchObject({ status: 'regular', leftOn: null, seated: true });
    const [change] = await directory.history('a', 'left');
    expect(Object.keys(change?.fields ?? {})).toEqual(expect.arrayContaining(['status', 'name', 'departments']));
  });

  test('is somebody else where a new account is asked for, with a staff id of its own', async () => {
    const before = await everyone();
    const { value } = (await add({ ...again, useNewAccount: true })).json;
    expect(value.id).not.toBe('CorpA:left');
    expect(value.id).not.toBe(`CorpA:${String(value.userId)}`);
    expect(await everyone()).toBe(before + 1);
    expect((await directory.employee('a', 'left')).status).toBe('resigned');
    expect(await directory.history('a', 'left')).toEqual([]);
  });
});

test('word is sent by mail, unless useSendEmail forbids it', async () => {
  const invited = async (): Promise<readonly string[]> => {
    const tenant = await directory.store.tenantByKey('a');
    const kept = await directory.store.read(() =>
      load('invitations', { tenant: tenant?.number ?? 0, before: null, limit: 10 }),
    );
    return kept.map(({ channel, address, operation }) => `${channel} ${address} ${operation}`);
  };
  await add({ ...somebody, email: 'quiet@a.example', useSendEmail: true });
  expect(await invited()).toEqual([]);
  await add({ ...somebody, cellphone: '13700000002', email: 'Loud@a.example' });
  expect(await invited()).toEqual(['mail Loud@a.example staffs.create']);
});

test('v1 does not look at the characters of a phone', async () => {
  const body = { ...somebody, cellphone: '137-0000 0003' };
  expect((await add(body)).status).toBe(400);
  const { value } = (await hose.send('POST', '/api/openapi/v1/staffs', { body })).json;
  expect(value.cellphone).toBe('13700000003');
});

test('seats that are bought are given, and not one more', async () => {
  const seated = async (): Promise<number> =>
    (await hose.send('GET', '/api/openapi/v1/staffs/authorized?start=0&count=1')).json.count;
  const bought = (await seated()) + 2;
  await directory.companies.apply('a', corporationA(`, seats: ${String(bought)}`), { plan: false, request: 'test' });
  const phones = ['13700000011', '13700000012', '13700000013', '13700000014'];
  const answers = await Promise.all(phones.map((cellphone) => add({ ...somebody, cellphone })));
  expect(answers.filter(({ json }) => json.value.authState)).toHaveLength(2);
  expect(await seated()).toBe(bought);
});

describe('a batch', () => {
  const people = Array.from({ length: 100 }, (_, index) => ({
    ...somebody,
    name: `新${String(index)}`,
    cellphone: String(13_710_000_000 + index),
  }));

  test('of a hundred is added in the order sent', async () => {
    const before = await everyone();
    const answer = await addAll(people);
    const items: readonly { readonly name: string }[] = answer.json.items;
    expect(items.map(({ name }) => name)).toEqual(people.map(({ name }) => name));
    expect(await everyone()).toBe(before + 100);
  });

  test.each([
    ['of 101', [...people, somebody]],
    ['of nobody', []],
  ])('%s is refused', async (_size, staffList) => {
    expect((await addAll(staffList)).json).toEqual(failure(400, '批量新增员工列表大小必须为1-100之间'));
  });

  test.each([
    ['a phone twice', { cellphone: '13710000000' }, '13710000000'],
    ['a phone of a colleague', { cellphone: '13800000001' }, '13800000001'],
    ['a mail of a colleague', { email: 'li@a.example' }, 'li@a.example'],
    ['a userid of a colleague', { userid: 'li' }, 'li'],
    ['the id of an account elsewhere', { userid: 'acc-wang' }, 'acc-wang'],
  ])('with %s adds nobody and names what is held', async (_what, rest, value) => {
    const before = await everyone();
    const answer = await addAll([...people.slice(0, 5), { ...somebody, ...rest }]);
    const message = `批量新增员工数据库异常：该userId已被绑定「${value}」，请勿重复绑定`;
    expect([answer.status, answer.json]).toEqual([400, failure(400, message)]);
    expect(await everyone()).toBe(before);
    expect(await account('mobile', '+8613710000000')).toBeUndefined();
  });

  test('asks for a phone of each, and passes over what its page does not list', async () => {
    const mail = await addAll([{ ...somebody, cellphone: '', email: 'x@a.example' }]);
    expect(mail.json).toEqual(failure(400, '手机号格式不正确，只能包含数字和英文括号'));
    const { items } = (await addAll([{ ...somebody, external: true }])).json;
    expect(items[0].external).toBe(false);
  });
});

test('of two who are added with one phone at once one is', async () => {
  const before = await everyone();
  const answers = await Promise.all([add({ ...somebody, name: '一' }), add({ ...somebody, name: '二' })]);
  expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 400]);
  expect(await everyone()).toBe(before + 1);
});

test('two corporations that add one person at once share the account', async () => {
  const other = await clientOf(directory, 'key-b', 's');
  const elsewhere = { ...somebody, departments: ['CorpB'], defaultDepartment: 'CorpB' };
  const answers = await Promise.all([add(somebody), other.send('POST', V11, { body: elsewhere })]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  const users = answers.map(({ json }) => json.value.userId);
  expect(users[0]).toBe(users[1]);
  expect((await account('mobile', '+8613700000001'))?.memberships).toHaveLength(2);
});
