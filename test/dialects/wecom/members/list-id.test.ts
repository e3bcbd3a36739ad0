import { afterEach, beforeEach, expect, test } from 'vitest';
import { acme, openTestCompany, type Acme } from '../test-company.ts';

/* 获取成员ID列表 and 批量删除成员 (wecom-more 1.5, 3.6). */

let company: Acme;
beforeEach(async () => {
  company = await openTestCompany();
});
afterEach(() => company.directory.close());

interface Page {
  readonly errcode: number;
  readonly next_cursor: string;
  readonly dept_user: readonly { readonly userid: string; readonly department: number }[];
}
const list = async (body: object | string): Promise<Page> =>
  (await company.post('user/list_id', body, 'contacts')).json as Page;

const ALL = [
  { userid: 'boss', department: 1 },
  { userid: 'LiSi', department: 4 },
  { userid: 'ZhangSan', department: 4 },
  { userid: 'ZhangSan', department: 30 },
];

test.each(['', '{}', 'null'])('the body %j asks for everybody, a row for each department', async (body) => {
  expect(await list(body)).toEqual({ errcode: 0, errmsg: 'ok', next_cursor: '', dept_user: ALL });
});

test('a member who left in the client is not listed, and keeps status 5 where it is read', async () => {
  await company.directory.close();
  company = await openTestCompany(acme.replace('id: boss, name: 老板,', 'id: boss, name: 老板, activation: exited,'));
  expect((await list({})).dept_user).toEqual(ALL.slice(1));
  expect((await company.get('user/get', { userid: 'boss' }, 'contacts')).json).toMatchObject({ errcode: 0, status: 5 });
});

test('pages show every row once, also where one ends between two departments of a member', async () => {
  const rows = [];
  let cursor = '';
  do {
    const page = await list({ limit: 1, ...(cursor === '' ? {} : { cursor }) });
    expect(page.dept_user).toHaveLength(1);
    rows.push(...page.dept_user);
    cursor = page.next_cursor;
  } while (cursor !== '');
  expect(rows).toEqual(ALL);
});

test('a cursor that is altered or another token’s is 50100', async () => {
  const { next_cursor } = await list({ limit: 1 });
  const first = next_cursor.startsWith('A') ? 'B' : 'A';
  for (const cursor of [
    'x',
    `${first}${next_cursor.slice(1)}`,
    `${next_cursor}AAAA`,
    `${next_cursor}.`,
    `${next_cursor}!!`,
    `${next_cursor}=`,
    ` ${next_cursor}`,
    'x'.repeat(10_000),
  ])
    expect(await list({ cursor })).toMatchObject({ errcode: 50100, dept_user: [] });
  company.directory.clock.advance(7_200_000);
  expect((await list({ cursor: next_cursor })).errcode).toBe(50100);
});

test.each([0, -1, 10_001, 1.5])('limit %j is 40058', async (limit) => {
  expect(await list({ limit })).toMatchObject({ errcode: 40058, dept_user: [] });
});

const remove = async (body: object | string, secret = 'contacts') =>
  (await company.post('user/batchdelete', body, secret)).json;

test('batchdelete ends all memberships, and removes the members as leaders', async () => {
  await company.post('user/update', { userid: 'lisi', direct_leader: ['zhangsan'] }, 'contacts');
  await company.post('user/update', { userid: 'zhangsan', direct_leader: ['boss'] }, 'contacts');
  expect(await remove({ useridlist: ['ZHANGSAN', 'boss', 'zhangsan'] })).toEqual({ errcode: 0, errmsg: 'deleted' });
  expect((await list({})).dept_user).toEqual([{ userid: 'LiSi', department: 4 }]);
  expect(await company.directory.employee('acme', 'lisi')).toMatchObject({ leader: null });
  expect(await company.directory.employee('acme', 'zhangsan')).toMatchObject({ status: 'resigned', leader: null });
  const { department } = (await company.get('department/list', {}, 'contacts')).json;
  for (const one of department as { department_leader: string[] }[]) expect(one.department_leader).toEqual([]);
  expect(await company.directory.history('acme', 'zhangsan')).toHaveLength(1);
});

test.each<[what: string, errcode: number, useridlist: unknown]>([
  ['one unknown userid', 40031, ['lisi', 'nobody']],
  ['one who left', 40031, ['lisi', 'gone']],
  ['nobody', 40031, []],
  ['no list', 40031, 'lisi'],
  ['201 userids', 40032, Array.from({ length: 201 }, () => 'lisi')],
])('batchdelete of %s is %i, and nobody is deleted', async (_what, errcode, useridlist) => {
  expect((await remove({ useridlist })).errcode).toBe(errcode);
  expect((await list({})).dept_user).toEqual(ALL);
});

test('the creator stays: 301005, alone or among others, after unknown ones (ruling 20)', async () => {
  await company.directory.close();
  company = await openTestCompany(
    acme.replace('corpid: ww_acme', 'corpid: ww_acme\n  creator: Boss\n  tags: [{ tag_id: 1, userids: [boss, LiSi] }]'),
  );
  expect((await company.get('user/delete', { userid: 'boss' }, 'contacts')).json.errcode).toBe(301005);
  expect((await remove({ useridlist: ['lisi', 'boss'] })).errcode).toBe(301005);
  expect((await remove({ useridlist: ['nobody', 'boss'] })).errcode).toBe(40031);
  expect((await list({})).dept_user).toEqual(ALL);
  await company.get('user/delete', { userid: 'lisi' }, 'contacts');
  const tenant = await company.directory.store.tenantByKey('acme');
  expect(tenant?.parts.settings['wecom']).toMatchObject({ tags: [{ userids: ['boss'] }] });
});

test('a member who leaves takes the company mailbox along, and the address is free (3.6)', async () => {
  await company.directory.close();
  company = await openTestCompany(acme.replace('corpid: ww_acme', 'corpid: ww_acme\n  biz_mail_domain: corp.cn'));
  const body = { userid: 'neu', name: '新', email: 'neu@example.com' };
  await company.post('user/create', body, 'contacts');
  await company.get('user/delete', { userid: 'neu' }, 'contacts');
  await company.post('user/create', body, 'contacts');
  expect((await company.get('user/get', { userid: 'neu' }, 'contacts')).json.biz_mail).toBe('neu@corp.cn');
});
