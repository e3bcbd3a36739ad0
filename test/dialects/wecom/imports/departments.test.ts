import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestCompany, type Acme } from '../test-company.ts';
import { begin, imported } from './imports.ts';

/* batch/replaceparty. (wecom-more 6.2 to 6.5, ruling 11) */

const HEADER = '部门名称,部门ID,父部门ID,排序';

let company: Acme;
beforeEach(async () => {
  company = await openTestCompany();
});
afterEach(() => company.directory.close());

/** `id parent name order` of each department. */
const tree = async (): Promise<readonly string[]> => {
  const { department } = (await company.get('department/list', {}, 'contacts')).json;
  return department
    .map(
      ({ id, parentid, name, order }: { id: number; parentid: number; name: string; order: number }) =>
        `${String(id)} ${String(parentid)} ${name} ${String(order)}`,
    )
    .toSorted();
};

test('departments are made, renamed, moved and reordered, with the bits of what each underwent; the root row is allowed', async () => {
  const rows = ['恒信集团,1,0,1', '研发中心,2,1,10', '前端,30,4,', '人事,4,1,3', '后端,31,2,0', '测试,32,31,7'];
  expect(await imported(company, 'replaceparty', `${HEADER}\n${rows.join('\n')}\n`)).toEqual({
    errcode: 0,
    errmsg: 'ok',
    status: 3,
    type: 'replace_party',
    total: 6,
    percentage: 100,
    result: [
      { action: 10, partyid: 1, errcode: 0, errmsg: 'ok' },
      { action: 2, partyid: 2, errcode: 0, errmsg: 'ok' },
      { action: 8, partyid: 4, errcode: 0, errmsg: 'ok' },
      { action: 4, partyid: 30, errcode: 0, errmsg: 'ok' },
      { action: 1, partyid: 31, errcode: 0, errmsg: 'ok' },
      { action: 1, partyid: 32, errcode: 0, errmsg: 'ok' },
    ],
  });
  expect(await tree()).toEqual([
    '1 0 恒信集团 1',
    '2 1 研发中心 10',
    '30 4 前端 5',
    '31 2 后端 0',
    '32 31 测试 7',
    '4 1 人事 3',
  ]);
  const again = await imported(company, 'replaceparty', `${HEADER}\n${rows.join('\n')}\n`);
  expect(again.result.map(({ action }: { action: number }) => action)).toEqual([0, 0, 0, 0, 0, 0]);
});

test('what no row names is deleted if it is empty, upwards; else it stays until a later import', async () => {
  await imported(
    company,
    'replaceparty',
    `${HEADER}\n研发,2,1,\n人事,4,1,\n前端,30,2,\n甲,50,1,\n乙,51,50,\n丙,52,51,\n`,
  );
  expect((await tree()).length).toBe(7);
  // 30 has a member, so its parent stays, too; 50 to 52 have no members.
  await imported(company, 'replaceparty', `${HEADER}\n人事,4,1,\n`);
  expect((await tree()).map((line) => line.split(' ')[0])).toEqual(['1', '2', '30', '4']);
  await company.post('user/update', { userid: 'zhangsan', department: [4] }, 'contacts');
  await imported(company, 'replaceparty', `${HEADER}\n人事,4,1,\n`);
  expect((await tree()).map((line) => line.split(' ')[0])).toEqual(['1', '4']);
});

test('names and places may be exchanged', async () => {
  await imported(company, 'replaceparty', `${HEADER}\n研发,2,1,\n人事,4,1,\n前端,30,2,\n甲,50,1,\n乙,51,50,\n`);
  const { result } = await imported(
    company,
    'replaceparty',
    `${HEADER}\n人事,2,1,\n研发,4,1,\n前端,30,2,\n甲,50,51,\n乙,51,1,\n`,
  );
  expect(result.map(({ errcode }: { errcode: number }) => errcode)).toEqual([0, 0, 0, 0, 0]);
  expect((await tree()).map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
    '1 0 恒信',
    '2 1 人事',
    '30 2 前端',
    '4 1 研发',
    '50 51 甲',
    '51 1 乙',
  ]);
});

test.each([
  ['id twice', '甲,50,1,\n乙,50,1,', 302006],
  ['name twice below one parent', '甲,50,1,\n甲,51,1,', 302007],
  ['loop', '甲,50,51,\n乙,51,50,', 302004],
  ['department below itself', '甲,50,50,', 302004],
  ['parent that there is not', '甲,50,77,', 302004],
  ['parent 0', '甲,50,0,', 302004],
  ['root below another', '甲,50,1,\n恒信,1,50,', 302004],
  ['empty id', '甲,,1,', 302004],
  ['empty name', ',50,1,', 302004],
  ['id in letters', '甲,x,1,', 302004],
  ['id beyond 32 bit', '甲,4294967296,1,', 302004],
  ['id 0', '甲,0,1,', 302004],
])('a file with a %s is %#: nothing is written', async (_what, rows, errcode) => {
  const before = await tree();
  expect((await begin(company, 'replaceparty', `${HEADER}\n${rows}\n`)).json).toMatchObject({ errcode });
  expect(await tree()).toEqual(before);
});

test.each([
  ['', 40092],
  [`${HEADER}\n`, 40092],
  ['部门名称,部门ID\n甲,50\n', 40092],
])('the file %j is %i', async (file, errcode) => {
  // A file of five bytes or fewer cannot be uploaded.
  expect((await begin(company, 'replaceparty', file.padEnd(6, '\n'))).json.errcode).toBe(errcode);
});

describe('a row', () => {
  test.each([
    ['a name with a character that none may have', '甲:乙,50,1,', 60009],
    ['a name of 65 characters', `${'甲'.repeat(65)},50,1,`, 60001],
    ['an order in letters', '甲,50,1,x', 60009],
  ])('with %s is refused alone', async (_what, row, errcode) => {
    const rows = ['研发,2,1,', row, '人事,4,1,', '前端,30,2,', '下,60,50,'];
    const { result } = await imported(company, 'replaceparty', `${HEADER}\n${rows.join('\n')}\n`);
    expect(result).toMatchObject([
      { partyid: 2, errcode: 0 },
      { partyid: 50, errcode },
      { partyid: 4, errcode: 0 },
      { partyid: 30, errcode: 0 },
      // Its parent was not made.
      { partyid: 60, errcode: 60004 },
    ]);
  });

  test('whose name a department outside the file has is 60008', async () => {
    const { result } = await imported(company, 'replaceparty', `${HEADER}\n前端,60,2,\n人事,4,1,\n研发,2,1,\n`);
    expect(result).toContainEqual({ action: 0, partyid: 60, errcode: 60008, errmsg: 'department existed' });
  });

  test('deeper than 15 levels is 81002', async () => {
    const rows = Array.from(
      { length: 16 },
      (_, n) => `L${String(n)},${String(100 + n)},${String(n === 0 ? 1 : 99 + n)},`,
    );
    const { result } = await imported(company, 'replaceparty', `${HEADER}\n${rows.join('\n')}\n`);
    expect(result.map(({ errcode }: { errcode: number }) => errcode)).toEqual([
      ...Array.from({ length: 15 }, () => 0),
      81002,
    ]);
  });
});

test('300 departments in one file', async () => {
  const rows = Array.from(
    { length: 300 },
    (_, n) => `D${String(n)},${String(1_000 + n)},${String(n < 10 ? 1 : 1_000 + (n % 10))},`,
  );
  const { result } = await imported(company, 'replaceparty', `${HEADER}\n${rows.join('\n')}\n`);
  expect(
    new Set(
      result.map(({ errcode, action }: { errcode: number; action: number }) => `${String(errcode)} ${String(action)}`),
    ),
  ).toEqual(new Set(['0 1']));
  const { department_id } = (await company.get('department/simplelist', {}, 'contacts')).json;
  // The root, and departments with members in them, and those above.
  expect(department_id).toHaveLength(300 + 4);
}, 60_000);
