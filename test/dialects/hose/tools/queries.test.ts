import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDirectory, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, corporationA, corporationB, failure, type Client } from '../hose-client.ts';

/* Queries by forms, the login phone, WeCom's encrypted ids: contract hose-more.md 4 and 9.1. */

let directory: TestDirectory;
let hose: Client;
async function open(settings = '', state: 'in_use' | 'dissolved' = 'in_use', more = ''): Promise<void> {
  directory = await openTestDirectory({ companies: [corporationA(settings, more), corporationB(state)] });
  hose = await clientOf(directory, 'key-a', 's');
}
beforeEach(() => open());
afterEach(() => directory.close());

describe('by the values of a form', () => {
  const staffs = (body: object): Promise<Answer> => hose.send('POST', '/api/openapi/v1.1/staffs/staffCustom', { body });

  test('active staff that have all of them', async () => {
    await hose.update('CorpA:li', { name: '李雷', staffCustomForm: { rankType: 'ID_p5', u_爱好: '书' } });
    const found = async (body: object): Promise<unknown> =>
      (await staffs(body)).json.items.map(({ userId }: { userId: string }) => userId);
    expect(await found({ rankType: 'ID_p5' })).toEqual(['li', 'han']);
    expect(await found({ rankType: 'ID_p5', u_爱好: '书' })).toEqual(['li']);
    expect(await found({ u_无: 'x' })).toEqual([]);
    await hose.send('PUT', '/api/openapi/v1.1/staffs/disableOrEnableStaff/[CorpA:li]?active=false');
    expect(await found({ u_爱好: '书' })).toEqual([]);
  });

  test('active departments that have all of them', async () => {
    const form = { costCenter: 'c1', u_城市: '北京' };
    await hose.send('POST', '/api/openapi/v1/departments', { body: { code: 'n', name: '新', parentId: '', form } });
    const found = async (body: object): Promise<unknown> => {
      const { json } = await hose.send('POST', '/api/openapi/v1/departments/departmentCustom', { body });
      return json.items.map(({ name }: { name: string }) => name);
    };
    expect(await found({ costCenter: 'c1', u_城市: '北京' })).toEqual(['新']);
    expect(await found({ costCenter: 'c2' })).toEqual([]);
  });

  test.each(['v1.1/staffs/staffCustom', 'v1/departments/departmentCustom'])('%s needs one', async (path) => {
    const refused = await hose.send('POST', `/api/openapi/${path}`, { body: {} });
    expect([refused.status, refused.json]).toEqual([400, failure(400, '查询参数不能为空')]);
    const mistyped = await hose.send('POST', `/api/openapi/${path}`, { body: [{ status: 200, headers: {} }] });
    expect(mistyped.json).toEqual(failure(412, 'JSON请求参数不正确'));
  });
});

test('a mail that somebody who left logs in with finds the active staff who shows it', async () => {
  await directory.close();
  const account = '{ id: acc-gone, email: desk@a.example }';
  await open(
    '',
    'in_use',
    `  - { id: gone-1, name: 前台, status: resigned, account: ${account} }\n  - { id: desk, name: 新前台, email: desk@a.example }`,
  );
  const body = { type: 'MAIL', conditionIds: ['desk@a.example'] };
  const { items } = (await hose.send('POST', '/api/openapi/v1/staffs/getStaffIds', { body })).json;
  expect(items.map(({ userId }: { userId: string }) => userId)).toEqual(['desk']);
});

describe('the login phone', () => {
  const change = (body: object, query = 'secretMsg=word', staff = 'CorpA:li'): Promise<Answer> =>
    hose.send('PUT', `/api/openapi/v1/staffs/$${staff}/phone?${query}`, { body });
  const refusedWord = failure(403, '不允许访问');

  test('is changed behind the word that the corporation set, before the staff is looked up', async () => {
    expect((await change({ cellphone: '13900000009' }, 'secretMsg=word', 'nobody')).json).toEqual(refusedWord);
    await directory.close();
    await open(', secret_msg: word');
    for (const query of ['', 'secretMsg=', 'secretMsg=other'])
      expect((await change({ cellphone: '13900000009' }, query, 'nobody')).json).toEqual(refusedWord);
    expect((await change({ cellphone: '13900000009' }, 'secretMsg=word', 'CorpA:nobody')).json).toEqual(
      failure(400, '没有查到此员工信息'),
    );
  });

  test('is one of another company in use, or of nobody', async () => {
    await directory.close();
    await open(', secret_msg: word');
    const before = await directory.employee('a', 'li');
    const taken = await change({ cellphone: '13900000001' });
    expect([taken.status, taken.json]).toEqual([
      400,
      failure(400, '登录手机号已被其他企业使用，由于安全问题，无法修改'),
    ]);
    await directory.close();
    await open(', secret_msg: word', 'dissolved');
    const changed = await change({ cellphone: '13900000001' });
    expect(changed.json.value).toMatchObject({ id: 'CorpA:li', cellphone: '13800000001' });
    expect((await directory.employee('a', 'li')).updatedAt).toBe(before.updatedAt);
    const other = await hose.update('CorpA:han', { name: '韩', cellphone: '13900000001', modifyAccountPhone: true });
    expect(other.status).toBe(412);
  });

  test('stays where no phone is sent', async () => {
    await directory.close();
    await open(', secret_msg: word');
    for (const body of [{}, { cellphone: '' }, { cellphone: null }])
      expect((await change(body)).json.value.id).toBe('CorpA:li');
    expect((await change({ cellphone: '+86139' })).json.errorMessage).toBe('手机号格式不正确，只能包含数字和英文括号');
  });
});

describe('the encrypted ids of WeCom', () => {
  const ask = (body: object): Promise<Answer> => hose.send('POST', '/api/openapi/v1/staffs/getOpenUserId', { body });
  const wecom = ', environment: wecom';
  const people = `
  - { id: zhou, name: 周, wecom: { userid: ZhouHao }, hose: { open_userid: woAJ2GCAAAXtWyujaWJHDDGi0mACas1w } }
  - { id: gone, name: 走, status: resigned, wecom: { userid: gone } }`;

  test('are given inside WeCom only', async () => {
    const refused = await ask({ ids: ['zhouhao'] });
    expect([refused.status, refused.json]).toEqual([403, failure(403, '不允许调用此接口')]);
    await directory.close();
    await open(`${wecom}, licences: [{ code: "219904" }]`);
    expect((await ask({ ids: ['zhouhao'] })).json).toEqual(failure(403, '未开通功能，无权访问'));
  });

  test('come in the order asked, as they were asked for, without those that no active staff has', async () => {
    await directory.close();
    await open(wecom, 'in_use', people);
    const { json } = await ask({ ids: ['zhouHAO', 'gone', 'nobody', 'li'] });
    expect(json.items).toEqual([
      { userid: 'zhouHAO', open_userid: 'woAJ2GCAAAXtWyujaWJHDDGi0mACas1w' },
      { userid: 'li', open_userid: expect.stringMatching(/^wo[A-Za-z0-9_-]{30}$/) },
    ]);
    expect((await ask({ ids: ['LI'] })).json.items[0].open_userid).toBe(json.items[1].open_userid);
  });

  test.each([
    [{}, 400, '查询ids不能为空'],
    [{ ids: 'li' }, 400, '查询ids不能为空'],
    [{ ids: [] }, 400, '查询ids不能为空'],
    [{ ids: Array.from({ length: 101 }, String) }, 412, '超过最大查询数量100！'],
    [{ ids: [1] }, 412, 'JSON请求参数不正确'],
  ])('are not given for %.40j', async (body, status, message) => {
    await directory.close();
    await open(wecom);
    const refused = await ask(body);
    expect([refused.status, refused.json]).toEqual([status, failure(status, message)]);
  });
});
