import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TestDirectory } from '../../../support/test-directory.ts';
import { clientOf } from '../feishu-client.ts';
import { contactAs, contactOf, openInn, resultOf, type Contact } from './users-client.ts';

/* Writes of people over the contact API: contract feishu-contact.md 2.1, 2.4 to 2.7, 9.1, 9.2. */

let directory: TestDirectory;
let app: Contact;
beforeEach(async () => {
  directory = await openInn();
  app = await contactOf(directory);
});
afterEach(() => directory.close());

const newcomer = { name: '新人', mobile: '13700000001', department_ids: ['K'], employee_type: 1 };
const create = (body: object, query = '', contact = app) => contact('POST', 'users', body, query);
const patch = (id: string, body: object, contact = app) => contact('PATCH', `users/${id}`, body);
const put = (id: string, body: object, contact = app) => contact('PUT', `users/${id}`, body);
const read = async (id: string) => (await app('GET', `users/${id}`)).json.data.user;

async function reopen(settings: string): Promise<void> {
  await directory.close();
  directory = await openInn(settings);
  app = await contactOf(directory);
}

describe('create', () => {
  test('makes a person whom every platform knows, and shows everything', async () => {
    const { status, json } = await create({
      ...newcomer,
      user_id: 'neo',
      en_name: 'Neo',
      nickname: 'N',
      email: 'neo@inn.example',
      mobile_visible: false,
      gender: 1,
      leader_user_id: 'cai',
      dotted_line_leader_user_ids: ['ann'],
      city: '杭州',
      country: 'CN',
      work_station: 'W7',
      join_time: 1_700_000_000,
      employee_no: '77',
      job_title: 'Cook',
      job_level_id: 'one',
      job_family_id: 'all',
      enterprise_email: 'neo.office@inn.example',
      custom_attrs: [
        { type: 'TEXT', id: 'C-1', value: { text: 'Run' } },
        { type: 'HREF', id: 'C-6', value: { text: 'Site', url: 'https://neo.example' } },
        { type: 'GENERIC_USER', id: 'C-4', value: { generic_user: { id: 'ann', type: 1 } } },
      ],
      subscription_ids: ['71'],
    });
    expect([status, json.code, json.msg]).toEqual([200, 0, 'success']);
    expect(json.data.user).toMatchObject({
      user_id: 'neo',
      name: '新人',
      en_name: 'Neo',
      nickname: 'N',
      email: 'neo@inn.example',
      mobile: '+8613700000001',
      mobile_visible: false,
      gender: 1,
      is_frozen: false,
      avatar_key: '',
      department_ids: ['K'],
      orders: [{ department_id: 'K', user_order: 0, department_order: 1, is_primary_dept: true }],
      leader_user_id: 'cai',
      dotted_line_leader_user_ids: ['ann'],
      city: '杭州',
      country: 'CN',
      work_station: 'W7',
      join_time: 1_700_000_000,
      employee_no: '77',
      employee_type: 1,
      job_title: '厨师',
      job_level_id: 'one',
      job_family_id: 'all',
      enterprise_email: 'neo.office@inn.example',
      custom_attrs: [
        { type: 'TEXT', id: 'C-1', value: { text: 'Run' } },
        { type: 'HREF', id: 'C-6', value: { text: 'Site', url: 'https://neo.example', pc_url: 'https://neo.example' } },
        { type: 'GENERIC_USER', id: 'C-4', value: { generic_user: { id: 'ann', type: 1 } } },
      ],
      subscription_ids: ['71'],
      status: { is_unjoin: true, is_activated: false },
    });
    const api = await clientOf(directory, 'cli_inn', 's');
    const { base_info, work_info } = await api.read('neo');
    expect(base_info).toMatchObject({
      name: { name: { default_value: '新人', i18n_value: { en_us: 'Neo' } }, another_name: 'N' },
      active_status: 5,
      employee_order_in_departments: [{ department_id: 'K', order_weight_among_deparments: '1' }],
    });
    expect(work_info).toMatchObject({
      join_date: '2023-11-15',
      job_title: { job_title_id: 'cook' },
      work_place: { place_name: { default_value: '杭州' } },
      work_station: { default_value: 'W7' },
    });
  });

  test('made with the same client_token is made once', async () => {
    const first = await create({ ...newcomer, email: 'x@inn.example' }, 'client_token=t1');
    const again = await create({ email: 'x@inn.example', ...newcomer }, 'client_token=t1');
    expect(again.json).toEqual(first.json);
    expect(resultOf(await create({ ...newcomer, name: 'Other' }, 'client_token=t1'))).toEqual([
      400,
      40021,
      'no a same request error',
    ]);
    expect(resultOf(await create(newcomer, 'client_token=t2'))[1]).toBe(41001);
    // What was refused binds nothing.
    expect(resultOf(await create({ ...newcomer, mobile: '13700000002' }, 'client_token=t2'))[1]).toBe(0);
    directory.clock.advance(86_400_000);
    app = await contactOf(directory);
    expect(resultOf(await create({ ...newcomer, mobile: '13700000003' }, 'client_token=t1'))[1]).toBe(0);
  });

  test('without a day of joining is today, and without an id has one made up', async () => {
    const { user } = (await create(newcomer)).json.data;
    expect(user.join_time).toBe(directory.clock.now() / 1_000);
    expect(user.user_id).toMatch(/^[0-9a-z]{8}$/);
    expect((await create({ ...newcomer, mobile: '13700000002', join_time: 0 })).json.data.user.join_time).toBe(0);
  });

  test('is told what needs no scope by an app that may write and nothing else', async () => {
    const writer = await contactOf(directory, 'cli_write', 'department_id_type=department_id');
    const { user } = (await create(newcomer, '', writer)).json.data;
    expect(user).toEqual({
      open_id: expect.any(String),
      union_id: expect.any(String),
      mobile_visible: true,
      avatar_key: '',
      is_frozen: false,
    });
  });

  const without = (member: keyof typeof newcomer): object => {
    const { [member]: _left, ...others } = newcomer;
    return others;
  };
  const refused: readonly (readonly [body: object, status: number, code: number, msg: string])[] = [
    [without('name'), 400, 41006, 'no user name error'],
    [{ ...newcomer, name: '' }, 400, 41040, 'user name is null error'],
    [without('mobile'), 400, 41009, 'no email or mobile error'],
    [{ ...without('mobile'), email: 'x@inn.example' }, 400, 41010, 'no mobile error'],
    [without('department_ids'), 400, 41041, 'department id is not assigned  error'],
    [without('employee_type'), 400, 41059, 'invalid employee type error'],
    [{ ...newcomer, name: 'x'.repeat(256) }, 400, 41070, 'name length exceed 255 character'],
    [{ ...newcomer, en_name: 'x'.repeat(256) }, 400, 41071, 'en_name length exceed 255 character'],
    [{ ...newcomer, nickname: 'x'.repeat(256) }, 400, 41072, 'nickname length exceed 255 character'],
    [{ ...newcomer, mobile: '12' }, 400, 41004, 'mobile is invalid error'],
    [{ ...newcomer, user_id: 'a b' }, 400, 41012, 'userID is invalid error'],
    [{ ...newcomer, user_id: 'x'.repeat(65) }, 400, 41043, 'employee id is not valid error'],
    [{ ...newcomer, email: 'x' }, 400, 41005, 'email is invalid error'],
    [
      { ...newcomer, enterprise_email: `${'x'.repeat(250)}@inn.example` },
      400,
      41068,
      'Number of email aliases exceeds the upper limit',
    ],
    [{ ...newcomer, enterprise_email: 'x' }, 400, 41035, 'Business email format is incorrect'],
    [{ ...newcomer, gender: 4 }, 400, 41038, 'gender is invalid error'],
    [{ ...newcomer, join_time: -1 }, 400, 41042, 'join time is invalid error'],
    [{ ...newcomer, join_time: 253_402_272_000 }, 400, 41042, 'join time is invalid error'],
    [{ ...newcomer, job_title: 'x'.repeat(256) }, 400, 41063, 'job_title length exceed 100 character'],
    [{ ...newcomer, work_station: 'x'.repeat(256) }, 400, 40001, 'param error'],
    [{ ...newcomer, employee_no: 'x'.repeat(256) }, 400, 40001, 'param error'],
    [{ ...newcomer, department_ids: ['K', 'K'] }, 400, 40001, 'param error'],
    [{ ...newcomer, orders: [{ department_id: 'K', user_order: -1 }] }, 400, 40001, 'param error'],
    [{ ...newcomer, orders: [{ department_id: 'K', department_order: 2 ** 31 }] }, 400, 40001, 'param error'],
    [{ ...newcomer, department_ids: [] }, 400, 41017, 'department not exist error'],
    [
      { ...newcomer, department_ids: Array.from({ length: 51 }, (_, at) => `d${String(at)}`) },
      400,
      41033,
      'user in too many departments  error',
    ],
    [{ ...newcomer, orders: [{ department_id: 'bar' }] }, 400, 41025, 'order department invalid error'],
    [{ ...newcomer, department_ids: ['nowhere'] }, 400, 41017, 'department not exist error'],
    [{ ...newcomer, department_ids: ['shut'] }, 400, 41017, 'department not exist error'],
    [{ ...newcomer, user_id: 'neo', leader_user_id: 'neo' }, 400, 41030, 'set leader to oneself error'],
    [{ ...newcomer, leader_user_id: 'nobody' }, 400, 44022, 'leaderID is Invalid'],
    [{ ...newcomer, leader_user_id: 'gone' }, 400, 44021, 'leader is resigned'],
    [{ ...newcomer, dotted_line_leader_user_ids: ['ann', 'ann'] }, 400, 44022, 'leaderID is Invalid'],
    [{ ...newcomer, employee_type: 0 }, 400, 41059, 'invalid employee type error'],
    [{ ...newcomer, employee_type: 8 }, 400, 41059, 'invalid employee type error'],
    [{ ...newcomer, employee_type: 3 }, 400, 41060, 'inactive employee type error'],
    [{ ...newcomer, job_level_id: 'off' }, 400, 44044, 'invalid job level id'],
    [{ ...newcomer, job_family_id: 'x' }, 400, 44045, 'invalid job family id'],
    [{ ...newcomer, custom_attrs: [{ type: 'TEXT' }] }, 400, 41044, 'Custom attribute is not set error'],
    [{ ...newcomer, custom_attrs: [{ id: 'C-9' }] }, 400, 41045, 'Custom attribute id is not exist error'],
    [
      { ...newcomer, custom_attrs: [{ id: 'C-1', type: 'HREF' }] },
      400,
      41045,
      'Custom attribute id is not exist error',
    ],
    [{ ...newcomer, custom_attrs: [{ id: 'C-1' }] }, 400, 41046, 'Custom attribute value is not set error'],
    [
      { ...newcomer, custom_attrs: [{ id: 'C-2', value: { option_id: 'm' } }] },
      400,
      41046,
      'Custom attribute value is not set error',
    ],
    [
      { ...newcomer, custom_attrs: [{ id: 'C-6', value: { url: 'https://x.example' } }] },
      400,
      41047,
      'Custom attribute href text  is null error',
    ],
    [
      { ...newcomer, custom_attrs: [{ id: 'C-6', value: { text: 'x' } }] },
      400,
      41048,
      'Custom attribute href url  is null error',
    ],
    [{ ...newcomer, custom_attrs: [{ id: 'C-1', value: { text: 'x'.repeat(101) } }] }, 400, 40001, 'param error'],
    [{ ...newcomer, geo: 'cn' }, 400, 44040, 'tenant not open mg not set geo name'],
    [{ ...newcomer, subscription_ids: ['99'] }, 400, 44048, 'user license subscription id invalid'],
    [{ ...newcomer, mobile: '+12025550123' }, 400, 44020, 'mobile and email need together exist'],
    [{ ...newcomer, enterprise_email: 'x@other.example' }, 400, 44001, 'business email domain not available error'],
    [
      {
        ...newcomer,
        department_ids: ['K', 'bar'],
        orders: [
          { department_id: 'K', department_order: 2 },
          { department_id: 'bar', department_order: 1, is_primary_dept: true },
        ],
      },
      400,
      41410,
      'user primary dept must be the first department in the order',
    ],
    [{ ...newcomer, mobile: '13800000001' }, 400, 41001, 'mobile has already exist error'],
    [{ ...newcomer, user_id: 'ann' }, 400, 41011, 'userID already exist error'],
    [{ ...newcomer, email: 'ANN@inn.example' }, 400, 41002, 'email has already exist error'],
    [{ ...newcomer, enterprise_email: 'ann.office@inn.example' }, 400, 41034, 'Business email is occupied'],
    [
      { ...newcomer, enterprise_email: 'ann@inn.example' },
      400,
      44024,
      "User enterprise email has already been registered as a member's account",
    ],
    [{ ...newcomer, employee_no: '1' }, 400, 44051, 'employee_no already existed'],
  ];

  test.each(refused)('is refused, and writes nothing: %j', async (body, ...expected) => {
    expect(resultOf(await create(body))).toEqual(expected);
    const { json } = await app('POST', 'users/batch_get_id', { mobiles: ['13700000001'] });
    expect(json.data.user_list).toEqual([{ mobile: '13700000001' }]);
  });

  test('needs scopes of its own for seats and residence, and departments in scope', async () => {
    const writer = await contactOf(directory, 'cli_write', 'department_id_type=department_id');
    expect(resultOf(await create({ ...newcomer, subscription_ids: ['71'] }, '', writer))).toEqual([
      403,
      44050,
      'no permission for subscriptions',
    ]);
    expect(resultOf(await create({ ...newcomer, geo: 'cn' }, '', writer))).toEqual([
      400,
      44039,
      'not set geo name auth',
    ]);
    const part = await contactOf(directory, 'cli_part');
    expect(resultOf(await create({ ...newcomer, department_ids: ['K', 'bar'] }, '', part))).toEqual([
      403,
      40004,
      'no dept authority error',
    ]);
  });

  test.each([
    ['certified: false', { mobile: '+12025550123', email: 'x@inn.example' }, 44019, 'feishu only support +86 mobile'],
    ['sensitive_words: [bad]', { name: 'Bad one' }, 41014, 'user name sensitive error'],
    [
      'multi_department_enabled: false',
      { department_ids: ['K', 'bar'] },
      41029,
      'create or update user multi department error',
    ],
    ['department_member_limit: 1', {}, 41016, 'department has too many users  error'],
    ['certified_seat_limit: 7', {}, 41007, 'exceed uncertain tenant seat limit error'],
    ['billing_seat_limit: 7', {}, 41008, 'exceed bill seat limit error'],
    ['contact_seat_limit: 7', {}, 44023, 'exceed feature contact seat limit'],
    ['license_mode: hybrid', {}, 44046, 'user license subscription id must not empty in multi-license tenant'],
    ['brand: lark', {}, 44018, 'lark not support +86 mobile'],
    [
      'account_conflicts: [{ mobile: "+8613700000001", email: X@inn.example }]',
      { email: 'x@inn.example' },
      41003,
      'user account conflict error',
    ],
    ['strict_image_keys: true', { avatar_key: 'nothing' }, 41036, 'avatar key is invalid error'],
  ])('is refused by a state of the company: %s', async (settings, more, code, msg) => {
    await reopen(settings);
    expect(resultOf(await create({ ...newcomer, ...more })).slice(1)).toEqual([code, msg]);
  });

  test('says how long a name may be: outside China 64 characters', async () => {
    const long = { name: 'n'.repeat(65), en_name: 'e'.repeat(65), nickname: 'k'.repeat(65) };
    const abroad = { ...newcomer, mobile: '+12025550123', email: 'x@inn.example' };
    await reopen('brand: lark');
    for (const [member, code] of [
      ['name', 41070],
      ['en_name', 41071],
      ['nickname', 41072],
    ] as const) {
      const answer = await create({ ...abroad, [member]: long[member] });
      expect(resultOf(answer)).toEqual([400, code, `${member} length exceed 64 character`]);
    }
    expect(resultOf(await create({ ...abroad, name: 'n'.repeat(64) }))[1]).toBe(0);
    await reopen('');
    expect(resultOf(await create({ ...newcomer, nickname: 'k'.repeat(255) }))[1]).toBe(0);
    const mobile = '13700000002';
    expect(resultOf(await create({ ...newcomer, mobile, nickname: 'k'.repeat(256) }))).toEqual([
      400,
      41072,
      'nickname length exceed 255 character',
    ]);
  });

  test('is refused where too many were created of late, over either API', async () => {
    await reopen('create_burst_limit: 1');
    expect(resultOf(await create({ ...newcomer, name: '' }))[1]).toBe(41040);
    expect(resultOf(await create(newcomer))[1]).toBe(0);
    const second = { ...newcomer, mobile: '13700000002' };
    expect(resultOf(await create(second))).toEqual([400, 44009, 'this tenant has been create too many users recently']);
  });

  test('stands though its city or title cannot be made', async () => {
    const answers = [
      { mobile: '13700000001', city: 'x'.repeat(101) },
      { mobile: '13700000002', job_title: 'Bell' },
      { mobile: '13700000003', city: 'x'.repeat(101), job_title: 'Bell' },
    ].map(async (more) => resultOf(await create({ ...newcomer, ...more })));
    expect(await Promise.all(answers)).toEqual([
      [400, 44054, 'create user success and create city fail'],
      [400, 44055, 'create user success and create job title fail'],
      [400, 44056, 'create user success and create city and job title fail'],
    ]);
    const { json } = await app('POST', 'users/batch_get_id', { mobiles: ['13700000001', '13700000003'] });
    expect(json.data.user_list.map((one: { user_id?: string }) => one.user_id !== undefined)).toEqual([true, true]);
  });
});

describe('patch', () => {
  test('changes what is said and nothing else, and shows everything', async () => {
    const before = await read('ann');
    const { json } = await patch('ann', { nickname: 'Annie', city: 'Berlin', mobile_visible: false });
    const { is_frozen, avatar_key, assign_info: _none, ...user } = json.data.user;
    expect([is_frozen, avatar_key]).toEqual([false, 'pic']);
    const { assign_info: _seats, ...old } = before;
    expect(user).toEqual({ ...old, nickname: 'Annie', city: 'Berlin', mobile_visible: false });
    const cities = await app('GET', 'work_cities');
    expect(cities.json.data.items.map((one: { name: string }) => one.name)).toEqual(['Here', 'Berlin']);
  });

  test('clears', async () => {
    await patch('ann', { join_time: 1_700_000_000 });
    const { json } = await patch('ann', {
      en_name: '',
      nickname: '',
      email: '',
      leader_user_id: '',
      dotted_line_leader_user_ids: [],
      city: '',
      country: '',
      work_station: '',
      join_time: 0,
      employee_no: '',
      job_title: '  ',
      job_level_id: '',
      job_family_id: '',
      enterprise_email: '',
      gender: 0,
      custom_attrs: [{ id: 'C-1', value: { text: '' } }],
    });
    expect(json.data?.user).toMatchObject({
      en_name: '',
      nickname: '',
      email: '',
      leader_user_id: '',
      dotted_line_leader_user_ids: [],
      city: '',
      country: '',
      work_station: '',
      join_time: 0,
      employee_no: '',
      job_title: '',
      job_level_id: '',
      job_family_id: '',
      enterprise_email: '',
      gender: 0,
    });
    expect(json.data.user.custom_attrs.map((one: { id: string }) => one.id)).not.toContain('C-1');
  });

  test('takes a country that nobody knows, and does not tell it', async () => {
    expect((await patch('ann', { country: 'ZZ' })).json.data.user.country).toBe('');
    expect((await directory.employee('inn', 'ann')).extensions['feishu']).toMatchObject({ country: 'ZZ' });
  });

  // [contract feishu-contact.md 9.1, whose example it is]
  test.each([
    [['K', 'bar'], undefined, ['K', 9, 'bar', 2]],
    [['bar', 'K'], undefined, ['bar', 10, 'K', 9]],
    [['K', 'oven'], undefined, ['K', 9, 'oven', 1]],
    [['K', 'bar'], [{ department_id: 'bar', department_order: 20 }], ['bar', 20, 'K', 9]],
    [['oven'], [{ department_id: 'oven' }], ['oven', 0]],
  ])('departments %j with orders %j become %j', async (department_ids, orders, expected) => {
    const { user } = (await patch('ann', { department_ids, orders })).json.data;
    expect(
      user.orders.flatMap((one: { department_id: string; department_order: number }) => [
        one.department_id,
        one.department_order,
      ]),
    ).toEqual(expected);
    expect(user.orders[0].is_primary_dept).toBe(true);
    expect(user.department_ids).toEqual(expected.filter((one) => typeof one === 'string'));
  });

  test.each([
    ['nobody', {}, 400, 99992360],
    ['gone', { name: 'x' }, 400, 42006],
    ['gone', { avatar_key: '' }, 400, 44003],
    ['gone', { avatar_key: 'pic' }, 200, 0],
    ['eve', { name: 'x' }, 400, 44011],
    ['cai', { is_frozen: true }, 400, 44036],
    ['ann', { orders: [{ department_id: 'K' }] }, 400, 44002],
    ['ann', { department_ids: [] }, 400, 41017],
    ['ann', { mobile: '' }, 400, 41010],
    ['bob', { mobile: '' }, 400, 41009],
    ['ann', { leader_user_id: 'ann' }, 400, 41030],
    ['cai', { leader_user_id: 'ann' }, 400, 44022],
    ['ann', { employee_type: 0 }, 400, 41059],
    ['dan', { name: 'Daniel' }, 200, 0],
  ])('of %s with %j answers %i %i', async (id, body, status, code) => {
    expect(resultOf(await patch(id, body)).slice(0, 2)).toEqual([status, code]);
  });

  test.each([
    ['contact_unjoined_readonly: true', 'dan', { name: 'x' }, 44010, 'unJoined user not allow to update'],
    [
      'billing_seat_limit: 1',
      'ann',
      { name: 'x' },
      44052,
      'Unable to edit members because your current plan has expired',
    ],
  ])('is refused by a state of the company: %s', async (settings, id, body, code, msg) => {
    await reopen(settings);
    expect(resultOf(await patch(id, body))).toEqual([400, code, msg]);
  });

  test('moves somebody once a second where a company is strict', async () => {
    await reopen('contact_strict_patch_rate: true');
    expect(resultOf(await patch('ann', { is_frozen: true }))[1]).toBe(0);
    expect(resultOf(await patch('ann', { is_frozen: false }))).toEqual([
      400,
      44025,
      'update user lock error,wait some seconds and retry',
    ]);
    expect(resultOf(await patch('ann', { nickname: 'x' }))[1]).toBe(0);
    directory.clock.advance(1_000);
    expect(resultOf(await patch('ann', { is_frozen: false }))[1]).toBe(0);
  });

  test('names people in custom fields by user_id, whatever else it speaks in', async () => {
    const { open_id } = await read('ann');
    const opened = await contactOf(directory, 'cli_inn', '');
    const answer = await patch(
      open_id,
      { custom_attrs: [{ id: 'C-4', value: { generic_user: { id: 'fay' } } }] },
      opened,
    );
    expect(answer.json.code).toBe(0);
    expect((await directory.employee('inn', 'ann')).custom['pals']).toEqual(['fay']);
  });

  test('by a user changes a few fields of the user alone, or of whom the user administers', async () => {
    await reopen('administrators: [{ employee: fay, permissions: [employee.update], departments: [kitchen] }]');
    const scopes = 'contact:user.base contact:user.employee_id:readonly';
    const [ann, fay] = [await contactAs(directory, 'ann', scopes), await contactAs(directory, 'fay', scopes)];
    expect(resultOf(await patch('ann', { name: 'Own' }, ann))[1]).toBe(0);
    const forbidden = [403, 41056, 'no field authority error'];
    expect(resultOf(await patch('ann', { nickname: 'x' }, ann))).toEqual(forbidden);
    expect(resultOf(await patch('bob', { name: 'x' }, ann))).toEqual(forbidden);
    expect(resultOf(await patch('bob', { name: 'Robert' }, fay))[1]).toBe(0);
    expect(resultOf(await patch('cai', { name: 'x' }, fay))).toEqual([400, 41050, 'no user authority error']);
  });

  test('of somebody out of scope is refused', async () => {
    const part = await contactOf(directory, 'cli_part');
    expect(resultOf(await patch('fay', { name: 'x' }, part))).toEqual([400, 41050, 'no user authority error']);
    expect(resultOf(await patch('bob', { department_ids: ['bar'] }, part))).toEqual([
      403,
      40004,
      'no dept authority error',
    ]);
  });
});

describe('put', () => {
  const whole = { name: 'Ann', mobile: '13800000001', department_ids: ['K', 'bar'], employee_type: 1 };

  test('empties what it does not say, but for what stays', async () => {
    const before = await read('ann');
    const { user } = (await put('ann', whole)).json.data;
    expect(user).toMatchObject({
      name: 'Ann',
      en_name: '',
      nickname: '',
      email: '',
      gender: 0,
      leader_user_id: '',
      city: '',
      country: '',
      work_station: '',
      employee_no: '',
      job_title: '',
      enterprise_email: '',
      orders: before.orders,
      join_time: before.join_time,
      avatar_key: 'pic',
      custom_attrs: before.custom_attrs,
      job_level_id: 'one',
      job_family_id: 'all',
      dotted_line_leader_user_ids: ['bob'],
      subscription_ids: ['71'],
    });
  });

  test.each([
    [{ name: undefined }, 40016, 'name can not be null in updateRequest error'],
    [{ employee_type: undefined }, 41015, 'employee type can not be null error'],
    [{ department_ids: undefined }, 41041, 'department id is not assigned  error'],
    [{ mobile: undefined }, 41009, 'no email or mobile error'],
    [{ mobile: undefined, email: 'ann@inn.example' }, 41010, 'mobile can not be null error'],
  ])('needs what the page needs: %j', async (more, code, msg) => {
    expect(resultOf(await put('ann', { ...whole, ...more }))).toEqual([400, code, msg]);
  });

  test('says that somebody left in its own spelling', async () => {
    expect(resultOf(await put('eve', { ...whole, mobile: '13800000005' }))).toEqual([
      400,
      44011,
      'existed user not allow to update',
    ]);
  });
});

describe('what is read can be written back', () => {
  test.each(['ann', 'bob', 'cai', 'dan', 'fay'])('with patch and with put, and changes nothing: %s', async (id) => {
    await patch(id, { employee_type: 1, join_time: 1_700_000_000 });
    const user = await read(id);
    const record = await directory.employee('inn', id);
    for (const write of [patch, put]) {
      const answer = await write(id, user);
      expect([answer.json.code, answer.json.msg]).toEqual([0, 'success']);
      expect(await directory.employee('inn', id)).toEqual(record);
    }
    expect(await read(id)).toEqual(user);
  });
});
