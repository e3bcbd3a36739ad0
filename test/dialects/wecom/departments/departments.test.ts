import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestCompany, type Acme } from '../test-company.ts';

/* 创建部门, 更新部门, 删除部门: one tree for all platforms. */

let company: Acme;
beforeEach(async () => {
  company = await openTestCompany();
});
afterEach(() => company.world.close());

const post = async (what: string, body: object, secret = 'contacts') =>
  (await company.post(`department/${what}`, body, secret)).json;
const remove = async (id: string, secret = 'contacts') =>
  (await company.get('department/delete', id === '' ? {} : { id }, secret)).json;
const told = async (id: string) => (await company.get('department/get', { id })).json;

test('a department is made under the number given, or the next, and every platform knows it', async () => {
  const named = { name: '测试', name_en: 'QA', parentid: 2, order: 8, id: 40 };
  expect(await post('create', named)).toEqual({ errcode: 0, errmsg: 'created', id: 40 });
  expect((await told('40')).department).toEqual({ ...named, department_leader: [] });
  const { id } = await post('create', { name: '运维', parentid: 1 });
  expect((await told(String(id))).department).toMatchObject({ name: '运维', parentid: 1, order: 0 });
  const tenant = await company.world.store.tenantByKey('acme');
  expect(tenant?.departments.by('wecom.id', '40')?.ids).toMatchObject({
    'feishu.open_department_id': expect.stringMatching(/^od-/),
    'hose.id': expect.stringContaining(':'),
  });
});

test('a department is renamed and moved, and what is not said stays', async () => {
  expect(await post('update', { id: 30, name: '网页', parentid: 4 })).toEqual({ errcode: 0, errmsg: 'updated' });
  expect((await told('30')).department).toMatchObject({ name: '网页', parentid: 4, order: 5 });
  expect(await post('update', { id: 1, name: '恒信集团' })).toEqual({ errcode: 0, errmsg: 'updated' });
  expect((await told('1')).department.name).toBe('恒信集团');
});

test('only an empty department without others below it is deleted', async () => {
  expect((await remove('2')).errcode).toBe(60006);
  expect((await remove('30')).errcode).toBe(60005);
  expect((await remove('1')).errcode).toBe(60007);
  await company.post('user/update', { userid: 'zhangsan', department: [4] }, 'contacts');
  expect(await remove('30')).toEqual({ errcode: 0, errmsg: 'deleted' });
  expect((await told('30')).errcode).toBe(60003);
  expect(await remove('2')).toEqual({ errcode: 0, errmsg: 'deleted' });
});

test.each<[what: string, errcode: number, operation: string, bad: object, good: object]>([
  ['no name', 40058, 'create', { parentid: 1 }, { name: 'n', parentid: 1 }],
  ['no parent', 40058, 'create', { name: 'n' }, { name: 'n', parentid: 1 }],
  ['an unknown parent', 60004, 'create', { name: 'n', parentid: 99 }, { name: 'n', parentid: 30 }],
  ['an empty name', 60001, 'create', { name: '', parentid: 1 }, { name: 'n', parentid: 1 }],
  ['65 characters', 60001, 'create', { name: 'n'.repeat(65), parentid: 1 }, { name: 'n'.repeat(64), parentid: 1 }],
  ['a colon', 60009, 'create', { name: 'a:b', parentid: 1 }, { name: 'a-b', parentid: 1 }],
  ['a sibling’s name', 60008, 'create', { name: '人事', parentid: 1 }, { name: '人事', parentid: 2 }],
  ['a number that is taken', 60008, 'create', { name: 'n', parentid: 1, id: 30 }, { name: 'n', parentid: 1, id: 31 }],
  ['a number that is none', 40058, 'create', { name: 'n', parentid: 1, id: 0 }, { name: 'n', parentid: 1, id: 32 }],
  ['an order below 0', 40058, 'create', { name: 'n', parentid: 1, order: -1 }, { name: 'n', parentid: 1, order: 1 }],
  ['no id', 40058, 'update', { name: 'n' }, { id: 4, name: 'n' }],
  ['an unknown id', 60003, 'update', { id: 99, name: 'n' }, { id: 4, name: 'n' }],
  ['a loop', 60010, 'update', { id: 2, parentid: 30 }, { id: 30, parentid: 1 }],
  ['the root below another', 40058, 'update', { id: 1, parentid: 2 }, { id: 1, order: 3 }],
])('%s: %i, and nothing is changed; mended it is done', async (_what, errcode, operation, bad, good) => {
  const before = (await company.get('department/list')).json;
  expect(await post(operation, bad)).toEqual({ errcode, errmsg: expect.stringContaining(', hint: [') });
  expect((await company.get('department/list')).json).toEqual(before);
  expect((await post(operation, good)).errcode).toBe(0);
});

test('is for 通讯录同步助手 alone', async () => {
  expect((await post('create', { name: 'n', parentid: 1 }, 'hr')).errcode).toBe(48002);
  expect((await post('update', { id: 4 }, 'hr')).errcode).toBe(48002);
  expect((await remove('30', 'hr')).errcode).toBe(48002);
  expect((await remove('')).errcode).toBe(60003);
});
