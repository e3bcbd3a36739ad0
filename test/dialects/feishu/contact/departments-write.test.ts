import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDirectory, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { contactOf, resultOf, type Contact, type Shown } from './contact-client.ts';

/* contact/v3/departments: create, patch, put, delete, ids. [contract feishu-contact.md 3.2, 3.3, 9.1, 9.2] */

const inn = (settings = '', more = ''): string => `
mingce: 1
key: inn
name: The Inn
feishu:
  founder: ann
  ${settings}
  apps:
    - { app_id: cli_inn, app_secret: inn }
    - { app_id: cli_part, app_secret: part, contact_scope: { departments: [house, cellar] } }
    - { app_id: cli_write, app_secret: write, scopes: ["contact:contact"] }
departments:
  - { id: top, name: Top }
  - { id: house, name: { value: House, i18n: { en-US: House, ja-JP: いえ } }, parent: top, order: 4000, leaders: [{ employee: ann }, { employee: bob, deputy: true }] }
  - { id: attic, name: Attic, parent: house, order: 2000 }
  - { id: kitchen, name: { value: Kitchen, i18n: { zh-CN: 厨房 } }, parent: house, order: 2000 }
  - { id: cellar, name: Cellar, parent: top, enabled: false }
${more}
employee_types: [{ id: volunteer, name: Volunteer, feishu: { enum_value: 6 } }]
employees:
  - { id: ann, name: Ann, departments: [house] }
  - { id: bob, name: Bob, departments: [kitchen] }
  - { id: new, name: New, departments: [house], activation: not-joined }
  - { id: old, name: Old, status: resigned, left_on: 2025-12-31 }
`;

let directory: TestDirectory;
let all: Contact;
let part: Contact;
beforeEach(() => open(inn()));
afterEach(() => directory.close());

async function open(file: string): Promise<void> {
  directory = await openTestDirectory({ companies: [file] });
  all = await contactOf(directory, 'cli_inn', 'inn');
  part = await contactOf(directory, 'cli_part', 'part');
}

async function reopen(file: string): Promise<void> {
  await directory.close();
  await open(file);
}

const create = (body: object, by = all, query?: Record<string, string>): Promise<Answer> =>
  by.send('POST', 'departments', { name: 'Garden', parent_department_id: 'house', ...body }, query);
const patch = (id: string, body: object, by = all): Promise<Answer> => by.send('PATCH', `departments/${id}`, body);
const put = (id: string, body: object, by = all): Promise<Answer> => by.send('PUT', `departments/${id}`, body);
const get = async (id: string): Promise<Shown> =>
  (await all.send('GET', `departments/${id}`)).json.data.department as Shown;
const parts = async (): Promise<unknown> => (await directory.store.tenantByKey('inn'))?.parts;

/** The answer, once it is seen that nothing was written. */
async function refused(doing: Promise<Answer>): Promise<readonly unknown[]> {
  const answer = await doing;
  expect(answer.json.code).not.toBe(0);
  return resultOf(answer);
}

describe('create', () => {
  test('makes a department with everything that is said of it, and tells it', async () => {
    const answer = await create({
      department_id: 'garden',
      i18n_name: { zh_cn: '花园', ja_jp: '', en_us: 'Garden' },
      leaders: [
        { leaderType: 1, leaderID: 'ann' },
        { leaderType: 2, leaderID: 'bob' },
      ],
      leader_user_id: 'ann',
      order: '7',
      unit_ids: [],
      create_group_chat: true,
      group_chat_employee_types: [1, 6],
      department_hrbps: ['bob'],
    });
    expect(resultOf(answer)).toEqual([200, 0, 'success']);
    const { department } = answer.json.data;
    expect(department).toEqual(await get('garden'));
    expect(department).toMatchObject({
      name: 'Garden',
      i18n_name: { zh_cn: '花园', ja_jp: '', en_us: 'Garden' },
      parent_department_id: 'house',
      department_id: 'garden',
      leader_user_id: 'ann',
      order: '7',
      member_count: 0,
      group_chat_employee_types: [1, 6],
      department_hrbps: ['bob'],
    });
    expect(answer.outcome?.records[0]?.verdicts.map(({ field, verdict }) => `${field} ${verdict}`)).toEqual([
      'name applied',
      'i18n_name applied',
      'parent_department_id applied',
      'department_id applied',
      'leader_user_id applied',
      'leaders applied',
      'order applied',
      'unit_ids ignored',
      'create_group_chat ignored',
      'group_chat_employee_types applied',
      'department_hrbps applied',
    ]);
  });

  test('one that says little has ids of its own and comes last', async () => {
    const { department } = (await create({})).json.data;
    expect(department.department_id).toMatch(/^[0-9a-f]{16}$/);
    expect(department.order).toBe('4000');
    expect((await create({ name: 'Shed', parent_department_id: 'attic' })).json.data.department.order).toBe('2000');
  });

  test('an app with contact:contact alone is told what needs no scope', async () => {
    const write = await contactOf(directory, 'cli_write', 'write');
    const answer = await write.send(
      'POST',
      'departments',
      { name: 'Garden', parent_department_id: 'house' },
      { user_id_type: 'open_id' },
    );
    expect(answer.json.data.department).toEqual({
      open_department_id: expect.stringMatching(/^od-/),
      leaders: [],
      group_chat_employee_types: [],
    });
  });

  test.each<[string, object, readonly unknown[]]>([
    ['no name', { name: undefined }, [401, 40016, 'dept name can not be nul error']],
    ['an empty name', { name: '' }, [401, 40016, 'dept name can not be nul error']],
    ['no parent', { parent_department_id: undefined }, [400, 44101, 'miss parent department error']],
    ['an empty parent', { parent_department_id: '' }, [400, 44101, 'miss parent department error']],
    ['the id of the root', { department_id: '0' }, [400, 43008, 'custom dept id invalid error']],
    ['the id 1', { department_id: '1' }, [400, 43008, 'custom dept id invalid error']],
    ['an open id', { department_id: 'od-1' }, [400, 43008, 'custom dept id invalid error']],
    ['a long id', { department_id: 'x'.repeat(65) }, [400, 43008, 'custom dept id invalid error']],
    ['a slash in the name', { name: 'A/B' }, [400, 43029, 'dept name not contain separator']],
    ['a slash in a translation', { i18n_name: { ja_jp: 'あ/い' } }, [400, 43029, 'dept name not contain separator']],
    ['a long name', { name: 'x'.repeat(101) }, [400, 40018, 'param error']],
    ['an order that is no number', { order: '-1' }, [400, 40018, 'param error']],
    ['an order past 2^63-1', { order: '9223372036854775808' }, [400, 40018, 'param error']],
    ['no main leader', { leaders: [{ leaderType: 2, leaderID: 'ann' }] }, [400, 40018, 'param error']],
    [
      'two main leaders',
      {
        leaders: [
          { leaderType: 1, leaderID: 'ann' },
          { leaderType: 1, leaderID: 'bob' },
        ],
      },
      [400, 40018, 'param error'],
    ],
    [
      'a main leader unlike the list',
      { leader_user_id: 'bob', leaders: [{ leaderType: 1, leaderID: 'ann' }] },
      [400, 40018, 'param error'],
    ],
    ['a unit', { unit_ids: ['unit'] }, [400, 43004, 'illegal unit error']],
    ['an employee type of nobody', { group_chat_employee_types: [1, 9] }, [400, 43026, 'employee type is not valid']],
    ['an unknown leader', { leader_user_id: 'nobody' }, [400, 41012, 'user id invalid error']],
    ['an unknown partner', { department_hrbps: ['ann', 'nobody'] }, [400, 43028, 'invalid department hrbps']],
    ['a leader who resigned', { leader_user_id: 'old' }, [400, 42006, 'user has resigned error']],
    ['a partner who resigned', { department_hrbps: ['old'] }, [400, 42006, 'user has resigned error']],
    ['a custom id that is taken', { department_id: 'attic' }, [400, 43007, 'duplicated department custom id error']],
    ['a name beside it', { name: 'Attic' }, [400, 43022, 'department name duplicate']],
    ['a translation beside it', { i18n_name: { zh_cn: '厨房' } }, [400, 43018, 'duplicate i18n name']],
    ['an order beside it', { order: '2000' }, [400, 43005, 'duplicate order error']],
    ['a disabled parent', { parent_department_id: 'cellar' }, [400, 40018, 'param error']],
  ])('is refused with %s', async (_what, body, code) => {
    const before = await parts();
    expect(await refused(create(body))).toEqual(code);
    expect(await parts()).toEqual(before);
  });

  test('an unknown parent is named, an empty body and what is no object have codes of their own', async () => {
    expect((await create({ parent_department_id: 'nowhere' })).json.code).toBe(99992380);
    expect(resultOf(await all.send('POST', 'departments', {}))).toEqual([400, 40008, 'dept Info is null error']);
    expect((await create({ leaders: [{ leaderType: 3, leaderID: 'ann' }] })).json.error.field_violations).toEqual([
      { field: 'leaders[*].leaderType', value: '3', description: 'options: [1,2]' },
    ]);
    expect((await create({ order: 7 })).json.code).toBe(99992402);
  });

  test('the parent must be in scope, below the root everything', async () => {
    expect(resultOf(await create({}, part))).toEqual([200, 0, 'success']);
    expect(await refused(create({ parent_department_id: '0' }, part))).toEqual([
      403,
      40014,
      'no parent dept authority error',
    ]);
  });

  test('a leader who has not joined is refused where the company says so', async () => {
    expect(resultOf(await create({ leader_user_id: 'new' }))).toEqual([200, 0, 'success']);
    await reopen(inn('contact_leader_must_have_joined: true'));
    expect(await refused(create({ leader_user_id: 'new' }))).toEqual([400, 43025, 'top department leader unjoined']);
  });

  test('no more departments than the company may have, none too deep', async () => {
    await reopen(inn('department_count_limit: 4'));
    expect(await refused(create({}))).toEqual([400, 40018, 'param error']);
    const deep = Array.from(
      { length: 24 },
      (_, level) =>
        `  - { id: l${String(level)}, name: L${String(level)}, parent: ${level === 0 ? 'house' : `l${String(level - 1)}`} }`,
    );
    await reopen(inn('', deep.join('\n')));
    expect(await refused(create({ parent_department_id: 'l23' }))).toEqual([400, 43019, 'exceed dept max level']);
  });

  test('the greatest order is told digit by digit', async () => {
    const order = '9223372036854775807';
    expect((await create({ order, department_id: 'garden' })).json.data.department.order).toBe(order);
    expect((await get('garden')).order).toBe(order);
    expect((await create({ name: 'Shed', order })).json.code).toBe(43005);
    expect((await patch('garden', { order: '8' })).json.data.department.order).toBe('8');
  });
});

describe('client_token', () => {
  const token = { client_token: 'once' };

  test('makes one department of equal requests, in whatever order their members are', async () => {
    const first = await create({ department_id: 'garden', order: '7' }, all, token);
    const again = await all.send(
      'POST',
      'departments',
      { order: '7', parent_department_id: 'house', department_id: 'garden', name: 'Garden' },
      token,
    );
    expect(again.json).toEqual(first.json);
    expect((await directory.store.tenantByKey('inn'))?.departments.all).toHaveLength(6);
  });

  test('with other parameters is refused, for a day', async () => {
    await create({}, all, token);
    expect(resultOf(await create({ name: 'Shed' }, all, token))).toEqual([400, 40021, 'no a same request error']);
    expect(resultOf(await create({}, all, { ...token, user_id_type: 'open_id' }))[1]).toBe(40021);
    directory.clock.advance(86_400_000);
    all = await contactOf(directory, 'cli_inn', 'inn');
    const made = await create({ name: 'Shed' }, all, token);
    expect(resultOf(made)).toEqual([200, 0, 'success']);
    expect((await create({ name: 'Shed' }, all, token)).json).toEqual(made.json);
  });

  test('is not bound by a refusal, another app or another operation, and is no bearer', async () => {
    expect((await create({ name: 'Attic' }, all, token)).json.code).toBe(43022);
    expect((await create({}, all, token)).json.code).toBe(0);
    expect((await create({ name: 'Shed' }, part, token)).json.code).toBe(0);
    expect((await create({ name: 'Barn' }, all, { client_token: '' })).json.code).toBe(0);
    expect((await create({ name: 'Mill' }, all, { client_token: '' })).json.code).toBe(0);
  });
});

describe('patch', () => {
  test('changes what is said, and nothing that is empty', async () => {
    const before = await get('house');
    const answer = await patch('house', { name: '', parent_department_id: '', order: '', i18n_name: { zh_cn: '房' } });
    expect(answer.json.data.department).toEqual({ ...before, i18n_name: { ...before.i18n_name, zh_cn: '房' } });
    expect((await patch('house', { department_id: 'other', name: 'Home' })).json.data.department).toMatchObject({
      department_id: 'house',
      name: 'Home',
    });
  });

  test('leader_user_id changes the main leader alone', async () => {
    const leaders = async (body: object): Promise<unknown> =>
      (await patch('house', body)).json.data.department.leaders.map(
        ({ leaderType, leaderID }: Record<string, unknown>) => `${String(leaderType)} ${String(leaderID)}`,
      );
    expect(await leaders({ leader_user_id: 'new' })).toEqual(['1 new', '2 bob']);
    expect(await leaders({ leader_user_id: '' })).toEqual(['2 bob']);
    // The stored list may be sent again, although no new one may be so.
    expect(await leaders({ leaders: [{ leaderType: 2, leaderID: 'bob' }] })).toEqual(['2 bob']);
    expect((await patch('house', { leaders: [{ leaderType: 2, leaderID: 'ann' }] })).json.code).toBe(40018);
    expect(await leaders({ leader_user_id: 'bob' })).toEqual(['1 bob']);
    expect(await leaders({ leaders: [] })).toEqual([]);
  });

  test('a leader who repeats is 43016, one that nobody is has the id codes', async () => {
    const twice = [
      { leaderType: 1, leaderID: 'ann' },
      { leaderType: 2, leaderID: 'ann' },
    ];
    expect(await refused(patch('house', { leaders: twice }))).toEqual([400, 43016, 'leaders is repeat']);
    const answer = await patch('house', {
      leaders: [
        { leaderType: 1, leaderID: 'x' },
        { leaderType: 2, leaderID: 'y' },
      ],
    });
    expect(answer.json.code).toBe(99992360);
    expect(answer.json.msg).toContain('[x, y]');
  });

  test('moves a department, never below itself, and only within the scope', async () => {
    expect((await patch('attic', { parent_department_id: 'kitchen' })).json.data.department).toMatchObject({
      parent_department_id: 'kitchen',
    });
    expect(await refused(patch('kitchen', { parent_department_id: 'attic' }))).toEqual([400, 40018, 'param error']);
    expect(await refused(patch('attic', { parent_department_id: '0' }, part))).toEqual([
      403,
      40014,
      'no parent dept authority error',
    ]);
  });

  test('an order that siblings share may be kept, but not taken', async () => {
    expect((await patch('attic', { order: '2000' })).json.code).toBe(0);
    await patch('attic', { order: '1' });
    expect(await refused(patch('attic', { order: '2000' }))).toEqual([400, 43005, 'duplicate order error']);
  });

  test('the root, nobody and what is out of scope are refused, an empty body too', async () => {
    expect(await refused(patch('0', { name: 'X' }))).toEqual([400, 40002, 'process root dept error']);
    expect((await patch('nothing', { name: 'X' })).json.code).toBe(99992380);
    await reopen(inn().replace('departments: [house, cellar] }', 'departments: [cellar] }'));
    expect(await refused(patch('house', { name: 'X' }, part))).toEqual([403, 40004, 'no dept authority error']);
    expect(await refused(patch('house', {}))).toEqual([400, 40008, 'dept Info is null error']);
  });

  test('units are passed over, as the page of patch has no code for them', async () => {
    expect((await patch('house', { unit_ids: ['unit'] })).json.code).toBe(0);
  });
});

describe('put', () => {
  test('empties what is not said, but for the order', async () => {
    await patch('house', { department_hrbps: ['bob'], group_chat_employee_types: [1] });
    const before = await get('house');
    const answer = await put('house', { name: 'House', parent_department_id: '0' });
    expect(answer.json.data.department).toEqual({
      ...before,
      i18n_name: { zh_cn: '', ja_jp: '', en_us: '' },
      leader_user_id: '',
      leaders: [],
      department_hrbps: [],
      group_chat_employee_types: [],
    });
  });

  test('wants a name and a parent', async () => {
    expect(await refused(put('house', { parent_department_id: '0' }))).toEqual([
      400,
      40016,
      'name can not be null in updateRequest',
    ]);
    expect(await refused(put('house', { name: 'House' }))).toEqual([
      400,
      40017,
      'parent id can not be null in updateRequest',
    ]);
    expect(await refused(put('house', { name: 'House', parent_department_id: '0', unit_ids: ['u'] }))).toEqual([
      400,
      43004,
      'illegal unit error',
    ]);
  });
});

test.each(['PATCH', 'PUT'])('what get tells can be sent back by %s, and nothing changes', async (method) => {
  await create({ department_id: 'garden', order: '9223372036854775807', department_hrbps: ['ann'] });
  await patch('house', { leader_user_id: '' });
  for (const id of ['house', 'attic', 'kitchen', 'garden', 'cellar']) {
    const before = await parts();
    const shown = await get(id);
    const answer = await all.send(method, `departments/${id}`, shown);
    expect(answer.json).toEqual({ code: 0, msg: 'success', data: { department: shown } });
    expect(await parts()).toEqual(before);
  }
});

describe('delete', () => {
  const remove = (id: string, by = all): Promise<Answer> => by.send('DELETE', `departments/${id}`);

  test('takes away an empty department, whose custom id is free again', async () => {
    const { open_department_id: open } = (await create({ department_id: 'garden' })).json.data.department;
    const answer = await remove('garden');
    expect(answer.json).toEqual({ code: 0, msg: 'success', data: {} });
    const again = await create({ department_id: 'garden' });
    expect(again.json.data.department.open_department_id).not.toBe(open);
  });

  test('is refused of the root, with people, with departments below, and out of scope', async () => {
    expect(await refused(remove('0'))).toEqual([400, 40002, 'process root dept error']);
    expect(await refused(remove('kitchen'))).toEqual([400, 43011, 'delete has member dept error']);
    await patch('attic', { parent_department_id: '0' });
    await create({ department_id: 'garden', parent_department_id: 'attic' });
    expect(await refused(remove('attic'))).toEqual([400, 43012, 'delete has sub dept department error']);
    expect(await refused(remove('attic', part))).toEqual([403, 40004, 'no dept authority error']);
    // Directly below the root it takes everything.
    expect(await refused(remove('cellar', part))).toEqual([403, 40014, 'no parent dept authority error']);
  });
});

describe('update_department_id', () => {
  const rename = (id: string, new_department_id: unknown, by = all): Promise<Answer> =>
    by.send('PATCH', `departments/${id}/update_department_id`, { new_department_id });

  test('changes the custom id, and no other id', async () => {
    const { open_department_id } = await get('attic');
    const long = 'x'.repeat(128);
    expect((await rename('attic', long)).json).toEqual({ code: 0, msg: 'success', data: {} });
    expect((await get(long)).open_department_id).toBe(open_department_id);
    expect((await all.send('GET', 'departments/attic')).json.code).toBe(99992380);
  });

  test('the present one writes nothing', async () => {
    const before = await parts();
    expect((await rename('attic', 'attic')).json.code).toBe(0);
    expect(await parts()).toEqual(before);
  });

  test.each(['', '0', '1', 'od-x', 'kitchen', 'x'.repeat(129), undefined])('%j is refused', async (id) => {
    expect(await refused(rename('attic', id))).toEqual([400, 40001, 'param error']);
  });

  test('the root, out of scope, and too often have codes of their own', async () => {
    expect(await refused(rename('0', 'x'))).toEqual([400, 40001, 'param error']);
    await reopen(
      inn('department_id_update_limit: 1').replace('departments: [house, cellar] }', 'departments: [cellar] }'),
    );
    expect(await refused(rename('attic', 'x', part))).toEqual([403, 40007, 'can not update dept custom id error']);
    expect((await rename('attic', 'x')).json.code).toBe(0);
    expect(await refused(rename('x', 'y'))).toEqual([400, 43009, 'exceed update custom dept limit error']);
  });
});

test('no department has a chat that could be unbound', async () => {
  const unbind = (department_id: string): Promise<Answer> =>
    all.send('POST', 'departments/unbind_department_chat', { department_id });
  expect(resultOf(await unbind('house'))).toEqual([403, 40020, 'department do not has a chat error']);
  expect(resultOf(await unbind('0'))).toEqual([400, 40002, 'process root dept error']);
  expect((await unbind('nothing')).json.code).toBe(99992380);
});

test('what the contact API alone knows of a department is in the company file and comes back from it', async () => {
  await create({
    department_id: 'garden',
    order: '9223372036854775807',
    department_hrbps: ['ann'],
    group_chat_employee_types: [6],
  });
  await all.send('PATCH', 'departments/garden/update_department_id', { new_department_id: 'park' });
  const before = await get('park');
  const file = await directory.companies.export('inn');
  if (file === null) throw new Error('no company');
  await reopen(file);
  // Secrets are not in the file as they were given.
  expect(await get('park')).toEqual(before);
});
