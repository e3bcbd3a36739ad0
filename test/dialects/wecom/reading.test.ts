import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acme, openTestCompany, type Acme } from './test-company.ts';

let company: Acme;
beforeAll(async () => {
  company = await openTestCompany(
    `${acme}
job_titles:
  - { id: dev, name: 工程师 }
  - { id: old, name: 旧职位, enabled: false }
  - { id: pm, name: 产品经理, wecom: { option: 77 } }
job_levels: [{ id: p7, name: P7 }]
work_places: [{ id: bj, name: 北京 }]
custom_fields:
  - { id: hobby, name: 爱好, type: text, wecom: { fieldid: 100001 } }
  - { id: shirt, name: 衣服, type: choice, options: [{ id: s, name: S }, { id: m, name: M }], wecom: { fieldid: 100002 } }
  - { id: height, name: 身高, type: number, wecom: { fieldid: 100003 } }
  - { id: since, name: 自, type: date, wecom: { fieldid: 100004 } }
  - { id: secret, name: 别处的, type: text }
`,
  );
});
afterAll(() => company.directory.close());

const set = async (...update_items: object[]): Promise<number[]> => {
  const answer = await company.update({ userid: 'lisi', update_items });
  return (answer.json.update_results as { result: number }[]).map(({ result }) => result);
};

interface Field {
  readonly fieldid: number;
  readonly option_list?: readonly object[];
}
const fieldsOf = async (): Promise<readonly (readonly [number, string, readonly Field[]])[]> => {
  const { json } = await company.get('hr/get_fields');
  const groups: { group_id: number; group_name: string; field_list: Field[] }[] = json.group_list;
  return groups.map(({ group_id, group_name, field_list }) => [group_id, group_name, field_list]);
};

describe('获取员工字段配置', () => {
  test('tells the groups and fields of the default data, with the example’s own among them', async () => {
    const groups = await fieldsOf();
    expect(groups.map(([id, name, fields]) => [id, name, fields.length])).toEqual([
      [1001, '个人信息', 22],
      [1002, '在职信息', 15],
      [1003, '工资社保信息', 6],
      [1004, '教育经历', 6],
      [1005, '工作经历', 5],
      [1006, '家庭成员', 5],
      [1007, '紧急联系人', 4],
      [1008, '合同信息', 6],
      [1009, '个人材料', 4],
      [2001, '自定义信息', 4],
    ]);
    expect(groups[0]?.[2].slice(0, 2)).toEqual([
      { fieldid: 11001, field_name: '姓名', field_type: 1, value_type: 1, is_must: true },
      { fieldid: 11002, field_name: '别名', field_type: 1, value_type: 1, is_must: false },
    ]);
    expect(groups[1]?.[2].at(-1)).toEqual({
      fieldid: 12024,
      field_name: '工号',
      field_type: 1,
      value_type: 1,
      is_must: true,
    });
  });

  test('职位 chooses from the company’s job titles that are in use', async () => {
    const position = (await fieldsOf())[1]?.[2].find(({ fieldid }) => fieldid === 12010);
    expect(position?.option_list).toEqual([
      { id: 1, value: '工程师' },
      { id: 77, value: '产品经理' },
    ]);
  });

  test('职位 of a company without job titles chooses between 总经理 and 秘书', async () => {
    const other = await openTestCompany();
    const { json } = await other.post('hr/get_fields', '{ any body');
    const position = (json.group_list[1].field_list as Field[]).find(({ fieldid }) => fieldid === 12010);
    expect(position).toEqual({
      fieldid: 12010,
      field_name: '职位',
      field_type: 2,
      value_type: 3,
      is_must: false,
      option_list: [
        { id: 1, value: '总经理' },
        { id: 2, value: '秘书' },
      ],
    });
    await other.directory.close();
  });
});

describe('fields tied to lists and fields of the company', () => {
  test('a title, a level and a place are the company’s entries, and nothing else', async () => {
    expect(
      await set(
        { fieldid: 12010, value_uint32: 77 },
        { fieldid: 12010, value_uint32: 2 },
        { fieldid: 12011, value_string: 'P7' },
        { fieldid: 12011, value_string: 'P8' },
        { fieldid: 12002, value_string: '北京' },
        { fieldid: 12002, value_string: '上海' },
      ),
    ).toEqual([1, 2, 1, 2, 1, 2]);
    expect(await company.directory.employee('acme', 'lisi')).toMatchObject({
      jobTitle: 'pm',
      jobLevel: 'p7',
      workPlace: 'bj',
    });
    expect((await company.field(12002, 0, 'lisi'))['value_string']).toBe('北京');
    expect((await company.get('user/get', { userid: 'lisi' })).json.position).toBe('产品经理');
  });

  test('a field that the company added is written for all platforms', async () => {
    expect(
      await set(
        { fieldid: 100001, value_string: '读书' },
        { fieldid: 100002, value_uint32: 2 },
        { fieldid: 100002, value_uint32: 3 },
        { fieldid: 100003, value_string: '180.5' },
        { fieldid: 100003, value_string: 'tall' },
        { fieldid: 100004, value_int64: -86_400 },
        { fieldid: 100004, value_int64: '9223372036854775807' },
      ),
    ).toEqual([1, 1, 2, 1, 2, 1, 2]);
    expect((await company.directory.employee('acme', 'lisi')).custom).toEqual({
      hobby: { value: '读书', i18n: {} },
      shirt: 'm',
      height: '180.5',
      since: -86_400_000,
    });
    expect((await company.field(100004, 0, 'lisi'))['value_int64']).toBe(-86_400);
    expect((await company.get('user/get', { userid: 'lisi' })).json.extattr.attrs).toEqual([
      { type: 0, name: '爱好', text: { value: '读书' } },
      { type: 0, name: '衣服', text: { value: 'M' } },
      { type: 0, name: '身高', text: { value: '180.5' } },
      { type: 0, name: '自', text: { value: '-86400' } },
    ]);
    expect(await set({ fieldid: 100001 }, { fieldid: 100002, value_uint32: 0 })).toEqual([1, 1]);
    expect((await company.directory.employee('acme', 'lisi')).custom).toEqual({ height: '180.5', since: -86_400_000 });
  });
});

describe('获取员工花名册信息', () => {
  const ask = async (body: object) => (await company.post('hr/get_staff_info', { userid: 'zhangsan', ...body })).json;

  test('answers entry by entry, in the order asked', async () => {
    const fieldids = [
      { fieldid: '11004' },
      { fieldid: 14001, sub_idx: 1 },
      { fieldid: 14001, sud_idx: 2 },
      { fieldid: 14001, sub_idx: 3 },
      { fieldid: 11004, sub_idx: 1 },
      { fieldid: 99999 },
      { fieldid: 11003 },
      { fieldid: 11008 },
      { fieldid: 19001 },
      { fieldid: 12004 },
    ];
    expect(await ask({ fieldids })).toEqual({
      errcode: 0,
      errmsg: 'ok',
      field_info: [
        { fieldid: 11004, sub_idx: 0, result: 1, value_type: 3, value_uint32: 1 },
        { fieldid: 14001, sub_idx: 1, result: 1, value_type: 1, value_string: '第二大学' },
        { fieldid: 14001, sub_idx: 2, result: 1, value_type: 1, value_string: '第三大学' },
        { fieldid: 14001, sub_idx: 3, result: 3 },
        { fieldid: 11004, sub_idx: 1, result: 3 },
        { fieldid: 99999, sub_idx: 0, result: 3 },
        {
          fieldid: 11003,
          sub_idx: 0,
          result: 1,
          value_type: 5,
          value_mobile: { value_country_code: '86', value_mobile: '13800000001' },
        },
        { fieldid: 11008, sub_idx: 0, result: 1, value_type: 1 },
        { fieldid: 19001, sub_idx: 0, result: 1, value_type: 6, value_file: { media_id: ['m1', 'm2'] } },
        { fieldid: 12004, sub_idx: 0, result: 1, value_type: 3, value_uint32: 3 },
      ],
    });
  });

  test('get_all tells every single field, then every instance of every group', async () => {
    const { field_info } = await ask({ get_all: true });
    const single = 22 + 15 + 6 + 4 + 4;
    expect(field_info).toHaveLength(single + 3 * 6 + 2 * 4);
    expect((field_info as { sub_idx: number }[]).slice(single).map(({ sub_idx }) => sub_idx)).toEqual([
      ...[0, 1, 2].flatMap((index) => Array.from({ length: 6 }, () => index)),
      ...[0, 1].flatMap((index) => Array.from({ length: 4 }, () => index)),
    ]);
  });

  test('numbers beyond 2⁵³ come back digit by digit', async () => {
    const body = '{"userid":"zhangsan","update_items":[{"fieldid":11011,"value_uint64":18446744073709551615}]}';
    expect((await company.post('hr/update_staff_info', body)).json.update_results[0].result).toBe(1);
    const { text } = await company.post('hr/get_staff_info', { userid: 'zhangsan', fieldids: [{ fieldid: 11011 }] });
    expect(text).toContain('"value_uint64":18446744073709551615');
    expect(await company.field(11012)).toEqual({ fieldid: 11012, sub_idx: 0, result: 1, value_type: 1 });
  });

  test('年龄 and 社会工龄 are counted to today in China', async () => {
    // Born 1990-01-01 00:00 in China; the test's day is 2026-01-05.
    expect(await company.field(11006)).toMatchObject({ value_string: '36' });
    await company.update({
      userid: 'zhangsan',
      update_items: [{ fieldid: 11011, value_uint64: 1_420_387_200 + 86_400 }],
    });
    expect(await company.field(11012)).toMatchObject({ value_string: '10' });
    await company.update({ userid: 'zhangsan', update_items: [{ fieldid: 11011, value_uint64: 1_420_387_200 }] });
    expect(await company.field(11012)).toMatchObject({ value_string: '11' });
  });

  test.each([
    ['nobody', 'hr', 60111],
    ['gone', 'hr', 60111],
    ['boss', 'rd', 60011],
  ])('of %s to %s is %i', async (userid, secret, errcode) => {
    const { json } = await company.post('hr/get_staff_info', { userid, get_all: true }, secret);
    expect(json).toMatchObject({ errcode, field_info: [] });
  });
});

describe('读取成员', () => {
  test('tells the member as the contacts know him', async () => {
    const { json } = await company.get('user/get', { userid: 'zhangsan' });
    expect(json).toEqual({
      errcode: 0,
      errmsg: 'ok',
      userid: 'ZhangSan',
      name: '张三',
      department: [30, 4],
      order: [7, 1],
      position: '',
      mobile: '13800000001',
      gender: '1',
      email: 'zhangsan@example.com',
      biz_mail: '',
      is_leader_in_dept: [0, 0],
      direct_leader: ['boss'],
      telephone: '',
      alias: '',
      main_department: 30,
      extattr: { attrs: [] },
      status: 1,
    });
  });

  test('tells only departments and a leader that the app may see, and nothing sensitive where that is switched off', async () => {
    const { json } = await company.get('user/get', { userid: 'zhangsan' }, 'rd');
    expect(json).toMatchObject({ department: [30], order: [7], main_department: 30, direct_leader: [] });
    const other = (await company.get('user/get', { userid: 'zhangsan' }, 'unlisted')).json;
    for (const key of ['mobile', 'gender', 'email', 'biz_mail']) expect(other).not.toHaveProperty(key);
  });

  test.each<[query: Record<string, string>, errcode: number]>([
    [{}, 41009],
    [{ userid: 'nobody' }, 60111],
    [{ userid: 'gone' }, 60111],
    [{ userid: 'boss' }, 60011],
  ])('of %o is refused with empty lists', async (query, errcode) => {
    expect((await company.get('user/get', query, 'rd')).json).toEqual({
      errcode,
      errmsg: expect.any(String),
      department: [],
      order: [],
      is_leader_in_dept: [],
      direct_leader: [],
    });
  });
});

describe('获取部门列表', () => {
  const rd = { id: 2, name: '研发', name_en: 'R&D', department_leader: ['ZhangSan'], parentid: 1, order: 10 };
  const web = { id: 30, name: '前端', department_leader: [], parentid: 2, order: 5 };

  test('of everything', async () => {
    expect((await company.get('department/list')).json.department).toEqual([
      { id: 1, name: '恒信', department_leader: ['boss'], parentid: 0, order: 0 },
      rd,
      { id: 4, name: '人事', department_leader: [], parentid: 1, order: 0 },
      web,
    ]);
  });

  test('of one and all below it, or of all that the app may see', async () => {
    expect((await company.get('department/list', { id: '2' })).json.department).toEqual([rd, web]);
    expect((await company.get('department/list', {}, 'rd')).json.department).toEqual([rd, web]);
    expect((await company.get('department/list', {}, 'contacts')).json.department).toHaveLength(4);
  });

  test.each([
    ['99', 60123],
    ['x', 60123],
    ['0', 60123],
    ['4', 60011],
  ])('of %s is refused', async (id, errcode) => {
    expect((await company.get('department/list', { id }, 'rd')).json).toMatchObject({ errcode, department: [] });
  });
});

describe('获取部门成员', () => {
  const list = async (query: Record<string, string>, path = 'user/simplelist', secret = 'hr') =>
    (await company.get(path, query, secret)).json;

  test('tells who is directly in a department', async () => {
    expect(await list({ department_id: '4' })).toEqual({
      errcode: 0,
      errmsg: 'ok',
      userlist: [
        { userid: 'ZhangSan', name: '张三', department: [30, 4] },
        { userid: 'LiSi', name: '李四', department: [4] },
      ],
    });
    expect((await list({ department_id: '2' })).userlist).toEqual([]);
  });

  test('with fetch_child tells everyone below it too, each once, but nobody who left', async () => {
    const { userlist } = await list({ department_id: '1', fetch_child: '1' });
    expect((userlist as { userid: string }[]).map(({ userid }) => userid).toSorted()).toEqual([
      'LiSi',
      'ZhangSan',
      'boss',
    ]);
  });

  test('in detail tells each as 读取成员 does, and the English name', async () => {
    const { userlist } = await list({ department_id: '30' }, 'user/list');
    const { errcode: _code, errmsg: _text, ...member } = (await company.get('user/get', { userid: 'zhangsan' })).json;
    expect(userlist).toEqual([{ ...member, english_name: '' }]);
  });

  test.each<[query: Record<string, string>, secret: string, errcode: number]>([
    [{}, 'hr', 60003],
    [{ department_id: '99' }, 'hr', 60003],
    [{ department_id: '4' }, 'rd', 60011],
  ])('of %o to %s is refused with an empty list', async (query, secret, errcode) => {
    for (const path of ['user/list', 'user/simplelist'])
      expect(await list(query, path, secret)).toEqual({ errcode, errmsg: expect.any(String), userlist: [] });
  });
});

describe('获取子部门ID列表 and 获取单个部门详情', () => {
  test('tell the tree by numbers, and one department', async () => {
    expect((await company.get('department/simplelist', { id: '2' })).json).toEqual({
      errcode: 0,
      errmsg: 'ok',
      department_id: [
        { id: 2, parentid: 1, order: 10 },
        { id: 30, parentid: 2, order: 5 },
      ],
    });
    expect((await company.get('department/get', { id: '2' })).json.department).toEqual({
      id: 2,
      name: '研发',
      name_en: 'R&D',
      department_leader: ['ZhangSan'],
      parentid: 1,
      order: 10,
    });
  });

  test.each([
    ['99', 'hr', 60123],
    ['4', 'rd', 60011],
  ])('of %s to %s are refused', async (id, secret, errcode) => {
    expect((await company.get('department/simplelist', { id }, secret)).json).toMatchObject({
      errcode,
      department_id: [],
    });
    const { json } = await company.get('department/get', { id }, secret);
    expect(json).toEqual({ errcode, errmsg: expect.any(String) });
  });

  test('department/get without an id is of no department', async () => {
    expect((await company.get('department/get')).json.errcode).toBe(60123);
  });
});
