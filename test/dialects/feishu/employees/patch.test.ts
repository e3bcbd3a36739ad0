import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDirectory, type TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, demo, tokenOf, violationsIn, type Client } from '../feishu-client.ts';

let directory: TestDirectory;
let client: Client;
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [demo, company] });
  client = await clientOf(directory);
});
afterEach(() => directory.close());

const company = `
mingce: 1
key: inn
name: Inn
second_locale: en-US
feishu:
  certified: true
  mobile_required: false
  mail_service_enabled: true
  mail_domains: [{ domain: inn.example }]
  multi_geo_enabled: true
  geos: [cn]
  subscriptions: [{ subscription_id: "s1" }]
  apps:
    - { app_id: cli_one, app_secret: one, developer: us }
    - { app_id: cli_two, app_secret: two, developer: us }
    - { app_id: cli_three, app_secret: three }
    - { app_id: cli_limited, app_secret: limited, contact_scope: { departments: [kitchen] } }
departments:
  - { id: top, name: Inn }
  - { id: kitchen, name: Kitchen, parent: top, feishu: { department_id: D1, open_department_id: od-0123456789abcdef0123456789abcdef } }
  - { id: bar, name: Bar, parent: top }
job_families: [{ id: f1, name: F1 }, { id: f2, name: F2, parent: f1 }]
custom_fields:
  - { id: note, name: Note, type: text, feishu: { field_key: C-1 } }
  - { id: site, name: Site, type: link, feishu: { field_key: C-2 } }
  - { id: size, name: Size, type: choice, options: [{ id: s, name: S }, { id: m, name: M }], feishu: { field_key: C-3 } }
  - { id: buddy, name: Buddy, type: person, feishu: { field_key: C-4 } }
  - { id: desk, name: Desk, type: phone, feishu: { field_key: C-9 } }
  - { id: likes, name: Likes, type: choices, options: [{ id: tea, name: Tea }, { id: rum, name: Rum }], feishu: { field_key: C-10 } }
  - { id: crew, name: Crew, type: people, feishu: { field_key: C-11 } }
employees:
  - { id: ann, name: Ann, mobile: "+8613100000001", email: ann@inn.example, departments: [kitchen], feishu: { open_ids: { cli_two: ou_00000000000000000000000000000001 } } }
  - { id: bob, name: Bob, mobile: "+8613100000002", email: bob@inn.example, departments: [bar], leader: ann }
  - id: eve
    name: Eve
    departments: [kitchen]
    status: pre-resigned
    mobile: "+8613100000003"
    leader: bob
    dotted_leaders: [ann]
    feishu:
      open_ids:
        cli_one: ou_000000000000000000000000000000e1
        cli_two: ou_000000000000000000000000000000e2
        cli_three: ou_000000000000000000000000000000e3
  - id: old
    name: Old
    status: resigned
    left_on: 2025-12-31
    mobile: "+8613100000004"
    leader: bob
    feishu: { employee_id: ann, union_id: on_00000000000000000000000000000001 }
`;

describe('the example of the page, 请求体示例, balanced', () => {
  const example = {
    name: {
      name: { default_value: '张三', i18n_value: { zh_cn: '张三', ja_jp: '佐藤はるか', en_us: 'Alex Zhang' } },
      another_name: 'Jack',
    },
    mobile: '+8613011111111',
    custom_employee_id: 'u273y71',
    avatar_key: '8abc397a-9950-44ea-9302-e1d8fe00858g',
    email: 'zhangsan@test.com',
    enterprise_email: 'zhangsan@test.com',
    gender: 1,
    employee_order_in_departments: [
      {
        department_id: '0',
        order_weight_in_deparment: '100',
        order_weight_among_deparments: '20',
        is_main_department: false,
      },
    ],
    leader_id: 'eeasdqwwe',
    dotted_line_leader_ids: ['hdsuqw'],
    work_country_or_region: 'MDM34234234',
    work_place_id: 'eqwedas',
    work_station: { default_value: '张三', i18n_value: { zh_cn: '工位', ja_jp: '工位', en_us: 'Work Station' } },
    job_number: '2845435',
    extension_number: '2845435',
    join_date: '2022-10-10',
    employment_type: '1',
    staff_status: '',
    job_title_id: 'wqedsaqw',
    resign_reason: '',
    resign_type: '',
    custom_field_values: [
      {
        field_type: '1',
        text_value: {
          default_value: '姓名字段',
          i18n_value: { zh_cn: '姓名字段', ja_jp: '姓名字段', en_us: 'Name Filed' },
        },
        url_value: {
          link_text: {
            default_value: '网页地址',
            i18n_value: { zh_cn: '网页地址', ja_jp: 'This is a URL', en_us: 'This is a URL' },
          },
          url: 'https://www.feishu.cn/',
          pcurl: 'https://www.feishu.cn/',
        },
        enum_value: { enum_ids: ['75ec5g97'], enum_type: '1' },
        user_values: [{ ids: ['27al2hef'] }],
        field_key: 'C-1000001',
      },
    ],
  };

  test('is accepted, kept, and shown again', async () => {
    const answer = await client.patch('u273y71', example);
    expect([answer.status, answer.json]).toEqual([200, { code: 0, msg: 'success', data: {} }]);
    const { base_info, work_info } = await client.read('u273y71');
    expect(base_info).toMatchObject({
      employee_id: 'u273y71',
      name: { name: example.name.name, another_name: 'Jack' },
      mobile: '+8613011111111',
      email: 'zhangsan@test.com',
      enterprise_email: 'zhangsan@test.com',
      gender: 1,
      employee_order_in_departments: [
        { department_id: '0', order_weight_in_deparment: '100', order_weight_among_deparments: '20' },
      ],
      leader_id: 'eeasdqwwe',
      dotted_line_leader_ids: ['hdsuqw'],
      custom_field_values: [
        { field_key: 'C-1000001', field_type: '1', text_value: example.custom_field_values[0]?.text_value },
      ],
      avatar: { avatar_origin: expect.stringContaining(example.avatar_key) },
    });
    expect(work_info).toMatchObject({
      work_country_or_region: 'MDM34234234',
      work_place: { place_id: 'eqwedas' },
      work_station: example.work_station,
      job_number: '2845435',
      extension_number: '2845435',
      join_date: '2022-10-10',
      employment_type: 1,
      staff_status: 1,
      job_title: { job_title_id: 'wqedsaqw' },
      resign_reason: '0',
      resign_type: '0',
    });
    expect(await directory.history('demo', 'u273y71')).toHaveLength(1);
  });

  test('changes nothing the second time, and says what became of each field', async () => {
    await client.patch('u273y71', example);
    const again = await client.patch('u273y71', example);
    expect(again.json.code).toBe(0);
    expect(await directory.history('demo', 'u273y71')).toHaveLength(1);
    const verdicts = again.outcome?.records[0]?.verdicts ?? [];
    expect(verdicts.filter(({ verdict }) => verdict !== 'unchanged')).toEqual([
      { field: 'employee.staff_status', verdict: 'unknown', reason: expect.any(String) },
    ]);
    expect(verdicts.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['employee.custom_employee_id', 'employee.custom_field_values[C-1000001]']),
    );
  });

  test('as printed is no JSON, and nothing is written', async () => {
    const printed = JSON.stringify({ employee: example }).replace('[{"ids":["27al2hef"]}]', '[{"ids":["27al2hef"]]');
    const answer = await client.send('u273y71', printed);
    expect([answer.status, answer.json.code, answer.json.msg]).toEqual([400, 9499, 'Bad Request']);
    expect(await directory.history('demo', 'u273y71')).toEqual([]);
  });
});

describe('every other field', () => {
  beforeEach(async () => {
    client = await clientOf(directory, 'cli_one', 'one');
  });

  test('is kept and shown again', async () => {
    const employee = {
      background_image_key: 'img_1',
      description: '新员工入职',
      job_family_id: 'f2',
      is_frozen: true,
      custom_field_values: [
        { field_key: 'C-1', text_value: { default_value: 'x', i18n_value: { en_us: 'y' } } },
        {
          field_key: 'C-2',
          url_value: { link_text: { default_value: 'L' }, url: 'https://m.example/', pcurl: 'http://p.example' },
        },
        { field_key: 'C-3', enum_value: { enum_ids: ['m'], enum_type: '1' } },
        { field_key: 'C-4', user_values: [{ ids: ['ann'] }] },
        { field_key: 'C-9', phone_value: { phone_number: '18812345678', extension_number: '7' } },
        { field_key: 'C-10', enum_value: { enum_ids: ['rum', 'tea'], enum_type: '1' } },
        { field_key: 'C-11', user_values: [{ ids: ['ann', 'eve'] }] },
      ],
    };
    const answer = await client.patch('bob', employee, { geo_name: 'cn', subscription_ids: ['s1'] });
    expect(answer.json).toEqual({ code: 0, msg: 'success', data: {} });
    const { base_info, work_info } = await client.read('bob');
    expect(base_info).toMatchObject({
      description: '新员工入职',
      active_status: 3,
      geo_name: 'cn',
      subscription_ids: ['s1'],
      background_image: expect.stringContaining('img_1'),
      custom_field_values: [
        { field_key: 'C-1', field_type: '1', text_value: { default_value: 'x', i18n_value: { en_us: 'y' } } },
        {
          field_key: 'C-2',
          field_type: '2',
          url_value: {
            link_text: { default_value: 'L', i18n_value: {} },
            url: 'https://m.example/',
            pcurl: 'http://p.example',
          },
        },
        { field_key: 'C-3', field_type: '3', enum_value: { enum_ids: ['m'], enum_type: '1' } },
        { field_key: 'C-4', field_type: '4', user_values: [{ ids: ['ann'], user_type: '1' }] },
        { field_key: 'C-9', field_type: '9', phone_value: { phone_number: '18812345678', extension_number: '7' } },
        { field_key: 'C-10', field_type: '10', enum_value: { enum_ids: ['rum', 'tea'], enum_type: '1' } },
        { field_key: 'C-11', field_type: '11', user_values: [{ ids: ['ann', 'eve'], user_type: '1' }] },
      ],
    });
    expect(work_info.job_family).toMatchObject({ job_family_id: 'f2', parent_job_family_id: 'f1' });
    expect(await directory.history('inn', 'bob')).toHaveLength(1);
  });

  test('is cleared by what the contract says clears it', async () => {
    await client.patch('bob', {
      name: { name: { default_value: 'Bob', i18n_value: { en_us: 'Robert', zh_cn: '鲍勃' } }, another_name: 'B' },
      avatar_key: 'k',
      description: 'x',
      enterprise_email: 'bob@inn.example',
      job_family_id: 'f1',
      extension_number: '1',
      work_station: { default_value: 'x' },
      dotted_line_leader_ids: ['ann'],
      custom_field_values: [{ field_key: 'C-1', text_value: { default_value: 'x' } }],
    });
    const answer = await client.patch('bob', {
      name: { name: { default_value: 'Bob', i18n_value: { en_us: '' } }, another_name: '' },
      mobile: '',
      avatar_key: '',
      description: '',
      enterprise_email: '',
      job_family_id: '0',
      leader_id: '',
      extension_number: '',
      work_station: { default_value: '' },
      dotted_line_leader_ids: [],
      custom_field_values: [{ field_key: 'C-1', text_value: { default_value: '' } }],
    });
    expect(answer.json.code).toBe(0);
    const { base_info, work_info } = await client.read('bob');
    expect(base_info).toMatchObject({
      name: { name: { default_value: 'Bob', i18n_value: { zh_cn: '鲍勃' } }, another_name: '' },
      mobile: '',
      avatar: { avatar_origin: '' },
      description: '',
      enterprise_email: '',
      leader_id: '',
      dotted_line_leader_ids: [],
      custom_field_values: [],
    });
    expect(work_info).toMatchObject({ job_family: { job_family_id: '0' }, extension_number: '' });
    const cleared = answer.outcome?.records[0]?.verdicts.filter(({ verdict }) => verdict === 'cleared');
    expect(cleared?.map(({ field }) => field)).toContain('employee.mobile');
  });

  test('resignation information is kept of someone who leaves', async () => {
    const information = { resign_date: '2026-02-01', resign_reason: 9, resign_remark: '个人原因', resign_type: '1' };
    const answer = await client.patch('eve', information);
    expect(answer.json.code).toBe(0);
    const { work_info } = await client.read('eve');
    expect(work_info).toMatchObject({ ...information, resign_reason: '9', staff_status: 5 });
    await client.patch('eve', { resign_reason: '0', resign_type: '0', resign_remark: '' });
    const { work_info: after } = await client.read('eve');
    expect(after).toMatchObject({ resign_reason: '0', resign_type: '0', resign_remark: '', resign_date: '2026-02-01' });
    expect(await directory.history('inn', 'eve')).toHaveLength(2);
  });

  test('null is the same as absent, at every level', async () => {
    const answer = await client.patch('bob', {
      name: null,
      mobile: null,
      dotted_line_leader_ids: [null],
      custom_field_values: [
        { field_key: 'C-1', field_type: null, text_value: { default_value: 'x', i18n_value: null } },
      ],
      employee_order_in_departments: null,
    });
    expect(answer.json.code).toBe(0);
    const [change] = await directory.history('inn', 'bob');
    expect(Object.keys(change?.fields ?? {})).toEqual(['custom.note.value']);
  });

  test('the correctly spelled weights are unknown and ignored', async () => {
    await client.patch('bob', {
      employee_order_in_departments: [{ department_id: 'D1', order_weight_in_department: '5' }],
    });
    const { base_info } = await client.read('bob');
    expect(base_info.employee_order_in_departments).toEqual([
      { department_id: 'D1', order_weight_in_deparment: '0', order_weight_among_deparments: '0' },
    ]);
  });

  test('departments are sorted by weight, and the first is the main one', async () => {
    await client.patch('bob', {
      employee_order_in_departments: [
        { department_id: 'bar', order_weight_among_deparments: '1' },
        { department_id: 'D1', order_weight_among_deparments: 5 },
        { department_id: '0' },
      ],
    });
    const { base_info } = await client.read('bob');
    expect(base_info.employee_order_in_departments).toMatchObject([
      { department_id: 'D1' },
      { department_id: 'bar' },
      { department_id: '0' },
    ]);
    expect((await directory.employee('inn', 'bob')).mainDepartment).toBe('kitchen');
  });
});

describe('a refusal', () => {
  test('writes nothing, and says which field and why', async () => {
    const answer = await client.patch('zhangsan', { description: 'never', mobile: '+8613800010003' });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ code: 2221103, msg: 'Mobile already exists' });
    expect(answer.outcome?.records).toEqual([
      {
        employee: 'zhangsan',
        verdicts: [{ field: 'employee.mobile', verdict: 'refused', reason: 'Mobile already exists' }],
        problem: { kind: 'taken', subject: 'mobile' },
      },
    ]);
    expect(await directory.history('demo', 'zhangsan')).toEqual([]);
  });

  test('2221293 keeps the backslash of its sentence', async () => {
    const answer = await client.patch('zhangsan', { resign_type: '1' });
    expect(answer.text).toContain(
      String.raw`"msg":"Only allow update preResigned\\resigned employee's resign info field"`,
    );
  });

  test('2224002 names each blocked field of someone resigned, whose employee_id someone in service has now', async () => {
    const inn = await clientOf(directory, 'cli_one', 'one');
    const him = 'on_00000000000000000000000000000001';
    const contacts = { employee: { mobile: '13100000009', email: 'x@y.example' } };
    const answer = await inn.send(him, contacts, 'employee_id_type=union_id');
    expect([answer.json.code, answer.json.msg]).toEqual([2224002, 'No permission to operate record']);
    expect(violationsIn(answer).map(([field]) => field)).toEqual(['employee.email', 'employee.mobile']);
    expect((await inn.patch('ann', { description: 'in service' })).json.code).toBe(0);
    expect(await directory.history('inn', 'ann')).toHaveLength(1);
    expect(await directory.history('inn', 'old')).toEqual([]);
  });

  test('an enterprise mail that was given up cannot be taken for 30 days', async () => {
    const inn = await clientOf(directory, 'cli_one', 'one');
    const take = (id: string): Promise<unknown> =>
      inn.patch(id, { enterprise_email: 'Desk@inn.example' }).then(({ json }) => json.code);
    expect(await take('bob')).toBe(0);
    expect(await take('ann')).toBe(2221118);
    expect((await inn.patch('bob', { enterprise_email: '' })).json.code).toBe(0);
    expect(await take('ann')).toBe(2221147);
    directory.clock.advance(30 * 86_400_000);
    client = await clientOf(directory, 'cli_one', 'one');
    expect((await client.patch('ann', { enterprise_email: 'desk@inn.example' })).json.code).toBe(0);
  });
});

describe('ids', () => {
  /** The open_ids of bob and ann, as an app sees them when it reads eve, who reports to both. */
  const reply = async (app: string, secret: string, eve: string): Promise<readonly [bob: string, ann: string]> => {
    const inn = await clientOf(directory, app, secret);
    const required_fields = ['base_info.leader_id', 'base_info.dotted_line_leader_ids'];
    const answer = await inn.mget({ employee_ids: [eve], required_fields }, 'employee_id_type=open_id');
    const [{ base_info }] = answer.json.data.employees;
    expect(base_info.employee_id).toBe(eve);
    return [base_info.leader_id, base_info.dotted_line_leader_ids[0]];
  };
  const inOne = (): ReturnType<typeof reply> => reply('cli_one', 'one', 'ou_000000000000000000000000000000e1');
  const inTwo = (): ReturnType<typeof reply> => reply('cli_two', 'two', 'ou_000000000000000000000000000000e2');
  const inThree = (): ReturnType<typeof reply> => reply('cli_three', 'three', 'ou_000000000000000000000000000000e3');

  test('an open_id is stable, differs from app to app, and finds its employee', async () => {
    const [one, three] = [(await inOne())[0], (await inThree())[0]];
    expect(one).toMatch(/^ou_[0-9a-f]{32}$/);
    expect(three).toMatch(/^ou_[0-9a-f]{32}$/);
    expect(one).not.toBe(three);
    expect(await inOne()).toEqual(await inOne());
    const inn = await clientOf(directory, 'cli_one', 'one');
    expect((await inn.send(one, { employee: { description: 'found' } }, '')).json.code).toBe(0);
    expect((await inn.read('bob')).base_info.description).toBe('found');
  });

  test('one that the company file gives stands in place of the computed one', async () => {
    const given = 'ou_00000000000000000000000000000001';
    expect((await inTwo())[1]).toBe(given);
    const inn = await clientOf(directory, 'cli_two', 'two');
    expect((await inn.send(given, { employee: { description: 'found' } }, '')).json.code).toBe(0);
    expect(await directory.history('inn', 'ann')).toHaveLength(1);
  });

  test('a union_id is the same in all apps of one developer, and another in others', async () => {
    const union = async (app: string, secret: string): Promise<string> => {
      const inn = await clientOf(directory, app, secret);
      const body = { employee_ids: ['on_00000000000000000000000000000001'], required_fields: ['base_info.leader_id'] };
      const answer = await inn.mget(body, 'employee_id_type=union_id');
      return answer.json.data.employees[0].base_info.leader_id;
    };
    const ones = await union('cli_one', 'one');
    expect(ones).toMatch(/^on_[0-9a-f]{32}$/);
    expect(await union('cli_two', 'two')).toBe(ones);
    expect(await union('cli_three', 'three')).not.toBe(ones);
  });

  test('a union_id of a company that has an app of the same developer answers 99992381, any other 99992364', async () => {
    const branch = `
mingce: 1
key: branch
name: Branch
feishu: { apps: [{ app_id: cli_branch, app_secret: b, developer: us }, { app_id: cli_own, app_secret: o }] }
departments: [{ id: top, name: Branch }]
employees:
  - { id: zoe, name: Zoe, departments: [top] }
  - { id: pat, name: Pat, departments: [top], leader: zoe, feishu: { union_id: on_0000000000000000000000000000000a } }
`;
    await directory.companies.apply('branch', branch, { plan: false, request: 'test' });
    const union = 'employee_id_type=union_id';
    const leaderIn = async (client: Client, id: string): Promise<string> => {
      const answer = await client.mget({ employee_ids: [id], required_fields: ['base_info.leader_id'] }, union);
      return answer.json.data.employees[0].base_info.leader_id;
    };
    const pat = 'on_0000000000000000000000000000000a';
    const there = await clientOf(directory, 'cli_branch', 'b');
    const zoe = await leaderIn(there, pat);
    expect((await there.send(zoe, { employee: {} }, union)).json.code).toBe(0);
    const one = await clientOf(directory, 'cli_one', 'one');
    expect((await one.send(zoe, { employee: {} }, union)).json).toMatchObject({
      code: 99992381,
      msg: 'union_id cross tenant',
    });
    expect((await one.send(pat, { employee: {} }, union)).json.code).toBe(99992381);
    const nobody = `on_${'0'.repeat(32)}`;
    expect((await one.send(nobody, { employee: {} }, union)).json).toMatchObject({
      code: 99992364,
      msg: `The request you send is not a valid {union_id} or not exists, and the example value is {on_da5****************dfe}. Invalid ids: [${nobody}]`,
    });
    const three = await clientOf(directory, 'cli_three', 'three');
    expect((await three.send(zoe, { employee: {} }, union)).json.code).toBe(99992364);
    const own = await clientOf(directory, 'cli_own', 'o');
    expect((await one.send(await leaderIn(own, pat), { employee: {} }, union)).json.code).toBe(99992364);
    // A leader is named in the same words.
    const bob = await leaderIn(one, 'on_00000000000000000000000000000001');
    expect((await one.send(bob, { employee: { leader_id: zoe } }, union)).json.code).toBe(99992381);
    await directory.companies.remove('branch', 'test');
    expect((await one.send(zoe, { employee: {} }, union)).json.code).toBe(99992364);
  });

  test('an open_id of another app of the company answers 99992361, any other 99992351', async () => {
    const inn = await clientOf(directory, 'cli_one', 'one');
    for (const id of [(await inThree())[0], 'ou_00000000000000000000000000000001']) {
      const answer = await inn.send(id, { employee: {} }, '');
      expect([answer.status, answer.json.code, answer.json.msg]).toEqual([400, 99992361, 'open_id cross app']);
    }
    const unknown = 'ou_ffffffffffffffffffffffffffffffff';
    const answer = await inn.send(unknown, { employee: {} }, '');
    expect([answer.json.code, answer.json.msg]).toEqual([
      99992351,
      `The request you send is not a valid {open_id} or not exists, and the example value is {ou_da5****************dfe}. Invalid ids: [${unknown}]`,
    ]);
    expect((await inn.send('nonsense', { employee: {} }, '')).json.code).toBe(99992351);
  });

  test('a leader is told by the same codes', async () => {
    const inn = await clientOf(directory, 'cli_one', 'one');
    const [bob] = await inOne();
    const [foreign] = await inThree();
    const leader = async (leader_id: string): Promise<number> =>
      (await inn.send(bob, { employee: { leader_id } }, '')).json.code;
    expect(await leader(foreign)).toBe(99992361);
    expect(await leader(`ou_${'0'.repeat(32)}`)).toBe(99992351);
  });

  test('a changed employee_id addresses the employee, the old one does not', async () => {
    const inn = await clientOf(directory, 'cli_one', 'one');
    expect((await inn.patch('bob', { custom_employee_id: 'robert' })).json.code).toBe(0);
    expect((await inn.patch('bob', {})).json).toMatchObject({
      code: 99992360,
      msg: 'The request you send is not a valid {user_id} or not exists. Invalid ids: [bob] .',
    });
    expect((await inn.patch('robert', { description: 'x' })).json.code).toBe(0);
    expect((await inn.send('robert', { employee: {} }, 'employee_id_type=user_id')).json.code).toBe(0);
    expect(await directory.history('inn', 'bob')).toHaveLength(2);
  });

  test('departments are named in the kind asked for, and the root is 0 in both', async () => {
    const inn = await clientOf(directory, 'cli_one', 'one');
    const enter = (id: string, kind: string): Promise<unknown> =>
      inn
        .send(
          'bob',
          { employee: { employee_order_in_departments: [{ department_id: id }] } },
          `employee_id_type=employee_id${kind}`,
        )
        .then(({ json }) => json.code);
    expect(await enter('od-0123456789abcdef0123456789abcdef', '')).toBe(0);
    expect(await enter('D1', '')).toBe(2221181);
    expect(await enter('D1', '&department_id_type=department_id')).toBe(0);
    expect(await enter('0', '')).toBe(0);
    expect(await enter('0', '&department_id_type=department_id')).toBe(0);
  });
});

test('an app sees and changes only what its contact scope covers', async () => {
  const limited = await clientOf(directory, 'cli_limited', 'limited');
  expect((await limited.patch('ann', { description: 'x' })).json.code).toBe(0);
  expect((await limited.patch('bob', { description: 'x' })).json.code).toBe(2224002);
  const leave = { employee_order_in_departments: [{ department_id: 'bar' }] };
  expect((await limited.patch('ann', leave)).json.code).toBe(2224003);
  const answer = await limited.mget({ employee_ids: ['bob', 'ann'], required_fields: [] });
  expect(answer.json.data).toEqual({
    employees: [{ base_info: { employee_id: 'ann' } }],
    abnormals: [{ id: 'bob', row_error: 1000, field_errors: {} }],
  });
  expect(await directory.history('inn', 'bob')).toEqual([]);
});

describe('a body that does not fit its shape', () => {
  const violations = async (body: object | string, query?: string): Promise<unknown> => {
    const answer = await client.send('zhangsan', body, query);
    expect([answer.status, answer.json.code, answer.json.msg]).toEqual([400, 99992402, 'field validation failed']);
    return violationsIn(answer);
  };

  test('is answered with everything that is wrong', async () => {
    const body = {
      employee: {
        name: { name: { default_value: '' } },
        gender: 7,
        mobile: 5,
        is_frozen: 'true',
        employment_type: '1.5',
        job_number: 'x'.repeat(256),
        custom_field_values: [
          { field_type: '5', enum_value: { enum_ids: [] } },
          { phone_value: {} },
          { enum_value: { enum_ids: [] } },
        ],
        employee_order_in_departments: Array.from({ length: 11 }, () => ({})),
      },
    };
    expect(await violations(body, 'employee_id_type=foo&department_id_type=bar')).toEqual([
      ['employee.name.name.default_value', 'the min len is 1'],
      ['employee.mobile', 'type mismatch, expect string'],
      ['employee.gender', 'options: [0,1,2,3]'],
      ['employee.employee_order_in_departments', 'the max len is 10'],
      ['employee.job_number', 'the max len is 255'],
      ['employee.employment_type', 'type mismatch, expect int'],
      ['employee.is_frozen', 'type mismatch, expect boolean'],
      ['employee.custom_field_values[*].field_type', 'options: [1,2,3,4,9,10,11]'],
      [
        'employee.custom_field_values[*].enum_value.enum_type',
        'employee.custom_field_values[*].enum_value.enum_type is required',
      ],
      [
        'employee.custom_field_values[*].phone_value.phone_number',
        'employee.custom_field_values[*].phone_value.phone_number is required',
      ],
      ['employee_id_type', 'options: [open_id,union_id,employee_id]'],
      ['department_id_type', 'options: [open_department_id,department_id]'],
    ]);
  });

  test.each([
    ['nothing', ''],
    ['a list', '[]'],
    ['a text', '"x"'],
    ['half a surrogate pair', '{"employee":{"description":"\\ud800"}}'],
    ['NUL', '{"employee":{"description":"\\u0000"}}'],
    ['deep nesting', `{"employee":${'['.repeat(600)}${']'.repeat(600)}}`],
    ['broken UTF-8', new Uint8Array([0x7b, 0xff, 0x7d])],
  ])('is 9499 when it is no JSON object: %s', async (_what, body) => {
    const answer = await client.send('zhangsan', body);
    expect([answer.status, answer.json.code]).toEqual([400, 9499]);
    expect(await directory.history('demo', 'zhangsan')).toEqual([]);
  });

  test.each([
    '{"__proto__":{"employee":{}},"employee":{"__proto__":{"mobile":"x"},"description":"x"}}',
    '{"employee":{"constructor":{"prototype":{}},"toString":1,"__proto__":null,"description":"x"}}',
    '{"employee":{"name":{"name":{"default_value":"x","i18n_value":{"__proto__":"y","en_us":"z"}}}}}',
    '{"employee":{"custom_field_values":[{"field_key":"C-1000001","text_value":{"default_value":"x","__proto__":null}}]}}',
  ])('may have members named like what objects have: %s', async (body) => {
    expect((await client.send('zhangsan', body)).json.code).toBe(0);
    expect(await directory.history('demo', 'zhangsan')).toHaveLength(1);
  });

  test('a number beyond 2⁵³ is refused as what it stands for', async () => {
    const send = (employee: string): Promise<unknown> =>
      client.send('zhangsan', `{"employee":${employee}}`).then(({ json }) => json.code);
    expect(await send('{"employment_type":123456789012345678901234567890}')).toBe(2221144);
    expect(
      await send('{"employee_order_in_departments":[{"department_id":"0","order_weight_in_deparment":1e300}]}'),
    ).toBe(2220001);
    expect(await send('{"gender":1e400}')).toBe(99992402);
  });
});

test('an expired token is unknown', async () => {
  const token = await tokenOf(directory);
  directory.clock.advance(2 * 3_600_000);
  const answer = await directory.send(
    'PATCH',
    '/open-apis/directory/v1/employees/zhangsan?employee_id_type=employee_id',
    {
      headers: { authorization: `Bearer ${token}` },
      body: { employee: { description: 'x' } },
    },
  );
  expect([answer.status, answer.json.code]).toEqual([400, 99991663]);
  expect(await directory.history('demo', 'zhangsan')).toEqual([]);
});
