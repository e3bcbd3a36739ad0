import { afterEach, beforeEach, expect, test } from 'vitest';
import { acme, openTestCompany, type Acme } from '../test-company.ts';

/* 标签管理: who made a tag changes it, what is bad in a list is reported. (wecom-more 7) */

const TAGS = `corpid: ww_acme
  tags:
    - { tag_id: 7, name: 总务, userids: [boss, LiSi, nobody], department_ids: [2, 4] }
    - { tag_id: 8, name: 自建, made_by: 1, userids: [boss] }`;
let company: Acme;
beforeEach(async () => {
  company = await openTestCompany(acme.replace('corpid: ww_acme', TAGS));
});
afterEach(() => company.directory.close());

const post = async (path: string, body: object | string, secret = 'contacts') =>
  (await company.post(`tag/${path}`, body, secret)).json;
const get = async (path: string, query: Record<string, string> = {}, secret = 'contacts') =>
  (await company.get(`tag/${path}`, query, secret)).json;

test('tags are listed for every app, and one is shown with what the app may see', async () => {
  const taglist = [
    { tagid: 7, tagname: '总务' },
    { tagid: 8, tagname: '自建' },
  ];
  for (const secret of ['contacts', 'rd']) expect((await get('list', {}, secret)).taglist).toEqual(taglist);
  expect(await get('get', { tagid: '7' })).toEqual({
    errcode: 0,
    errmsg: 'ok',
    tagname: '总务',
    userlist: [
      { userid: 'boss', name: '老板' },
      { userid: 'LiSi', name: '李四' },
    ],
    partylist: [2, 4],
  });
  expect(await get('get', { tagid: '7' }, 'rd')).toMatchObject({
    userlist: [{ userid: 'LiSi', name: '李四' }],
    partylist: [2],
  });
});

test('a tag is made under the number given or the next, by whoever may change it from then on', async () => {
  expect(await post('create', { tagname: 'UI', tagid: 12 }, 'hr')).toEqual({
    errcode: 0,
    errmsg: 'created',
    tagid: 12,
  });
  expect((await post('create', { tagname: 'QA' }, 'rd')).tagid).toBe(13);
  expect((await post('create', { tagname: 'zero', tagid: 0 })).tagid).toBe(14);
  expect(await post('create', { tagname: 'empty', tagid: '' })).toEqual({
    errcode: 0,
    errmsg: 'created. Warning: wrong json format. ',
    tagid: 15,
  });
  expect((await post('create', { tagname: 'five', tagid: '5' })).tagid).toBe(5);
  expect((await post('update', { tagid: 12, tagname: 'UX' }, 'rd')).errcode).toBe(81011);
  expect(await post('update', { tagid: 12, tagname: 'UX' }, 'hr')).toEqual({ errcode: 0, errmsg: 'updated' });
  expect((await company.directory.companies.export('acme')) ?? '').toContain('made_by');
});

test.each<[what: string, errcode: number, text: string, body: object]>([
  ['no name', 40072, 'invalid tagname length', {}],
  ['an empty name', 40072, 'invalid tagname length', { tagname: '' }],
  ['33 characters', 40072, 'invalid tagname length', { tagname: 'n'.repeat(33) }],
  ['a name that is taken', 40071, 'tagname existed', { tagname: '总务' }],
  ['a number that is taken', 40068, 'invalid tagid', { tagname: 'n', tagid: 7 }],
  ['a number below 0', 40068, 'invalid tagid', { tagname: 'n', tagid: -1 }],
  ['letters as number', 40068, 'Warning: wrong json format. invalid tagid', { tagname: 'n', tagid: 'abc' }],
])('create with %s is %i, and makes none', async (_what, errcode, text, body) => {
  const answer = await post('create', body);
  expect(answer.errcode).toBe(errcode);
  expect(String(answer.errmsg).startsWith(text)).toBe(true);
  expect((await get('list')).taglist).toHaveLength(2);
});

test('a tag of another app is 81011 to change, of the administration all but to the assistant', async () => {
  for (const [tagid, secret, errcode] of [
    [7, 'hr', 81011],
    [8, 'contacts', 81011],
    [8, 'rd', 81011],
    [99, 'hr', 40068],
  ] as const) {
    const id = String(tagid);
    expect((await post('update', { tagid, tagname: 'n' }, secret)).errcode).toBe(errcode);
    expect((await get('delete', { tagid: id }, secret)).errcode).toBe(errcode);
    expect((await post('addtagusers', { tagid, userlist: ['lisi'] }, secret)).errcode).toBe(errcode);
    expect((await post('deltagusers', { tagid, userlist: ['lisi'] }, secret)).errcode).toBe(errcode);
  }
  expect((await get('get', { tagid: 'abc' })).errmsg).toMatch(/^invalid tagid, hint: /);
  expect(await get('delete', { tagid: '8' }, 'hr')).toEqual({ errcode: 0, errmsg: 'deleted' });
  expect(await post('delete?tagid=7', '')).toEqual({ errcode: 41001, errmsg: expect.any(String) });
});

test('a tag that is deleted is in no visible range any more, and the company can be exported and applied', async () => {
  await company.directory.close();
  const ranged = acme.replace('corpid: ww_acme', TAGS).replace('userids: [LiSi] } }', 'tag_ids: [7] } }');
  company = await openTestCompany(ranged);
  expect((await company.get('user/get', { userid: 'boss' }, 'rd')).json.errcode).toBe(0);
  await get('delete', { tagid: '7' });
  expect((await company.get('user/get', { userid: 'boss' }, 'rd')).json.errcode).toBe(60011);
  const text = (await company.directory.companies.export('acme')) ?? '';
  expect((await company.directory.companies.apply('acme', text, { plan: false, request: 'r' })).steps).toEqual([]);
});

test('members and departments come in and go, and what is bad is reported', async () => {
  const some = { tagid: 7, userlist: ['ZHANGSAN', 'no1', 'gone'], partylist: [30, 99, 98] };
  expect(await post('addtagusers', some)).toEqual({
    errcode: 0,
    errmsg: 'ok',
    invalidlist: 'no1|gone',
    invalidparty: [99, 98],
  });
  expect(await get('get', { tagid: '7' })).toMatchObject({
    userlist: [{ userid: 'boss' }, { userid: 'LiSi' }, { userid: 'ZhangSan' }],
    partylist: [2, 4, 30],
  });
  expect(await post('addtagusers', { tagid: 7, userlist: ['lisi'] })).toEqual({ errcode: 0, errmsg: 'ok' });
  expect(await post('deltagusers', { tagid: 7, userlist: ['lisi', 'x'], partylist: [2] })).toEqual({
    errcode: 0,
    errmsg: 'deleted',
    invalidlist: 'x',
  });
  expect(await get('get', { tagid: '7' })).toMatchObject({
    userlist: [{ userid: 'boss' }, { userid: 'ZhangSan' }],
    partylist: [4, 30],
  });
});

test('an entry out of the app’s range counts as bad', async () => {
  const { tagid } = await post('create', { tagname: 'own' }, 'rd');
  expect((await post('addtagusers', { tagid, userlist: ['boss'], partylist: [4] }, 'rd')).errcode).toBe(40070);
  expect((await post('addtagusers', { tagid, userlist: ['boss', 'lisi'] }, 'rd')).invalidlist).toBe('boss');
});

test('when everything is bad the sentence stands alone: 40070 with its blank, 40031 without', async () => {
  expect(await post('addtagusers', { tagid: 7, userlist: ['x'] })).toEqual({
    errcode: 40070,
    errmsg: 'all list invalid ',
  });
  expect(await post('deltagusers', { tagid: 7, partylist: [99] })).toEqual({
    errcode: 40031,
    errmsg: 'all list invalid',
  });
});

test.each<object>([
  {},
  { userlist: [], partylist: [] },
  { userlist: 'lisi' },
  { userlist: Array.from({ length: 1_001 }, () => 'lisi') },
  { partylist: Array.from({ length: 101 }, () => 2) },
])('lists that cannot be are 40035', async (lists) => {
  expect((await post('addtagusers', { tagid: 7, ...lists })).errcode).toBe(40035);
  expect((await post('deltagusers', { tagid: 7, ...lists })).errcode).toBe(40035);
});

test('3,000 tags are all a company has (40126), 30,000 nodes all a tag has (81003)', async () => {
  await company.directory.close();
  const userids = Array.from({ length: 30_000 }, (_, index) => `u${String(index)}`).join(', ');
  const tags = Array.from(
    { length: 2_999 },
    (_, index) => `    - { tag_id: ${String(index + 10)}, name: n${String(index)} }`,
  );
  const full = `corpid: ww_acme\n  tags:\n    - { tag_id: 7, name: full, userids: [${userids}] }\n${tags.join('\n')}`;
  company = await openTestCompany(acme.replace('corpid: ww_acme', full));
  expect((await post('create', { tagname: 'more' })).errcode).toBe(40126);
  expect((await post('addtagusers', { tagid: 7, userlist: ['lisi'] })).errcode).toBe(81003);
  expect((await post('deltagusers', { tagid: 7, userlist: ['lisi'] })).errcode).toBe(0);
});

test('the assistant with 读取 reads tags and writes none (ruling 15)', async () => {
  await company.directory.close();
  const reading = acme.replace('kind: contact_sync }', 'kind: contact_sync, api_sync: read, reading_ips: [] }');
  company = await openTestCompany(reading.replace('corpid: ww_acme', TAGS));
  expect((await get('list')).errcode).toBe(0);
  expect((await get('get', { tagid: '7' })).errcode).toBe(0);
  expect((await post('create', { tagname: 'n' })).errcode).toBe(48002);
  expect((await get('delete', { tagid: '7' })).errcode).toBe(48002);
});
