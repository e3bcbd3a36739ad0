import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDirectory, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, corporationA, corporationB, failure, type Client } from '../hose-client.ts';

/* The two operations of the general directory that change one staff: the custom fields, and the job number. */

let directory: TestDirectory;
let hose: Client;
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [corporationA(', environment: dingtalk'), corporationB()] });
  hose = await clientOf(directory, 'key-a', 's');
});
afterEach(() => directory.close());

describe('custom fields', () => {
  const set = (staff: string, body: unknown, query = 'x=', version = 'v1.1'): Promise<Answer> =>
    hose.send('PUT', `/api/openapi/${version}/staffs/${staff}/customFields?${query}`, { body: body as object });

  test('are merged, in every environment, and nothing is locked', async () => {
    directory.clock.advance(1000);
    const { value } = (await set('$CorpA:han', { u_爱好: '棋', rankType: 'ID_p6' })).json;
    expect(value.staffCustomForm).toEqual({ rankType: 'ID_p6', u_爱好: '棋', u_项目: 'ID_px' });
    expect(value.updateTime).toBe('2026-01-05 08:00:01');
    const { extensions } = await directory.employee('a', 'han');
    expect(extensions['hose']).toMatchObject({ origin: 'manual', edited: false });
    expect(extensions['hose']).not.toHaveProperty('lastApiChange');
    const [change] = await directory.history('a', 'han');
    expect(Object.keys(change?.fields ?? {})).toEqual(expect.arrayContaining(['jobLevel', 'custom.hobby.value']));
  });

  test('are named by code where the query says so', async () => {
    const { value } = (await set('$00006', { rankType: 'P6', u_项目: 'Y' }, 'type=code')).json;
    expect(value).toMatchObject({ id: 'CorpA:han', staffCustomForm: { rankType: 'ID_p6', u_项目: 'ID_py' } });
    const v1 = await set('$00006', { rankType: 'P6' }, 'type=code', 'v1');
    expect(v1.json).toEqual(failure(400, '没有查到此员工信息'));
    expect((await set('$CorpA:han', { rankType: 'ID_p5' }, 'x=', 'v1')).json.value.staffCustomForm.rankType).toBe(
      'ID_p5',
    );
  });

  test.each([
    ['$CorpA:nobody', {}, 'x=', 400, '没有查到此员工信息'],
    ['$CorpB:wang', {}, 'x=', 400, '没有查到此员工信息'],
    ['$CorpA:left', {}, 'x=', 400, '不可操作已离职的员工'],
    ['$T', {}, 'type=code', 412, '根据code: [[T]]不能找到唯一的员工'],
    ['$CorpA:han', {}, 'type=name', 412, 'type参数不合法'],
    ['$CorpA:han', { rankType: 'P5' }, 'x=', 400, '字段rankType不合法，没有找到对应的数据'],
    ['$CorpA:han', { postType: 'x' }, 'x=', 400, '字段postType不合法，没有找到对应的数据'],
    ['$CorpA:han', { u_x: '1' }, 'x=', 400, 'staffCustomForm中的u_x字段不属于员工自定义字段'],
    ['$CorpA:han', { rankType: 1 }, 'x=', 412, 'JSON请求参数不正确'],
    ['$CorpA:han', [], 'x=', 412, 'JSON请求参数不正确'],
    ['$CorpA:han', '', 'x=', 400, '输入存在错误:\n- 缺少Entity'],
    ['CorpA:han', {}, 'x=', 404, '请求的接口不存在'],
  ])('of %s with %j and %s are refused', async (staff, body, query, status, message) => {
    const answer = await set(staff, body, query);
    expect([answer.status, answer.json]).toEqual([status, failure(status, message)]);
    expect(await directory.history('a', 'han')).toEqual([]);
  });
});

describe('a job number', () => {
  const set = (staff: string, body: object | string): Promise<Answer> =>
    hose.send('PUT', `/api/openapi/v1/staffs/${staff}/code`, { body });

  test('is changed, and nothing is locked', async () => {
    const { value } = (await set('$CorpA:li', { code: '工号_A-1.@b' })).json;
    expect(value).toMatchObject({ id: 'CorpA:li', code: '工号_A-1.@b' });
    const employee = await directory.employee('a', 'li');
    expect(employee.jobNumber).toBe('工号_A-1.@b');
    expect(employee.extensions['hose']).toBeUndefined();
    expect((await directory.history('a', 'li'))[0]?.fields).toEqual({ jobNumber: ['00005', '工号_A-1.@b'] });
  });

  test('of one who left is free, and so is one’s own', async () => {
    expect((await set('$CorpA:li', { code: 'L' })).json.value.code).toBe('L');
    expect((await set('$CorpA:li', { code: 'L' })).status).toBe(200);
  });

  test.each([
    ['$CorpA:li', { code: '00006' }, 412, '此工号已被姓名为韩梅梅的员工占用，工号不允许重复，请检查'],
    ['$CorpA:li', { code: 'a b' }, 400, '员工编号只能包含汉字、数字、字母、@、-、_、.'],
    ['$CorpA:li', { code: 'a/b' }, 400, '员工编号只能包含汉字、数字、字母、@、-、_、.'],
    ['$CorpA:li', { code: '' }, 400, '员工编号code不允许为空'],
    ['$CorpA:li', {}, 400, '员工编号code不允许为空'],
    ['$CorpA:li', '', 400, '输入存在错误:\n- 缺少Entity'],
    ['$CorpA:li', { code: 1 }, 412, 'JSON请求参数不正确'],
    ['$CorpA:left', { code: 'x' }, 400, '不可操作已离职的员工'],
    ['$CorpA:nobody', { code: 'x' }, 400, '没有查到此员工信息'],
    ['$00005', { code: 'x' }, 400, '没有查到此员工信息'],
    ['CorpA:li', { code: 'x' }, 404, '请求的接口不存在'],
  ])('of %s that is %j is refused', async (staff, body, status, message) => {
    const answer = await set(staff, body);
    expect([answer.status, answer.json]).toEqual([status, failure(status, message)]);
    expect(await directory.history('a', 'li')).toEqual([]);
  });

  test('that two claim at once is had by one', async () => {
    const answers = await Promise.all([set('$CorpA:li', { code: 'one' }), set('$CorpA:none', { code: 'one' })]);
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 412]);
  });
});
