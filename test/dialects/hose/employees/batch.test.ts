import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestDirectory, type TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, corporationA, failure, type Client } from '../hose-client.ts';

let directory: TestDirectory;
let hose: Client;
const people = Array.from({ length: 100 }, (_, index) => `p${String(index)}`);
beforeEach(async () => {
  const more = people.map((id) => `  - { id: ${id}, name: ${id} }`).join('\n');
  directory = await openTestDirectory({ companies: [corporationA('', more)] });
  hose = await clientOf(directory, 'key-a', 's');
});
afterEach(() => directory.close());

const BATCH = '/api/openapi/v1.1/staffs/batch/update';
const SIZE = failure(400, '批量修改员工列表大小必须为1-100之间');

async function changedPeople(): Promise<number> {
  const histories = await Promise.all([...people, 'li', 'han'].map((id) => directory.history('a', id)));
  return histories.filter((history) => history.length > 0).length;
}

test('a hundred staff in the order sent', async () => {
  const order = people.toReversed();
  const answer = await hose.batch(order.map((id) => ({ id: `CorpA:${id}`, name: `新${id}` })));
  expect(answer.status).toBe(200);
  expect(Object.keys(answer.json)).toEqual(['items']);
  const items: readonly { readonly name: string }[] = answer.json.items;
  expect(items.map(({ name }) => name)).toEqual(order.map((id) => `新${id}`));
  expect(answer.outcome?.records.map(({ employee }) => employee)).toEqual(order);
  expect(await changedPeople()).toBe(100);
});

test.each([
  ['101', { staffList: [...people, 'x'].map((id) => ({ id, name: id })) }],
  ['none', { staffList: [] }],
  ['no list', {}],
  ['null', { staffList: null }],
  ['no array', { staffList: { 0: {} } }],
])('a list of %s is refused', async (_size, body) => {
  const answer = await hose.send('PUT', BATCH, { body });
  expect([answer.status, answer.json]).toEqual([400, SIZE]);
});

test.each([[['x']], [[null]], [[{ id: 1, name: 'x' }]], [[{ id: 'x', name: {} }]], [[{ id: 'x', departments: 'x' }]]])(
  'elements of the wrong structure are wrong JSON: %j',
  async (staffList) => {
    const answer = await hose.batch(staffList as object[]);
    expect(answer.json).toEqual(failure(412, 'JSON请求参数不正确'));
  },
);

test('the first bad element gives the answer, and nothing is written', async () => {
  const good = { id: 'CorpA:li', name: '李雷', note: 'x' };
  for (const [bad, status, message] of [
    [{ id: 'CorpA:han', name: '' }, 400, '员工名称不能为空'],
    [{ id: 'CorpA:nobody', name: '' }, 400, '员工名称不能为空'],
    [{ id: 'CorpA:nobody', name: '谁' }, 400, '没有查到此员工信息'],
    [{ id: '', name: '谁' }, 400, '没有查到此员工信息'],
    [{ name: '谁' }, 400, '没有查到此员工信息'],
    [{ id: '00005', name: '谁' }, 400, '没有查到此员工信息'],
    [{ id: 'CorpA:left', name: '走' }, 400, '不可操作已离职的员工'],
    [
      { id: 'CorpA:han', name: '韩', staffCustomForm: { rankType: 'P5' } },
      400,
      '字段rankType不合法，没有找到对应的数据',
    ],
  ] as const) {
    const answer = await hose.batch([good, bad, { id: 'CorpA:none', name: '' }]);
    expect([answer.status, answer.json]).toEqual([status, failure(status, message)]);
  }
  expect(await changedPeople()).toBe(0);
});

test('a staff named twice is updated twice, and told twice as he is in the end', async () => {
  const [once, again] = [
    { id: 'CorpA:han', name: '一', note: '备注', staffCustomForm: { u_爱好: '棋' } },
    { id: 'CorpA:han', name: '二', code: '9', staffCustomForm: { rankType: 'ID_p6' } },
  ];
  const { items } = (await hose.batch([once, again])).json;
  expect(items).toHaveLength(2);
  expect(items[0]).toEqual(items[1]);
  expect(items[0]).toMatchObject({
    name: '二',
    note: '备注',
    code: '9',
    staffCustomForm: { rankType: 'ID_p6', u_爱好: '棋', u_项目: 'ID_px' },
  });
  const history = await directory.history('a', 'han');
  expect(history.map(({ fields }) => fields['name'])).toEqual([
    [
      { value: '韩梅梅', i18n: {} },
      { value: '一', i18n: {} },
    ],
    [
      { value: '一', i18n: {} },
      { value: '二', i18n: {} },
    ],
  ]);
});

test('departments are ids first, then codes of exactly one', async () => {
  const update = async (department: string): Promise<unknown> => {
    const body = { id: 'CorpA:li', name: '李雷', departments: [department], defaultDepartment: department };
    const { json } = await hose.batch([body]);
    return json.items?.[0].departments ?? json.errorMessage;
  };
  expect(await update('CorpA:rd')).toEqual(['CorpA:rd']);
  expect(await update('001')).toEqual(['CorpA']);
  expect(await update('002')).toBe('根据字段[defaultDepartment]的code[002]不能定位到唯一部门');
  expect(await update('CorpA:shut')).toBe('根据字段[defaultDepartment]的code[CorpA:shut]不能定位到唯一部门');
  expect(await update('CorpA:guests:external')).toBe('未找到对应部门');
});
