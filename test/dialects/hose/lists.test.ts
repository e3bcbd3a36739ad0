import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDirectory, type TestDirectory } from '../../support/test-directory.ts';
import { clientOf, corporationA, corporationB, failure, type Client } from './hose-client.ts';

let directory: TestDirectory;
let hose: Client;
beforeAll(async () => {
  directory = await openTestDirectory({ companies: [corporationA(), corporationB()] });
  hose = await clientOf(directory, 'key-a', 's');
  directory.clock.advance(60_000);
  await hose.update('CorpA:han', { name: '韩梅梅', cellphone: '(852)61234568', email: 'Show@A.example' });
  directory.clock.advance(60_000);
  await hose.update('CorpA:li', { name: '李雷' });
});
afterAll(() => directory.close());

const ids = (items: readonly { readonly userId: string }[]): readonly string[] => items.map(({ userId }) => userId);
const everyone = ['li', 'han', 'none', 'twin1', 'twin2', 'left', 'left2', 'guest', 'odd'];
const gone = ['left', 'left2'];
const here = everyone.filter((id) => !gone.includes(id));

describe('the list', () => {
  const list = async (query: string, version = 'v1.1'): Promise<{ count: number; ids: readonly string[] }> => {
    const { json } = await hose.send('GET', `/api/openapi/${version}/staffs?start=0&count=100&${query}`);
    return { count: json.count, ids: ids(json.items) };
  };
  const all = (people: readonly string[]): object => ({ count: people.length, ids: people });

  test.each([
    ['', everyone],
    ['active=true', here],
    ['active=false', gone],
    ['active=', gone],
    ['active=1', gone],
    ['external=true', ['guest']],
    ['external=', everyone.filter((id) => id !== 'guest')],
    ['active=true&external=true', ['guest']],
    ['orderBy=name', everyone],
    ['startDate=2026-01-05 08:01:00', ['li', 'han']],
    ['startDate=2026-01-05 08:01:01', ['li']],
    ['endDate=2026-01-05 08:01:00&active=false', gone],
    ['startDate=2026-01-05 08:01:00&endDate=2026-01-05 08:01:30', ['han']],
    ['startDate=2026-01-05 08:01:00&orderBy=updateTime', ['han', 'li']],
    ['startDate=2026-01-05 08:01:00&orderBy=updateTime&orderByType=desc', ['li', 'han']],
    ['startDate=yesterday', []],
    ['endDate=2026-13-05 08:01:00', []],
    ['startDate=&endDate=', everyone],
  ])('%j', async (query, people) => {
    expect(await list(query)).toEqual(all(people));
  });

  test('the old one knows no external', async () => {
    expect(await list('external=true', 'v1')).toEqual(all(everyone));
    expect(await list('active=false', 'v1')).toEqual(all(gone));
  });

  test('start is a row, count the size of a page, and the answer tells the total', async () => {
    const page = async (start: string, count: string): Promise<unknown> => {
      const { json } = await hose.send('GET', `/api/openapi/v1.1/staffs?start=${start}&count=${count}`);
      return [json.count, ids(json.items)];
    };
    expect(await page('3', '2')).toEqual([9, ['twin1', 'twin2']]);
    expect(await page('9', '2')).toEqual([9, []]);
    expect(await page('999999999999999', '100')).toEqual([9, []]);
    expect(await page('0', '0')).toEqual([9, []]);
  });

  test.each([
    ['', '输入存在错误:\n- 缺少start参数'],
    ['count=10', '输入存在错误:\n- 缺少start参数'],
    ['start=-1&count=10', '输入存在错误:\n- 缺少start参数'],
    ['start=x&count=10', '输入存在错误:\n- 缺少start参数'],
    ['start=0', '输入存在错误:\n- 缺少count参数'],
    ['start=0&count=', '输入存在错误:\n- 缺少count参数'],
    ['start=0&count=101', 'count参数不能大于100'],
  ])('refuses %j', async (query, message) => {
    const answer = await hose.send('GET', `/api/openapi/v1.1/staffs?${query}`);
    expect([answer.status, answer.json]).toEqual([400, failure(400, message)]);
  });

  test('tells logins, and who left as such', async () => {
    const { json } = await hose.send('GET', '/api/openapi/v1.1/staffs?start=0&count=100');
    expect(json.items[1]).toMatchObject({ email: 'han@a.example', showEmail: 'Show@A.example' });
    expect(json.items[5]).toMatchObject({ active: false, authState: false });
  });

  test('authorized: those who hold a seat', async () => {
    const { json } = await hose.send('GET', '/api/openapi/v1/staffs/authorized?start=0&count=100');
    expect([json.count, ids(json.items)]).toEqual([here.length, here]);
  });
});

describe('the query', () => {
  const query = (body: object): ReturnType<Client['send']> =>
    hose.send('POST', '/api/openapi/v1/staffs/getStaffIds', { body });
  const found = async (type: string, ...conditionIds: string[]): Promise<readonly string[]> =>
    ids((await query({ type, conditionIds })).json.items);

  test.each([
    ['STAFFID', ['CorpA:han', 'CorpA:li', 'CorpA:left', 'CorpB:wang', 'x'], ['han', 'li']],
    ['CODE', ['T', '00006', ''], ['twin1', 'twin2', 'han']],
    ['CELLPHONE', ['(852)61234568', '61234567', '13800000001', 'x'], ['han', 'li']],
    ['MAIL', ['HAN@a.example'], ['han']],
    ['MAIL', ['Show@A.example'], ['han']],
    ['MAIL', ['show@a.example'], []],
    ['MAIL', ['han@a.example', 'Show@A.example'], ['han']],
    ['MAIL', ['wang@b.example'], []],
    ['USERID', ['guest', 'guest'], ['guest']],
  ])('%s %j', async (type, conditions, people) => {
    expect(await found(type, ...conditions)).toEqual(people);
  });

  test('adds roles to the staff object', async () => {
    const { json } = await query({ type: 'CODE', conditionIds: ['00006'] });
    expect(Object.keys(json)).toEqual(['items']);
    expect(Object.keys(json.items[0]).at(-1)).toBe('roles');
    expect(json.items[0].roles).toEqual([]);
  });

  test.each([
    [{ type: 'CODE' }, 400, '查询conditionIds不能为空'],
    [{ type: 'CODE', conditionIds: [] }, 400, '查询conditionIds不能为空'],
    [{ type: 'CODE', conditionIds: Array.from({ length: 101 }, String) }, 412, '超过最大查询数量100！'],
    [{ type: 'code', conditionIds: ['1'] }, 400, '未知的type类型'],
    [{ conditionIds: ['1'] }, 400, '未知的type类型'],
    [{ type: 'CODE', conditionIds: [1] }, 412, 'JSON请求参数不正确'],
    [{ type: 'CODE', conditionIds: '1' }, 412, 'JSON请求参数不正确'],
  ])('refuses %j', async (body, status, message) => {
    const answer = await query(body);
    expect([answer.status, answer.json]).toEqual([status, failure(status, message)]);
  });
});
