import { afterEach, beforeEach, expect, test } from 'vitest';
import { load } from '../../../src/directory/store.ts';
import { openTestDirectory, type Answer, type TestDirectory } from '../../support/test-directory.ts';
import { clientOf, corporationA, corporationB, failure, type Client } from './hose-client.ts';

/* The checks of contract section 8, each under its number. */

let directory: TestDirectory;
let hose: Client;
beforeEach(() => open());
afterEach(() => directory.close());

async function open(settings = '', more = ''): Promise<void> {
  directory = await openTestDirectory({ companies: [corporationA(settings, more), corporationB()] });
  hose = await clientOf(directory, 'key-a', 's');
}

const UNAUTHORISED = failure(403, '未授权');
const UPDATE = '/api/openapi/v1.1/staffs/update';
const li = { name: '李雷' };

function put(path: string, body: object = li): Promise<Answer> {
  return hose.send('PUT', path, { body });
}

async function login(id: string): Promise<readonly (string | null)[]> {
  const { account } = await directory.employee('a', id);
  const found = await directory.store.read(() => load('accounts-by', { by: 'id', values: [account ?? ''] }));
  const { mobile = null, email = null } = found.get(account ?? '') ?? {};
  return [mobile, email];
}

test('1: the dollar, raw or encoded, is needed, and one of it alone is taken off', async () => {
  for (const staff of ['$CorpA:li', '%24CorpA%3Ali', '$CorpA%3Ali', '%24CorpA:li'])
    expect((await put(`${UPDATE}/${staff}`)).json.value?.id).toBe('CorpA:li');
  expect((await put(`${UPDATE}/CorpA:li`)).status).toBe(404);
  expect((await put(`${UPDATE}/$CorpA:a$b:c`)).json.value.id).toBe('CorpA:a$b:c');
});

test('2: a token counts in the query alone, and while it lives', async () => {
  const headers = { authorization: `Bearer ${hose.token}`, accessToken: hose.token };
  const inHeader = await directory.send('PUT', `${UPDATE}/$CorpA:li`, { headers, body: li });
  expect([inHeader.status, inHeader.json]).toEqual([403, UNAUTHORISED]);
  directory.clock.advance(2 * 3_600_000);
  const expired = await put(`${UPDATE}/$CorpA:li`);
  expect([expired.status, expired.json]).toEqual([403, UNAUTHORISED]);
  expect(Object.keys(expired.json)).toEqual(['errorCode', 'errorMessage', 'errorDetails', 'code', 'data']);
});

test('3: a wrong secret is told wrapped in value', async () => {
  const body = { appKey: 'key-a', appSecurity: 'x' };
  const answer = await directory.send('POST', '/api/openapi/v1/auth/getAccessToken', { body });
  expect([answer.status, answer.text]).toEqual([
    403,
    '{"value":{"errorCode":403,"errorMessage":"密钥无效","errorDetail":null}}',
  ]);
});

test('4: a refresh changes both tokens, and one that expired is not refreshed', async () => {
  const credentials = { body: { appKey: 'key-a', appSecurity: 's' } };
  const pair = (await directory.send('POST', '/api/openapi/v1/auth/getAccessToken', credentials)).json.value;
  const refresh = ({ accessToken, refreshToken }: Record<string, string>): Promise<Answer> => {
    const query = new URLSearchParams({ accessToken: accessToken!, refreshToken: refreshToken!, powerCode: '219904' });
    return directory.send('POST', `/api/openapi/v2/auth/refreshToken?${query.toString()}`);
  };
  const { value } = (await refresh(pair)).json;
  expect(value.accessToken).not.toBe(pair.accessToken);
  expect(value.refreshToken).not.toBe(pair.refreshToken);
  directory.clock.advance(33 * 86_400_000);
  const late = await refresh(value);
  expect([late.status, late.text]).toEqual([403, '未授权']);
});

test('5: a name is all that is needed', async () => {
  for (const body of [{}, { name: '' }])
    expect((await hose.update('CorpA:li', body)).json).toEqual(failure(400, '员工名称不能为空'));
  expect((await hose.update('CorpA:li', li)).status).toBe(200);
});

test('6: an empty code has no effect, a new one has, a colleague’s too', async () => {
  for (const [code, kept] of [
    ['', '00005'],
    ['9', '9'],
    ['00006', '00006'],
  ])
    expect((await hose.update('CorpA:li', { ...li, code })).json.value.code).toBe(kept);
});

test('7: under type=code everything is named by code, and told by id', async () => {
  const departments = { departments: ['100'], defaultDepartment: '100' };
  const body = { ...li, ...departments, staffCustomForm: { rankType: 'P5', u_项目: 'X' } };
  expect((await hose.update('00005', body, '&type=code')).json.value).toMatchObject({
    departments: ['CorpA:rd'],
    defaultDepartment: 'CorpA:rd',
    staffCustomForm: { rankType: 'ID_p5', u_项目: 'ID_px' },
  });
});

test('8: under type=code ids name nothing', async () => {
  const departments = { departments: ['CorpA:rd'], defaultDepartment: 'CorpA:rd' };
  const byId = await hose.update('00005', { ...li, ...departments }, '&type=code');
  expect(byId.json.errorMessage).toBe('根据字段[defaultDepartment]的code[CorpA:rd]不能定位到唯一部门');
  const rank = await hose.update('00005', { ...li, staffCustomForm: { rankType: 'ID_p5' } }, '&type=code');
  expect(rank.json.errorMessage).toBe('字段rankType不合法，没有找到对应的数据');
});

test('9: departments come with a default among them', async () => {
  const statusOf = async (body: object): Promise<number> => (await hose.update('CorpA:li', { ...li, ...body })).status;
  expect(await statusOf({ departments: ['CorpA:rd'] })).toBe(403);
  expect(await statusOf({ defaultDepartment: 'CorpA:rd' })).toBe(403);
  expect(await statusOf({ departments: ['CorpA:rd'], defaultDepartment: 'CorpA:qa' })).toBe(400);
  expect(await statusOf({ departments: [], defaultDepartment: 'CorpA:rd' })).toBe(403);
});

test('10: with the flags off contact data change, and logins do not', async () => {
  const before = await login('li');
  const { value } = (await hose.update('CorpA:li', { ...li, cellphone: '13711110000', email: 'L@a.example' })).json;
  expect(value).toMatchObject({ cellphone: '13711110000', email: null, showEmail: 'L@a.example' });
  expect(await login('li')).toEqual(before);
});

test('11: a login phone of a corporation in use is refused until that is dissolved', async () => {
  const body = { ...li, cellphone: '13900000001', modifyAccountPhone: true, note: 'x' };
  expect((await hose.update('CorpA:li', body)).status).toBe(412);
  expect(await directory.history('a', 'li')).toEqual([]);
  await directory.companies.apply('b', corporationB('dissolved'), { plan: false, request: 'test' });
  expect((await hose.update('CorpA:li', body)).status).toBe(200);
});

test('12: a login mail is told in small letters, and leaves the login phone alone', async () => {
  const [mobile] = await login('li');
  const { value } = (await hose.update('CorpA:li', { ...li, email: 'Li@X.example', modifyAccountEmail: true })).json;
  expect(value).toMatchObject({ email: 'li@x.example', showEmail: 'Li@X.example' });
  expect(await login('li')).toEqual([mobile, 'li@x.example']);
});

test('13: v1.1 merges the form and checks its names, v1 replaces it and drops what it does not know', async () => {
  const form = { staffCustomForm: { rankType: 'ID_p6' } };
  const name = { name: '韩梅梅' };
  expect((await hose.update('CorpA:han', { ...name, ...form })).json.value.staffCustomForm).toEqual({
    rankType: 'ID_p6',
    u_项目: 'ID_px',
  });
  const v1 = await put('/api/openapi/v1/staffs/update/$CorpA:han', { ...name, ...form });
  expect(v1.json.value.staffCustomForm).toEqual({ rankType: 'ID_p6' });
  const unknown = { ...name, staffCustomForm: { u_x: '1' } };
  expect((await hose.update('CorpA:han', unknown)).status).toBe(400);
  expect((await put('/api/openapi/v1/staffs/update/$CorpA:han', unknown)).json.value.staffCustomForm).toEqual({});
});

test('14: base comes back byte for byte', async () => {
  const base = '[ {"label":"北京市/海淀区",  "key":"8"} ]';
  const { value } = (await hose.update('CorpA:li', { ...li, staffCustomForm: { base } })).json;
  expect(value.staffCustomForm).toEqual({ base });
});

test('15: an update locks the record, the custom-fields operation does not', async () => {
  const originOf = async (): Promise<unknown> =>
    ((await directory.employee('a', 'li')).extensions['hose'] as { origin?: string } | undefined)?.origin ?? 'manual';
  expect(await originOf()).toBe('manual');
  await put('/api/openapi/v1.1/staffs/$CorpA:li/customFields', { u_爱好: '棋' });
  expect(await originOf()).toBe('manual');
  await hose.update('CorpA:li', li);
  expect(await originOf()).toBe('api');
  expect((await directory.employee('a', 'li')).extensions['hose']).toMatchObject({
    lastApiChange: { at: directory.clock.now(), app: expect.stringMatching(/\S/) },
  });
});

test('16: whoever was edited by hand is passed over where the company says so', async () => {
  const more = '  - { id: ed, name: 手, hose: { origin: createByApiAndEdit, edited: true } }';
  await directory.close();
  await open(', sync_rules: { hand_edit_staffs: true, skip_edited_staffs: true }', more);
  const answer = await hose.update('CorpA:ed', { name: '新' });
  expect([answer.status, answer.json.value.name]).toEqual([200, '手']);
  expect(answer.outcome?.records[0]?.verdicts).toMatchObject([{ field: 'name', verdict: 'ignored' }]);
  const reason = '当API同步数据时，「所有」被修改员工不参与同步';
  expect(await directory.history('a', 'ed')).toMatchObject([{ fields: {}, note: { verdict: 'skipped', reason } }]);
});

test('17: a batch of a hundred keeps its order, and is done whole or not at all', async () => {
  const ids = Array.from({ length: 101 }, (_, index) => `p${String(index)}`);
  await directory.close();
  await open('', ids.map((id) => `  - { id: ${id}, name: ${id} }`).join('\n'));
  const all = ids.map((id) => ({ id: `CorpA:${id}`, name: `新${id}` }));
  expect((await hose.batch(all)).status).toBe(400);
  const bad = await hose.batch([...all.slice(0, 99), { id: 'CorpA:li', name: '' }]);
  expect(bad.json.errorMessage).toBe('员工名称不能为空');
  for (const id of ids.slice(0, 100)) expect(await directory.history('a', id)).toEqual([]);
  const { items } = (await hose.batch(all.slice(0, 100).toReversed())).json;
  expect(items.map(({ name }: { name: string }) => name)).toEqual(
    ids
      .slice(0, 100)
      .toReversed()
      .map((id) => `新${id}`),
  );
});

test('18: of two parallel claims of one login phone one is refused', async () => {
  const claim = (id: string): Promise<Answer> =>
    hose.update(id, { name: '争', cellphone: '13812345678', modifyAccountPhone: true });
  const answers = await Promise.all([claim('CorpA:li'), claim('CorpA:none')]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412]);
});

test('19: a foreign phone is written in ASCII parentheses', async () => {
  const { value } = (await hose.update('CorpA:li', { ...li, cellphone: '(852)61234567' })).json;
  expect(value).toMatchObject({ cellphone: '(852)61234567', globalRoaming: '+852' });
  for (const cellphone of ['+85261234567', '（852）61234567'])
    expect((await hose.update('CorpA:li', { ...li, cellphone })).status).toBe(400);
});

test('20: a list tells the total, of whom active says', async () => {
  const list = async (query: string): Promise<Answer['json']> =>
    (await hose.send('GET', `/api/openapi/v1.1/staffs?${query}`)).json;
  const all = await list('start=0&count=100');
  const here = await list('start=0&count=100&active=true');
  const gone = await list('start=0&count=100&active=false');
  expect(here.count + gone.count).toBe(all.count);
  expect(gone.items.map(({ active }: { active: boolean }) => active)).toEqual([false, false]);
  expect(await list('start=0&count=100&active=')).toEqual(gone);
  expect(await list('start=0&count=1')).toMatchObject({ count: all.count, items: [{ id: 'CorpA:li' }] });
  expect(await list('start=1000&count=1')).toEqual({ count: all.count, items: [] });
});

test('21: whoever is brought back has no seat until one is given to him', async () => {
  const move = async (active: boolean): Promise<unknown> => {
    const path = `/api/openapi/v1.1/staffs/disableOrEnableStaff/[CorpA:li]?active=${String(active)}`;
    return (await hose.send('PUT', path)).json.items[0];
  };
  expect(await move(false)).toMatchObject({ active: false, authState: false });
  expect(await move(true)).toMatchObject({ active: true, authState: false });
  const body = { type: 'id', addStaff: ['CorpA:li'], delStaff: [] };
  expect((await hose.send('POST', '/api/openapi/v1/charge/powers/authStaff', { body })).json).toEqual({ value: true });
  expect((await hose.staff('CorpA:li')).authState).toBe(true);
});

test('22: two corporations never see each other’s staff', async () => {
  const other = await clientOf(directory, 'key-b', 's');
  expect(await other.staff('CorpA:li')).toBeUndefined();
  expect((await other.update('CorpA:li', li)).json).toEqual(failure(400, '没有查到此员工信息'));
  const { items } = (await other.send('GET', '/api/openapi/v1.1/staffs?start=0&count=100')).json;
  expect(items.map(({ id }: { id: string }) => id)).toEqual(['CorpB:wang', 'CorpB:ex']);
});
