import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { wecomOf, type Instance } from '../../../../src/dialects/wecom/protocol/wire.ts';
import type { FieldResult } from '../../../../src/directory/verdict.ts';
import type { Answer } from '../../../support/test-directory.ts';
import { acme, openTestCompany, type Acme } from '../test-company.ts';

let company: Acme;
beforeEach(async () => {
  company = await openTestCompany();
});
afterEach(() => company.directory.close());

const phone = (value_mobile: string, value_country_code = '86') => ({ value_country_code, value_mobile });
const itemsOf = ({ json }: Answer, list: string): readonly { readonly result: number }[] => json[list];
/** Items as the contract's table writes them: id, index, result. */
const results = (answer: Answer): unknown =>
  ['update_results', 'remove_results', 'insert_result'].map((list) =>
    itemsOf(answer, list).map((item) => Object.values(item)),
  );
const verdicts = ({ outcome }: Answer): readonly FieldResult[] => outcome?.records[0]?.verdicts ?? [];
const changes = async () => company.directory.history('acme', 'zhangsan');
const extension = async () => wecomOf(await company.directory.employee('acme', 'zhangsan'));

/** The seed's example request, with the contract's 张三 in the place of `xxxxx`. */
const example = {
  userid: 'zhangsan',
  update_items: [
    { fieldid: 11020, sub_idx: 0, value_string: 'xxxxx' },
    { fieldid: 17003, sub_idx: 1, value_mobile: { value_mobile_country_code: 'xxx', value_mobile: 'xxxxxxxx' } },
  ],
  remove_items: [
    { group_type: 1, sub_idx: 1 },
    { group_type: 1, sub_idx: 2 },
  ],
  insert_items: [
    {
      group_type: 4,
      item: [
        { fieldid: 17001, sub_idx: 0, value_string: '孙悟空' },
        { fieldid: 17002, sub_idx: 0, value_uint32: 1 },
        { fieldid: 17003, sub_idx: 0, value_mobile: phone('xxxxxxxx', 'xxx') },
        { fieldid: 17004, sub_idx: 0, value_string: '娜美克星' },
      ],
    },
  ],
};

test('case a: the example of 更新员工花名册信息', async () => {
  const answer = await company.update(example);
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual({
    errcode: 0,
    errmsg: 'ok',
    update_results: [
      { fieldid: 11020, sub_idx: 0, result: 1 },
      { fieldid: 17003, sub_idx: 1, result: 1 },
    ],
    remove_results: [
      { group_type: 1, sub_idx: 1, result: 1 },
      { group_type: 1, sub_idx: 2, result: 1 },
    ],
    insert_result: [{ group_type: 4, idx: 0, result: 1 }],
  });
  expect(answer.headers).toMatchObject({
    'content-type': 'application/json; charset=UTF-8',
    'error-code': '0',
    'error-msg': 'ok',
  });
  const { values, groups } = await extension();
  expect(values['11020']).toBe('xxxxx');
  expect(groups['1']).toEqual([{ 14001: '第一大学', 14002: '计算机' }]);
  expect(groups['4']).toEqual([
    { 17001: '张父', 17002: 2, 17003: phone('13800000011') },
    { 17001: '张母', 17003: phone('xxxxxxxx', 'xxx') },
    { 17001: '孙悟空', 17002: 1, 17003: phone('xxxxxxxx', 'xxx'), 17004: '娜美克星' },
  ]);
  const history = await changes();
  expect(history).toHaveLength(1);
  expect(Object.keys(history[0]?.fields ?? {}).toSorted()).toEqual([
    'extensions.wecom.groups.1',
    'extensions.wecom.groups.4',
    'extensions.wecom.values.11020',
  ]);
  expect(history[0]?.origin).toMatchObject({ dialect: 'wecom', operation: 'hr.update_staff_info', app: 'wecom-1' });
});

// Every other case of the contract's 2.11, with what is left behind.
test.each<[name: string, request: object, expected: [unknown[], unknown[], unknown[]], changed: string[]]>([
  ['b', { update_items: [{ fieldid: 11006, value_string: '30' }] }, [[[11006, 0, 5]], [], []], []],
  ['c', { update_items: [{ fieldid: 99999, value_string: 'x' }] }, [[[99999, 0, 3]], [], []], []],
  ['d', { update_items: [{ fieldid: 11020, sub_idx: 1, value_string: 'x' }] }, [[[11020, 1, 3]], [], []], []],
  ['e', { update_items: [{ fieldid: 17003, sub_idx: 9, value_mobile: phone('1') }] }, [[[17003, 9, 3]], [], []], []],
  ['f', { update_items: [{ fieldid: 11001, value_string: '' }] }, [[[11001, 0, 4]], [], []], []],
  ['f without a value key', { update_items: [{ fieldid: 11001 }] }, [[[11001, 0, 4]], [], []], []],
  [
    'g',
    { update_items: [{ fieldid: 11020, value_uint32: 5 }] },
    [[[11020, 0, 1]], [], []],
    ['extensions.wecom.values.11020'],
  ],
  ['h', { update_items: [{ fieldid: 11004, value_uint32: 7 }] }, [[[11004, 0, 2]], [], []], []],
  ['i', { update_items: [{ fieldid: 19001, value_file: { media_id: ['m'] } }] }, [[[19001, 0, 5]], [], []], []],
  ['j', { remove_items: [{ group_type: 1, sub_idx: 20 }] }, [[], [[1, 20, 3]], []], []],
  ['k', { remove_items: [{ group_type: 9, sub_idx: 0 }] }, [[], [[9, 0, 3]], []], []],
  [
    'l',
    {
      remove_items: [
        { group_type: 1, sub_idx: 0 },
        { group_type: 1, sub_idx: 0 },
      ],
    },
    [
      [],
      [
        [1, 0, 1],
        [1, 0, 3],
      ],
      [],
    ],
    ['extensions.wecom.groups.1'],
  ],
  ['m', { insert_items: [{ group_type: 1 }] }, [[], [], [[1, 0, 4]]], []],
  [
    'n',
    {
      insert_items: [
        {
          group_type: 4,
          item: [
            { fieldid: 17001, value_string: '李四' },
            { fieldid: 17003, value_mobile: phone('13800000013') },
            { fieldid: 99999, value_string: 'x' },
            { fieldid: 14001, value_string: 'y' },
          ],
        },
      ],
    },
    [[], [], [[4, 0, 1]]],
    ['extensions.wecom.groups.4'],
  ],
  [
    'o',
    { insert_items: [{ group_type: 4, item: [{ fieldid: 17001, value_string: '李四' }] }] },
    [[], [], [[4, 0, 4]]],
    [],
  ],
  ['p', { insert_items: [{ group_type: 9, item: [] }] }, [[], [], [[9, 0, 3]]], []],
  [
    'q',
    {
      insert_items: [{ group_type: 1, item: [{ fieldid: 14001, value_string: '某大学' }, { fieldid: 14006 }] }],
    },
    [[], [], [[1, 0, 5]]],
    [],
  ],
  [
    'r',
    { update_items: [{ fieldid: 17003, sub_idx: 0, value_mobile: { value_country_code: '86' } }] },
    [[[17003, 0, 4]], [], []],
    [],
  ],
])('case %s', async (_name, request, expected, changed) => {
  const answer = await company.update({ userid: 'zhangsan', ...request });
  expect(answer.json).toMatchObject({ errcode: 0, errmsg: 'ok' });
  expect(results(answer)).toEqual(expected);
  expect((await changes()).flatMap(({ fields }) => Object.keys(fields))).toEqual(changed);
});

test.each<[name: string, body: object, errcode: number]>([
  ['s: nothing to do', { userid: 'zhangsan' }, 40058],
  ['s: three empty lists', { userid: 'zhangsan', update_items: [], remove_items: [], insert_items: [] }, 40058],
  ['t: an unknown userid', { userid: 'nobody', update_items: [{ fieldid: 11020 }] }, 60111],
  ['t: one who left', { userid: 'gone', update_items: [{ fieldid: 11020 }] }, 60111],
  ['t: outside the range', { userid: 'boss', update_items: [{ fieldid: 11020 }] }, 60011],
])('case %s', async (_name, body, errcode) => {
  const answer = await company.update(body, errcode === 60011 ? 'rd' : 'hr');
  expect(answer.json).toEqual({
    errcode,
    errmsg: expect.any(String),
    update_results: [],
    remove_results: [],
    insert_result: [],
  });
  expect(answer.outcome?.records[0]?.problem).toBeDefined();
  expect(verdicts(answer)[0]?.verdict).toBe('refused');
  expect(await changes()).toEqual([]);
});

test('a department below one of the range, and a member named in it, are in the range; userid is found without case', async () => {
  for (const userid of ['ZHANGSAN', 'lisi']) {
    const update_items = [{ fieldid: 11020, value_string: 'x' }];
    expect((await company.update({ userid, update_items }, 'rd')).json.errcode).toBe(0);
  }
});

describe('the shared record', () => {
  const set = async (...update_items: object[]): Promise<number[]> => {
    const answer = await company.update({ userid: 'zhangsan', update_items });
    return itemsOf(answer, 'update_results').map(({ result }) => result);
  };
  const record = () => company.directory.employee('acme', 'zhangsan');

  test('holds what the fields of section 6 say', async () => {
    const items = [
      { fieldid: 11001, value_string: '张三丰' },
      { fieldid: 11002, value_string: '三丰' },
      { fieldid: 11003, value_mobile: phone('61234567', '+852') },
      { fieldid: 11004, value_uint32: '2' },
      { fieldid: 11021, value_string: '010-1' },
      { fieldid: 11022, value_string: 'Sanfeng' },
      { fieldid: 12001, value_string: 'San@Example.com' },
      { fieldid: 12002, value_string: '武当' },
      { fieldid: 12003, value_uint64: 1_704_038_400 },
      { fieldid: 12005, value_uint32: 2 },
      { fieldid: 12010, value_uint32: 1 },
      { fieldid: 12011, value_string: 'P7' },
      { fieldid: 12020, value_string: 'A-1' },
      { fieldid: 12021, value_string: '8001' },
      { fieldid: 12022, value_string: '备' },
      { fieldid: 12024, value_string: '10009' },
    ];
    expect(await set(...items)).toEqual(items.map(() => 1));
    expect(await record()).toMatchObject({
      name: { value: '张三丰', i18n: { 'en-US': 'Sanfeng' } },
      alias: '三丰',
      mobile: { country: '852', number: '61234567' },
      gender: 2,
      telephone: '010-1',
      email: 'San@Example.com',
      joinDate: '2024-01-01',
      employmentType: 2,
      workStation: { value: 'A-1', i18n: {} },
      extensionNumber: '8001',
      note: '备',
      jobNumber: '10009',
      // Where the company keeps no list, these are the roster's own.
      jobTitle: null,
      jobLevel: null,
      workPlace: null,
    });
    expect((await extension()).values).toMatchObject({ 12002: '武当', 12010: 1, 12011: 'P7' });
    expect(await company.field(12010)).toEqual({
      fieldid: 12010,
      sub_idx: 0,
      result: 1,
      value_type: 3,
      value_uint32: 1,
    });
    expect(await changes()).toHaveLength(1);
    expect(await set(...items)).toEqual(items.map(() => 1));
    expect(await changes()).toHaveLength(1);
  });

  test('is emptied field by field', async () => {
    const items = [11002, 11004, 11021, 11022, 12001, 12003, 12005, 12010, 12020, 12021, 12022].map((fieldid) => ({
      fieldid,
    }));
    expect(await set(...items)).toEqual(items.map(() => 1));
    expect(await record()).toMatchObject({ alias: null, gender: 0, email: null, joinDate: null, employmentType: 0 });
    expect(await set({ fieldid: 11003 })).toEqual([2]); // neither mobile nor mail would be left
    expect(await set({ fieldid: 12024 })).toEqual([4]);
  });

  test('lets nobody take what someone else who works here has', async () => {
    expect(
      await set(
        { fieldid: 11003, value_mobile: phone('13800000002') },
        { fieldid: 12001, value_string: 'LISI@example.com' },
        { fieldid: 12024, value_string: '10002' },
        { fieldid: 12021, value_string: '8002' },
        { fieldid: 11003, value_mobile: phone('13800000003') }, // of one who left
        { fieldid: 12001, value_string: 'no mail' },
        { fieldid: 12003, value_uint64: '18446744073709551615' },
      ),
    ).toEqual([2, 2, 2, 2, 1, 2, 2]);
    expect((await changes()).flatMap(({ fields }) => Object.keys(fields))).toEqual(['mobile']);
  });

  test('of two who claim one mobile at once one gets it', async () => {
    const claim = (userid: string) =>
      company.update({ userid, update_items: [{ fieldid: 11003, value_mobile: phone('13911112222') }] });
    const answers = await Promise.all([claim('zhangsan'), claim('lisi'), claim('boss')]);
    const reply = answers.map((answer) => itemsOf(answer, 'update_results')[0]?.result ?? 0);
    expect(reply.toSorted((a, b) => a - b)).toEqual([1, 2, 2]);
  });

  test('keeps the number of a time until the day is another', async () => {
    await set({ fieldid: 12003, value_uint64: 1_704_074_400 });
    expect(await company.field(12003)).toMatchObject({ value_uint64: 1_704_074_400 });
    const applied = (await company.directory.companies.export('acme')) ?? '';
    await company.directory.companies.apply('acme', applied.replace('2024-01-01', '2024-01-02'), {
      plan: false,
      request: 'r',
    });
    expect(await company.field(12003)).toMatchObject({ value_uint64: 1_704_124_800 });
  });

  test('takes no mobile from an activated member where the company locks it', async () => {
    await company.directory.companies.apply(
      'acme',
      acme.replace('corpid: ww_acme\n', 'corpid: ww_acme\n  lock_mobile_when_active: true\n'),
      { plan: false, request: 'r' },
    );
    expect(await set({ fieldid: 11003, value_mobile: phone('13911112222') })).toEqual([2]);
    expect(await changes()).toEqual([]);
  });
});

describe('order of application', () => {
  const educations = async () => ((await extension()).groups['1'] ?? []).map((one: Instance) => one[14001]);
  const school = (sub_idx: number, value_string: string) => ({ fieldid: 14001, sub_idx, value_string });
  const newSchool = (value_string: string) => ({ group_type: 1, item: [{ fieldid: 14001, value_string }] });

  test('every sub_idx speaks of the state before; what is removed takes its updates along; inserts come last', async () => {
    const answer = await company.update({
      userid: 'zhangsan',
      insert_items: [newSchool('第四大学'), newSchool('第五大学')],
      remove_items: [{ group_type: 1, sub_idx: 0 }],
      update_items: [school(0, '白改'), school(2, '先'), school(2, '后'), school(3, '没有')],
    });
    expect(results(answer)).toEqual([
      [
        [14001, 0, 1],
        [14001, 2, 1],
        [14001, 2, 1],
        [14001, 3, 3],
      ],
      [[1, 0, 1]],
      [
        [1, 0, 1],
        [1, 1, 1],
      ],
    ]);
    expect(await educations()).toEqual(['第二大学', '后', '第四大学', '第五大学']);
    expect(await changes()).toHaveLength(1);
  });

  test('an item that fails stops no other', async () => {
    const answer = await company.update({
      userid: 'zhangsan',
      update_items: [{ fieldid: 11006 }, school(1, ''), school(1, '改')],
      insert_items: [newSchool(''), newSchool('第四大学')],
    });
    expect(results(answer)).toEqual([
      [
        [11006, 0, 5],
        [14001, 1, 4],
        [14001, 1, 1],
      ],
      [],
      [
        [1, 0, 4],
        [1, 1, 1],
      ],
    ]);
    expect(await educations()).toEqual(['第一大学', '改', '第三大学', '第四大学']);
  });

  test('a group is full at its limit, counted after the removals', async () => {
    const inserts = Array.from({ length: 19 }, (_, index) => newSchool(String(index)));
    const answer = await company.update({
      userid: 'zhangsan',
      remove_items: [{ group_type: 1, sub_idx: 0 }],
      insert_items: inserts,
    });
    expect(itemsOf(answer, 'insert_result').map(({ result }) => result)).toEqual([
      ...Array.from({ length: 18 }, () => 1),
      2,
    ]);
  });

  test('an instance of a group without must fields may be empty, and of a field named twice the last counts', async () => {
    const own = acme.replace(
      'corpid: ww_acme\n',
      `corpid: ww_acme
  roster:
    index_base: 1
    emit_insert_results_alias: true
    groups:
      - { group_id: 1001, group_name: 个人信息, fields: [{ fieldid: 11001, field_name: 姓名, field_type: 1, value_type: 1, canonical: name }] }
      - { group_id: 1004, group_name: 教育经历, group_type: 1, fields: [{ fieldid: 14001, field_name: 学校, field_type: 1, value_type: 1 }] }
`,
    );
    await company.directory.companies.apply('acme', own, { plan: false, request: 'r' });
    const answer = await company.update({
      userid: 'zhangsan',
      update_items: [school(0, '没有'), school(1, '改'), { fieldid: 11001 }],
      remove_items: [{ group_type: 1, sub_idx: 3 }],
      insert_items: [
        { group_type: 1 },
        {
          group_type: 1,
          item: [
            { fieldid: 14001, value_string: '前' },
            { fieldid: 14001, value_string: '后' },
          ],
        },
        { group_type: 4 },
      ],
    });
    expect(results(answer)).toEqual([
      [
        [14001, 0, 3],
        [14001, 1, 1],
        [11001, 0, 4],
      ],
      [[1, 3, 1]],
      [
        [1, 1, 1],
        [1, 2, 1],
        [4, 3, 3],
      ],
    ]);
    expect(answer.json.insert_results).toEqual(answer.json.insert_result);
    expect(await educations()).toEqual(['改', '第二大学', undefined, '后']);
  });
});

describe('what became of each item', () => {
  test('is told of every one', async () => {
    const answer = await company.update({
      userid: 'zhangsan',
      update_items: [
        { fieldid: 11020, value_uint32: 5 },
        { fieldid: 11003, value_mobile: phone('13800000009', '+86') },
        { fieldid: 11001, value_string: '张三' },
        { fieldid: 11002, value_string: '小三' },
        { fieldid: 12024, value_string: '10002' },
        { fieldid: 14002, sub_idx: 0, value_string: '数学' },
      ],
      remove_items: [{ group_type: 1, sub_idx: 0 }],
      insert_items: [
        {
          group_type: 1,
          item: [
            { fieldid: 14001, value_string: 'x' },
            { fieldid: 17001, value_string: 'y' },
          ],
        },
      ],
    });
    expect(verdicts(answer).map(({ field, verdict }) => `${field} ${verdict}`)).toEqual([
      'update_items[0].11020 cleared',
      'update_items[0].11020.value_uint32 ignored',
      'update_items[1].11003 normalised',
      'update_items[2].11001 unchanged',
      'update_items[3].11002 applied',
      'update_items[4].12024 refused',
      'update_items[5].14002 ignored',
      'remove_items[0] cleared',
      'insert_items[0] applied',
      'insert_items[0].item[1].17001 ignored',
    ]);
    expect(verdicts(answer)[2]).toMatchObject({
      from: { value_country_code: '+86', value_mobile: '13800000009' },
      to: { value_country_code: '86', value_mobile: '13800000009' },
    });
    expect(answer.outcome?.records[0]?.employee).toBe('zhangsan');
  });
});
