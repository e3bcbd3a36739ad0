import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDirectory, type TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, corporationA, failure, type Client } from '../hose-client.ts';

let directory: TestDirectory;
let hose: Client;
beforeAll(async () => {
  directory = await openTestDirectory({ companies: [corporationA(', strict_cities: true')] });
  hose = await clientOf(directory, 'key-a', 's');
});
afterAll(() => directory.close());

interface City {
  readonly id: string;
  readonly name: string;
  readonly fullName: string;
  readonly treeLevel: number;
  readonly parentId: string;
  readonly code: string;
  readonly children: readonly City[];
}

const search = async (body: object): Promise<readonly City[]> => {
  const answer = await hose.send('POST', '/api/openapi/v1/city/getCityList', { body });
  expect(answer.status).toBe(200);
  return answer.json.items;
};
const get = (id: string) => hose.send('GET', `/api/openapi/v1/city/getCity?id=${encodeURIComponent(id)}`);

describe('the list of cities', () => {
  test('tells a hit from the province down, with its own districts', async () => {
    const [province, ...others] = await search({ name: '南昌', code: '360100' });
    expect(others).toEqual([]);
    expect(province).toMatchObject({ id: '1353', fullName: '中国, 江西省', treeLevel: 0, parentId: '' });
    expect(province?.children).toHaveLength(1);
    const city = province?.children[0];
    expect(city).toMatchObject({ id: '1354', fullName: '中国, 江西省, 南昌市', treeLevel: 1, parentId: '1353' });
    expect(city?.children.map(({ id, name, treeLevel }) => [id, name, treeLevel]).slice(0, 5)).toEqual([
      ['1355', '南昌市区', 3],
      ['1356', '东湖区', 3],
      ['1357', '西湖区', 3],
      ['1358', '青云谱区', 3],
      ['1359', '湾里区', 3],
    ]);
  });

  test.each([
    [{ name: '没有这个地方' }, []],
    [{}, []],
    [{ name: '', code: null }, []],
    [{ code: '110108' }, ['1/8']],
    [{ name: '西湖', parentId: '1354' }, ['1353/1354/1357']],
    [{ name: '上党' }, ['140000/140400/7370']],
    [{ name: '朝阳', code: '110105' }, ['1/110105']],
    [{ name: '南昌', code: '110108' }, []],
  ])('%j', async (body, paths) => {
    const leaves = (cities: readonly City[], above: string): readonly string[] =>
      cities.flatMap(({ id, children }) =>
        children.length === 0 ? [`${above}${id}`] : leaves(children, `${above}${id}/`),
      );
    expect(leaves(await search(body), '')).toEqual(paths);
  });
});

test('every id of the samples is the one its place has, and no two places share one', async () => {
  const named: Readonly<Record<string, string>> = {
    '2': '中国, 北京市, 北京市区',
    '858': '中国, 上海市, 上海市区',
    '1000': '中国, 浙江省, 杭州市, 杭州市区',
    '1364': '中国, 江西省, 南昌市, 进贤县',
    '2123': '中国, 广东省, 广州市, 广州市区',
    '2148': '中国, 广东省, 深圳市, 深圳市区',
    '2452': '中国, 重庆市, 重庆市区',
    '2494': '中国, 四川省, 成都市, 成都市区',
  };
  for (const [id, fullName] of Object.entries(named))
    expect((await get(id)).json.value).toMatchObject({ id, fullName, treeLevel: 3 });
  const all: string[] = [];
  const count = (cities: readonly City[]): void => {
    for (const { id, children } of cities) {
      all.push(id);
      count(children);
    }
  };
  for (const province of ['1', '1353', '440000']) count([(await get(province)).json.value]);
  expect(all.length).toBeGreaterThan(200);
  expect(new Set(all).size).toBe(all.length);
});

test('an unknown id, and none', async () => {
  expect((await get('9')).json).toEqual(failure(400, '查询结果不存在'));
  expect((await get('')).json).toEqual(failure(400, '输入存在错误:\n- 缺少id参数'));
});

test('a company that is strict about cities takes those of the table, byte for byte', async () => {
  const base = '[ {"key":"8", "label":"北京市/海淀区"} ]';
  const { value } = (await hose.update('CorpA:li', { name: '李雷', staffCustomForm: { base } })).json;
  expect(value.staffCustomForm.base).toBe(base);
});
