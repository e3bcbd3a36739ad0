import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { load } from '../../../../src/directory/store.ts';
import type { AccountWithMemberships } from '../../../../src/directory/auth/account.ts';
import { openTestDirectory, type TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, corporationA, corporationB, demoFiles, failure, type Client } from '../hose-client.ts';

/* Contact data belongs to the staff; what a person logs in with belongs to the account, over all corporations. */

let directory: TestDirectory;
let hose: Client;
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [corporationA(), corporationB()] });
  hose = await clientOf(directory, 'key-a', 's');
});
afterEach(() => directory.close());

const PHONE_TAKEN = failure(412, '此用户无法进行修改账户手机号，因修改的手机号在系统中已经注册');
const MAIL_TAKEN = failure(400, '登录邮箱已被其他企业使用，由于安全问题，无法修改');

async function holder(by: 'mobile' | 'email', value: string): Promise<AccountWithMemberships | undefined> {
  return (await directory.store.read(() => load('accounts-by', { by, values: [value] }))).get(value);
}

async function accountOf(id: string): Promise<AccountWithMemberships | undefined> {
  const { account } = await directory.employee('a', id);
  if (account === null) return undefined;
  return (await directory.store.read(() => load('accounts-by', { by: 'id', values: [account] }))).get(account);
}

test('without the flags no login changes', async () => {
  const before = await accountOf('li');
  const body = { name: '李雷', cellphone: '13800001234', email: 'New@a.example' };
  const { value } = (await hose.update('CorpA:li', body)).json;
  expect(value).toMatchObject({ cellphone: '13800001234', email: null, showEmail: 'New@a.example' });
  expect(await accountOf('li')).toEqual(before);
});

test('changing one login leaves the other in force', async () => {
  const mail = { name: '李雷', email: 'Li.Lei@A.example', modifyAccountEmail: true };
  const { value } = (await hose.update('CorpA:li', mail)).json;
  expect(value).toMatchObject({ email: 'li.lei@a.example', showEmail: 'Li.Lei@A.example' });
  expect(await accountOf('li')).toMatchObject({ mobile: '+8613800000001', email: 'li.lei@a.example' });
  await hose.update('CorpA:li', { name: '李雷', cellphone: '(852)61234567', modifyAccountPhone: true });
  expect(await accountOf('li')).toMatchObject({ mobile: '+85261234567', email: 'li.lei@a.example' });
  expect(await holder('mobile', '+8613800000001')).toBeUndefined();
});

test('the phone one already logs in with is no conflict', async () => {
  const before = await accountOf('li');
  const body = { name: '李雷', cellphone: '13800000001', modifyAccountPhone: true };
  const answer = await hose.update('CorpA:li', body);
  expect(answer.status).toBe(200);
  expect(answer.outcome?.records[0]?.verdicts).toContainEqual({ field: 'modifyAccountPhone', verdict: 'unchanged' });
  expect(await accountOf('li')).toEqual(before);
});

test.each([
  ['of a colleague', '13800000002'],
  ['of a colleague who left', '13800000009'],
  ['of someone in another corporation', '13900000001'],
  ['of someone who left another corporation', '13900000002'],
])('a login phone %s is refused, and nothing of the request is applied', async (_whose, cellphone) => {
  const before = await directory.employee('a', 'li');
  const body = { name: '新名', cellphone, note: 'x', modifyAccountPhone: true };
  const answer = await hose.update('CorpA:li', body);
  expect([answer.status, answer.json]).toEqual([412, PHONE_TAKEN]);
  expect(answer.outcome?.records[0]).toMatchObject({
    employee: 'li',
    problem: { kind: 'taken', subject: 'account.mobile' },
    verdicts: [{ field: 'cellphone', verdict: 'refused' }],
  });
  expect(await directory.employee('a', 'li')).toEqual(before);
  expect(await directory.history('a', 'li')).toEqual([]);
});

test('the same phone is free as a contact phone', async () => {
  const answer = await hose.update('CorpA:li', { name: '李雷', cellphone: '13900000001' });
  expect(answer.json.value.cellphone).toBe('13900000001');
});

test('a login phone held in a dissolved corporation only may be taken over, and its holder loses it', async () => {
  await directory.companies.apply('b', corporationB('dissolved'), { plan: false, request: 'test' });
  const body = { name: '李雷', cellphone: '13900000001', modifyAccountPhone: true };
  expect((await hose.update('CorpA:li', body)).status).toBe(200);
  expect((await accountOf('li'))?.mobile).toBe('+8613900000001');
  const wang = await holder('email', 'wang@b.example');
  expect(wang).toMatchObject({ id: 'acc-wang', mobile: null });
});

test('a login e-mail is compared without case', async () => {
  const body = { name: '李雷', email: 'Wang@B.example', modifyAccountEmail: true };
  expect((await hose.update('CorpA:li', body)).json).toEqual(MAIL_TAKEN);
  await directory.companies.apply('b', corporationB('dissolved'), { plan: false, request: 'test' });
  expect((await hose.update('CorpA:li', body)).json.value).toMatchObject({
    email: 'wang@b.example',
    showEmail: 'Wang@B.example',
  });
});

test('one who has no account gets one with the login he is given', async () => {
  expect((await directory.employee('a', 'none')).account).toBe(null);
  const both = { modifyAccountPhone: true, modifyAccountEmail: true };
  const answer = await hose.update('CorpA:none', {
    name: '无名',
    cellphone: '13811112222',
    email: 'N@a.example',
    ...both,
  });
  expect(answer.json.value).toMatchObject({ email: 'n@a.example', showEmail: 'N@a.example' });
  expect(await accountOf('none')).toMatchObject({
    mobile: '+8613811112222',
    email: 'n@a.example',
    memberships: [{ employee: 'none', tenantInUse: true }],
  });
  expect((await hose.staff('CorpA:none')).email).toBe('n@a.example');
  const fields = (await directory.history('a', 'none')).map((change) => Object.keys(change.fields));
  expect(fields[0]).toEqual(expect.arrayContaining(['account', 'mobile', 'email']));
});

test.each([{ cellphone: '' }, {}])('a flag without a phone has no effect: %j', async (rest) => {
  const before = await accountOf('li');
  const answer = await hose.update('CorpA:li', { name: '李雷', modifyAccountPhone: true, ...rest });
  expect(answer.status).toBe(200);
  expect(answer.outcome?.records[0]?.verdicts).toContainEqual({
    field: 'modifyAccountPhone',
    verdict: 'ignored',
    reason: expect.stringMatching(/\S/),
  });
  expect(await accountOf('li')).toEqual(before);
});

test('of two parallel claims of one login phone one is accepted', async () => {
  const claim = (id: string): ReturnType<Client['update']> =>
    hose.update(id, { name: '争', cellphone: '13812345678', modifyAccountPhone: true });
  const answers = await Promise.all([claim('CorpA:li'), claim('CorpA:none')]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412]);
  expect(answers.find(({ status }) => status === 412)?.json).toEqual(PHONE_TAKEN);
});

describe('in a batch', () => {
  const claim = (id: string, cellphone: string): object => ({ id, name: '员工', cellphone, modifyAccountPhone: true });

  test.each([
    ['with accounts', 'CorpA:li', 'CorpA:han'],
    ['without', 'CorpA:none', 'CorpA:guest'],
  ])('two who claim one phone fail on the second: %s', async (_who, one, other) => {
    const answer = await hose.batch([claim(one, '13812345678'), claim(other, '13812345678')]);
    expect([answer.status, answer.json]).toEqual([412, PHONE_TAKEN]);
    expect(await holder('mobile', '+8613812345678')).toBeUndefined();
    expect(await directory.history('a', 'li')).toEqual([]);
  });

  test('a phone that an earlier element gave up is free', async () => {
    const answer = await hose.batch([claim('CorpA:li', '13812345678'), claim('CorpA:han', '13800000001')]);
    expect(answer.status).toBe(200);
    expect((await accountOf('han'))?.mobile).toBe('+8613800000001');
  });

  test('a swap is refused', async () => {
    const answer = await hose.batch([claim('CorpA:li', '13800000002'), claim('CorpA:han', '13800000001')]);
    expect(answer.json).toEqual(PHONE_TAKEN);
  });
});

describe('the demo', () => {
  let demo: TestDirectory;
  beforeEach(async () => {
    demo = await openTestDirectory({ companies: demoFiles });
  });
  afterEach(() => demo.close());

  test('has everyone who may use Hose log in with a phone and a mail, so that of a colleague is refused', async () => {
    const client = await clientOf(demo, 'mingce-demo-key', 'mingce-demo-security');
    const page = await client.send('GET', '/api/openapi/v1/staffs?start=0&count=100');
    const staffs = page.json.items as readonly { id: string; name: string; authState: boolean; email: string | null }[];
    expect(staffs.length).toBeGreaterThan(50);
    expect(staffs.filter(({ authState, email }) => authState && email === null)).toEqual([]);
    const wang = staffs.find(({ name }) => name === '王磊');
    const body = { name: '王磊', cellphone: '13800010011', modifyAccountPhone: true };
    expect((await client.update(wang?.id ?? '', body)).json).toEqual(PHONE_TAKEN);
  });
});
